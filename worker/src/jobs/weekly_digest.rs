//! Plans the weekly digest: on Monday, or the next working day, each coordinator hears how much is open.
//!
//! Reminders tell of what has just fallen due; what has been open for longer is told here, in numbers and without codes,
//! so that nothing grows old unseen.

use rinnalla_domain::error::Result;
use rinnalla_domain::notices;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    notices::enqueue_weekly_digests(&house.ctx()).await
}
