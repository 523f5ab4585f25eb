//! Going through the log: whether it is as it was sealed.

use rinnalla_entity::ids::{AccessLogId, OrganisationId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{MEMBER, Row, chain, digests, heads, members, newest};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::sql::{self, Sql};

/// Seals that are looked at in one statement.
const SEALS: i64 = 100;

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

/// Goes through the whole log and every seal. Stops at the first fault.
pub async fn verify(ctx: &Ctx) -> Result<Verified> {
    static PAGE: Sql = Sql::new(
        "SELECT organisation_id, seq, members, hash, key_version FROM access_log_seals
         WHERE (organisation_id, seq) > ($1, $2) ORDER BY organisation_id, seq LIMIT $3",
    );
    let heads = heads(ctx).await?;
    let newest = newest(ctx).await?;
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
