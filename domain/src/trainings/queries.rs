//! The SQL of trainings: each statement reaches what its scope does.

use rinnalla_entity::ids::{
    Id as _, OrganisationId, SupportPersonActId, SupportPersonId, TrainingId, TrainingParticipantId,
};
use rinnalla_entity::states::SupportPersonStatus;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Filter, Row, Training};
use crate::access::{Permission, ReadTrainings, Scope};
use crate::act::{Act, take_version};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::PageArgs;
use crate::reach::Question;
use crate::sql::Sql;

const TRAININGS: &str =
    "SELECT t.id, t.organisation_id, t.trainer_id, t.name, t.first_on, t.second_on,
    t.cancelled_at IS NOT NULL AS is_cancelled, t.version FROM trainings t WHERE ";

/// The association's own, those that the actor's organisation gives, and those that the actor takes part in.
fn reaches<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    let (organisations, people) = (scope.organisations(), scope.support_people());
    let mut joint = "(";
    if !organisations.is_empty() {
        question
            .words(joint)
            .is_one_of("t.organisation_id", &organisations);
        joint = " OR ";
    }
    let trainers = scope.trainers();
    if !trainers.is_empty() {
        question.words(joint).is_one_of("t.trainer_id", &trainers);
        joint = " OR ";
    }
    if !people.is_empty() {
        question
            .words(joint)
            .words(
                "t.id IN (SELECT h.training_id FROM training_participants h JOIN support_persons s ON s.id = h.support_person_id
                 WHERE h.removed_at IS NULL AND ",
            )
            .is_one_of("s.person_id", &people)
            .words(")");
        joint = " OR ";
    }
    question.words(if joint == "(" { "(1 = 0)" } else { ")" });
}

fn which(question: &mut Question, scope: &Scope<ReadTrainings>, filter: &Filter) {
    reaches(question, scope);
    if let Some(organisation) = filter.organisation {
        question.words(" AND ");
        question.is_one_of("t.organisation_id", &[organisation]);
    }
    if let Some(from) = filter.from {
        question.words(" AND t.first_on >= ").bind(from);
    }
    if let Some(to) = filter.to {
        question.words(" AND t.first_on <= ").bind(to);
    }
}

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Scope<ReadTrainings>,
    filter: &Filter,
    page: &PageArgs,
) -> Result<Vec<Training>> {
    let mut question = Question::new(ctx.store.backend(), TRAININGS);
    which(&mut question, scope, filter);
    if let Some(after) = page.after {
        question
            .words(" AND (t.first_on, t.id) < (")
            .bind(after.on)
            .words(", ")
            .bind(after.id)
            .words(")");
    }
    question
        .words(" ORDER BY t.first_on DESC, t.id DESC LIMIT ")
        .bind(page.limit());
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count(ctx: &Ctx, scope: &Scope<ReadTrainings>, filter: &Filter) -> Result<u64> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT count(*) AS n FROM trainings t WHERE ",
    );
    which(&mut question, scope, filter);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

pub(super) async fn for_ids(
    ctx: &Ctx,
    scope: &Scope<ReadTrainings>,
    ids: &[TrainingId],
) -> Result<Vec<Training>> {
    let mut question = Question::new(ctx.store.backend(), TRAININGS);
    question.is_one_of("t.id", ids).words(" AND ");
    reaches(&mut question, scope);
    question.all(ctx.store.reader()).await
}

/// Everybody in the trainings of the association, or that the actor's organisation gives; the actor alone in others.
pub(super) async fn participants_for(
    ctx: &Ctx,
    scope: &Scope<ReadTrainings>,
    of: &[TrainingId],
) -> Result<Vec<Row>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT p.id, p.training_id, p.support_person_id, t.organisation_id, sp.person_id, w.name_sealed, w.data_key_sealed,
           EXISTS (SELECT 1 FROM training_attendances a JOIN support_person_acts e ON e.id = a.act_id
             WHERE a.participant_id = p.id AND a.weekend = 1 AND e.cancelled_at IS NULL) AS attended_first,
           EXISTS (SELECT 1 FROM training_attendances a JOIN support_person_acts e ON e.id = a.act_id
             WHERE a.participant_id = p.id AND a.weekend = 2 AND e.cancelled_at IS NULL) AS attended_second
         FROM training_participants p JOIN trainings t ON t.id = p.training_id
         JOIN support_persons sp ON sp.id = p.support_person_id
         LEFT JOIN people w ON w.id = sp.person_id AND w.erased_at IS NULL WHERE p.removed_at IS NULL AND ",
    );
    question.is_one_of("p.training_id", of).words(" AND ");
    let mut joint = "(";
    let reach = [
        ("t.organisation_id", scope.organisations()),
        ("t.trainer_id", scope.trainers()),
    ];
    for (column, organisations) in &reach {
        if !organisations.is_empty() {
            question.words(joint).is_one_of(column, organisations);
            joint = " OR ";
        }
    }
    let people = scope.support_people();
    if !people.is_empty() {
        question.words(joint).is_one_of("sp.person_id", &people);
        joint = " OR ";
    }
    question
        .words(if joint == "(" { "(1 = 0)" } else { ")" })
        .words(" ORDER BY p.added_at, p.id");
    question.all(ctx.store.reader()).await
}

/// A training that an act holds.
#[derive(FromQueryResult)]
pub(super) struct Held {
    pub organisation_id: OrganisationId,
    pub first_on: chrono::NaiveDate,
    pub second_on: chrono::NaiveDate,
    pub is_cancelled: bool,
}

/// Holds a training until the act ends, and raises its version. Absent or hidden: `NotFound`, noted as refused.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`).
pub(super) async fn hold<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    id: TrainingId,
    version: i32,
) -> Result<Held> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT t.organisation_id, t.first_on, t.second_on, t.cancelled_at IS NOT NULL AS is_cancelled
         FROM trainings t WHERE t.id = ",
    );
    question.bind(id.uuid()).words(" AND ");
    reaches(&mut question, scope);
    question.words_on(" FOR UPDATE OF t", "");
    let held: Option<Held> = question.one(&act.tx).await?;
    let Some(held) = held else {
        act.ctx.refuse(scope, ObjectKind::Training, id);
        return Err(Error::NotFound);
    };
    raise(&act.tx, id, version).await?;
    Ok(held)
}

take_version!(raise, "trainings", TrainingId);

/// Somebody's part in a training, with the entries that say that they were there.
#[derive(Clone, Copy, FromQueryResult)]
pub(super) struct Part {
    pub id: TrainingParticipantId,
    pub support_person_id: SupportPersonId,
    pub first_act_id: Option<SupportPersonActId>,
    pub second_act_id: Option<SupportPersonActId>,
}

impl Part {
    /// Whether anything says that they were there.
    pub fn was_there(&self) -> bool {
        self.first_act_id.is_some() || self.second_act_id.is_some()
    }
}

/// Everybody who takes part.
pub(super) async fn parts(db: &impl ConnectionTrait, of: TrainingId) -> Result<Vec<Part>> {
    static SQL: Sql = Sql::new(
        "SELECT p.id, p.support_person_id,
           (SELECT e.id FROM training_attendances a JOIN support_person_acts e ON e.id = a.act_id
             WHERE a.participant_id = p.id AND a.weekend = 1 AND e.cancelled_at IS NULL ORDER BY e.seq LIMIT 1) AS first_act_id,
           (SELECT e.id FROM training_attendances a JOIN support_person_acts e ON e.id = a.act_id
             WHERE a.participant_id = p.id AND a.weekend = 2 AND e.cancelled_at IS NULL ORDER BY e.seq LIMIT 1) AS second_act_id
         FROM training_participants p WHERE p.training_id = $1 AND p.removed_at IS NULL ORDER BY p.added_at, p.id",
    );
    SQL.all(db, [of.0.into()]).await
}

/// The state of a support person of an association; `None` where there is no such one.
pub(super) async fn status_of(
    db: &impl ConnectionTrait,
    id: SupportPersonId,
    of: OrganisationId,
) -> Result<Option<SupportPersonStatus>> {
    static SQL: Sql =
        Sql::new("SELECT status FROM support_persons WHERE id = $1 AND organisation_id = $2");
    #[derive(FromQueryResult)]
    struct Row {
        status: SupportPersonStatus,
    }
    let row: Option<Row> = SQL.one(db, [id.0.into(), of.0.into()]).await?;
    Ok(row.map(|row| row.status))
}
