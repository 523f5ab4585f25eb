//! What coordinators do with trainings.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::{OrganisationId, SupportPersonId, TrainingId};
use rinnalla_domain::trainings::{self as domain, OnParticipant, OnTraining};

use super::{Training, TrainingWeekend};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};

payload!(TrainingPayload, training: Training, "What came of an act on a training.");

/// What is told of a training: all of it, as it should be.
#[derive(InputObject)]
pub struct TrainingDetailsInput {
    /// Its name, at most 80 characters.
    name: String,
    /// The organisation of the trainers: the association itself, or a partner of it.
    trainer_id: Ref<OrganisationId>,
    /// The first day of the first weekend.
    first_on: Date,
    /// The first day of the second weekend, in a later week.
    second_on: Date,
}

impl From<TrainingDetailsInput> for domain::Details {
    fn from(told: TrainingDetailsInput) -> Self {
        Self {
            name: told.name,
            trainer: told.trainer_id.or_unknown(),
            first_on: told.first_on.0,
            second_on: told.second_on.0,
        }
    }
}

/// Plans a training.
#[derive(InputObject)]
pub struct TrainingCreateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association.
    organisation_id: Ref<OrganisationId>,
    /// What is told of it.
    details: TrainingDetailsInput,
}

/// Puts right what is told of a training.
#[derive(InputObject)]
pub struct TrainingCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The training.
    training_id: Ref<TrainingId>,
    /// Its version.
    version: i32,
    /// What is told of it.
    details: TrainingDetailsInput,
}

/// Says that a training does not take place.
#[derive(InputObject)]
pub struct TrainingCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The training.
    training_id: Ref<TrainingId>,
    /// Its version.
    version: i32,
}

/// Lets a cancelled training take place after all.
#[derive(InputObject)]
pub struct TrainingReinstateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The training.
    training_id: Ref<TrainingId>,
    /// Its version.
    version: i32,
}

/// Says that a support person takes part.
#[derive(InputObject)]
pub struct TrainingParticipantAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The training.
    training_id: Ref<TrainingId>,
    /// Its version.
    version: i32,
    /// Who: a support person of the association who has not ended.
    support_person_id: Ref<SupportPersonId>,
}

/// Says that a support person does not take part.
#[derive(InputObject)]
pub struct TrainingParticipantRemoveInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The training.
    training_id: Ref<TrainingId>,
    /// Its version.
    version: i32,
    /// Who.
    support_person_id: Ref<SupportPersonId>,
}

/// Whether somebody was at a weekend.
#[derive(InputObject)]
pub struct TrainingMarkInput {
    /// Who.
    support_person_id: Ref<SupportPersonId>,
    /// Whether they were there for the whole of it; `false` takes a mark back.
    was_there: bool,
}

/// Records who was at a weekend.
#[derive(InputObject)]
pub struct TrainingRecordAttendanceInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The training.
    training_id: Ref<TrainingId>,
    /// Its version.
    version: i32,
    /// Which weekend.
    weekend: TrainingWeekend,
    /// The marks; whoever is not named stays as they were.
    marks: Vec<TrainingMarkInput>,
}

/// What can be done with trainings.
#[derive(Default)]
pub struct TrainingMutation;

#[Object]
impl TrainingMutation {
    /// Plans a training of the own association's support persons, or writes down one that was given.
    async fn training_create(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The training.")] input: TrainingCreateInput,
    ) -> Result<TrainingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let create = domain::Create {
            organisation: input.organisation_id.or_unknown(),
            details: input.details.into(),
        };
        TrainingPayload::of(c, domain::create(ctx, &key, create).await, Training::load).await
    }

    /// Puts right what is told of a training. Where a weekend moves, whoever was there was there on its new day.
    async fn training_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: TrainingCorrectInput,
    ) -> Result<TrainingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::Correct {
            training: input.training_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        TrainingPayload::of(c, domain::correct(ctx, &key, correct).await, Training::load).await
    }

    /// Says that a training does not take place, as long as nothing says that somebody was there.
    async fn training_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: TrainingCancelInput,
    ) -> Result<TrainingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = OnTraining {
            training: input.training_id.or_unknown(),
            version: input.version,
        };
        TrainingPayload::of(c, domain::cancel(ctx, &key, on).await, Training::load).await
    }

    /// Lets a cancelled training take place after all.
    async fn training_reinstate(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: TrainingReinstateInput,
    ) -> Result<TrainingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = OnTraining {
            training: input.training_id.or_unknown(),
            version: input.version,
        };
        TrainingPayload::of(c, domain::reinstate(ctx, &key, on).await, Training::load).await
    }

    /// Says that a support person takes part in a training.
    async fn training_participant_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who.")] input: TrainingParticipantAddInput,
    ) -> Result<TrainingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let part = OnParticipant {
            training: input.training_id.or_unknown(),
            version: input.version,
            support_person: input.support_person_id.or_unknown(),
        };
        TrainingPayload::of(c, domain::add(ctx, &key, part).await, Training::load).await
    }

    /// Says that a support person does not take part, as long as nothing says that they were there.
    async fn training_participant_remove(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who.")] input: TrainingParticipantRemoveInput,
    ) -> Result<TrainingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let part = OnParticipant {
            training: input.training_id.or_unknown(),
            version: input.version,
            support_person: input.support_person_id.or_unknown(),
        };
        TrainingPayload::of(c, domain::remove(ctx, &key, part).await, Training::load).await
    }

    /// Records who was at a weekend, on its day or later. Each is an entry of the support person; whoever was at as many as
    /// their programme asks for is through the gate of the training.
    async fn training_record_attendance(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who was there.")] input: TrainingRecordAttendanceInput,
    ) -> Result<TrainingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let mark = |mark: TrainingMarkInput| domain::Mark {
            support_person: mark.support_person_id.or_unknown(),
            was_there: mark.was_there,
        };
        let record = domain::RecordAttendance {
            training: input.training_id.or_unknown(),
            version: input.version,
            weekend: input.weekend.into(),
            marks: input.marks.into_iter().map(mark).collect(),
        };
        let done = domain::record_attendance(ctx, &key, record).await;
        TrainingPayload::of(c, done, Training::load).await
    }
}
