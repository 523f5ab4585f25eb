//! A job runs in one worker at a time, although several workers look at the same table of jobs.
//!
//! The locks save work; nothing rests on them. A lock ends by itself, by the database's clock, so that a worker that
//! dies holds nobody up for long.

use std::time::Duration;

use sea_orm::Value;
use uuid::Uuid;

use rinnalla_entity::ids::{Id as _, LeaseToken};

use crate::ctx::Ctx;
use crate::error::Result;
use crate::sql::Sql;

/// A lock that is held.
#[derive(Debug)]
pub struct JobLock {
    name: String,
    token: Uuid,
}

/// Takes the lock of a job for at most `time`; `None` while another holds it.
pub async fn try_lock(ctx: &Ctx, name: &str, time: Duration) -> Result<Option<JobLock>> {
    static LOCK: Sql = Sql::new(
        "INSERT INTO job_locks (name, until_ms, token) VALUES ($1, NOW_MS + $2, $3)
         ON CONFLICT (name) DO UPDATE SET until_ms = excluded.until_ms, token = excluded.token
         WHERE job_locks.until_ms <= NOW_MS",
    );
    let token = LeaseToken::random().0;
    let ms = i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 2);
    let values = [Value::from(name), ms.into(), token.into()];
    let taken = LOCK.run(ctx.store.writer(), values).await?;
    Ok((taken == 1).then(|| JobLock {
        name: name.to_owned(),
        token,
    }))
}

/// Gives a lock back, if it still holds.
pub async fn release(ctx: &Ctx, lock: JobLock) -> Result<()> {
    static RELEASE: Sql =
        Sql::new("UPDATE job_locks SET until_ms = 0 WHERE name = $1 AND token = $2");
    let values = [Value::from(lock.name), lock.token.into()];
    RELEASE.run(ctx.store.writer(), values).await?;
    Ok(())
}
