//! What is kept for a while only: the keys of requests, the news for listening dashboards, links for signing in and
//! sessions that have ended.

use std::time::Duration;

use chrono::TimeDelta;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::sql::Sql;

/// A client may send the same act again, and is told of the first time, for a day.
pub const IDEMPOTENCY_KEYS_KEPT: TimeDelta = TimeDelta::hours(24);

/// Every process has told its listeners of a change long before. Our own choice.
pub const CHANGES_KEPT: Duration = Duration::from_secs(60 * 60);

/// A link is good for minutes; for a day it helps to find out what somebody did who cannot sign in. Our own choice.
pub const SIGN_IN_LINKS_KEPT: TimeDelta = TimeDelta::hours(24);

/// Sessions that have ended are kept for this long, so that it can be found out who was signed in. Our own choice.
pub const SESSIONS_KEPT: TimeDelta = TimeDelta::days(30);

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

/// Forgets links for signing in that are older than a day, and sessions that reached their end long ago; how many.
pub async fn forget_sign_ins(ctx: &Ctx) -> Result<u64> {
    static LINKS: Sql = Sql::new(
        "DELETE FROM sign_in_links WHERE id IN (SELECT id FROM sign_in_links WHERE created_at < $1 LIMIT $2)",
    );
    static SESSIONS: Sql = Sql::new(
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < $1 LIMIT $2)",
    );
    let mut forgotten = 0;
    for (sql, end) in [
        (&LINKS, ctx.now - SIGN_IN_LINKS_KEPT),
        (&SESSIONS, ctx.now - SESSIONS_KEPT),
    ] {
        loop {
            let rows = sql
                .run(ctx.store.writer(), [end.into(), ROWS.into()])
                .await?;
            forgotten += rows;
            if rows < ROWS.unsigned_abs() {
                break;
            }
        }
    }
    Ok(forgotten)
}
