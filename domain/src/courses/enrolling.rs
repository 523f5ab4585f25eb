//! Taking people into a course: under a name, under a pseudonym, or as a person of the register. Neither a diagnosis nor
//! a time without substances is asked of anybody. Where the course is full, they wait on its list.

use rinnalla_entity::ids::{CourseId, EnrolmentId, Id as _, PersonId};
use rinnalla_entity::states::{CourseStatus, EnrolmentStatus};
use sea_orm::Value;

use super::names::{self, Cells};
use super::queries::{self, About, Held, Part};
use super::rules;
use crate::access::{LeadCourses, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::people;
use crate::personal::Personal;
use crate::sql::Sql;

/// Somebody who is no person of the register.
#[derive(Clone, Debug)]
pub struct AddSomebody {
    /// The course.
    pub course: CourseId,
    /// The name or pseudonym.
    pub name: Personal<String>,
    /// Whether it is a pseudonym.
    pub is_pseudonym: bool,
}

/// A person of the register.
#[derive(Clone, Copy, Debug)]
pub struct AddPerson {
    /// The course.
    pub course: CourseId,
    /// Somebody in a role of the association.
    pub person: PersonId,
    /// Whether they said that they want to be reminded of sessions.
    pub wants_reminders: bool,
}

/// Another name or pseudonym.
#[derive(Clone, Debug)]
pub struct CorrectEnrolment {
    /// Whose part.
    pub enrolment: EnrolmentId,
    /// Its version.
    pub version: i32,
    /// The name or pseudonym.
    pub name: Personal<String>,
    /// Whether it is a pseudonym.
    pub is_pseudonym: bool,
}

/// An act on somebody's part that says nothing more.
#[derive(Clone, Copy, Debug)]
pub struct OnEnrolment {
    /// Whose part.
    pub enrolment: EnrolmentId,
    /// Its version.
    pub version: i32,
}

/// Takes somebody in under a name or pseudonym; where the course is full, onto its list.
///
/// Errors: `NotFound`, `Invalid` (`name`; `WRONG_STATE`, `TOO_MANY`).
pub async fn add(ctx: &Ctx, key: &IdempotencyKey, input: AddSomebody) -> Result<EnrolmentId> {
    let scope = require::<LeadCourses>(ctx)?;
    let name = names::check(input.name.reveal(), input.is_pseudonym);
    let name = name.map_err(|fault| Error::invalid("name", fault))?;
    let id = EnrolmentId::random();
    let act = match ctx.begin("enrolmentAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(EnrolmentId(done)),
    };
    let held = queries::hold(&act, &scope, About::Course(input.course)).await?;
    let status = place(&act, &held).await?;
    let part = New {
        id,
        person: None,
        cells: Some(names::seal(&ctx.keys, id, &name)?),
        is_pseudonym: input.is_pseudonym,
        wants_reminders: false,
        status,
    };
    insert(&act, &held, part).await?;
    done(act, &scope, &held, id).await
}

/// Takes a person of the register in; where the course is full, onto its list.
///
/// Errors: `NotFound`, `Invalid` (`personId UNKNOWN`, `personId ALREADY_ENROLLED`; `WRONG_STATE`, `TOO_MANY`).
pub async fn add_person(ctx: &Ctx, key: &IdempotencyKey, input: AddPerson) -> Result<EnrolmentId> {
    let scope = require::<LeadCourses>(ctx)?;
    let id = EnrolmentId::random();
    let act = match ctx.begin("enrolmentAddPerson", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(EnrolmentId(done)),
    };
    let held = queries::hold(&act, &scope, About::Course(input.course)).await?;
    let of = held.organisation_id;
    let is_known = people::holds_any_role(&act.tx, input.person, of, ctx.today).await?;
    let parts = queries::parts_of(&act.tx, held.id).await?;
    let is_there = parts
        .iter()
        .any(|it| it.person_id == Some(input.person) && it.status != EnrolmentStatus::Cancelled);
    Violations::default()
        .check(is_known, "personId", "UNKNOWN")
        .check(!is_there, "personId", "ALREADY_ENROLLED")
        .done()?;
    let status = place(&act, &held).await?;
    let part = New {
        id,
        person: Some(input.person),
        cells: None,
        is_pseudonym: false,
        wants_reminders: input.wants_reminders,
        status,
    };
    insert(&act, &held, part).await?;
    done(act, &scope, &held, id).await
}

/// Puts a name or pseudonym right. A person's own name is corrected in the person's details.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`name`; `WRONG_STATE`).
pub async fn correct_enrolment(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CorrectEnrolment,
) -> Result<EnrolmentId> {
    static SQL: Sql = Sql::new(
        "UPDATE enrolments SET name_sealed = $2, data_key_sealed = $3, is_pseudonym = $4 WHERE id = $1",
    );
    let scope = require::<LeadCourses>(ctx)?;
    let name = names::check(input.name.reveal(), input.is_pseudonym);
    let name = name.map_err(|fault| Error::invalid("name", fault))?;
    let id = input.enrolment;
    let act = match ctx.begin("enrolmentCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(EnrolmentId(done)),
    };
    let (held, part) = take(&act, &scope, id, input.version).await?;
    if part.person_id.is_some() || part.status == EnrolmentStatus::Cancelled {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    let cells = names::seal(&ctx.keys, id, &name)?;
    let values: [Value; 4] = [
        id.0.into(),
        cells.name.into(),
        cells.data_key.into(),
        input.is_pseudonym.into(),
    ];
    SQL.run(&act.tx, values).await?;
    done(act, &scope, &held, id).await
}

/// Gives somebody who waits a place, where one is free.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`, `NO_FREE_PLACE`).
pub async fn accept(ctx: &Ctx, key: &IdempotencyKey, input: OnEnrolment) -> Result<EnrolmentId> {
    let scope = require::<LeadCourses>(ctx)?;
    let id = input.enrolment;
    let act = match ctx.begin("enrolmentAccept", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(EnrolmentId(done)),
    };
    let (held, part) = take(&act, &scope, id, input.version).await?;
    if part.status != EnrolmentStatus::Applied {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    if place(&act, &held).await? != EnrolmentStatus::Enrolled {
        return Err(Error::invalid("", "NO_FREE_PLACE"));
    }
    queries::set_part(&act.tx, id, EnrolmentStatus::Enrolled).await?;
    done(act, &scope, &held, id).await
}

/// Takes somebody off the list again: recorded by mistake, or withdrawn before anything was recorded of them.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`ALREADY_CANCELLED`, `LATER_ENTRIES_STAND_ON_IT`).
pub async fn cancel_enrolment(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnEnrolment,
) -> Result<EnrolmentId> {
    let scope = require::<LeadCourses>(ctx)?;
    let id = input.enrolment;
    let act = match ctx.begin("enrolmentCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(EnrolmentId(done)),
    };
    let (held, part) = take(&act, &scope, id, input.version).await?;
    let is_decided = !matches!(
        part.status,
        EnrolmentStatus::Applied | EnrolmentStatus::Enrolled
    );
    match part.status {
        EnrolmentStatus::Cancelled => return Err(Error::invalid("", "ALREADY_CANCELLED")),
        _ if is_decided || part.is_marked => {
            return Err(Error::invalid("", "LATER_ENTRIES_STAND_ON_IT"));
        }
        _ => {}
    }
    queries::set_part(&act.tx, id, EnrolmentStatus::Cancelled).await?;
    done(act, &scope, &held, id).await
}

/// Whether a place is free for one more.
async fn place(act: &Act<'_>, held: &Held) -> Result<EnrolmentStatus> {
    if !matches!(held.status, CourseStatus::Open | CourseStatus::Running) {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    let parts = queries::parts_of(&act.tx, held.id).await?;
    let stands = parts
        .iter()
        .filter(|it| it.status != EnrolmentStatus::Cancelled);
    if stands.count() >= rules::MOST_ON_LIST {
        return Err(Error::invalid("", "TOO_MANY"));
    }
    let takes_a_place = |it: &&Part| {
        matches!(
            it.status,
            EnrolmentStatus::Enrolled | EnrolmentStatus::Graduated
        )
    };
    let taken = parts.iter().filter(takes_a_place).count();
    let limit = held
        .participant_limit
        .map(|limit| usize::from(limit.unsigned_abs()));
    Ok(match limit.is_some_and(|limit| taken >= limit) {
        true => EnrolmentStatus::Applied,
        false => EnrolmentStatus::Enrolled,
    })
}

struct New {
    id: EnrolmentId,
    person: Option<PersonId>,
    cells: Option<Cells>,
    is_pseudonym: bool,
    wants_reminders: bool,
    status: EnrolmentStatus,
}

async fn insert(act: &Act<'_>, held: &Held, part: New) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO enrolments (id, course_id, person_id, name_sealed, data_key_sealed, is_pseudonym, status,
           wants_reminders, applied_on, version, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11)",
    );
    let (name, data_key) = match part.cells {
        Some(cells) => (Some(cells.name), Some(cells.data_key)),
        None => (None, None),
    };
    let values: [Value; 11] = [
        part.id.0.into(),
        held.id.0.into(),
        part.person.map(|person| person.0).into(),
        name.into(),
        data_key.into(),
        part.is_pseudonym.into(),
        code(part.status),
        part.wants_reminders.into(),
        act.ctx.today.into(),
        act.ctx.actor()?.person.0.into(),
        act.ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(())
}

/// Somebody's part that an act is about, with its course held.
pub(super) async fn take(
    act: &Act<'_>,
    scope: &Scope<LeadCourses>,
    id: EnrolmentId,
    version: i32,
) -> Result<(Held, Part)> {
    let held = queries::hold(act, scope, About::Enrolment(id)).await?;
    let parts = queries::parts_of(&act.tx, held.id).await?;
    let part = parts.into_iter().find(|it| it.id == id);
    let part = part.ok_or_else(unchecked)?;
    queries::take_enrolment(&act.tx, id, version).await?;
    Ok((held, part))
}

pub(super) async fn done(
    mut act: Act<'_>,
    scope: &Scope<LeadCourses>,
    held: &Held,
    id: EnrolmentId,
) -> Result<EnrolmentId> {
    act.changed(scope, held.organisation_id, ObjectKind::Enrolment, id);
    act.changed(scope, held.organisation_id, ObjectKind::Course, held.id);
    act.done().await.map(EnrolmentId)
}
