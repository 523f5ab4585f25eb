//! Cohorts: a training of experts that some take together, from a day to a day.

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{ExpertCohortId, Id as _, OrganisationId};
use sea_orm::Value;

use super::registering::check_known;
use super::{ExpertCohort, queries, rules, supporting};
use crate::access::{ManageExperts, ReadExperts, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations;
use crate::page::{Page, PageArgs};
use crate::reach::Question;
use crate::sql::Sql;
use crate::text::free_line;

/// How long a name or a place may be, in characters.
pub(crate) const LINE_MAX_CHARS: usize = 80;

/// What is told of a cohort.
#[derive(Clone, Debug)]
pub struct CohortDetails {
    /// Its name.
    pub name: String,
    /// Who trains.
    pub trainer: OrganisationId,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Its last day.
    pub ends_on: NaiveDate,
}

/// A new cohort.
#[derive(Clone, Debug)]
pub struct AddCohort {
    /// Whose register.
    pub organisation: OrganisationId,
    /// What is told of it.
    pub details: CohortDetails,
}

/// A correction: everything as it should be.
#[derive(Clone, Debug)]
pub struct CorrectCohort {
    /// The cohort.
    pub cohort: ExpertCohortId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What is told of it.
    pub details: CohortDetails,
}

/// The cohorts that the actor may see, the latest in the register first.
pub async fn cohorts(ctx: &Ctx, page: PageArgs) -> Result<Page<ExpertCohort>> {
    let scope = require::<ReadExperts>(ctx)?;
    let rows = queries::cohorts(ctx, &scope, &page).await?;
    let total = match page.total {
        true => Some(queries::count_cohorts(ctx, &scope).await?),
        false => None,
    };
    Ok(Page::of(rows, &page, total))
}

/// One cohort; `None` where it is absent or hidden.
pub async fn find_cohort(ctx: &Ctx, id: ExpertCohortId) -> Result<Option<ExpertCohort>> {
    let scope = require::<ReadExperts>(ctx)?;
    let found = queries::cohorts_for_ids(ctx, &scope, &[id]).await?.pop();
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Expert, id);
    }
    Ok(found)
}

/// The cohorts with these ids, as far as the actor may see them.
pub async fn cohorts_for_ids(
    ctx: &Ctx,
    ids: &[ExpertCohortId],
) -> Result<HashMap<ExpertCohortId, ExpertCohort>> {
    let scope = require::<ReadExperts>(ctx)?;
    let rows = queries::cohorts_for_ids(ctx, &scope, ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Adds a cohort.
///
/// Errors: `Invalid`: `organisationId UNKNOWN`, `ORGANISATION_CLOSED`, `name`, `trainerId UNKNOWN`,
/// `startsOn OUT_OF_RANGE`, `endsOn OUT_OF_RANGE`, `DATES_OUT_OF_ORDER`.
pub async fn add_cohort(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AddCohort,
) -> Result<ExpertCohortId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO expert_cohorts (id, organisation_id, trainer_id, name, starts_on, ends_on, version, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)",
    );
    let scope = require::<ManageExperts>(ctx)?;
    if let Some(done) = ctx.done_before("expertCohortAdd", key).await? {
        return Ok(ExpertCohortId(done));
    }
    let (of, told) = (input.organisation, &input.details);
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    let name = check(ctx, told, &mut faults).await?;
    faults.done()?;
    let name = name.ok_or_else(unchecked)?;
    let id = ExpertCohortId::random();
    let mut act = match ctx.begin("expertCohortAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpertCohortId(done)),
    };
    organisations::lock_all_open(&act.tx, &[of]).await?;
    let values: [Value; 8] = [
        id.0.into(),
        of.0.into(),
        told.trainer.0.into(),
        name.into(),
        told.starts_on.into(),
        told.ends_on.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Expert, id);
    act.done().await.map(ExpertCohortId)
}

/// Puts right what is told of a cohort; whoever is in it is trained when its end, as it is now, has passed.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` as [`add_cohort`].
pub async fn correct_cohort(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CorrectCohort,
) -> Result<ExpertCohortId> {
    static SQL: Sql = Sql::new(
        "UPDATE expert_cohorts SET version = version + 1, name = $3, trainer_id = $4, starts_on = $5, ends_on = $6
         WHERE id = $1 AND version = $2",
    );
    let scope = require::<ManageExperts>(ctx)?;
    if let Some(done) = ctx.done_before("expertCohortCorrect", key).await? {
        return Ok(ExpertCohortId(done));
    }
    let (id, told) = (input.cohort, &input.details);
    let mut faults = Violations::default();
    let name = check(ctx, told, &mut faults).await?;
    faults.done()?;
    let name = name.ok_or_else(unchecked)?;
    let mut act = match ctx.begin("expertCohortCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpertCohortId(done)),
    };
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT h.id, h.organisation_id, h.trainer_id, h.name, h.starts_on, h.ends_on, h.version
         FROM expert_cohorts h WHERE h.id = ",
    );
    question
        .bind(id.uuid())
        .words(" AND ")
        .is_one_of("h.organisation_id", &scope.organisations());
    let held: Option<ExpertCohort> = question.one(&act.tx).await?;
    let Some(held) = held else {
        ctx.refuse(&scope, ObjectKind::Expert, id);
        return Err(Error::NotFound);
    };
    let values: [Value; 6] = [
        id.0.into(),
        input.version.into(),
        name.into(),
        told.trainer.0.into(),
        told.starts_on.into(),
        told.ends_on.into(),
    ];
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    supporting::follow_cohort(&mut act, &scope, held.organisation_id, id).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Expert, id);
    act.done().await.map(ExpertCohortId)
}

async fn check(ctx: &Ctx, told: &CohortDetails, faults: &mut Violations) -> Result<Option<String>> {
    let name = faults.take("name", free_line(&told.name, LINE_MAX_CHARS));
    let days = rules::days(ctx.today);
    faults
        .check(days.contains(&told.starts_on), "startsOn", "OUT_OF_RANGE")
        .check(days.contains(&told.ends_on), "endsOn", "OUT_OF_RANGE")
        .check(
            told.starts_on <= told.ends_on,
            "endsOn",
            "DATES_OUT_OF_ORDER",
        );
    check_known(ctx, told.trainer, "trainerId", faults).await?;
    Ok(name)
}
