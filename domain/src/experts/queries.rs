//! The SQL of experts: each statement reaches what its scope does.

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    ExpertAssignmentId, ExpertCohortId, ExpertProfileId, Id as _, OrganisationId, PersonId,
};
use rinnalla_entity::states::ExpertStatus;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{ExpertAssignment, ExpertCohort, ExpertProfile, Filter};
use crate::access::{Permission, ReadExperts, Scope};
use crate::act::{Act, take_version};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::PageArgs;
use crate::reach::Question;
use crate::sql::Sql;

type Reading = Scope<ReadExperts>;

const PROFILES: &str =
    "SELECT e.id, e.organisation_id, o.name AS register_name, e.person_id, e.cohort_id, e.trainer_id, e.trained_on,
   h.ends_on AS cohort_ends_on, k.given_on AS consent_given_on, k.until_on AS consent_until_on, e.version";
const FROM: &str = " FROM expert_profiles e JOIN organisations o ON o.id = e.organisation_id LEFT JOIN expert_cohorts h ON h.id = e.cohort_id
 LEFT JOIN expert_consents k ON k.profile_id = e.id AND k.ended_at IS NULL WHERE e.removed_at IS NULL AND ";

/// The own organisation's register, and one's own entries.
fn reaches<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    let (organisations, people) = (scope.organisations(), scope.support_people());
    match (organisations.is_empty(), people.is_empty()) {
        (false, true) => question.is_one_of("e.organisation_id", &organisations),
        (true, false) => question.is_one_of("e.person_id", &people),
        (false, false) => question
            .words("(")
            .is_one_of("e.organisation_id", &organisations)
            .words(" OR ")
            .is_one_of("e.person_id", &people)
            .words(")"),
        (true, true) => question.words("1 = 0"),
    };
}

fn which(question: &mut Question, scope: &Reading, filter: &Filter, today: NaiveDate) {
    reaches(question, scope);
    if let Some(organisation) = filter.organisation {
        question.words(" AND ");
        question.is_one_of("e.organisation_id", &[organisation]);
    }
    if let Some(cohort) = filter.cohort {
        question.words(" AND e.cohort_id = ").bind(cohort.uuid());
    }
    if let Some(status) = filter.status {
        question.words(match status {
            ExpertStatus::Trained => " AND (",
            ExpertStatus::InTraining => " AND NOT (",
        });
        question
            .words("coalesce(h.ends_on < ")
            .bind(today)
            .words(", e.trained_on <= ")
            .bind(today)
            .words("))");
    }
    if let Some(purpose) = &filter.purpose {
        question
            .words(" AND EXISTS (SELECT 1 FROM expert_purposes u WHERE u.profile_id = e.id AND u.code = ")
            .bind(purpose.clone())
            .words(")");
    }
    if filter.is_listed {
        question.words(" AND k.until_on >= ").bind(today);
    }
}

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Reading,
    filter: &Filter,
    page: &PageArgs,
) -> Result<Vec<ExpertProfile>> {
    let mut question = Question::new(ctx.store.backend(), PROFILES);
    question.words(FROM);
    which(&mut question, scope, filter, ctx.today);
    if let Some(after) = page.after {
        question.words(" AND e.id > ").bind(after.id);
    }
    question.words(" ORDER BY e.id LIMIT ").bind(page.limit());
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count(ctx: &Ctx, scope: &Reading, filter: &Filter) -> Result<u64> {
    let mut question = Question::new(ctx.store.backend(), "SELECT count(*) AS n");
    question.words(FROM);
    which(&mut question, scope, filter, ctx.today);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

pub(super) async fn for_ids(
    ctx: &Ctx,
    scope: &Reading,
    ids: &[ExpertProfileId],
) -> Result<Vec<ExpertProfile>> {
    let mut question = Question::new(ctx.store.backend(), PROFILES);
    question.words(FROM).is_one_of("e.id", ids).words(" AND ");
    reaches(&mut question, scope);
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
pub(super) struct Purpose {
    pub profile_id: ExpertProfileId,
    pub code: String,
}

pub(super) async fn purposes_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[ExpertProfileId],
) -> Result<Vec<Purpose>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT u.profile_id, u.code FROM expert_purposes u JOIN expert_profiles e ON e.id = u.profile_id WHERE ",
    );
    question.is_one_of("u.profile_id", of).words(" AND ");
    reaches(&mut question, scope);
    question.words(" ORDER BY u.code");
    question.all(ctx.store.reader()).await
}

const ASSIGNMENTS: &str =
    "SELECT a.id, a.profile_id, e.organisation_id, a.host_id, a.task, a.place, a.working_time_pct,
   a.compensation, a.employment, a.funding, a.phase, a.from_on, a.to_on, a.version
 FROM expert_assignments a JOIN expert_profiles e ON e.id = a.profile_id WHERE a.cancelled_at IS NULL AND ";

pub(super) async fn assignments_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[ExpertProfileId],
) -> Result<Vec<ExpertAssignment>> {
    let mut question = Question::new(ctx.store.backend(), ASSIGNMENTS);
    question.is_one_of("a.profile_id", of).words(" AND ");
    reaches(&mut question, scope);
    question.words(" ORDER BY a.from_on DESC, a.id DESC");
    question.all(ctx.store.reader()).await
}

pub(super) async fn assignment(
    ctx: &Ctx,
    scope: &Reading,
    id: ExpertAssignmentId,
) -> Result<Option<ExpertAssignment>> {
    let mut question = Question::new(ctx.store.backend(), ASSIGNMENTS);
    question.words("a.id = ").bind(id.uuid()).words(" AND ");
    reaches(&mut question, scope);
    question.one(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
pub(super) struct TargetGroup {
    pub assignment_id: ExpertAssignmentId,
    pub code: String,
}

pub(super) async fn target_groups_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[ExpertAssignmentId],
) -> Result<Vec<TargetGroup>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT t.assignment_id, t.code FROM expert_assignment_targets t JOIN expert_assignments a ON a.id = t.assignment_id
         JOIN expert_profiles e ON e.id = a.profile_id WHERE ",
    );
    question.is_one_of("t.assignment_id", of).words(" AND ");
    reaches(&mut question, scope);
    question.words(" ORDER BY t.code");
    question.all(ctx.store.reader()).await
}

const COHORTS: &str = "SELECT h.id, h.organisation_id, h.trainer_id, h.name, h.starts_on, h.ends_on, h.version FROM expert_cohorts h WHERE ";

/// The own organisation's cohorts, and those that one is or was in.
fn reaches_cohort(question: &mut Question, scope: &Reading) {
    let (organisations, people) = (scope.organisations(), scope.support_people());
    question.words("(");
    question.is_one_of("h.organisation_id", &organisations);
    if !people.is_empty() {
        question
            .words(" OR h.id IN (SELECT o.cohort_id FROM expert_profiles o WHERE o.removed_at IS NULL AND ")
            .is_one_of("o.person_id", &people)
            .words(")");
    }
    question.words(")");
}

pub(super) async fn cohorts(
    ctx: &Ctx,
    scope: &Reading,
    page: &PageArgs,
) -> Result<Vec<ExpertCohort>> {
    let mut question = Question::new(ctx.store.backend(), COHORTS);
    reaches_cohort(&mut question, scope);
    if let Some(after) = page.after {
        question.words(" AND h.id < ").bind(after.id);
    }
    question
        .words(" ORDER BY h.id DESC LIMIT ")
        .bind(page.limit());
    question.all(ctx.store.reader()).await
}

pub(super) async fn count_cohorts(ctx: &Ctx, scope: &Reading) -> Result<u64> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT count(*) AS n FROM expert_cohorts h WHERE ",
    );
    reaches_cohort(&mut question, scope);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

pub(super) async fn cohorts_for_ids(
    ctx: &Ctx,
    scope: &Reading,
    ids: &[ExpertCohortId],
) -> Result<Vec<ExpertCohort>> {
    let mut question = Question::new(ctx.store.backend(), COHORTS);
    question.is_one_of("h.id", ids).words(" AND ");
    reaches_cohort(&mut question, scope);
    question.all(ctx.store.reader()).await
}

/// An expert whom an act holds.
#[derive(Clone, Copy, FromQueryResult)]
pub(super) struct Held {
    pub id: ExpertProfileId,
    pub organisation_id: OrganisationId,
}

/// Which expert an act is about.
#[derive(Clone, Copy)]
pub(super) enum About {
    Profile(ExpertProfileId),
    Assignment(ExpertAssignmentId),
}

/// Holds an expert until the act ends. Absent or hidden: `NotFound`, noted as refused.
pub(super) async fn hold<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    about: About,
) -> Result<Held> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT e.id, e.organisation_id FROM expert_profiles e WHERE e.removed_at IS NULL AND e.id = ",
    );
    match about {
        About::Profile(id) => question.bind(id.uuid()),
        About::Assignment(id) => question
            .words("(SELECT a.profile_id FROM expert_assignments a WHERE a.id = ")
            .bind(id.uuid())
            .words(")"),
    };
    question.words(" AND ");
    reaches(&mut question, scope);
    question.words_on(" FOR UPDATE OF e", "");
    let held: Option<Held> = question.one(&act.tx).await?;
    if held.is_none() {
        match about {
            About::Profile(id) => act.ctx.refuse(scope, ObjectKind::Expert, id),
            About::Assignment(id) => act.ctx.refuse(scope, ObjectKind::Expert, id),
        }
    }
    held.ok_or(Error::NotFound)
}

take_version!(pub(super) take, "expert_profiles", ExpertProfileId);

/// Whether a cohort is of an organisation.
pub(super) async fn is_cohort_of(
    db: &impl ConnectionTrait,
    id: ExpertCohortId,
    of: OrganisationId,
) -> Result<bool> {
    static SQL: Sql =
        Sql::new("SELECT count(*) AS n FROM expert_cohorts WHERE id = $1 AND organisation_id = $2");
    let count: Option<Count> = SQL.one(db, [id.0.into(), of.0.into()]).await?;
    Ok(count.is_some_and(|count| count.n > 0))
}

/// Whether somebody stands in an organisation's register already.
pub(super) async fn is_registered(
    db: &impl ConnectionTrait,
    person: PersonId,
    of: OrganisationId,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM expert_profiles WHERE person_id = $1 AND organisation_id = $2 AND removed_at IS NULL",
    );
    let count: Option<Count> = SQL.one(db, [person.0.into(), of.0.into()]).await?;
    Ok(count.is_some_and(|count| count.n > 0))
}

/// Whether an expert has an assignment that was not cancelled.
pub(super) async fn has_assignments(
    db: &impl ConnectionTrait,
    id: ExpertProfileId,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM expert_assignments WHERE profile_id = $1 AND cancelled_at IS NULL",
    );
    let count: Option<Count> = SQL.one(db, [id.0.into()]).await?;
    Ok(count.is_some_and(|count| count.n > 0))
}
