//! Taking people into courses, and how their part ends.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::courses::{self as domain, Decision, OnEnrolment};
use rinnalla_domain::ids::{CourseId, EnrolmentId, PersonId};

use super::codes::EnrolmentEnding;
use super::own::OwnEnrolment;
use super::{Enrolment, input_on};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};

payload!(EnrolmentPayload, enrolment: Enrolment, "What came of an act on somebody's part in a course.");
payload!(OwnEnrolmentPayload, own_enrolment: OwnEnrolment, "What came of an act on one's own part in a course.");

/// Takes somebody in under a name or a pseudonym.
#[derive(InputObject)]
pub struct EnrolmentAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The course.
    course_id: Ref<CourseId>,
    /// The name, or a pseudonym of at most 40 characters.
    name: String,
    /// Whether it is a pseudonym.
    is_pseudonym: bool,
}

/// Takes a person of the register in.
#[derive(InputObject)]
pub struct EnrolmentAddPersonInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The course.
    course_id: Ref<CourseId>,
    /// Somebody in a role of the association.
    person_id: Ref<PersonId>,
    /// Whether they said that they want to be reminded of sessions.
    #[graphql(default)]
    wants_reminders: bool,
}

/// Puts a name or pseudonym right.
#[derive(InputObject)]
pub struct EnrolmentCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whose part.
    enrolment_id: Ref<EnrolmentId>,
    /// Its version.
    version: i32,
    /// The name, or a pseudonym of at most 40 characters.
    name: String,
    /// Whether it is a pseudonym.
    is_pseudonym: bool,
}

input_on!(
    EnrolmentAcceptInput,
    enrolment_id: EnrolmentId,
    "Gives somebody who waits a place.",
    "Whose part."
);
input_on!(
    EnrolmentCancelInput,
    enrolment_id: EnrolmentId,
    "Takes somebody off the list again.",
    "Whose part."
);
input_on!(
    EnrolmentDecisionCancelInput,
    enrolment_id: EnrolmentId,
    "Takes back how somebody's part ended.",
    "Whose part."
);

/// Records that somebody has graduated.
#[derive(InputObject)]
pub struct EnrolmentGraduateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whose part.
    enrolment_id: Ref<EnrolmentId>,
    /// Its version.
    version: i32,
    /// For which day, the last session's or later.
    on: Date,
    /// What they go on to, where they told: codes of the list `NEXT_STEP`.
    #[graphql(default)]
    next_steps: Vec<String>,
}

/// Records that somebody's part ends without graduation.
#[derive(InputObject)]
pub struct EnrolmentEndInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whose part.
    enrolment_id: Ref<EnrolmentId>,
    /// Its version.
    version: i32,
    /// For which day.
    on: Date,
    /// How.
    ending: EnrolmentEnding,
}

/// Says whether one wants to be reminded of sessions.
#[derive(InputObject)]
pub struct EnrolmentChooseRemindersInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// One's own part in a course.
    enrolment_id: Ref<EnrolmentId>,
    /// Its version.
    version: i32,
    /// Whether.
    wants_reminders: bool,
}

/// What can be done with people's parts in courses.
#[derive(Default)]
pub struct EnrolmentMutation;

#[Object]
impl EnrolmentMutation {
    /// Takes somebody in under a name or a pseudonym; where the course is full, onto its list. Neither a diagnosis nor a
    /// time without substances is asked.
    async fn enrolment_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whom.")] input: EnrolmentAddInput,
    ) -> Result<EnrolmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let add = domain::AddSomebody {
            course: input.course_id.or_unknown(),
            name: input.name.into(),
            is_pseudonym: input.is_pseudonym,
        };
        EnrolmentPayload::of(c, domain::add(ctx, &key, add).await, Enrolment::load).await
    }

    /// Takes a person of the register in, who can then be reminded of sessions; where the course is full, onto its list.
    async fn enrolment_add_person(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whom.")] input: EnrolmentAddPersonInput,
    ) -> Result<EnrolmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let add = domain::AddPerson {
            course: input.course_id.or_unknown(),
            person: input.person_id.or_unknown(),
            wants_reminders: input.wants_reminders,
        };
        let done = domain::add_person(ctx, &key, add).await;
        EnrolmentPayload::of(c, done, Enrolment::load).await
    }

    /// Puts a name or pseudonym right. A person's own name is corrected in the person's details.
    async fn enrolment_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: EnrolmentCorrectInput,
    ) -> Result<EnrolmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::CorrectEnrolment {
            enrolment: input.enrolment_id.or_unknown(),
            version: input.version,
            name: input.name.into(),
            is_pseudonym: input.is_pseudonym,
        };
        let done = domain::correct_enrolment(ctx, &key, correct).await;
        EnrolmentPayload::of(c, done, Enrolment::load).await
    }

    /// Gives somebody who waits a place, where one is free.
    async fn enrolment_accept(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whom.")] input: EnrolmentAcceptInput,
    ) -> Result<EnrolmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.enrolment_id, input.version);
        EnrolmentPayload::of(c, domain::accept(ctx, &key, on).await, Enrolment::load).await
    }

    /// Takes somebody off the list again, as long as nothing was recorded of them.
    async fn enrolment_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whom.")] input: EnrolmentCancelInput,
    ) -> Result<EnrolmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.enrolment_id, input.version);
        let done = domain::cancel_enrolment(ctx, &key, on).await;
        EnrolmentPayload::of(c, done, Enrolment::load).await
    }

    /// Records that somebody has graduated: the decision of those who lead the course, after its last session.
    async fn enrolment_graduate(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, when.")] input: EnrolmentGraduateInput,
    ) -> Result<EnrolmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let decide = domain::Decide {
            enrolment: input.enrolment_id.or_unknown(),
            version: input.version,
            decision: Decision::Graduated(input.next_steps),
            on: input.on.0,
        };
        EnrolmentPayload::of(c, domain::decide(ctx, &key, decide).await, Enrolment::load).await
    }

    /// Records that somebody's part ends without graduation.
    async fn enrolment_end(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whose, how.")] input: EnrolmentEndInput,
    ) -> Result<EnrolmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let decide = domain::Decide {
            enrolment: input.enrolment_id.or_unknown(),
            version: input.version,
            decision: match input.ending {
                EnrolmentEnding::Interrupted => Decision::Interrupted,
                EnrolmentEnding::NoShow => Decision::NoShow,
            },
            on: input.on.0,
        };
        EnrolmentPayload::of(c, domain::decide(ctx, &key, decide).await, Enrolment::load).await
    }

    /// Takes back how somebody's part ended: it goes on.
    async fn enrolment_decision_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whose.")] input: EnrolmentDecisionCancelInput,
    ) -> Result<EnrolmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let cancel = domain::CancelDecision {
            enrolment: input.enrolment_id.or_unknown(),
            version: input.version,
        };
        let done = domain::cancel_decision(ctx, &key, cancel).await;
        EnrolmentPayload::of(c, done, Enrolment::load).await
    }

    /// Says whether one wants to be reminded of the sessions of a course that one takes part in.
    async fn enrolment_choose_reminders(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whether.")] input: EnrolmentChooseRemindersInput,
    ) -> Result<OwnEnrolmentPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let choose = domain::ChooseReminders {
            enrolment: input.enrolment_id.or_unknown(),
            version: input.version,
            wants_reminders: input.wants_reminders,
        };
        let done = domain::choose_reminders(ctx, &key, choose).await;
        OwnEnrolmentPayload::of(c, done, OwnEnrolment::load).await
    }
}

fn on(enrolment: &Ref<EnrolmentId>, version: i32) -> OnEnrolment {
    OnEnrolment {
        enrolment: enrolment.or_unknown(),
        version,
    }
}
