//! Forgets the news of changes: every process has told its listening dashboards within seconds.

use rinnalla_domain::error::Result;
use rinnalla_domain::forgetting;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    forgetting::forget_changes(&house.ctx()).await
}
