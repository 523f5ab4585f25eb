//! Plans the reminders of course sessions, two working days before each, for those who want them and those who lead.
//!
//! That a session was moved or cancelled is written by the act itself, and needs no job.

use rinnalla_domain::error::Result;
use rinnalla_domain::notices;

use super::House;

pub(crate) async fn run(house: &House) -> Result<u64> {
    notices::enqueue_session_reminders(&house.ctx()).await
}
