//! Tokens for card numbers.

use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Token(String);

#[derive(Debug, PartialEq)]
pub enum Refusal {
    NotACard,
    Unknown,
}

#[derive(Default)]
pub struct Vault {
    kept: HashMap<Token, Vec<u8>>,
}

impl Vault {
    /// Keeps a number and answers with a token that says nothing about it.
    pub fn keep(&mut self, number: &str) -> Result<Token, Refusal> {
        if !luhn(number) {
            return Err(Refusal::NotACard);
        }
        let token = Token(format!("tok_{:08x}", self.kept.len()));
        self.kept.insert(token.clone(), number.bytes().rev().collect());
        Ok(token)
    }

    pub fn forget(&mut self, token: &Token) -> Result<(), Refusal> {
        self.kept.remove(token).map(|_| ()).ok_or(Refusal::Unknown)
    }
}

/// The check digit that catches a mistyped number.
pub fn luhn(number: &str) -> bool {
    let digits: Option<Vec<u32>> = number.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits else { return false };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| if i % 2 == 0 { *d } else { (d * 2) / 10 + (d * 2) % 10 })
        .sum();
    digits.len() >= 12 && sum % 10 == 0
}
