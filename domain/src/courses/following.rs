//! Having a planned course follow a version of a curriculum, another one, or none, until it has begun.

use rinnalla_entity::ids::{CourseChangeId, CourseId, CurriculumId, Id as _};
use rinnalla_entity::states::CourseSessionStatus;
use sea_orm::Value;

use super::queries::{self, About};
use crate::access::{ManageCourses, require};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::curricula;
use crate::error::{Error, Result};
use crate::sql::Sql;

/// What a course is to follow.
#[derive(Clone, Copy, Debug)]
pub struct FollowCurriculum {
    /// The course.
    pub course: CourseId,
    /// Its version.
    pub version: i32,
    /// The version of a curriculum; none where it follows none from now on, and keeps its words.
    pub curriculum: Option<CurriculumId>,
}

/// Has a course follow a version from now on: its sessions take their words from there. What they said otherwise before is
/// noted with the version that was followed then.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`curriculumId UNKNOWN` for one that is not the
/// association's, `curriculumId ALREADY_RECORDED`; `WRONG_STATE` of a course that has begun or was cancelled).
pub async fn follow_curriculum(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: FollowCurriculum,
) -> Result<CourseId> {
    static SQL: Sql = Sql::new("UPDATE courses SET curriculum_id = $2 WHERE id = $1");
    let scope = require::<ManageCourses>(ctx)?;
    let id = input.course;
    let mut act = match ctx.begin("courseFollowCurriculum", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseId(done)),
    };
    let held = queries::hold(&act, &scope, About::Course(id)).await?;
    let of = held.organisation_id;
    if let Some(curriculum) = input.curriculum
        && !curricula::is_of(ctx, curriculum, of).await?
    {
        return Err(Error::invalid("curriculumId", "UNKNOWN"));
    }
    if held.curriculum_id == input.curriculum {
        return Err(Error::invalid("curriculumId", "ALREADY_RECORDED"));
    }
    let sessions = queries::sessions_of(&act.tx, id).await?;
    let mut stand = sessions
        .iter()
        .filter(|it| it.status != CourseSessionStatus::Cancelled);
    let has_begun = stand.any(|it| it.begins() <= ctx.now);
    if has_begun || !held.may_be_planned() {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    queries::take_course(&act.tx, id, input.version).await?;
    if let Some(curriculum) = input.curriculum {
        take_words(&act, id, curriculum).await?;
    }
    let values = [id.0.into(), input.curriculum.map(|it| it.0).into()];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Course, id);
    act.done().await.map(CourseId)
}

/// Writes a version's words into the sessions, and notes what they said otherwise.
async fn take_words(act: &Act<'_>, of: CourseId, curriculum: CurriculumId) -> Result<()> {
    static NOTE: Sql = Sql::new(
        "INSERT INTO course_changes (id, course_id, session_id, theme, methods, materials, recorded_by, recorded_at, curriculum_id)
         SELECT $3, s.course_id, s.id, s.theme, s.methods, s.materials, $7, $8, c.curriculum_id FROM course_sessions s
         JOIN courses c ON c.id = s.course_id
         WHERE s.course_id = $1 AND s.no = $2 AND s.status <> 'CANCELLED' AND s.theme IS NOT NULL
           AND (s.theme IS DISTINCT FROM $4 OR s.methods IS DISTINCT FROM $5 OR s.materials IS DISTINCT FROM $6)",
    );
    static WRITE: Sql = Sql::new(
        "UPDATE course_sessions SET theme = $3, methods = $4, materials = $5, version = version + 1
         WHERE course_id = $1 AND no = $2 AND status <> 'CANCELLED'",
    );
    let by = act.ctx.actor()?.person;
    for words in curricula::follow(&act.tx, curriculum).await? {
        let said: [Value; 3] = [
            words.theme.into(),
            words.methods.into(),
            words.materials.into(),
        ];
        let which = [of.0.into(), words.no.into()];
        let noted = which
            .clone()
            .into_iter()
            .chain([CourseChangeId::random().0.into()])
            .chain(said.clone())
            .chain([by.0.into(), act.ctx.now.into()]);
        NOTE.run(&act.tx, noted).await?;
        WRITE.run(&act.tx, which.into_iter().chain(said)).await?;
    }
    Ok(())
}
