//! What is kept for a while only: the keys of requests, and the news for listening dashboards.

use std::time::Duration;

use chrono::TimeDelta;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::sql::Sql;

/// A client may send the same act again, and is told of the first time, for a day.
pub const IDEMPOTENCY_KEYS_KEPT: TimeDelta = TimeDelta::hours(24);

/// Every process has told its listeners of a change long before. Our own choice.
pub const CHANGES_KEPT: Duration = Duration::from_secs(60 * 60);

/// Rows that one statement takes, so that none runs for long.
const ROWS: i64 = 5000;

/// Forgets the keys of requests that are older than a day; how many they were.
pub async fn forget_idempotency_keys(ctx: &Ctx) -> Result<u64> {
    static FORGET: Sql = Sql::new(
        "DELETE FROM idempotency_keys WHERE (actor_id, idempotency_key) IN (
           SELECT actor_id, idempotency_key FROM idempotency_keys WHERE created_at < $1 LIMIT $2)",
    );
    let end = ctx.now - IDEMPOTENCY_KEYS_KEPT;
    let mut forgotten = 0;
    loop {
        let rows = FORGET
            .run(ctx.store.writer(), [end.into(), ROWS.into()])
            .await?;
        forgotten += rows;
        if rows < ROWS.unsigned_abs() {
            return Ok(forgotten);
        }
    }
}

/// Forgets changes that every listener has been told of; how many they were.
pub async fn forget_changes(ctx: &Ctx) -> Result<u64> {
    static FORGET: Sql = Sql::new(
        "DELETE FROM changes WHERE id IN (SELECT id FROM changes WHERE at_ms < (SELECT NOW_MS) - $1 LIMIT $2)",
    );
    let kept = i64::try_from(CHANGES_KEPT.as_millis()).unwrap_or(i64::MAX / 2);
    let mut forgotten = 0;
    loop {
        let rows = FORGET
            .run(ctx.store.writer(), [kept.into(), ROWS.into()])
            .await?;
        forgotten += rows;
        if rows < ROWS.unsigned_abs() {
            return Ok(forgotten);
        }
    }
}
