//! The schema that clients are written against.

use std::fs;
use std::path::Path;

#[test]
fn the_schema_that_is_checked_in_is_the_one_that_is_served() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("api/schema.graphql");
    let kept = fs::read_to_string(file).unwrap();
    let served = rinnalla_api::sdl();
    let mut lines = kept.lines().zip(served.lines());
    let first = lines.find(|(kept, served)| kept != served);
    assert!(
        first.is_none() && kept.trim_end() == served.trim_end(),
        "run `cargo run -- schema > api/schema.graphql`; the first line that differs: {first:?}"
    );
}
