//! `rinnalla schema`: the GraphQL schema in its own language, as it is checked in at `api/schema.graphql`.

use super::outcome::Outcome;

/// Prints it.
pub fn run() -> Outcome {
    print!("{}", rinnalla_api::sdl());
    Ok(())
}
