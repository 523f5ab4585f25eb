//! How word of a place reached its visitors, where it is asked: a tally by code, and nobody in it. Counts are added and taken
//! back, as visits are.

use rinnalla_entity::ids::OpeningId;
use sea_orm::{FromQueryResult, Value};

use super::openings::changed;
use super::queries::{self, About};
use super::rules::MOST_AT_ONCE;
use crate::access::{KeepOpenings, ReadDropInPlaces, require};
use crate::act::{Begun, IdempotencyKey};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations::{self, CodeList};
use crate::page::Grouped;
use crate::sql::Sql;

/// Visitors who told how word of the place reached them.
#[derive(Clone, Debug)]
pub struct CountSource {
    /// The opening at which they told.
    pub opening: OpeningId,
    /// How: a code of the list `INFORMATION_SOURCE`.
    pub source: String,
    /// How many told so; fewer than none takes back what was counted by mistake.
    pub visitors: i32,
}

/// A tally.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Source {
    /// The opening.
    pub opening_id: OpeningId,
    /// How word reached them.
    pub code: String,
    /// How many.
    pub visitors: i32,
}

/// Counts how word reached visitors.
///
/// Errors: `NotFound`, `Invalid` (`informationSource UNKNOWN_CODE`; `visitors OUT_OF_RANGE`, where fewer than none would be left
/// too; `DATE_IN_FUTURE`).
pub async fn count_source(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CountSource,
) -> Result<OpeningId> {
    static ADD: Sql = Sql::new(
        "INSERT INTO opening_sources (opening_id, code, visitors) VALUES ($1, $2, 0) ON CONFLICT (opening_id, code) DO NOTHING",
    );
    static SQL: Sql = Sql::new(
        "UPDATE opening_sources SET visitors = visitors + $3 WHERE opening_id = $1 AND code = $2 AND visitors + $3 >= 0",
    );
    let scope = require::<KeepOpenings>(ctx)?;
    if let Some(done) = ctx.done_before("openingSourceCount", key).await? {
        return Ok(OpeningId(done));
    }
    let sources = std::slice::from_ref(&input.source);
    let db = ctx.store.reader();
    let unknown = organisations::unknown_codes(db, CodeList::InformationSource, sources).await?;
    let n = input.visitors;
    let is_number = n != 0 && (-MOST_AT_ONCE..=MOST_AT_ONCE).contains(&n);
    Violations::default()
        .check(unknown.is_empty(), "informationSource", "UNKNOWN_CODE")
        .check(is_number, "visitors", "OUT_OF_RANGE")
        .done()?;
    let id = input.opening;
    let mut act = match ctx.begin("openingSourceCount", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningId(done)),
    };
    let held = queries::hold(&act, &scope, About::Opening(id)).await?;
    let opening = queries::held_opening(&act.tx, id).await?;
    if opening.on_date > ctx.today {
        return Err(Error::invalid("", "DATE_IN_FUTURE"));
    }
    let about: [Value; 2] = [id.0.into(), input.source.into()];
    ADD.run(&act.tx, about.clone()).await?;
    let count = about.into_iter().chain([n.into()]);
    if SQL.run(&act.tx, count).await? == 0 {
        return Err(Error::invalid("visitors", "OUT_OF_RANGE"));
    }
    changed(&mut act, &scope, &held);
    act.done().await.map(OpeningId)
}

/// How word of the place reached visitors of openings, by code.
pub async fn sources_for(ctx: &Ctx, of: &[OpeningId]) -> Result<Grouped<OpeningId, Source>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let mut grouped = Grouped::<OpeningId, Source>::with_capacity(of.len());
    for row in queries::sources_for(ctx, &scope, of).await? {
        grouped.entry(row.opening_id).or_default().push(row);
    }
    Ok(grouped)
}
