//! Opening a course for people, cancelling it, and taking either back.

use rinnalla_entity::ids::CourseId;
use rinnalla_entity::states::{CourseStatus, EnrolmentStatus};

use super::changing;
use super::queries::{self, About, Held};
use crate::access::{ManageCourses, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::sql::Sql;

/// An act on a course that says nothing more.
#[derive(Clone, Copy, Debug)]
pub struct OnCourse {
    /// The course.
    pub course: CourseId,
    /// Its version.
    pub version: i32,
}

/// Takes people in from now on.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`).
pub async fn open(ctx: &Ctx, key: &IdempotencyKey, input: OnCourse) -> Result<CourseId> {
    static SQL: Sql = Sql::new("UPDATE courses SET opened_at = $2, status = 'OPEN' WHERE id = $1");
    let (act, scope, held) = match held(ctx, key, "courseOpen", input).await? {
        Begins::Fresh(act, scope, held) => (act, scope, held),
        Begins::Done(id) => return Ok(id),
    };
    is_one_of(&held, &[CourseStatus::Planned])?;
    SQL.run(&act.tx, [held.id.0.into(), ctx.now.into()]).await?;
    end(act, &scope, &held).await
}

/// Takes an opening back, as long as nobody has a part in the course.
///
/// Errors: as [`open`], and `LATER_ENTRIES_STAND_ON_IT`.
pub async fn open_cancel(ctx: &Ctx, key: &IdempotencyKey, input: OnCourse) -> Result<CourseId> {
    static SQL: Sql =
        Sql::new("UPDATE courses SET opened_at = NULL, status = 'PLANNED' WHERE id = $1");
    let (act, scope, held) = match held(ctx, key, "courseOpenCancel", input).await? {
        Begins::Fresh(act, scope, held) => (act, scope, held),
        Begins::Done(id) => return Ok(id),
    };
    is_one_of(&held, &[CourseStatus::Open])?;
    let parts = queries::parts_of(&act.tx, held.id).await?;
    if parts
        .iter()
        .any(|it| it.status != EnrolmentStatus::Cancelled)
    {
        return Err(Error::invalid("", "LATER_ENTRIES_STAND_ON_IT"));
    }
    SQL.run(&act.tx, [held.id.0.into()]).await?;
    end(act, &scope, &held).await
}

/// Cancels a course that is not finished; what was recorded of it stays.
///
/// Errors: as [`open`].
pub async fn cancel(ctx: &Ctx, key: &IdempotencyKey, input: OnCourse) -> Result<CourseId> {
    static SQL: Sql =
        Sql::new("UPDATE courses SET cancelled_at = $2, status = 'CANCELLED' WHERE id = $1");
    let (act, scope, held) = match held(ctx, key, "courseCancel", input).await? {
        Begins::Fresh(act, scope, held) => (act, scope, held),
        Begins::Done(id) => return Ok(id),
    };
    let may_end = [
        CourseStatus::Planned,
        CourseStatus::Open,
        CourseStatus::Running,
    ];
    is_one_of(&held, &may_end)?;
    SQL.run(&act.tx, [held.id.0.into(), ctx.now.into()]).await?;
    changing::tell_of_course(&act, held.id, false).await?;
    end(act, &scope, &held).await
}

/// Lets a cancelled course go on.
///
/// Errors: as [`open`].
pub async fn reinstate(ctx: &Ctx, key: &IdempotencyKey, input: OnCourse) -> Result<CourseId> {
    static SQL: Sql = Sql::new("UPDATE courses SET cancelled_at = NULL WHERE id = $1");
    let (act, scope, held) = match held(ctx, key, "courseReinstate", input).await? {
        Begins::Fresh(act, scope, held) => (act, scope, held),
        Begins::Done(id) => return Ok(id),
    };
    is_one_of(&held, &[CourseStatus::Cancelled])?;
    SQL.run(&act.tx, [held.id.0.into()]).await?;
    queries::follow(&act.tx, &held.going_on()).await?;
    changing::tell_of_course(&act, held.id, true).await?;
    end(act, &scope, &held).await
}

enum Begins<'a> {
    Fresh(Act<'a>, Scope<ManageCourses>, Held),
    Done(CourseId),
}

async fn held<'a>(
    ctx: &'a Ctx,
    key: &IdempotencyKey,
    name: &'static str,
    input: OnCourse,
) -> Result<Begins<'a>> {
    let scope = require::<ManageCourses>(ctx)?;
    let act = match ctx.begin(name, key, input.course).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(Begins::Done(CourseId(done))),
    };
    let held = queries::hold(&act, &scope, About::Course(input.course)).await?;
    queries::take_course(&act.tx, input.course, input.version).await?;
    Ok(Begins::Fresh(act, scope, held))
}

fn is_one_of(held: &Held, states: &[CourseStatus]) -> Result<()> {
    match states.contains(&held.status) {
        true => Ok(()),
        false => Err(Error::invalid("", "WRONG_STATE")),
    }
}

async fn end(mut act: Act<'_>, scope: &Scope<ManageCourses>, held: &Held) -> Result<CourseId> {
    act.changed(scope, held.organisation_id, ObjectKind::Course, held.id);
    act.done().await.map(CourseId)
}
