/// The value of one cookie in a header.
pub fn value(header: &str, name: &str) -> Option<String> {
    header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_string())
}

#[cfg(test)]
mod tests {
    #[test]
    fn finds_one_of_several() {
        assert_eq!(super::value("a=1; session=x", "session").as_deref(), Some("x"));
    }
}
