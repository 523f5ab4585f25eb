//! The SQL of feedback: a wave with its means, never an answer by itself.

use rinnalla_entity::ids::{CourseFeedbackWaveId, CourseId, Id as _};

use super::Reading;
use crate::courses::feedback::Row;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;

const WAVES: &str =
    "SELECT w.id, w.course_id, c.organisation_id, w.code, w.opened_on, w.closed_on, count(a.id) AS answers,
       avg(CAST(a.heard AS double precision)) AS heard, avg(CAST(a.safe AS double precision)) AS safe,
       avg(CAST(a.useful AS double precision)) AS useful, avg(CAST(a.recommends AS double precision)) AS recommends
     FROM course_feedback_waves w JOIN courses c ON c.id = w.course_id
     LEFT JOIN course_feedback_answers a ON a.wave_id = w.id WHERE ";
const EACH: &str = " GROUP BY w.id, w.course_id, c.organisation_id, w.code, w.opened_on, w.closed_on ORDER BY w.opened_on, w.id";

pub(in crate::courses) async fn wave(
    ctx: &Ctx,
    scope: &Reading,
    id: CourseFeedbackWaveId,
) -> Result<Option<Row>> {
    let mut question = Question::new(ctx.store.backend(), WAVES);
    question
        .words("w.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .reaches_course(scope)
        .words(EACH);
    question.one(ctx.store.reader()).await
}

pub(in crate::courses) async fn waves_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CourseId],
) -> Result<Vec<Row>> {
    let mut question = Question::new(ctx.store.backend(), WAVES);
    question
        .is_one_of("w.course_id", of)
        .words(" AND ")
        .reaches_course(scope)
        .words(EACH);
    question.all(ctx.store.reader()).await
}
