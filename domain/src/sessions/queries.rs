//! The SQL of links and sessions.

use chrono::{DateTime, TimeDelta, Utc};
use rinnalla_entity::ids::{Id as _, PersonId, SessionId, SignInLinkId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::Session;
use super::rules::Tries;
use crate::error::{Error, Result};
use crate::sql::Sql;
use crate::tokens::{AccessToken, TokenHash};

/// How often was asked lately, used links left out of an account's: one statement.
pub(super) async fn tries(
    db: &impl ConnectionTrait,
    account: &[u8; 32],
    address: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<Tries> {
    static SQL: Sql = Sql::new(
        "SELECT
           (SELECT count(*) FROM sign_in_links WHERE account_mac = $1 AND created_at > $3 AND used_at IS NULL) AS account_minute,
           (SELECT count(*) FROM sign_in_links WHERE account_mac = $1 AND created_at > $4 AND used_at IS NULL) AS account_hour,
           (SELECT count(*) FROM sign_in_links WHERE address_mac = $2 AND created_at > $3 AND used_at IS NULL) AS address_minute",
    );
    #[derive(FromQueryResult)]
    struct Row {
        account_minute: i64,
        account_hour: i64,
        address_minute: i64,
    }
    let values: [Value; 4] = [
        account.to_vec().into(),
        address.to_vec().into(),
        (now - TimeDelta::minutes(1)).into(),
        (now - TimeDelta::hours(1)).into(),
    ];
    let row: Option<Row> = SQL.one(db, values).await?;
    Ok(row.map_or_else(Tries::default, |row| Tries {
        account_minute: row.account_minute,
        account_hour: row.account_hour,
        address_minute: row.address_minute,
    }))
}

pub(super) struct NewLink {
    pub id: SignInLinkId,
    pub person: Option<PersonId>,
    pub account: [u8; 32],
    pub address: [u8; 32],
    pub browser: TokenHash,
    pub token: TokenHash,
    pub key_version: i32,
    pub leads_to: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

pub(super) async fn insert(db: &impl ConnectionTrait, link: NewLink) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO sign_in_links (id, person_id, account_mac, address_mac, browser_hash, token_hash, key_version,
           leads_to, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    let values: [Value; 10] = [
        link.id.uuid().into(),
        link.person.map(|person| person.uuid()).into(),
        link.account.to_vec().into(),
        link.address.to_vec().into(),
        link.browser.as_bytes().to_vec().into(),
        link.token.as_bytes().to_vec().into(),
        link.key_version.into(),
        link.leads_to.into(),
        link.created_at.into(),
        link.expires_at.into(),
    ];
    SQL.run(db, values).await?;
    Ok(())
}

/// A link that can be used.
#[derive(FromQueryResult)]
pub(super) struct GoodLink {
    pub id: SignInLinkId,
    pub person_id: PersonId,
    pub browser_hash: Vec<u8>,
    pub leads_to: String,
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    token: &AccessToken,
    now: DateTime<Utc>,
) -> Result<Option<GoodLink>> {
    static SQL: Sql = Sql::new(
        "SELECT l.id, l.person_id, l.browser_hash, l.leads_to FROM sign_in_links l JOIN people p ON p.id = l.person_id
         WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND p.is_active",
    );
    let hash = token.hash().as_bytes().to_vec();
    SQL.one(db, [hash.into(), now.into()]).await
}

/// Marks a link as used; 0 where another was faster.
pub(super) async fn mark_used(
    db: &impl ConnectionTrait,
    id: SignInLinkId,
    now: DateTime<Utc>,
) -> Result<u64> {
    static SQL: Sql =
        Sql::new("UPDATE sign_in_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL");
    SQL.run(db, [id.uuid().into(), now.into()]).await
}

/// Begins a session.
pub(super) async fn begin(
    db: &impl ConnectionTrait,
    person: PersonId,
    token: &AccessToken,
    label: &str,
    now: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO sessions (id, person_id, token_hash, label, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $5, $6)",
    );
    let values: [Value; 6] = [
        SessionId::random().uuid().into(),
        person.uuid().into(),
        token.hash().as_bytes().to_vec().into(),
        label.into(),
        now.into(),
        end.into(),
    ];
    match SQL.run(db, values).await? {
        1 => Ok(()),
        _ => Err(Error::internal("a session was not written")),
    }
}

/// Writes down that a session is in use.
pub(super) async fn touch(
    db: &impl ConnectionTrait,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql =
        Sql::new("UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2");
    SQL.run(db, [id.uuid().into(), now.into()]).await?;
    Ok(())
}

/// The open sessions of a person, the newest first.
pub(super) async fn open_of(
    db: &impl ConnectionTrait,
    person: PersonId,
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> Result<Vec<Session>> {
    static SQL: Sql = Sql::new(
        "SELECT id, label, created_at, last_seen_at, expires_at FROM sessions
         WHERE person_id = $1 AND ended_at IS NULL AND expires_at > $2 AND last_seen_at > $3 ORDER BY id DESC LIMIT 100",
    );
    SQL.all(db, [person.uuid().into(), now.into(), idle_since.into()])
        .await
}

/// Ends one session of a person; 0 where the person has none of this id.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    person: PersonId,
    id: SessionId,
    now: DateTime<Utc>,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE sessions SET ended_at = coalesce(ended_at, $3) WHERE id = $1 AND person_id = $2",
    );
    SQL.run(db, [id.uuid().into(), person.uuid().into(), now.into()])
        .await
}

/// Ends all sessions of a person but one.
pub(super) async fn end_others(
    db: &impl ConnectionTrait,
    person: PersonId,
    kept: SessionId,
    now: DateTime<Utc>,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE sessions SET ended_at = $3 WHERE person_id = $1 AND id <> $2 AND ended_at IS NULL",
    );
    SQL.run(db, [person.uuid().into(), kept.uuid().into(), now.into()])
        .await
}
