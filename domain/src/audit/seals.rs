//! The access log is sealed: who changes it afterwards, also in the database itself, is found out.
//!
//! About once a second a job takes what has been written since, makes a digest of each row with its objects, and
//! closes them with a keyed hash that also takes in the hash before it, one chain for each organisation. A row may be
//! committed after others that were begun later; so a seal names its rows, one by one, and a late row goes into the
//! next seal. Nobody waits for a seal: rows that are not sealed yet are the tail that [`verify`] tells of.
//!
//! A chain that is kept only beside its data proves nothing against somebody who cuts off its end: [`Verified::heads`]
//! is what to write down somewhere else.

mod verifying;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{AccessLogId, OrganisationId, PersonId, RequestId, RoleGrantId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::sql::{self, Sql};
pub use verifying::{Fault, FaultKind, Head, Verified, verify};

/// Rows that one seal holds at most.
const ROWS: i64 = 1000;
/// A row's digest as a seal keeps it: half of a SHA-256, which nobody can meet by chance or by trying.
const DIGEST: usize = 16;
const MEMBER: usize = 16 + DIGEST;

#[derive(FromQueryResult)]
struct Row {
    id: AccessLogId,
    organisation_id: OrganisationId,
    request_id: RequestId,
    person_id: PersonId,
    grant_id: Option<RoleGrantId>,
    purpose: String,
    at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct ObjectRow {
    entry_id: AccessLogId,
    object_kind: String,
    object_id: Uuid,
    act: String,
}

#[derive(FromQueryResult)]
struct HeadRow {
    organisation_id: OrganisationId,
    seq: i64,
    hash: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Newest {
    through_id: Uuid,
}

#[derive(FromQueryResult)]
struct Members {
    members: Vec<u8>,
}

/// Seals what has been written since the newest sealed row, and what was committed late up to `look_back` before it.
/// Answers with the number of rows. Where another process seals at the same time, one of the two leaves it.
pub async fn seal(ctx: &Ctx, look_back: Duration) -> Result<u64> {
    static NEXT: Sql = Sql::new(
        "SELECT id, organisation_id, request_id, person_id, grant_id, purpose, at FROM access_log
         WHERE id > $1 ORDER BY id LIMIT $2",
    );
    static SEALED: Sql = Sql::new("SELECT members FROM access_log_seals WHERE through_id >= $1");
    let db = ctx.store.writer();
    // The heads first: what another sealer closes after this, it closes under a number that is taken here.
    let mut heads: HashMap<OrganisationId, (i64, Vec<u8>)> = heads(ctx)
        .await?
        .into_iter()
        .map(|row| (row.organisation_id, (row.seq, row.hash)))
        .collect();
    let mut cursor = newest(ctx)
        .await?
        .map_or(Uuid::nil(), |newest| before(newest, look_back));
    let sealed: Vec<Members> = SEALED.all(db, [cursor.into()]).await?;
    let sealed: HashSet<Uuid> = sealed
        .iter()
        .flat_map(|row| members(&row.members))
        .map(|(id, _)| id.0)
        .collect();
    let mut done = 0;
    loop {
        let page: Vec<Row> = NEXT.all(db, [cursor.into(), ROWS.into()]).await?;
        let Some(last) = page.last() else {
            return Ok(done);
        };
        cursor = last.id.0;
        let is_last = (page.len() as i64) < ROWS;
        let fresh: Vec<Row> = page
            .into_iter()
            .filter(|row| !sealed.contains(&row.id.0))
            .collect();
        match write(ctx, &fresh, &mut heads).await? {
            Some(rows) => done += rows,
            None => return Ok(done),
        }
        if is_last {
            return Ok(done);
        }
    }
}

/// Writes one seal for each organisation that has rows among these; `None` where somebody else did so first.
async fn write(
    ctx: &Ctx,
    rows: &[Row],
    heads: &mut HashMap<OrganisationId, (i64, Vec<u8>)>,
) -> Result<Option<u64>> {
    static SEAL: Sql = Sql::new(
        "INSERT INTO access_log_seals (organisation_id, seq, from_id, through_id, entries, members, hash, key_version,
           sealed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
    );
    if rows.is_empty() {
        return Ok(Some(0));
    }
    let digests = digests(ctx, ctx.store.writer(), rows).await?;
    let mut by_organisation: BTreeMap<OrganisationId, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_organisation
            .entry(row.organisation_id)
            .or_default()
            .push(row);
    }
    let key_version = ctx.keys.current_version();
    let tx = ctx.store.begin_write().await?;
    for (organisation, rows) in &by_organisation {
        let (before, hash) = heads.get(organisation).cloned().unwrap_or_default();
        let seq = before + 1;
        let members: Vec<u8> = rows
            .iter()
            .flat_map(|row| row.id.0.into_bytes().into_iter().chain(digests[&row.id]))
            .collect();
        let hash = chain(&ctx.keys, key_version, &hash, *organisation, seq, &members)?;
        let ends = [rows.first(), rows.last()].map(|row| row.map_or(Uuid::nil(), |row| row.id.0));
        let values: [Value; 9] = [
            organisation.0.into(),
            seq.into(),
            ends[0].into(),
            ends[1].into(),
            i32::try_from(rows.len()).unwrap_or(i32::MAX).into(),
            members.into(),
            hash.to_vec().into(),
            i32::try_from(key_version).unwrap_or(i32::MAX).into(),
            ctx.now.into(),
        ];
        if SEAL.run(&tx, values).await? == 0 {
            return Ok(None);
        }
        heads.insert(*organisation, (seq, hash.to_vec()));
    }
    tx.commit().await?;
    Ok(Some(rows.len() as u64))
}

async fn heads(ctx: &Ctx) -> Result<Vec<HeadRow>> {
    static HEADS: Sql = Sql::new(
        "SELECT s.organisation_id, s.seq, s.hash FROM organisations o
         JOIN access_log_seals s ON s.organisation_id = o.id
           AND s.seq = (SELECT max(x.seq) FROM access_log_seals x WHERE x.organisation_id = o.id)
         ORDER BY s.organisation_id",
    );
    HEADS.all(ctx.store.writer(), []).await
}

/// The newest row that is sealed. Not always the last seal's: that one may hold a late row.
async fn newest(ctx: &Ctx) -> Result<Option<Uuid>> {
    static NEWEST: Sql =
        Sql::new("SELECT through_id FROM access_log_seals ORDER BY through_id DESC LIMIT 1");
    let row: Option<Newest> = NEWEST.one(ctx.store.writer(), []).await?;
    Ok(row.map(|row| row.through_id))
}

/// The digests of rows with their objects.
async fn digests(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    rows: &[Row],
) -> Result<HashMap<AccessLogId, [u8; DIGEST]>> {
    static OBJECTS: Sql = Sql::new(
        "SELECT entry_id, object_kind, object_id, act FROM access_log_seen WHERE entry_id = ANY_ID($1)",
    );
    let ids = sql::ids(ctx.store.backend(), rows.iter().map(|row| row.id));
    let mut objects: HashMap<AccessLogId, Vec<ObjectRow>> = HashMap::new();
    let found: Vec<ObjectRow> = OBJECTS.all(db, [ids]).await?;
    for object in found {
        objects.entry(object.entry_id).or_default().push(object);
    }
    Ok(rows
        .iter()
        .map(|row| {
            let mut objects = objects.remove(&row.id).unwrap_or_default();
            objects.sort_by(|a, b| (a.object_id, &a.act).cmp(&(b.object_id, &b.act)));
            (row.id, digest(row, &objects))
        })
        .collect())
}

/// Every part has a fixed length or its length in front of it, so that no two rows give the same bytes.
fn digest(row: &Row, objects: &[ObjectRow]) -> [u8; DIGEST] {
    let mut hash = Sha256::new();
    let grant = row.grant_id.map_or(Uuid::nil(), |grant| grant.0);
    for id in [
        row.id.0,
        row.organisation_id.0,
        row.request_id.0,
        row.person_id.0,
        grant,
    ] {
        hash.update(id.as_bytes());
    }
    hash.update(row.at.timestamp_micros().to_be_bytes());
    let mut text = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    };
    text(&row.purpose);
    for object in objects {
        text(&object.object_kind);
        text(&object.object_id.simple().to_string());
        text(&object.act);
    }
    let mut half = [0; DIGEST];
    half.copy_from_slice(&hash.finalize()[..DIGEST]);
    half
}

/// A seal's keyed hash: over the one before it, the organisation, its number and its rows.
fn chain(
    keys: &Keys,
    version: u32,
    before: &[u8],
    organisation: OrganisationId,
    seq: i64,
    members: &[u8],
) -> Result<[u8; 32]> {
    let head = (before.len() as u64).to_be_bytes();
    let bytes = [
        &head[..],
        before,
        organisation.0.as_bytes(),
        &seq.to_be_bytes(),
        members,
    ]
    .concat();
    keys.audit_mac(version, &bytes)
        .map_err(|unknown| Error::Internal(Box::new(unknown)))
}

fn members(bytes: &[u8]) -> impl Iterator<Item = (AccessLogId, &[u8])> {
    bytes.chunks_exact(MEMBER).filter_map(|member| {
        let (id, digest) = member.split_at(16);
        Some((AccessLogId(Uuid::from_slice(id).ok()?), digest))
    })
}

/// The least id of version 7 of a time that lies so long before another id's.
fn before(id: Uuid, by: Duration) -> Uuid {
    let ms = (id.as_u128() >> 80).saturating_sub(by.as_millis());
    Uuid::from_u128(ms << 80)
}

#[cfg(test)]
mod tests;
