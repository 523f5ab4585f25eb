//! Who stands in the register: by whom they were trained, when and for what.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rinnalla_entity::ids::{ExpertCohortId, ExpertProfileId, Id as _, OrganisationId, PersonId};
use rinnalla_entity::states::Role;
use sea_orm::{ConnectionTrait, Value};

use super::queries::{self, About};
use super::{consents, rules, supporting};
use crate::access::{ManageExperts, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::notices::Reason;
use crate::organisations::{self, CodeList};
use crate::people;
use crate::sql::{self, Sql};
use crate::support_persons;

/// How many purposes an expert may be trained for: our own choice, far above need.
const MOST_PURPOSES: usize = 20;

/// How somebody was trained: in a cohort, or otherwise until a day; one of the two.
#[derive(Clone, Debug)]
pub struct Details {
    /// Who trains or trained them.
    pub trainer: OrganisationId,
    /// The cohort.
    pub cohort: Option<ExpertCohortId>,
    /// When another training was completed.
    pub trained_on: Option<NaiveDate>,
    /// What they were trained for, as codes.
    pub purposes: Vec<String>,
}

/// Somebody new in the register.
#[derive(Clone, Debug)]
pub struct Add {
    /// Whose register.
    pub organisation: OrganisationId,
    /// Who: somebody in the role of an expert there.
    pub person: PersonId,
    /// How they were trained.
    pub details: Details,
}

/// A correction: everything as it should be.
#[derive(Clone, Debug)]
pub struct Correct {
    /// Whom.
    pub profile: ExpertProfileId,
    /// The version that the correction was made from.
    pub version: i32,
    /// How they were trained.
    pub details: Details,
}

/// An act on an expert that says nothing more.
#[derive(Clone, Copy, Debug)]
pub struct OnProfile {
    /// Whom.
    pub profile: ExpertProfileId,
    /// The version.
    pub version: i32,
}

/// Writes somebody into the register. That they are listed needs a consent of their own besides.
///
/// Errors: `Invalid`: `organisationId UNKNOWN`, `ORGANISATION_CLOSED`, `personId NOT_AN_EXPERT_THERE`,
/// `ALREADY_RECORDED`, `expertCohortId UNKNOWN`, `trainerId UNKNOWN`, `trainedOn REQUIRED`, `NOT_APPLICABLE`,
/// `OUT_OF_RANGE`, `DATE_IN_FUTURE`, `purposes UNKNOWN_CODE`.
pub async fn add(ctx: &Ctx, key: &IdempotencyKey, input: Add) -> Result<ExpertProfileId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO expert_profiles (id, organisation_id, person_id, cohort_id, trainer_id, trained_on, version, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)",
    );
    let scope = require::<ManageExperts>(ctx)?;
    if let Some(done) = ctx.done_before("expertAdd", key).await? {
        return Ok(ExpertProfileId(done));
    }
    let of = input.organisation;
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    // Who is an expert there is not a stranger's to learn.
    let own = scope.covers(of).then_some(of);
    let told = check(ctx, own, &input.details, &mut faults).await?;
    if own.is_some() {
        let db = ctx.store.reader();
        let is_expert = people::holds_role(db, input.person, of, Role::Expert, ctx.today).await?;
        faults.check(is_expert, "personId", "NOT_AN_EXPERT_THERE");
    }
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = ExpertProfileId::random();
    let mut act = match ctx.begin("expertAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpertProfileId(done)),
    };
    let closed = organisations::lock_open(&act.tx, &[of]).await?;
    let is_there = queries::is_registered(&act.tx, input.person, of).await?;
    Violations::default()
        .check(closed.is_empty(), "organisationId", "ORGANISATION_CLOSED")
        .check(!is_there, "personId", "ALREADY_RECORDED")
        .done()?;
    let values: [Value; 8] = [
        id.0.into(),
        of.0.into(),
        input.person.0.into(),
        told.cohort.map(|id| id.0).into(),
        input.details.trainer.0.into(),
        told.trained_on.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    write_purposes(&act.tx, id, &told.purposes).await?;
    act.changed(&scope, of, ObjectKind::Expert, id);
    act.done().await.map(ExpertProfileId)
}

/// Puts right how somebody was trained.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` as [`add`].
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<ExpertProfileId> {
    static SQL: Sql = Sql::new(
        "UPDATE expert_profiles SET cohort_id = $2, trainer_id = $3, trained_on = $4 WHERE id = $1",
    );
    let scope = require::<ManageExperts>(ctx)?;
    let id = input.profile;
    if let Some(done) = ctx.done_before("expertCorrect", key).await? {
        return Ok(ExpertProfileId(done));
    }
    let mut act = match ctx.begin("expertCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpertProfileId(done)),
    };
    let held = queries::hold(&act, &scope, About::Profile(id)).await?;
    let mut faults = Violations::default();
    let told = check(ctx, Some(held.organisation_id), &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    queries::take(&act.tx, id, input.version).await?;
    let values: [Value; 4] = [
        id.0.into(),
        told.cohort.map(|id| id.0).into(),
        input.details.trainer.0.into(),
        told.trained_on.into(),
    ];
    SQL.run(&act.tx, values).await?;
    write_purposes(&act.tx, id, &told.purposes).await?;
    supporting::follow_training(&mut act, &scope, held.organisation_id, id).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Expert, id);
    act.done().await.map(ExpertProfileId)
}

/// Takes somebody out of the register: recorded in error, or at their wish. Their consent to be listed ends with it, and
/// their training stands for no weekends of a support person any more.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`LATER_ENTRIES_STAND_ON_IT` where an assignment stands).
pub async fn remove(ctx: &Ctx, key: &IdempotencyKey, input: OnProfile) -> Result<ExpertProfileId> {
    static SQL: Sql =
        Sql::new("UPDATE expert_profiles SET removed_at = $2, removed_by = $3 WHERE id = $1");
    let scope = require::<ManageExperts>(ctx)?;
    let id = input.profile;
    let mut act = match ctx.begin("expertRemove", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpertProfileId(done)),
    };
    let held = queries::hold(&act, &scope, About::Profile(id)).await?;
    if queries::has_assignments(&act.tx, id).await? {
        return Err(Error::invalid("", "LATER_ENTRIES_STAND_ON_IT"));
    }
    queries::take(&act.tx, id, input.version).await?;
    consents::end_standing(&act, id, Reason::ConsentWithdrawn).await?;
    let values: [Value; 3] = [id.0.into(), ctx.now.into(), scope.actor().0.into()];
    SQL.run(&act.tx, values).await?;
    support_persons::follow_expert(&mut act, &scope, held.organisation_id, id, None).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Expert, id);
    act.done().await.map(ExpertProfileId)
}

/// What is told, checked.
struct Told {
    cohort: Option<ExpertCohortId>,
    trained_on: Option<NaiveDate>,
    purposes: BTreeSet<String>,
}

async fn check(
    ctx: &Ctx,
    of: Option<OrganisationId>,
    told: &Details,
    faults: &mut Violations,
) -> Result<Option<Told>> {
    let db = ctx.store.reader();
    match told.cohort {
        Some(cohort) => {
            let is_own = match of {
                Some(of) => queries::is_cohort_of(db, cohort, of).await?,
                None => false,
            };
            faults.check(is_own, "expertCohortId", "UNKNOWN").check(
                told.trained_on.is_none(),
                "trainedOn",
                "NOT_APPLICABLE",
            );
        }
        None => {
            faults.check(told.trained_on.is_some(), "trainedOn", "REQUIRED");
            if let Some(on) = told.trained_on {
                let is_past = on <= ctx.today;
                let is_known = *rules::days(ctx.today).start() <= on;
                faults.check(is_past, "trainedOn", "DATE_IN_FUTURE").check(
                    is_known,
                    "trainedOn",
                    "OUT_OF_RANGE",
                );
            }
        }
    }
    check_known(ctx, told.trainer, "trainerId", faults).await?;
    if told.purposes.len() > MOST_PURPOSES {
        faults.check(false, "purposes", "OUT_OF_RANGE");
    } else if !told.purposes.is_empty() {
        let list = CodeList::ExpertPurpose;
        let unknown = organisations::unknown_codes(db, list, &told.purposes).await?;
        faults.check(unknown.is_empty(), "purposes", "UNKNOWN_CODE");
    }
    Ok(Some(Told {
        cohort: told.cohort,
        trained_on: told.trained_on,
        purposes: told.purposes.iter().cloned().collect(),
    }))
}

/// An organisation that the actor may know of.
pub(super) async fn check_known(
    ctx: &Ctx,
    id: OrganisationId,
    field: &'static str,
    faults: &mut Violations,
) -> Result<()> {
    let known = organisations::for_ids(ctx, &[id]).await?;
    faults.check(known.contains_key(&id), field, "UNKNOWN");
    Ok(())
}

async fn write_purposes(
    db: &impl ConnectionTrait,
    id: ExpertProfileId,
    purposes: &BTreeSet<String>,
) -> Result<()> {
    static CLEAR: Sql = Sql::new("DELETE FROM expert_purposes WHERE profile_id = $1");
    CLEAR.run(db, [id.0.into()]).await?;
    let cells = purposes
        .iter()
        .flat_map(|code| [Value::from(id.0), code.clone().into()]);
    sql::insert_many(db, "expert_purposes", "profile_id, code", cells.collect()).await
}
