use std::collections::BTreeMap;

/// Terms to the products that hold them.
pub struct Index {
    postings: BTreeMap<String, Vec<String>>,
}

impl Index {
    pub fn open(_path: &str) -> Self {
        Index { postings: BTreeMap::new() }
    }

    pub fn search(&self, text: &str) -> Vec<String> {
        let mut hits: Vec<String> = text
            .split('+')
            .filter_map(|term| self.postings.get(&term.to_lowercase()))
            .flatten()
            .cloned()
            .collect();
        hits.dedup();
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_index_finds_nothing() {
        assert!(Index::open("").search("lamp").is_empty());
    }
}
