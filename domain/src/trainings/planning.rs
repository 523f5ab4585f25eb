//! Planning a training, and putting right what is told of it.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, OrganisationId, TrainingId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::attendance::{self, Weekend};
use super::{queries, rules};
use crate::access::{ManageTrainings, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations;
use crate::sql::Sql;
use crate::text::free_line;

/// How long a training's name may be, in characters.
pub const NAME_MAX_CHARS: usize = 80;

/// What is told of a training.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its name.
    pub name: String,
    /// The organisation of the trainers: the association itself, or a partner.
    pub trainer: OrganisationId,
    /// The first day of the first weekend.
    pub first_on: NaiveDate,
    /// The first day of the second weekend.
    pub second_on: NaiveDate,
}

/// A new training.
#[derive(Clone, Debug)]
pub struct Create {
    /// The association.
    pub organisation: OrganisationId,
    /// What is told of it.
    pub details: Details,
}

/// A correction: everything as it should be.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The training.
    pub training: TrainingId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What is told of it.
    pub details: Details,
}

/// An act on a training that says nothing more.
#[derive(Clone, Copy, Debug)]
pub struct OnTraining {
    /// The training.
    pub training: TrainingId,
    /// Its version.
    pub version: i32,
}

/// Plans a training, or writes down one that was given.
///
/// Errors: `Invalid`: `organisationId UNKNOWN`, `ORGANISATION_CLOSED`, `name`, `trainerId NO_PARTNERSHIP`,
/// `firstOn OUT_OF_RANGE`, `secondOn OUT_OF_RANGE`, `DATES_OUT_OF_ORDER` (not another weekend after the first).
pub async fn create(ctx: &Ctx, key: &IdempotencyKey, input: Create) -> Result<TrainingId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO trainings (id, organisation_id, trainer_id, name, first_on, second_on, version, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)",
    );
    let scope = require::<ManageTrainings>(ctx)?;
    if let Some(done) = ctx.done_before("trainingCreate", key).await? {
        return Ok(TrainingId(done));
    }
    let (of, told) = (input.organisation, &input.details);
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    let name = check(ctx, told, &mut faults);
    if scope.covers(of) {
        let may_train = trains(ctx.store.reader(), of, told, ctx.today).await?;
        faults.check(may_train, "trainerId", "NO_PARTNERSHIP");
    }
    faults.done()?;
    let id = TrainingId::random();
    let mut act = match ctx.begin("trainingCreate", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(TrainingId(done)),
    };
    organisations::lock_all_open(&act.tx, &[of]).await?;
    let values: [Value; 8] = [
        id.0.into(),
        of.0.into(),
        told.trainer.0.into(),
        name.into(),
        told.first_on.into(),
        told.second_on.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Training, id);
    act.done().await.map(TrainingId)
}

/// Puts right what is told of a training. Where a weekend moves to another day, whoever was there was there on that day.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` as [`create`], and `firstOn`, `secondOn DATE_IN_FUTURE`
/// where somebody was there.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<TrainingId> {
    static SQL: Sql = Sql::new(
        "UPDATE trainings SET name = $2, trainer_id = $3, first_on = $4, second_on = $5 WHERE id = $1",
    );
    let scope = require::<ManageTrainings>(ctx)?;
    let (id, told) = (input.training, &input.details);
    let mut act = match ctx.begin("trainingCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(TrainingId(done)),
    };
    let held = queries::hold(&act, &scope, id, input.version).await?;
    let mut faults = Violations::default();
    let name = check(ctx, told, &mut faults);
    let may_train = trains(&act.tx, held.organisation_id, told, ctx.today).await?;
    faults
        .check(may_train, "trainerId", "NO_PARTNERSHIP")
        .done()?;
    let parts = queries::parts(&act.tx, id).await?;
    for moved in [
        (Weekend::First, told.first_on, "firstOn"),
        (Weekend::Second, told.second_on, "secondOn"),
    ] {
        attendance::follow(&mut act, &scope, (&held, &parts), moved).await?;
    }
    let values: [Value; 5] = [
        id.0.into(),
        name.into(),
        told.trainer.0.into(),
        told.first_on.into(),
        told.second_on.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Training, id);
    act.done().await.map(TrainingId)
}

/// Says that a training does not take place: as long as nothing says that somebody was there.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`ALREADY_CANCELLED`, `LATER_ENTRIES_STAND_ON_IT`).
pub async fn cancel(ctx: &Ctx, key: &IdempotencyKey, input: OnTraining) -> Result<TrainingId> {
    set_cancelled(ctx, key, "trainingCancel", input, true).await
}

/// Lets a cancelled training take place after all.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`).
pub async fn reinstate(ctx: &Ctx, key: &IdempotencyKey, input: OnTraining) -> Result<TrainingId> {
    set_cancelled(ctx, key, "trainingReinstate", input, false).await
}

async fn set_cancelled(
    ctx: &Ctx,
    key: &IdempotencyKey,
    name: &'static str,
    input: OnTraining,
    is_cancelled: bool,
) -> Result<TrainingId> {
    static SQL: Sql = Sql::new("UPDATE trainings SET cancelled_at = $2 WHERE id = $1");
    let scope = require::<ManageTrainings>(ctx)?;
    let id = input.training;
    let mut act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(TrainingId(done)),
    };
    let held = queries::hold(&act, &scope, id, input.version).await?;
    match (held.is_cancelled, is_cancelled) {
        (true, true) => return Err(Error::invalid("", "ALREADY_CANCELLED")),
        (false, false) => return Err(Error::invalid("", "WRONG_STATE")),
        _ => {}
    }
    let parts = queries::parts(&act.tx, id).await?;
    if is_cancelled && parts.iter().any(queries::Part::was_there) {
        return Err(Error::invalid("", "LATER_ENTRIES_STAND_ON_IT"));
    }
    let at = is_cancelled.then_some(ctx.now);
    SQL.run(&act.tx, [id.0.into(), at.into()]).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Training, id);
    act.done().await.map(TrainingId)
}

fn check(ctx: &Ctx, told: &Details, faults: &mut Violations) -> Option<String> {
    let name = faults.take("name", free_line(&told.name, NAME_MAX_CHARS));
    let days = rules::days(ctx.today);
    let are_two = rules::are_two_weekends(told.first_on, told.second_on);
    faults
        .check(days.contains(&told.first_on), "firstOn", "OUT_OF_RANGE")
        .check(days.contains(&told.second_on), "secondOn", "OUT_OF_RANGE")
        .check(are_two, "secondOn", "DATES_OUT_OF_ORDER");
    name
}

/// Whether an organisation may train the association's support persons: itself, or a partner, today or at the time.
async fn trains(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    told: &Details,
    today: NaiveDate,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM partnerships WHERE organisation_id = $1 AND partner_id = $2
           AND ((valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3))
             OR (valid_from <= $4 AND (valid_to IS NULL OR valid_to >= $4)))",
    );
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    if told.trainer == of {
        return Ok(true);
    }
    let values: [Value; 4] = [
        of.0.into(),
        told.trainer.0.into(),
        today.into(),
        told.first_on.into(),
    ];
    let found: Option<Count> = SQL.one(db, values).await?;
    Ok(found.is_some_and(|found| found.n > 0))
}
