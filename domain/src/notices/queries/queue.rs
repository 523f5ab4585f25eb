//! The queue: claims, what became of them, and the pause.
//!
//! Leases go by the database's clock, so that workers on several machines agree on them.

use rinnalla_entity::ids::{
    Id as _, LeaseToken, MessageAttemptId, OrganisationId, OutboxMessageId, PersonId,
};
use rinnalla_entity::states::{NoticeKind, OutboxStatus, RecipientRole};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::notices::rules::{MOST_ATTEMPTS, SUSPECT_ATTEMPTS};
use crate::notices::{Claimed, End};
use crate::sql::{self, Sql};

macro_rules! claim {
    ($which:literal, $limit:literal) => {
        Sql::new(concat!(
            "WITH picked AS MATERIALIZED (
               SELECT id FROM outbox_messages
               WHERE status IN ('PLANNED', 'CLAIMED') AND available_ms <= (SELECT NOW_MS) AND not_before <= $1 AND ",
            $which,
            " AND NOT EXISTS (SELECT 1 FROM mail_pauses p WHERE p.until_ms > NOW_MS)
               ORDER BY available_ms, not_before, id LIMIT ",
            $limit,
            " FOR_UPDATE_SKIP_LOCKED)
             UPDATE outbox_messages SET status = 'CLAIMED', lease_token = $2, available_ms = NOW_MS + $3,
               attempts = attempts + 1
             WHERE id IN (SELECT id FROM picked)
             RETURNING id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, attempts, lease_token,
               key_version, created_at"
        ))
    };
}

#[derive(FromQueryResult)]
struct Row {
    id: OutboxMessageId,
    organisation_id: OrganisationId,
    kind: NoticeKind,
    subject_id: Uuid,
    cycle_no: i32,
    recipient_role: RecipientRole,
    for_on: chrono::NaiveDate,
    attempts: i16,
    lease_token: LeaseToken,
    key_version: i32,
    created_at: chrono::DateTime<chrono::Utc>,
}

/// Claims rows whose time has come, the longest waiting first: what nobody holds, and what a worker held too long.
/// A row that was held too long several times comes alone, after all others.
pub(in crate::notices) async fn claim(
    ctx: &Ctx,
    batch: u16,
    lease_ms: i64,
) -> Result<Vec<Claimed>> {
    static OTHERS: Sql = claim!("(status = 'PLANNED' OR attempts < $4)", "$5");
    static SUSPECT: Sql = claim!("status = 'CLAIMED' AND attempts >= $4", "1");
    let db = ctx.store.writer();
    let values = || -> Vec<Value> {
        vec![
            ctx.now.into(),
            LeaseToken::random().0.into(),
            lease_ms.into(),
            SUSPECT_ATTEMPTS.into(),
        ]
    };
    let others = values().into_iter().chain([i64::from(batch).into()]);
    let mut rows: Vec<Row> = OTHERS.all(db, others).await?;
    if rows.is_empty() {
        rows = SUSPECT.all(db, values()).await?;
    }
    Ok(claimed(rows))
}

/// Claims mails that leave at any hour. What was held too long several times is left to [`claim`].
pub(in crate::notices) async fn claim_at_once(
    ctx: &Ctx,
    batch: u16,
    lease_ms: i64,
) -> Result<Vec<Claimed>> {
    static AT_ONCE: Sql = claim!(
        "kind = 'SIGN_IN' AND (status = 'PLANNED' OR attempts < $4)",
        "$5"
    );
    let values: [Value; 5] = [
        ctx.now.into(),
        LeaseToken::random().0.into(),
        lease_ms.into(),
        SUSPECT_ATTEMPTS.into(),
        i64::from(batch).into(),
    ];
    Ok(claimed(AT_ONCE.all(ctx.store.writer(), values).await?))
}

fn claimed(rows: Vec<Row>) -> Vec<Claimed> {
    let mut claimed: Vec<Claimed> = rows
        .into_iter()
        .map(|row| Claimed {
            id: row.id,
            organisation: row.organisation_id,
            kind: row.kind,
            subject: row.subject_id,
            cycle_no: row.cycle_no,
            role: row.recipient_role,
            for_on: row.for_on,
            attempt: row.attempts,
            lease: row.lease_token,
            key_version: row.key_version,
            created_at: row.created_at,
        })
        .collect();
    claimed.sort_by_key(|it| (it.for_on, it.id)); // RETURNING has no order
    claimed
}

#[derive(FromQueryResult)]
struct Kept {
    id: OutboxMessageId,
}

/// Writes what became of claimed rows, as far as the lease still holds; the ids of those that it held for.
pub(in crate::notices) async fn settle(
    ctx: &Ctx,
    ends: &[(Claimed, End)],
    first_wait: std::time::Duration,
) -> Result<Vec<OutboxMessageId>> {
    let rows: Vec<Ended> = ends
        .iter()
        .map(|(claimed, end)| Ended::of(claimed, end, first_wait))
        .collect();
    let tx = ctx.store.begin_write().await?;
    let backend = tx.get_database_backend();
    let list = Json::from_iter(rows.iter().map(Ended::json)).to_string();
    let statement = match backend {
        DbBackend::Postgres => &POSTGRES_SETTLE,
        _ => &SQLITE_SETTLE,
    };
    let kept: Vec<Kept> = statement.all(&tx, [list.into(), ctx.now.into()]).await?;
    let kept: Vec<OutboxMessageId> = kept.iter().map(|row| row.id).collect();
    let ours: Vec<&Ended<'_>> = rows
        .iter()
        .filter(|row| kept.contains(&row.claimed.id))
        .collect();
    write_attempts(&tx, ctx, &ours).await?;
    write_bounces(&tx, &ours).await?;
    tx.commit().await?;
    Ok(kept)
}

/// A row as it is to be written.
struct Ended<'a> {
    claimed: &'a Claimed,
    end: &'a End,
    status: OutboxStatus,
    reason: Option<String>,
    wait_ms: i64,
}

impl<'a> Ended<'a> {
    fn of(claimed: &'a Claimed, end: &'a End, first_wait: std::time::Duration) -> Self {
        let chance = rand::random();
        let wait = crate::notices::rules::wait(claimed.attempt, first_wait, chance);
        let (status, reason) = match end {
            End::Sent { .. } => (OutboxStatus::Sent, None),
            End::Retry { .. } if claimed.attempt >= MOST_ATTEMPTS => {
                (OutboxStatus::Dead, Some("ATTEMPTS".to_owned()))
            }
            End::Retry { .. } => (OutboxStatus::Planned, None),
            End::Dead { code, .. } => (OutboxStatus::Dead, Some(code.clone())),
            End::Skipped(reason) => (OutboxStatus::Skipped, Some(reason.code())),
            End::Cancelled(reason) => (OutboxStatus::Cancelled, Some(reason.code())),
        };
        Self {
            claimed,
            end,
            status,
            reason,
            wait_ms: i64::try_from(wait.as_millis()).unwrap_or(i64::MAX),
        }
    }

    fn json(&self) -> Json {
        let to = match self.end {
            End::Sent { to } => to.map(|person| person.0.simple().to_string()),
            _ => None,
        };
        json!({
            "message": self.claimed.id.0.simple().to_string(),
            "lease": self.claimed.lease.0.simple().to_string(),
            "status": self.status.code(),
            "reason": self.reason,
            "wait": self.wait_ms,
            "to": to,
        })
    }

    fn attempt(&self) -> Option<String> {
        match self.end {
            End::Sent { .. } => Some("SENT".to_owned()),
            End::Retry { code } | End::Dead { code, .. } => Some(code.clone()),
            End::Skipped(_) | End::Cancelled(_) => None,
        }
    }
}

macro_rules! settle {
    ($source:literal) => {
        Sql::new(concat!(
            "UPDATE outbox_messages SET status = x.new_status, reason = x.new_reason, sent_to_id = x.new_to,
               lease_token = NULL, ended_at = CASE WHEN x.new_status = 'PLANNED' THEN NULL ELSE $2 END,
               available_ms = CASE WHEN x.new_status = 'PLANNED' THEN NOW_MS + x.wait_ms ELSE 0 END
             FROM (",
            $source,
            ") AS x
             WHERE outbox_messages.id = x.message_id AND outbox_messages.lease_token = x.lease
             RETURNING id"
        ))
    };
}

static POSTGRES_SETTLE: Sql = settle!(
    "SELECT message AS message_id, lease, status AS new_status, reason AS new_reason, wait AS wait_ms, \"to\" AS new_to
     FROM json_to_recordset($1::json)
       AS y (message uuid, lease uuid, status text, reason text, wait bigint, \"to\" uuid)"
);
static SQLITE_SETTLE: Sql = settle!(
    "SELECT unhex(value ->> 'message') AS message_id, unhex(value ->> 'lease') AS lease, value ->> 'status' AS new_status,
       value ->> 'reason' AS new_reason, value ->> 'wait' AS wait_ms, unhex(value ->> 'to') AS new_to
     FROM json_each($1)"
);

async fn write_attempts(db: &impl ConnectionTrait, ctx: &Ctx, rows: &[&Ended<'_>]) -> Result<()> {
    static POSTGRES: Sql = Sql::new(
        "INSERT INTO message_attempts (id, message_id, attempt, outcome, at)
         SELECT id, message, attempt, outcome, $2 FROM json_to_recordset($1::json)
           AS y (id uuid, message uuid, attempt smallint, outcome text)",
    );
    static SQLITE: Sql = Sql::new(
        "INSERT INTO message_attempts (id, message_id, attempt, outcome, at)
         SELECT unhex(value ->> 'id'), unhex(value ->> 'message'), value ->> 'attempt', value ->> 'outcome', $2
         FROM json_each($1)",
    );
    let list: Vec<Json> = rows
        .iter()
        .filter_map(|row| {
            let outcome = row.attempt()?;
            Some(json!({
                "id": MessageAttemptId::random().0.simple().to_string(),
                "message": row.claimed.id.0.simple().to_string(),
                "attempt": row.claimed.attempt,
                "outcome": outcome,
            }))
        })
        .collect();
    if list.is_empty() {
        return Ok(());
    }
    let statement = match db.get_database_backend() {
        DbBackend::Postgres => &POSTGRES,
        _ => &SQLITE,
    };
    let values = [Json::from(list).to_string().into(), ctx.now.into()];
    statement.run(db, values).await?;
    Ok(())
}

/// Counts refusals of addresses, and forgets those of an address that mail has reached since.
async fn write_bounces(db: &impl ConnectionTrait, rows: &[&Ended<'_>]) -> Result<()> {
    static REFUSED: Sql =
        Sql::new("UPDATE people SET email_bounces = email_bounces + 1 WHERE id = ANY_ID($1)");
    static REACHED: Sql =
        Sql::new("UPDATE people SET email_bounces = 0 WHERE id = ANY_ID($1) AND email_bounces > 0");
    let (mut refused, mut reached): (Vec<PersonId>, Vec<PersonId>) = Default::default();
    for row in rows {
        match row.end {
            End::Dead {
                refused: Some(person),
                ..
            } => refused.push(*person),
            End::Sent { to: Some(person) } => reached.push(*person),
            _ => {}
        }
    }
    let backend = db.get_database_backend();
    for (statement, people) in [(&REACHED, reached), (&REFUSED, refused)] {
        if !people.is_empty() {
            statement.run(db, [sql::ids(backend, people)]).await?;
        }
    }
    Ok(())
}

/// Gives claimed rows back untried: they are free at once, and the attempt does not count.
pub(in crate::notices) async fn give_back(ctx: &Ctx, claimed: &[Claimed]) -> Result<u64> {
    static BACK: Sql = Sql::new(
        "UPDATE outbox_messages SET status = 'PLANNED', lease_token = NULL, available_ms = 0, attempts = attempts - 1
         WHERE id = ANY_ID($1) AND lease_token = ANY_ID($2)",
    );
    let db = ctx.store.writer();
    let backend = db.get_database_backend();
    let mut leases: Vec<LeaseToken> = claimed.iter().map(|it| it.lease).collect();
    leases.dedup();
    let ids = sql::ids(backend, claimed.iter().map(|it| it.id));
    BACK.run(db, [ids, sql::ids(backend, leases)]).await
}

/// Stops all claims for a while, by the database's clock.
pub(in crate::notices) async fn pause(ctx: &Ctx, reason: &str, pause_ms: i64) -> Result<()> {
    static PAUSE: Sql = Sql::new(
        "INSERT INTO mail_pauses (id, until_ms, reason) VALUES (1, NOW_MS + $1, $2)
         ON CONFLICT (id) DO UPDATE SET until_ms = excluded.until_ms, reason = excluded.reason",
    );
    let values = [pause_ms.into(), reason.into()];
    PAUSE.run(ctx.store.writer(), values).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Pause {
    reason: String,
}

/// Why no mail leaves at the moment, if none does.
pub(in crate::notices) async fn paused(ctx: &Ctx) -> Result<Option<String>> {
    static PAUSED: Sql =
        Sql::new("SELECT reason FROM mail_pauses WHERE id = 1 AND until_ms > NOW_MS");
    let row: Option<Pause> = PAUSED.one(ctx.store.reader(), []).await?;
    Ok(row.map(|row| row.reason))
}

#[derive(FromQueryResult)]
struct Count {
    status: OutboxStatus,
    n: i64,
    oldest: Option<chrono::DateTime<chrono::Utc>>,
}

/// The numbers of notices that are not at a good end, and the earliest time from which one of them waits. Each half is
/// answered from a partial index: what was sent is not gone through.
pub(in crate::notices) async fn counts(
    ctx: &Ctx,
) -> Result<(
    Vec<(OutboxStatus, u64)>,
    Option<chrono::DateTime<chrono::Utc>>,
)> {
    static WAITING: Sql = Sql::new(
        "SELECT status, count(*) AS n, min(not_before) AS oldest FROM outbox_messages
         WHERE status IN ('PLANNED', 'CLAIMED') GROUP BY status ORDER BY status",
    );
    static UNDELIVERED: Sql = Sql::new(
        "SELECT status, count(*) AS n, min(not_before) AS oldest FROM outbox_messages
         WHERE status IN ('SKIPPED', 'DEAD') GROUP BY status ORDER BY status",
    );
    let db = ctx.store.reader();
    let waiting: Vec<Count> = WAITING.all(db, []).await?;
    let undelivered: Vec<Count> = UNDELIVERED.all(db, []).await?;
    let oldest = waiting.iter().filter_map(|it| it.oldest).min();
    let counts = waiting.iter().chain(&undelivered);
    let counts = counts.map(|it| (it.status, it.n.unsigned_abs())).collect();
    Ok((counts, oldest))
}
