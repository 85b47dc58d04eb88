use card_vault::{luhn, Refusal, Vault};

#[test]
fn a_mistyped_number_is_refused() {
    assert!(!luhn("4111111111111112"));
    assert_eq!(Vault::default().keep("4111111111111112"), Err(Refusal::NotACard));
}
