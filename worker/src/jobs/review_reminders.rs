//! Plans the notices of joint reviews: that one is coming, is due, is still open, is booked, is overdue.
//!
//! A professional who stays by the relationship meets the two people every three to six months (the support-person
//! model of Kainuu); nobody should have to keep those dates in mind. Each open review gets the latest notice that
//! applies today, once, also after the worker has been off for a month.

use rinnalla_domain::error::Result;
use rinnalla_domain::notices;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    let written = notices::enqueue_review_notices(&house.ctx()).await?;
    for (kind, count) in written.iter().filter(|(_, count)| *count > 0) {
        tracing::info!(kind = kind.code(), count, "notices planned");
    }
    Ok(written.iter().map(|(_, count)| count).sum())
}
