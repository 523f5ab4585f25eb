//! The SQL of what courses do otherwise than their curriculum.

use rinnalla_entity::ids::CourseId;

use super::Reading;
use crate::courses::CourseChange;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;

pub(in crate::courses) async fn changes_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CourseId],
) -> Result<Vec<CourseChange>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT h.course_id, h.session_id, s.no, h.theme, h.methods, h.materials, h.reason, h.recorded_at FROM course_changes h
         JOIN course_sessions s ON s.id = h.session_id JOIN courses c ON c.id = h.course_id AND c.curriculum_id = h.curriculum_id
         WHERE ",
    );
    question
        .is_one_of("h.course_id", of)
        .words(" AND ")
        .reaches_course(scope)
        .words(" ORDER BY h.recorded_at, h.id");
    question.all(ctx.store.reader()).await
}
