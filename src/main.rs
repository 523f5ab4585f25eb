//! rinnalla
fn main() {}
