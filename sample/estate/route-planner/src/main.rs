mod plan;

fn main() {
    let stops = vec![(0.0, 0.0), (2.0, 1.0), (1.0, 4.0)];
    for stop in plan::nearest_first(&stops) {
        println!("{stop:?}");
    }
}
