//! A participant's own view: the courses that one takes part in, and one's own attendance. Of the others in the course,
//! and of who leads it, nothing is told here.

use chrono::NaiveDate;
use rinnalla_entity::ids::{EnrolmentId, Id as _, OrganisationId};
use rinnalla_entity::states::{CourseStatus, EnrolmentStatus};
use sea_orm::FromQueryResult;

use super::{Cell, queries};
use crate::access::{ReadOwnCourses, Scope, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::Grouped;

/// One's own part in a course.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OwnEnrolment {
    /// Its id.
    pub id: EnrolmentId,
    /// The association whose course it is.
    pub organisation_id: OrganisationId,
    /// The course's name.
    pub course_name: String,
    /// How far the course is.
    pub course_status: CourseStatus,
    /// How far one's own part is.
    pub status: EnrolmentStatus,
    /// Whether one wants to be reminded of sessions.
    pub wants_reminders: bool,
    /// The day of the decision, where there is one.
    pub decided_on: Option<NaiveDate>,
    /// Grows with every change.
    pub version: i32,
}

/// Whether one wants to be reminded of sessions.
#[derive(Clone, Copy, Debug)]
pub struct ChooseReminders {
    /// One's own part.
    pub enrolment: EnrolmentId,
    /// Its version.
    pub version: i32,
    /// Whether.
    pub wants_reminders: bool,
}

/// One's own parts in courses, the latest first; those recorded in error are left out.
pub async fn own_enrolments(ctx: &Ctx) -> Result<Vec<OwnEnrolment>> {
    let scope = require::<ReadOwnCourses>(ctx)?;
    let rows = queries::own_enrolments(ctx, &scope, None).await?;
    see(ctx, &scope, &rows);
    Ok(rows)
}

/// One's own part; `None` where it is absent or another's.
pub async fn find_own(ctx: &Ctx, id: EnrolmentId) -> Result<Option<OwnEnrolment>> {
    let scope = require::<ReadOwnCourses>(ctx)?;
    let mut rows = queries::own_enrolments(ctx, &scope, Some(id)).await?;
    if rows.is_empty() {
        ctx.refuse(&scope, ObjectKind::Enrolment, id);
    }
    see(ctx, &scope, &rows);
    Ok(rows.pop())
}

/// Whether one was at the sessions, session by session.
pub async fn own_cells_for(ctx: &Ctx, of: &[EnrolmentId]) -> Result<Grouped<EnrolmentId, Cell>> {
    let scope = require::<ReadOwnCourses>(ctx)?;
    let mut cells = Grouped::with_capacity(of.len());
    for cell in queries::own_cells(ctx, &scope, of).await? {
        let of_one: &mut Vec<Cell> = cells.entry(cell.enrolment_id).or_default();
        of_one.push(cell);
    }
    Ok(cells)
}

/// Says whether one wants to be reminded of the sessions of a course.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`).
pub async fn choose_reminders(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: ChooseReminders,
) -> Result<EnrolmentId> {
    let scope = require::<ReadOwnCourses>(ctx)?;
    let id = input.enrolment;
    let mut act = match ctx.begin("enrolmentChooseReminders", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(EnrolmentId(done)),
    };
    let Some(organisation) = queries::own_course(&act.tx, &scope, id).await? else {
        ctx.refuse(&scope, ObjectKind::Enrolment, id);
        return Err(Error::NotFound);
    };
    if queries::choose_reminders(&act.tx, id, input.version, input.wants_reminders).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, organisation, ObjectKind::Enrolment, id);
    act.done().await.map(EnrolmentId)
}

fn see(ctx: &Ctx, scope: &Scope<ReadOwnCourses>, rows: &[OwnEnrolment]) {
    let seen = rows.iter().map(|row| (row.organisation_id, row.id.uuid()));
    ctx.see(scope, ObjectKind::Enrolment, seen);
}
