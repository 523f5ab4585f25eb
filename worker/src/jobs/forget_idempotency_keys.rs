//! Forgets the keys of requests: within a day, a client has long learnt what became of its act.

use rinnalla_domain::error::Result;
use rinnalla_domain::forgetting;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    forgetting::forget_idempotency_keys(&house.ctx()).await
}
