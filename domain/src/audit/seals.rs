//! The access log is sealed: who changes it afterwards, also in the database itself, is found out.
//!
//! About once a second a job takes what has been written since, makes a digest of each row with its objects, and
//! closes them with a keyed hash that also takes in the hash before it, one chain for each organisation. A row may be
//! committed after others that were begun later; so a seal names its rows, one by one, and a late row goes into the
//! next seal. Nobody waits for a seal: rows that are not sealed yet are the tail that [`verify`] tells of.
//!
//! A chain that is kept only beside its data proves nothing against somebody who cuts off its end: [`Verified::heads`]
//! is what to write down somewhere else.

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

/// Rows that one seal holds at most.
const ROWS: i64 = 1000;
/// Seals that are looked at in one statement.
const SEALS: i64 = 100;
/// A row's digest as a seal keeps it: half of a SHA-256, which nobody can meet by chance or by trying.
const DIGEST: usize = 16;
const MEMBER: usize = 16 + DIGEST;

/// What an inspection of the log found.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The seals that were found right.
    pub seals: u64,
    /// The rows in them.
    pub rows: u64,
    /// Rows that no seal names yet.
    pub unsealed: u64,
    /// Those of them that are older than the newest sealed row. A few may just have been late; more were put in.
    pub unsealed_before_the_end: u64,
    /// The first thing that is not as it was sealed.
    pub first_fault: Option<Fault>,
    /// The last seal of each organisation, for keeping somewhere else.
    pub heads: Vec<Head>,
}

/// The end of an organisation's chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The seal's number.
    pub seq: i64,
    /// Its keyed hash.
    pub hash: Vec<u8>,
}

/// Something in the log that is not as it was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Whose log it is.
    pub organisation: OrganisationId,
    /// The seal's number.
    pub seq: i64,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The row is gone.
    RowMissing(AccessLogId),
    /// The row or one of its objects is not what was sealed.
    RowChanged(AccessLogId),
    /// A seal before this one is gone.
    SealMissing,
    /// The seal itself was changed, or made with another key.
    SealChanged,
}

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
    let rows = heads(ctx).await?;
    let newest = rows.iter().map(|row| row.through_id).max();
    let mut heads: HashMap<OrganisationId, (i64, Vec<u8>)> = rows
        .into_iter()
        .map(|row| (row.organisation_id, (row.seq, row.hash)))
        .collect();
    let mut cursor = newest.map_or(Uuid::nil(), |newest| before(newest, look_back));
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
        "SELECT s.organisation_id, s.seq, s.hash, s.through_id FROM organisations o
         JOIN access_log_seals s ON s.organisation_id = o.id
           AND s.seq = (SELECT max(x.seq) FROM access_log_seals x WHERE x.organisation_id = o.id)
         ORDER BY s.organisation_id",
    );
    HEADS.all(ctx.store.writer(), []).await
}

/// Goes through the whole log and every seal. Stops at the first fault.
pub async fn verify(ctx: &Ctx) -> Result<Verified> {
    static PAGE: Sql = Sql::new(
        "SELECT organisation_id, seq, members, hash, key_version FROM access_log_seals
         WHERE (organisation_id, seq) > ($1, $2) ORDER BY organisation_id, seq LIMIT $3",
    );
    let heads = heads(ctx).await?;
    let newest = heads.iter().map(|row| row.through_id).max();
    let mut found = Verified {
        seals: 0,
        rows: 0,
        unsealed: 0,
        unsealed_before_the_end: 0,
        first_fault: None,
        heads: heads
            .into_iter()
            .map(|row| Head {
                organisation: row.organisation_id,
                seq: row.seq,
                hash: row.hash,
            })
            .collect(),
    };
    let mut before: Option<SealRow> = None;
    loop {
        let (organisation, seq) = before
            .as_ref()
            .map_or((Uuid::nil(), 0), |seal| (seal.organisation_id.0, seal.seq));
        let values = [organisation.into(), seq.into(), SEALS.into()];
        let page: Vec<SealRow> = PAGE.all(ctx.store.reader(), values).await?;
        if page.is_empty() {
            break;
        }
        for seal in page {
            if let Some(kind) = fault_of(ctx, before.as_ref(), &seal).await? {
                found.first_fault = Some(Fault {
                    organisation: seal.organisation_id,
                    seq: seal.seq,
                    kind,
                });
                return Ok(found);
            }
            found.seals += 1;
            found.rows += (seal.members.len() / MEMBER) as u64;
            before = Some(seal);
        }
    }
    let (total, tail) = count(ctx, newest.unwrap_or(Uuid::nil())).await?;
    found.unsealed = total.saturating_sub(found.rows);
    found.unsealed_before_the_end = found.unsealed.saturating_sub(tail);
    Ok(found)
}

#[derive(FromQueryResult)]
struct SealRow {
    organisation_id: OrganisationId,
    seq: i64,
    members: Vec<u8>,
    hash: Vec<u8>,
    key_version: i32,
}

async fn fault_of(
    ctx: &Ctx,
    before: Option<&SealRow>,
    seal: &SealRow,
) -> Result<Option<FaultKind>> {
    static ROWS_OF: Sql = Sql::new(
        "SELECT id, organisation_id, request_id, person_id, grant_id, purpose, at FROM access_log WHERE id = ANY_ID($1)",
    );
    let before = before.filter(|before| before.organisation_id == seal.organisation_id);
    let (last, hash) = before.map_or((0, &[][..]), |before| (before.seq, &before.hash));
    if seal.seq != last + 1 {
        return Ok(Some(FaultKind::SealMissing));
    }
    let version = u32::try_from(seal.key_version).unwrap_or_default();
    let organisation = seal.organisation_id;
    let expected = chain(
        &ctx.keys,
        version,
        hash,
        organisation,
        seal.seq,
        &seal.members,
    )?;
    if expected.as_slice() != seal.hash {
        return Ok(Some(FaultKind::SealChanged));
    }
    let db = ctx.store.reader();
    let ids = sql::ids(
        ctx.store.backend(),
        members(&seal.members).map(|(id, _)| id),
    );
    let rows: Vec<Row> = ROWS_OF.all(db, [ids]).await?;
    let now = digests(ctx, db, &rows).await?;
    Ok(
        members(&seal.members).find_map(|(id, digest)| match now.get(&id) {
            None => Some(FaultKind::RowMissing(id)),
            Some(now) if now.as_slice() != digest => Some(FaultKind::RowChanged(id)),
            Some(_) => None,
        }),
    )
}

#[derive(FromQueryResult)]
struct Counts {
    total: i64,
    tail: i64,
}

async fn count(ctx: &Ctx, newest: Uuid) -> Result<(u64, u64)> {
    static COUNT: Sql = Sql::new(
        "SELECT (SELECT count(*) FROM access_log) AS total, (SELECT count(*) FROM access_log WHERE id > $1) AS tail",
    );
    let counts: Option<Counts> = COUNT.one(ctx.store.reader(), [newest.into()]).await?;
    Ok(counts.map_or((0, 0), |it| {
        (it.total.unsigned_abs(), it.tail.unsigned_abs())
    }))
}

/// The digests of rows with their objects.
async fn digests(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    rows: &[Row],
) -> Result<HashMap<AccessLogId, [u8; DIGEST]>> {
    static OBJECTS: Sql = Sql::new(
        "SELECT entry_id, object_kind, object_id, act FROM access_log_objects WHERE entry_id = ANY_ID($1)",
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
mod tests {
    use super::*;

    fn row(purpose: &str) -> Row {
        Row {
            id: AccessLogId(Uuid::from_u128(1)),
            organisation_id: OrganisationId(Uuid::from_u128(2)),
            request_id: RequestId(Uuid::from_u128(3)),
            person_id: PersonId(Uuid::from_u128(4)),
            grant_id: None,
            purpose: purpose.to_owned(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn object(kind: &str, act: &str) -> ObjectRow {
        ObjectRow {
            entry_id: AccessLogId(Uuid::from_u128(1)),
            object_kind: kind.to_owned(),
            object_id: Uuid::from_u128(5),
            act: act.to_owned(),
        }
    }

    #[test]
    fn rows_that_differ_anywhere_have_other_digests() {
        let mut later = row("Caseload");
        later.at += chrono::TimeDelta::microseconds(1);
        let mut granted = row("Caseload");
        granted.grant_id = Some(RoleGrantId(Uuid::from_u128(6)));
        let digests: HashSet<_> = [
            digest(&row("Caseload"), &[]),
            digest(&row("Caseloads"), &[]),
            digest(&later, &[]),
            digest(&granted, &[]),
            digest(&row("Caseload"), &[object("PERSON", "READ")]),
            digest(&row("Caseload"), &[object("PERSON", "WRITE")]),
            digest(
                &row("Caseload"),
                &[object("PERSON", "READ"), object("PERSON", "WRITE")],
            ),
        ]
        .into();
        assert_eq!(digests.len(), 7);
    }

    #[test]
    fn a_seal_depends_on_the_one_before_its_place_and_its_rows() {
        let keys = Keys::generate().unwrap();
        let of = |before: &[u8], organisation, seq, members: &[u8]| {
            chain(
                &keys,
                1,
                before,
                OrganisationId(Uuid::from_u128(organisation)),
                seq,
                members,
            )
            .unwrap()
        };
        let hashes: HashSet<_> = [
            of(b"", 1, 1, b"rows"),
            of(b"before", 1, 1, b"rows"),
            of(b"", 2, 1, b"rows"),
            of(b"", 1, 2, b"rows"),
            of(b"", 1, 1, b"row"),
        ]
        .into();
        assert_eq!(hashes.len(), 5);
    }

    #[test]
    fn looking_back_goes_by_the_time_in_the_id() {
        let id = Uuid::from_u128((1_000_000 << 80) | 0x7abc);
        let back = before(id, Duration::from_millis(10_000));
        assert_eq!(back, Uuid::from_u128(990_000 << 80));
        assert_eq!(before(Uuid::nil(), Duration::from_secs(1)), Uuid::nil());
    }
}
