//! Who takes part in a training.

use rinnalla_entity::ids::{Id as _, SupportPersonId, TrainingId, TrainingParticipantId};
use rinnalla_entity::states::SupportPersonStatus;
use sea_orm::Value;

use super::queries;
use super::rules::MOST_PARTICIPANTS;
use crate::access::{ManageTrainings, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql::Sql;

/// A support person in a training.
#[derive(Clone, Copy, Debug)]
pub struct OnParticipant {
    /// The training.
    pub training: TrainingId,
    /// Its version.
    pub version: i32,
    /// Who.
    pub support_person: SupportPersonId,
}

/// Says that a support person of the association takes part.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`supportPersonId UNKNOWN`, `WRONG_STATE` (ended),
/// `ALREADY_RECORDED`, `TOO_MANY`; `WRONG_STATE` of a cancelled training).
pub async fn add(ctx: &Ctx, key: &IdempotencyKey, input: OnParticipant) -> Result<TrainingId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO training_participants (id, training_id, support_person_id, added_by, added_at) VALUES ($1, $2, $3, $4, $5)",
    );
    const FIELD: &str = "supportPersonId";
    let scope = require::<ManageTrainings>(ctx)?;
    let id = input.training;
    let mut act = match ctx.begin("trainingParticipantAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(TrainingId(done)),
    };
    let held = queries::hold(&act, &scope, id, input.version).await?;
    let of = held.organisation_id;
    let status = queries::status_of(&act.tx, input.support_person, of).await?;
    let parts = queries::parts(&act.tx, id).await?;
    let is_there = parts
        .iter()
        .any(|it| it.support_person_id == input.support_person);
    let has_ended = status == Some(SupportPersonStatus::Ended);
    Violations::default()
        .check(!held.is_cancelled, "", "WRONG_STATE")
        .check(status.is_some(), FIELD, "UNKNOWN")
        .check(!has_ended, FIELD, "WRONG_STATE")
        .check(!is_there, FIELD, "ALREADY_RECORDED")
        .check(parts.len() < MOST_PARTICIPANTS, FIELD, "TOO_MANY")
        .done()?;
    let values: [Value; 5] = [
        TrainingParticipantId::random().0.into(),
        id.0.into(),
        input.support_person.0.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Training, id);
    act.done().await.map(TrainingId)
}

/// Says that a support person does not take part: as long as nothing says that they were there.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`supportPersonId UNKNOWN`, `LATER_ENTRIES_STAND_ON_IT`).
pub async fn remove(ctx: &Ctx, key: &IdempotencyKey, input: OnParticipant) -> Result<TrainingId> {
    static SQL: Sql =
        Sql::new("UPDATE training_participants SET removed_at = $2, removed_by = $3 WHERE id = $1");
    let scope = require::<ManageTrainings>(ctx)?;
    let id = input.training;
    let mut act = match ctx.begin("trainingParticipantRemove", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(TrainingId(done)),
    };
    let held = queries::hold(&act, &scope, id, input.version).await?;
    let mut parts = queries::parts(&act.tx, id).await?.into_iter();
    let part = parts.find(|it| it.support_person_id == input.support_person);
    let Some(part) = part else {
        return Err(Error::invalid("supportPersonId", "UNKNOWN"));
    };
    if part.was_there() {
        return Err(Error::invalid(
            "supportPersonId",
            "LATER_ENTRIES_STAND_ON_IT",
        ));
    }
    let values: [Value; 3] = [part.id.0.into(), ctx.now.into(), scope.actor().0.into()];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Training, id);
    act.done().await.map(TrainingId)
}
