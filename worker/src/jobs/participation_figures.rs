//! Takes the nightly snapshot of participation figures: counts everything anew, hides what could give somebody away, and
//! publishes the rest for analysts and coordinators to read.
//!
//! The first run of a day takes it, soon after midnight; later ones find it taken. A worker that was away takes it late.

use rinnalla_domain::error::Result;
use rinnalla_domain::participation;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    participation::publish(&house.ctx(), house.settings.figures_threshold).await
}
