//! A peer's own invitations to supervision.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{PersonId, SupervisionInvitationId};
use rinnalla_domain::supervision_sessions::{self as domain, AnswerInvitation};

use super::codes::{SupervisionAnswer, SupervisionForm, SupervisionPresence, SupervisionStatus};
use crate::graphql::payload::{ctx, key};
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, filled};
use crate::graphql::scalars::{Date, DateTime, LocalTime, Ref, id};
use crate::graphql::written::{Written, written};

/// One's own invitation to supervision (oma kutsu työnohjaukseen).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct OwnSupervisionInvitation {
    /// Its id.
    #[graphql(owned)]
    id: ID,
    /// The day.
    on: Date,
    /// The time of day.
    starts_at: LocalTime,
    /// When it begins.
    begins: DateTime,
    /// When it ends.
    ends: DateTime,
    /// How long it is to last, in minutes.
    minutes: i16,
    /// In a group, alone, or from afar.
    form: SupervisionForm,
    /// Whether the session is planned, held or cancelled.
    status: SupervisionStatus,
    /// What one answered.
    answer: SupervisionAnswer,
    /// Whether one was there, where that is recorded.
    presence: Option<SupervisionPresence>,
    /// Grows with every answer; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    held_by: PersonId,
    #[graphql(skip)]
    supervisor: Option<Option<Arc<Person>>>,
}

/// One's own invitation to supervision (oma kutsu työnohjaukseen).
#[written]
#[ComplexObject]
impl OwnSupervisionInvitation {
    /// Who holds the session.
    async fn supervisor(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.supervisor)?.as_deref())
    }
}

impl From<domain::OwnInvitation> for OwnSupervisionInvitation {
    fn from(row: domain::OwnInvitation) -> Self {
        let time = row.time();
        Self {
            id: id(row.id),
            on: row.on_date.into(),
            starts_at: LocalTime(time.clock()),
            begins: time.begins().into(),
            ends: time.ends().into(),
            minutes: row.minutes,
            form: row.form.into(),
            status: row.status.into(),
            answer: row.answer.into(),
            presence: row.presence.map(Into::into),
            version: row.version,
            held_by: row.supervisor_id,
            supervisor: None,
        }
    }
}

impl OwnSupervisionInvitation {
    /// All of one's own, with what is selected below them.
    pub async fn all(ctx: &Ctx, look: &Look<'_>) -> DomainResult<Vec<Self>> {
        let rows = domain::own_invitations(ctx).await?.into_iter();
        Self::filled(ctx, rows.map(Self::from).collect(), look).await
    }

    /// One of one's own, with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: SupervisionInvitationId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find_own(ctx, id).await?.into_iter();
        let found = Self::filled(ctx, found.map(Self::from).collect(), &look);
        Ok(found.await?.pop())
    }

    async fn filled(ctx: &Ctx, mut rows: Vec<Self>, look: &Look<'_>) -> DomainResult<Vec<Self>> {
        if let Some(below) = look.child("supervisor") {
            let of: Vec<PersonId> = rows.iter().map(|row| row.held_by).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for row in &mut rows {
                row.supervisor = Some(found.get(&row.held_by).cloned());
            }
        }
        Ok(rows)
    }
}

payload!(
    SupervisionInvitationPayload,
    own_supervision_invitation: OwnSupervisionInvitation,
    "What came of an answer to an invitation."
);

/// Answers an invitation.
#[derive(InputObject)]
pub struct SupervisionInvitationAnswerInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// One's own invitation.
    supervision_invitation_id: Ref<SupervisionInvitationId>,
    /// Its version.
    version: i32,
    /// Coming or not. No reason is asked.
    answer: SupervisionAnswer,
}

/// What can be done with an invitation.
#[derive(Default)]
pub struct SupervisionInvitationMutation;

#[Object]
impl SupervisionInvitationMutation {
    /// Answers one's own invitation, or answers it otherwise, until the day of the session.
    async fn supervision_invitation_answer(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The answer.")] input: SupervisionInvitationAnswerInput,
    ) -> Result<SupervisionInvitationPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let answer = AnswerInvitation {
            invitation: input.supervision_invitation_id.or_unknown(),
            version: input.version,
            answer: input.answer.into(),
        };
        let done = domain::answer(ctx, &key, answer).await;
        SupervisionInvitationPayload::of(c, done, OwnSupervisionInvitation::load).await
    }
}
