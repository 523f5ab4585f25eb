//! The sessions of courses, read.

use rinnalla_entity::ids::{CourseId, CourseSessionId, Id as _};

use super::{CourseSession, grouped, queries};
use crate::access::{ReadCourses, Scope, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
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

/// The sessions of a day that the actor leads.
pub async fn sessions_on(ctx: &Ctx, on: chrono::NaiveDate) -> Result<Vec<CourseSession>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::sessions_on(ctx, &scope, on).await?;
    see(ctx, &scope, &rows);
    Ok(rows)
}

fn see(ctx: &Ctx, scope: &Scope<ReadCourses>, rows: &[CourseSession]) {
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.course_id.uuid()));
    ctx.see(scope, ObjectKind::Course, seen);
}
