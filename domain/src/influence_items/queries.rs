//! The SQL of work for influence: each statement reaches what its scope does.

use rinnalla_entity::ids::InfluenceItemId;
use sea_orm::FromQueryResult;

use super::{Filter, InfluenceItem};
use crate::access::{KeepInfluence, Scope};
use crate::act::code;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::PageArgs;
use crate::reach::Question;

type Keeping = Scope<KeepInfluence>;

const ITEMS: &str = "SELECT i.id, i.organisation_id, i.kind, i.title, i.body, i.on_date, i.section, i.register_number,
   i.participants, i.outcome, i.outcome_told, i.area, i.version, i.cancelled_at IS NOT NULL AS is_cancelled
   FROM influence_items i WHERE ";

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Keeping,
    filter: &Filter,
    page: &PageArgs,
) -> Result<Vec<InfluenceItem>> {
    let mut question = Question::new(ctx.store.backend(), ITEMS);
    which(&mut question, scope, filter);
    if let Some(after) = page.after {
        question
            .words(" AND (i.on_date, i.id) < (")
            .bind(after.on)
            .words(", ")
            .bind(after.id)
            .words(")");
    }
    question.words(" ORDER BY i.on_date DESC, i.id DESC LIMIT ");
    question.bind(page.limit());
    question.all(ctx.store.reader()).await
}

pub(super) async fn count(ctx: &Ctx, scope: &Keeping, filter: &Filter) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let backend = ctx.store.backend();
    let mut question = Question::new(
        backend,
        "SELECT count(*) AS n FROM influence_items i WHERE ",
    );
    which(&mut question, scope, filter);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

fn which(question: &mut Question, scope: &Keeping, filter: &Filter) {
    question
        .words("i.cancelled_at IS NULL AND ")
        .is_one_of("i.organisation_id", &scope.organisations());
    if let Some(kind) = filter.kind {
        question.words(" AND i.kind = ").bind(code(kind));
    }
    if let Some(outcome) = filter.outcome {
        question.words(" AND i.outcome = ").bind(code(outcome));
    }
}

pub(super) async fn for_ids(
    ctx: &Ctx,
    scope: &Keeping,
    ids: &[InfluenceItemId],
) -> Result<Vec<InfluenceItem>> {
    let mut question = Question::new(ctx.store.backend(), ITEMS);
    question
        .is_one_of("i.id", ids)
        .words(" AND ")
        .is_one_of("i.organisation_id", &scope.organisations());
    question.all(ctx.store.reader()).await
}
