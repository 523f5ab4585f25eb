//! Talks that are counted one by one, as a motivation talk before rehabilitation: nobody's name, no agreement, no review.

use chrono::NaiveDate;
use rinnalla_entity::ids::{EncounterId, Id as _, OrganisationId};
use rinnalla_entity::states::RehabilitationPhase;
use sea_orm::Value;

use super::{Encounter, queries, rules};
use crate::access::{RecordEncounters, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations::{self, CodeList};
use crate::page::{Page, PageArgs};
use crate::sql::Sql;

/// Talks to count.
#[derive(Clone, Debug)]
pub struct RecordEncounter {
    /// The association.
    pub organisation: OrganisationId,
    /// A code of the list `ENCOUNTER_KIND`.
    pub kind: String,
    /// Before, during or after rehabilitation.
    pub phase: RehabilitationPhase,
    /// The day.
    pub on: NaiveDate,
    /// How many there were.
    pub talks: i32,
}

/// Talks that were recorded in error.
#[derive(Clone, Copy, Debug)]
pub struct CancelEncounter {
    /// The entry.
    pub encounter: EncounterId,
    /// The version that this is based on.
    pub version: i32,
}

/// The talks that the actor may see, the latest first; those recorded in error are left out.
pub async fn encounters(ctx: &Ctx, args: PageArgs) -> Result<Page<Encounter>> {
    let scope = require::<RecordEncounters>(ctx)?;
    let rows = queries::encounters(ctx, &scope, &args).await?;
    let total = match args.total {
        true => Some(queries::count_encounters(ctx, &scope).await?),
        false => None,
    };
    Ok(Page::of(rows, &args, total))
}

/// One entry; `None` where it is absent or hidden.
pub async fn find_encounter(ctx: &Ctx, id: EncounterId) -> Result<Option<Encounter>> {
    let scope = require::<RecordEncounters>(ctx)?;
    let found = queries::encounter(ctx.store.reader(), &scope, id).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// Counts talks of a day.
///
/// Errors: `Invalid` (`organisationId UNKNOWN`, `ORGANISATION_CLOSED`; `kind UNKNOWN_CODE`; `on DATE_IN_FUTURE`,
/// `OUT_OF_RANGE`; `talks OUT_OF_RANGE`).
pub async fn record_encounter(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: RecordEncounter,
) -> Result<EncounterId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO encounters (id, organisation_id, kind, phase, on_date, talks, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let scope = require::<RecordEncounters>(ctx)?;
    if let Some(done) = ctx.done_before("encounterRecord", key).await? {
        return Ok(EncounterId(done));
    }
    let of = input.organisation;
    let mut faults = Violations::default();
    let is_own = scope.any_organisations().contains(&of);
    faults.check(is_own, "organisationId", "UNKNOWN");
    let kinds = std::slice::from_ref(&input.kind);
    let db = ctx.store.reader();
    let unknown = organisations::unknown_codes(db, CodeList::EncounterKind, kinds).await?;
    faults.check(unknown.is_empty(), "kind", "UNKNOWN_CODE");
    if let Some(fault) = rules::day_fault(input.on, ctx.today) {
        faults.check(false, "on", fault);
    }
    let is_number = rules::TALKS.contains(&input.talks);
    faults.check(is_number, "talks", "OUT_OF_RANGE").done()?;
    let id = EncounterId::random();
    let mut act = match ctx.begin("encounterRecord", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(EncounterId(done)),
    };
    organisations::lock_all_open(&act.tx, &[of]).await?;
    let values: [Value; 8] = [
        id.0.into(),
        of.0.into(),
        input.kind.into(),
        code(input.phase),
        input.on.into(),
        input.talks.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Organisation, id);
    act.done().await.map(EncounterId)
}

/// Takes talks back that were recorded in error; the entry stays, cancelled.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`ALREADY_CANCELLED`).
pub async fn cancel_encounter(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelEncounter,
) -> Result<EncounterId> {
    static SQL: Sql = Sql::new(
        "UPDATE encounters SET cancelled_by = $3, cancelled_at = $4, version = version + 1 WHERE id = $1 AND version = $2",
    );
    let scope = require::<RecordEncounters>(ctx)?;
    let id = input.encounter;
    let mut act = match ctx.begin("encounterCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(EncounterId(done)),
    };
    let Some(kept) = queries::encounter(&act.tx, &scope, id).await? else {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
        return Err(Error::NotFound);
    };
    let by: [Value; 4] = [
        id.0.into(),
        input.version.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    if SQL.run(&act.tx, by).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    if kept.is_cancelled {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    act.changed(&scope, kept.organisation_id, ObjectKind::Organisation, id);
    act.done().await.map(EncounterId)
}
