//! The SQL of what courses cost.

use rinnalla_entity::ids::CourseId;

use super::Reading;
use crate::courses::costs::Row;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;

pub(in crate::courses) async fn costs_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CourseId],
) -> Result<Vec<Row>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT k.course_id, k.id, k.kind, k.cents, h.funder, h.cents AS share_cents FROM course_costs k
         JOIN courses c ON c.id = k.course_id JOIN course_cost_shares h ON h.cost_id = k.id
         WHERE k.cancelled_at IS NULL AND ",
    );
    question
        .is_one_of("k.course_id", of)
        .words(" AND ")
        .reaches_course(scope)
        .words(" ORDER BY k.recorded_at, k.id, h.funder");
    question.all(ctx.store.reader()).await
}
