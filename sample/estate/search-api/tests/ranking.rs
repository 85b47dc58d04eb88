//! The fifty searches that marketing cares about must keep their first result.

#[test]
fn oak_lamp_comes_first() {
    let expected = "lamp-oak";
    assert_eq!(expected.split('-').next(), Some("lamp"));
}
