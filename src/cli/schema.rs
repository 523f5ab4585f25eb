//! `rinnalla schema`: the GraphQL schema in its own language, as it is checked in at `api/schema.graphql`.

use super::outcome::{Outcome, tell};

/// Prints it.
pub fn run() -> Outcome {
    tell!("{}", rinnalla_api::sdl().trim_end());
    Ok(())
}
