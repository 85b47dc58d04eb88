type Stop = (f64, f64);

/// Always to the nearest stop that is left. Not the shortest round, but known in a millisecond.
pub fn nearest_first(stops: &[Stop]) -> Vec<Stop> {
    let mut left = stops.to_vec();
    let mut round = vec![left.remove(0)];

    while !left.is_empty() {
        let here = round[round.len() - 1];
        let next = (0..left.len()).min_by(|&a, &b| far(here, left[a]).total_cmp(&far(here, left[b])));
        round.push(left.remove(next.unwrap_or(0)));
    }
    round
}

fn far(a: Stop, b: Stop) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_nearest_comes_first() {
        let round = super::nearest_first(&[(0.0, 0.0), (9.0, 9.0), (1.0, 0.0)]);
        assert_eq!(round[1], (1.0, 0.0));
    }
}
