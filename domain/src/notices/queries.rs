//! The outbox's SQL.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::states::NoticeKind;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::error::Result;
use crate::sql::{self, Sql};

pub(super) async fn cancel_unsent(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    subject: Uuid,
    still: &[(NoticeKind, i32, NaiveDate)],
    reason: &'static str,
) -> Result<u64> {
    // The wider condition on the status is the index's own.
    static CANCEL: Sql = Sql::new(
        "UPDATE outbox_messages SET status = 'CANCELLED', reason = $2, ended_at = $3
         WHERE subject_id = $1 AND status IN ('PLANNED', 'CLAIMED') AND status = 'PLANNED'
           AND NOT (kind || ' ' || CAST(cycle_no AS text) || ' ' || CAST(for_on AS text)) = ANY_TEXT($4)",
    );
    let still = still
        .iter()
        .map(|(kind, cycle_no, for_on)| format!("{} {cycle_no} {for_on}", kind.code()));
    let still = sql::texts(db.get_database_backend(), still);
    CANCEL
        .run(db, [subject.into(), reason.into(), now.into(), still])
        .await
}
