//! Seals rows of the access log that were committed long after they were begun, by a process that had stood still.

use std::time::Duration;

use rinnalla_domain::audit::seals;
use rinnalla_domain::error::Result;

use super::House;

const LOOK_BACK: Duration = Duration::from_secs(24 * 60 * 60);

pub(crate) async fn run(house: &House) -> Result<u64> {
    seals::seal(&house.ctx(), LOOK_BACK).await
}
