//! The sessions of courses, read.

use rinnalla_entity::ids::{CourseId, CourseSessionId, Id as _};

use super::{CourseSession, grouped, queries};
use crate::access::{ReadCourses, Scope, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::Grouped;

/// The sessions of each course, in the order of their days, cancelled ones included.
pub async fn for_courses(ctx: &Ctx, of: &[CourseId]) -> Result<Grouped<CourseId, CourseSession>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::sessions_for(ctx, &scope, of).await?;
    see(ctx, &scope, &rows);
    Ok(grouped(rows.into_iter().map(|row| (row.course_id, row))))
}

/// One session; `None` where it is absent or hidden.
pub async fn find_session(ctx: &Ctx, id: CourseSessionId) -> Result<Option<CourseSession>> {
    let scope = require::<ReadCourses>(ctx)?;
    let found = queries::session(ctx, &scope, id).await?;
    match &found {
        Some(row) => see(ctx, &scope, std::slice::from_ref(row)),
        None => ctx.refuse(&scope, ObjectKind::Course, id),
    }
    Ok(found)
}

/// The sessions that the actor leads and that are to be recorded: today's, and those before that nobody has recorded yet,
/// the earliest first. Nothing is asked for somebody who is no facilitator.
pub async fn sessions_to_record(ctx: &Ctx) -> Result<Vec<CourseSession>> {
    let scope = match require::<ReadCourses>(ctx) {
        Err(Error::Forbidden) => return Ok(Vec::new()),
        scope => scope?,
    };
    if scope.facilitators().is_empty() {
        return Ok(Vec::new());
    }
    let rows = queries::sessions_to_record(ctx, &scope, ctx.today).await?;
    see(ctx, &scope, &rows);
    Ok(rows)
}

fn see(ctx: &Ctx, scope: &Scope<ReadCourses>, rows: &[CourseSession]) {
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.course_id.uuid()));
    ctx.see(scope, ObjectKind::Course, seen);
}
