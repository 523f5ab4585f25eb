//! Plans the notices about drop-in places: weeks that fall short, and wishes that wait for an answer.

use rinnalla_domain::error::Result;
use rinnalla_domain::{drop_in_places, notices};

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    let ctx = house.ctx();
    let weeks = drop_in_places::enqueue_week_notices(&ctx).await?;
    Ok(weeks + notices::enqueue_wish_notices(&ctx).await?)
}
