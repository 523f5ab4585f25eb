//! Plans the notices about supervision: invitations in the coming week, and each month how many go without.

use rinnalla_domain::error::Result;
use rinnalla_domain::notices;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    let ctx = house.ctx();
    let invited = notices::enqueue_invitations(&ctx).await?;
    Ok(invited + notices::enqueue_monthly_overviews(&ctx).await?)
}
