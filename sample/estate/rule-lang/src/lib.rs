//! The small language that rules are written in: `amount > 200 and country != "DE"`.

pub mod lexer;

/// Whether a rule reads as one comparison, or several joined by `and`.
pub fn is_simple(rule: &str) -> bool {
    rule.split(" and ").all(|part| lexer::words(part).len() == 3)
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_comparisons_are_simple() {
        assert!(super::is_simple("amount > 200 and country != DE"));
    }
}
