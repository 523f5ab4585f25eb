//! Plans the notices of consents to be listed that come to their end, thirty days before, for the experts themselves.

use rinnalla_domain::error::Result;
use rinnalla_domain::notices;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    notices::enqueue_listing_notices(&house.ctx()).await
}
