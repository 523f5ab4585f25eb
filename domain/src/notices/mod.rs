//! The outbox: what is mailed to whom, when, and whether it still applies.
//!
//! Every reminder is a row that is written once for its duty and ends as sent, skipped, cancelled or dead; nothing is
//! only logged. The rows of a review are written by a job that looks at the reviews' notice dates; they are looked at
//! again just before they are sent.

mod queries;

use chrono::NaiveDate;
use rinnalla_entity::states::NoticeKind;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::Result;

/// Cancels what is planned but not yet sent about a subject, except the duties that `still` stand, each a kind, a
/// cycle and the day it is for. Called by the act that moved a date, or closed what the notices are about.
///
/// What a worker holds at this moment is left to it: it looks at the conditions again before it sends.
pub(crate) async fn cancel_unsent(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    subject: Uuid,
    still: &[(NoticeKind, i32, NaiveDate)],
    reason: &'static str,
) -> Result<u64> {
    queries::cancel_unsent(db, ctx.now, subject, still, reason).await
}
