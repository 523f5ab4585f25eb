//! What supervisors do with their sessions.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::{OrganisationId, PersonId, SupervisionSessionId};
use rinnalla_domain::personal::Personal;
use rinnalla_domain::supervision_sessions::{self as domain, OnSession};

use super::SupervisionSession;
use super::codes::{SupervisionForm, SupervisionPresence};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, LocalTime, Ref};

payload!(
    SupervisionSessionPayload,
    supervision_session: SupervisionSession,
    "What came of an act on a session of supervision."
);

/// What is told of a session: all of it, as it should be.
#[derive(InputObject)]
pub struct SupervisionSessionDetailsInput {
    /// The day.
    on: Date,
    /// The time of day; a session ends on the day on which it begins.
    starts_at: LocalTime,
    /// How long it is to last, 15 to 480 minutes.
    minutes: i32,
    /// In a group, with one person, or from afar.
    form: SupervisionForm,
    /// What it is about: at most ten codes of the list `SUPERVISION_THEME`.
    #[graphql(default)]
    themes: Vec<String>,
    /// Who is invited: peers of the association on that day; one of them where the form is individual.
    #[graphql(default)]
    invitee_ids: Vec<Ref<PersonId>>,
}

impl From<SupervisionSessionDetailsInput> for domain::Details {
    fn from(told: SupervisionSessionDetailsInput) -> Self {
        Self {
            on: told.on.0,
            starts_at: told.starts_at.0,
            minutes: told.minutes,
            form: told.form.into(),
            themes: told.themes,
            invitees: told.invitee_ids.into_iter().map(Ref::or_unknown).collect(),
        }
    }
}

/// Plans a session.
#[derive(InputObject)]
pub struct SupervisionSessionPlanInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The organisation that arranges the supervision, in which one is a supervisor.
    provider_id: Ref<OrganisationId>,
    /// The association whose peers are supervised; its partner the provider is on that day.
    organisation_id: Ref<OrganisationId>,
    /// What is told of it.
    details: SupervisionSessionDetailsInput,
}

/// Puts right what is told of a session.
#[derive(InputObject)]
pub struct SupervisionSessionCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The session.
    supervision_session_id: Ref<SupervisionSessionId>,
    /// Its version.
    version: i32,
    /// What is told of it. Whoever is not named is no longer invited.
    details: SupervisionSessionDetailsInput,
}

/// Says who holds a session in its supervisor's place.
#[derive(InputObject)]
pub struct SupervisionSessionSubstituteInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The session.
    supervision_session_id: Ref<SupervisionSessionId>,
    /// Its version.
    version: i32,
    /// Another supervisor of the provider; absent where its supervisor holds it after all.
    person_id: Option<Ref<PersonId>>,
}

/// Whether somebody was there.
#[derive(InputObject)]
pub struct SupervisionMarkInput {
    /// Who: a peer of the association on that day, invited or not.
    person_id: Ref<PersonId>,
    /// Whether.
    status: SupervisionPresence,
}

/// Records how a session was held: all of it, as it should be.
#[derive(InputObject)]
pub struct SupervisionSessionRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The session.
    supervision_session_id: Ref<SupervisionSessionId>,
    /// Its version.
    version: i32,
    /// How long it lasted, 15 to 480 minutes.
    minutes: i32,
    /// Who was there, and who was not.
    marks: Vec<SupervisionMarkInput>,
}

/// Writes a text on a session.
#[derive(InputObject)]
pub struct SupervisionSessionSetTextInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The session.
    supervision_session_id: Ref<SupervisionSessionId>,
    /// Its version.
    version: i32,
    /// What one wants to recall, at most 400 characters: nothing on anybody's health, and nobody's name. One reads it
    /// oneself and nobody else does. Absent, it erases what one wrote.
    text: Option<String>,
}

macro_rules! input_on_session {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(InputObject)]
        pub struct $name {
            /// The client's own name for this attempt; the same key with the same input is done once.
            idempotency_key: String,
            /// The session.
            supervision_session_id: Ref<SupervisionSessionId>,
            /// Its version.
            version: i32,
        }
    };
}

input_on_session!(SupervisionSessionCancelInput, "Cancels a session.");
input_on_session!(
    SupervisionSessionReinstateInput,
    "Lets a cancelled session take place after all."
);
input_on_session!(
    SupervisionSessionRecordCancelInput,
    "Takes back that a session was held."
);

/// What supervisors can do with their sessions.
#[derive(Default)]
pub struct SupervisionSessionMutation;

#[Object]
impl SupervisionSessionMutation {
    /// Plans a session of one's own and invites to it.
    async fn supervision_session_plan(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The session.")] input: SupervisionSessionPlanInput,
    ) -> Result<SupervisionSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let plan = domain::Plan {
            provider: input.provider_id.or_unknown(),
            organisation: input.organisation_id.or_unknown(),
            details: input.details.into(),
        };
        let done = domain::plan(ctx, &key, plan).await;
        SupervisionSessionPayload::of(c, done, SupervisionSession::load).await
    }

    /// Puts right what is told of a session that is not cancelled.
    async fn supervision_session_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: SupervisionSessionCorrectInput,
    ) -> Result<SupervisionSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::Correct {
            session: input.supervision_session_id.or_unknown(),
            version: input.version,
            details: input.details.into(),
        };
        let done = domain::correct(ctx, &key, correct).await;
        SupervisionSessionPayload::of(c, done, SupervisionSession::load).await
    }

    /// Says who holds a session in its supervisor's place, or that its supervisor does after all.
    async fn supervision_session_substitute(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who.")] input: SupervisionSessionSubstituteInput,
    ) -> Result<SupervisionSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let substitute = domain::Substitute {
            session: input.supervision_session_id.or_unknown(),
            version: input.version,
            person: input.person_id.map(Ref::or_unknown),
        };
        let done = domain::substitute(ctx, &key, substitute).await;
        SupervisionSessionPayload::of(c, done, SupervisionSession::load).await
    }

    /// Cancels a session that was not held.
    async fn supervision_session_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which session.")] input: SupervisionSessionCancelInput,
    ) -> Result<SupervisionSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.supervision_session_id, input.version);
        let done = domain::cancel(ctx, &key, on).await;
        SupervisionSessionPayload::of(c, done, SupervisionSession::load).await
    }

    /// Lets a cancelled session take place after all.
    async fn supervision_session_reinstate(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which session.")] input: SupervisionSessionReinstateInput,
    ) -> Result<SupervisionSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.supervision_session_id, input.version);
        let done = domain::reinstate(ctx, &key, on).await;
        SupervisionSessionPayload::of(c, done, SupervisionSession::load).await
    }

    /// Records that a session was held, who was there and how long it lasted; done again, it puts that right.
    async fn supervision_session_record(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: SupervisionSessionRecordInput,
    ) -> Result<SupervisionSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let mark = |mark: &SupervisionMarkInput| domain::Mark {
            person: mark.person_id.or_unknown(),
            status: mark.status.into(),
        };
        let record = domain::Record {
            session: input.supervision_session_id.or_unknown(),
            version: input.version,
            minutes: input.minutes,
            marks: input.marks.iter().map(mark).collect(),
        };
        let done = domain::record(ctx, &key, record).await;
        SupervisionSessionPayload::of(c, done, SupervisionSession::load).await
    }

    /// Takes back that a session was held: it is planned again.
    async fn supervision_session_record_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which session.")] input: SupervisionSessionRecordCancelInput,
    ) -> Result<SupervisionSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.supervision_session_id, input.version);
        let done = domain::record_cancel(ctx, &key, on).await;
        SupervisionSessionPayload::of(c, done, SupervisionSession::load).await
    }

    /// Writes one's own text on a session, which nobody else reads, or erases it; where the provider keeps texts.
    async fn supervision_session_set_text(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The text.")] input: SupervisionSessionSetTextInput,
    ) -> Result<SupervisionSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let set = domain::SetText {
            session: input.supervision_session_id.or_unknown(),
            version: input.version,
            text: input.text.map(Personal::from),
        };
        let done = domain::set_text(ctx, &key, set).await;
        SupervisionSessionPayload::of(c, done, SupervisionSession::load).await
    }
}

fn on(session: &Ref<SupervisionSessionId>, version: i32) -> OnSession {
    OnSession {
        session: session.or_unknown(),
        version,
    }
}
