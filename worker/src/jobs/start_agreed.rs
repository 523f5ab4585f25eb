//! Brings support relationships under way whose agreement starts today, or started while no worker ran.

use rinnalla_domain::error::Result;
use rinnalla_domain::support_relationships;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    support_relationships::start_agreed(&house.ctx()).await
}
