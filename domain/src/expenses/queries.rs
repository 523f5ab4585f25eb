//! The SQL of expenses: each statement reaches what its scope does.

use rinnalla_entity::ids::{ExpenseId, Id as _, OrganisationId, PersonId};
use sea_orm::FromQueryResult;

use super::Expense;
use crate::access::{Permission, ReadExpenses, Scope};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::PageArgs;
use crate::reach::Question;

type Reading = Scope<ReadExpenses>;

const EXPENSES: &str =
    "SELECT x.id, x.organisation_id, x.person_id, x.year, x.kind, x.kilometres, x.days, x.cents, x.version
 FROM expenses x WHERE x.cancelled_at IS NULL AND ";

/// What the own organisation paid, and what was paid to oneself.
pub(super) fn reaches<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    let (organisations, people) = (scope.organisations(), scope.support_people());
    match (organisations.is_empty(), people.is_empty()) {
        (false, true) => question.is_one_of("x.organisation_id", &organisations),
        (true, false) => question.is_one_of("x.person_id", &people),
        (false, false) => question
            .words("(")
            .is_one_of("x.organisation_id", &organisations)
            .words(" OR ")
            .is_one_of("x.person_id", &people)
            .words(")"),
        (true, true) => question.words("1 = 0"),
    };
}

fn of_year(question: &mut Question, scope: &Reading, (of, year): (OrganisationId, i16)) {
    question
        .words("x.organisation_id = ")
        .bind(of.uuid())
        .words(" AND x.year = ")
        .bind(year)
        .words(" AND ");
    reaches(question, scope);
}

#[derive(FromQueryResult)]
pub(super) struct Payee {
    pub person_id: PersonId,
}

pub(super) async fn people(
    ctx: &Ctx,
    scope: &Reading,
    of: (OrganisationId, i16),
    page: &PageArgs,
) -> Result<Vec<Payee>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT DISTINCT x.person_id FROM expenses x WHERE x.cancelled_at IS NULL AND ",
    );
    of_year(&mut question, scope, of);
    if let Some(after) = page.after {
        question.words(" AND x.person_id > ").bind(after.id);
    }
    question
        .words(" ORDER BY x.person_id LIMIT ")
        .bind(page.limit());
    question.all(ctx.store.reader()).await
}

pub(super) async fn count(ctx: &Ctx, scope: &Reading, of: (OrganisationId, i16)) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT count(DISTINCT x.person_id) AS n FROM expenses x WHERE x.cancelled_at IS NULL AND ",
    );
    of_year(&mut question, scope, of);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

pub(super) async fn entries(
    ctx: &Ctx,
    scope: &Reading,
    of: (OrganisationId, i16),
    people: &[PersonId],
) -> Result<Vec<Expense>> {
    let mut question = Question::new(ctx.store.backend(), EXPENSES);
    question.is_one_of("x.person_id", people).words(" AND ");
    of_year(&mut question, scope, of);
    question.words(" ORDER BY x.recorded_at DESC, x.id DESC");
    question.all(ctx.store.reader()).await
}

pub(super) async fn find(ctx: &Ctx, scope: &Reading, id: ExpenseId) -> Result<Option<Expense>> {
    let mut question = Question::new(ctx.store.backend(), EXPENSES);
    question.words("x.id = ").bind(id.uuid()).words(" AND ");
    reaches(&mut question, scope);
    question.one(ctx.store.reader()).await
}
