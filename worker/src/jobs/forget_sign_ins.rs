//! Forgets links for signing in that nobody can use any more, and sessions that ended long ago.

use rinnalla_domain::error::Result;
use rinnalla_domain::forgetting;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    forgetting::forget_sign_ins(&house.ctx()).await
}
