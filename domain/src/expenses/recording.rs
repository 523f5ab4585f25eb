//! Recording what a volunteer was paid for, and putting it right.

use chrono::Datelike as _;
use rinnalla_entity::ids::{ExpenseId, Id as _, OrganisationId, PersonId};
use rinnalla_entity::states::{ExpenseKind, Role};
use sea_orm::{FromQueryResult, Value};

use super::rules;
use crate::access::{RecordExpenses, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::people;
use crate::reach::Question;
use crate::sql::Sql;

/// What was paid for.
#[derive(Clone, Copy, Debug)]
pub struct Details {
    /// In which year.
    pub year: i32,
    /// For what.
    pub kind: ExpenseKind,
    /// The way, for travel in one's own vehicle.
    pub kilometres: Option<i32>,
    /// For how many days, of per diems.
    pub days: Option<i32>,
    /// How much.
    pub cents: i32,
}

/// A new entry.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// Who paid.
    pub organisation: OrganisationId,
    /// To whom: an expert or a support person of the organisation.
    pub person: PersonId,
    /// What for.
    pub details: Details,
}

/// A correction: everything as it should be.
#[derive(Clone, Copy, Debug)]
pub struct Correct {
    /// The entry.
    pub expense: ExpenseId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What for.
    pub details: Details,
}

/// An act on an entry that says nothing more.
#[derive(Clone, Copy, Debug)]
pub struct OnExpense {
    /// The entry.
    pub expense: ExpenseId,
    /// Its version.
    pub version: i32,
}

/// Records what somebody was paid for. Nothing is refused for a limit: what is paid is paid, and a warning tells of it.
///
/// Errors: `Invalid`: `organisationId UNKNOWN`, `personId NOT_A_VOLUNTEER_THERE`, `year OUT_OF_RANGE`, and
/// `kilometres`, `days`, `cents` with `REQUIRED`, `NOT_APPLICABLE` or `OUT_OF_RANGE`.
pub async fn record(ctx: &Ctx, key: &IdempotencyKey, input: Record) -> Result<ExpenseId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO expenses (id, year, kind, kilometres, days, cents, organisation_id, person_id, version, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10)",
    );
    let scope = require::<RecordExpenses>(ctx)?;
    if let Some(done) = ctx.done_before("expenseRecord", key).await? {
        return Ok(ExpenseId(done));
    }
    let (of, person) = (input.organisation, input.person);
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    let year = check(ctx, &input.details, &mut faults);
    if scope.covers(of) {
        let mut is_volunteer = false;
        for role in [Role::Expert, Role::SupportPerson] {
            let db = ctx.store.reader();
            is_volunteer |= people::holds_role(db, person, of, role, ctx.today).await?;
        }
        faults.check(is_volunteer, "personId", "NOT_A_VOLUNTEER_THERE");
    }
    faults.done()?;
    let id = ExpenseId::random();
    let mut act = match ctx.begin("expenseRecord", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpenseId(done)),
    };
    let mut values = cells(id, year, &input.details).to_vec();
    values.extend([
        of.0.into(),
        person.0.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ]);
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Person, person);
    act.done().await.map(ExpenseId)
}

/// Puts an entry right.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` as [`record`].
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<ExpenseId> {
    static SQL: Sql = Sql::new(
        "UPDATE expenses SET version = version + 1, year = $2, kind = $3, kilometres = $4, days = $5, cents = $6
         WHERE id = $1 AND version = $7",
    );
    let scope = require::<RecordExpenses>(ctx)?;
    let mut faults = Violations::default();
    let year = check(ctx, &input.details, &mut faults);
    faults.done()?;
    let id = input.expense;
    let mut act = match ctx.begin("expenseCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpenseId(done)),
    };
    let held = hold(&act, &scope, id).await?;
    let mut values = cells(id, year, &input.details).to_vec();
    values.push(input.version.into());
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(
        &scope,
        held.organisation_id,
        ObjectKind::Person,
        held.person_id,
    );
    act.done().await.map(ExpenseId)
}

/// Takes an entry back that was recorded in error.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`).
pub async fn cancel(ctx: &Ctx, key: &IdempotencyKey, input: OnExpense) -> Result<ExpenseId> {
    static SQL: Sql = Sql::new(
        "UPDATE expenses SET version = version + 1, cancelled_at = $3, cancelled_by = $4 WHERE id = $1 AND version = $2",
    );
    let scope = require::<RecordExpenses>(ctx)?;
    let id = input.expense;
    let mut act = match ctx.begin("expenseCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ExpenseId(done)),
    };
    let held = hold(&act, &scope, id).await?;
    let values: [Value; 4] = [
        id.0.into(),
        input.version.into(),
        ctx.now.into(),
        scope.actor().0.into(),
    ];
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(
        &scope,
        held.organisation_id,
        ObjectKind::Person,
        held.person_id,
    );
    act.done().await.map(ExpenseId)
}

#[derive(FromQueryResult)]
struct Held {
    organisation_id: OrganisationId,
    person_id: PersonId,
}

async fn hold(act: &Act<'_>, scope: &Scope<RecordExpenses>, id: ExpenseId) -> Result<Held> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT x.organisation_id, x.person_id FROM expenses x WHERE x.cancelled_at IS NULL AND x.id = ",
    );
    question.bind(id.uuid()).words(" AND ");
    super::queries::reaches(&mut question, scope);
    question.words_on(" FOR UPDATE OF x", "");
    let held: Option<Held> = question.one(&act.tx).await?;
    held.ok_or_else(|| {
        act.ctx.refuse(scope, ObjectKind::Person, id);
        Error::NotFound
    })
}

fn check(ctx: &Ctx, told: &Details, faults: &mut Violations) -> i16 {
    let present = ctx.today.year();
    let years = present - rules::YEARS_BACK..=present;
    faults.check(years.contains(&told.year), "year", "OUT_OF_RANGE");
    for (field, code) in rules::faults(told.kind, told.kilometres, told.days, told.cents) {
        faults.check(false, field, code);
    }
    i16::try_from(told.year).unwrap_or_default()
}

/// The cells that recording and correcting share, in their order.
fn cells(id: ExpenseId, year: i16, told: &Details) -> [Value; 6] {
    [
        id.0.into(),
        year.into(),
        code(told.kind),
        told.kilometres.into(),
        told.days.into(),
        told.cents.into(),
    ]
}
