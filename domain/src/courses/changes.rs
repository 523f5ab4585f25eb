//! What a course does otherwise than the curriculum that it follows: a ready structure that is adapted to the people in it.

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{CourseChangeId, CourseId, CourseSessionId, Id as _};
use sea_orm::{FromQueryResult, Value};

use super::{DescribeSession, grouped, queries};
use crate::access::{ReadCourses, require};
use crate::act::Act;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::Grouped;
use crate::sql::Sql;

/// A change of what a session is about: what was told of it before.
#[derive(Clone, Debug, FromQueryResult)]
pub struct CourseChange {
    /// The course.
    pub course_id: CourseId,
    /// The session.
    pub session_id: CourseSessionId,
    /// Which of the eight it is.
    pub no: i16,
    /// What it was about.
    pub theme: Option<String>,
    /// How it was to be worked on.
    pub methods: Option<String>,
    /// What was needed for it.
    pub materials: Option<String>,
    /// Why it was changed, where that was told.
    pub reason: Option<String>,
    /// When it was changed.
    pub recorded_at: DateTime<Utc>,
}

/// What each course has changed of the version that it follows, the first change first; what it changed of another before is
/// left out.
pub async fn changes_for(ctx: &Ctx, of: &[CourseId]) -> Result<Grouped<CourseId, CourseChange>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::changes_for(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.course_id, row))))
}

/// Notes what a session is about now, before it is told otherwise. Nothing is noted of a course that follows no curriculum,
/// nor where everything stays as it is.
pub(super) async fn note(act: &Act<'_>, now: &DescribeSession) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO course_changes (id, course_id, session_id, theme, methods, materials, reason, recorded_by, recorded_at,
           curriculum_id)
         SELECT $2, s.course_id, s.id, s.theme, s.methods, s.materials, $6, $7, $8, c.curriculum_id FROM course_sessions s
         JOIN courses c ON c.id = s.course_id AND c.curriculum_id IS NOT NULL
         WHERE s.id = $1 AND (s.theme IS DISTINCT FROM $3 OR s.methods IS DISTINCT FROM $4 OR s.materials IS DISTINCT FROM $5)",
    );
    let values: [Value; 8] = [
        now.session.0.into(),
        CourseChangeId::random().0.into(),
        now.theme.clone().into(),
        now.methods.clone().into(),
        now.materials.clone().into(),
        now.reason.clone().into(),
        act.ctx.actor()?.person.0.into(),
        act.ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(())
}
