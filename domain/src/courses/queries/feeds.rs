//! The SQL of calendars' addresses.

use rinnalla_entity::ids::{CourseFeedId, CourseId, Id as _};

use super::Reading;
use crate::courses::feeds::Row;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;

const FEEDS: &str = "SELECT f.id, f.course_id, c.organisation_id, f.language, f.key_version, f.opened_at, f.closed_at
    FROM course_feeds f JOIN courses c ON c.id = f.course_id WHERE ";

pub(in crate::courses) async fn feed(
    ctx: &Ctx,
    scope: &Reading,
    id: CourseFeedId,
) -> Result<Option<Row>> {
    let mut question = Question::new(ctx.store.backend(), FEEDS);
    question
        .words("f.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .reaches_course(scope);
    question.one(ctx.store.reader()).await
}

pub(in crate::courses) async fn feeds_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[CourseId],
) -> Result<Vec<Row>> {
    let mut question = Question::new(ctx.store.backend(), FEEDS);
    question
        .is_one_of("f.course_id", of)
        .words(" AND f.closed_at IS NULL AND ")
        .reaches_course(scope)
        .words(" ORDER BY f.opened_at, f.id");
    question.all(ctx.store.reader()).await
}
