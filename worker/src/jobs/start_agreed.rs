//! Brings support relationships under way on the day on which their agreement starts.
//!
//! Between signing and that day the relationship is agreed and not yet active; nobody should have to remember to say
//! that it has begun.

use rinnalla_domain::error::Result;
use rinnalla_domain::support_relationships;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    support_relationships::start_agreed(&house.ctx()).await
}
