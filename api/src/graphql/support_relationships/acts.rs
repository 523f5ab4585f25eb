//! What happens to a relationship: the disclosure, the first meeting, pauses, the end; and putting it right.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{
    MatchProposalId, PersonId, SupportRelationshipActId, SupportRelationshipId,
};
use rinnalla_domain::support_relationships as domain;

use super::{EndReason, HandoverException, SupportRelationship, SupportRelationshipActKind};
use crate::graphql::payload::{ctx, key};
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, DateTime, Ref, id};
use crate::graphql::written::written;

/// Something that happened to a support relationship (tukisuhteen kirjaus). A cancelled entry stays, marked.
pub struct SupportRelationshipAct {
    row: domain::SupportRelationshipAct,
    handover_by: Option<Option<Arc<Person>>>,
    recorded_by: Option<Option<Arc<Person>>>,
}

impl From<domain::SupportRelationshipAct> for SupportRelationshipAct {
    fn from(row: domain::SupportRelationshipAct) -> Self {
        Self {
            row,
            handover_by: None,
            recorded_by: None,
        }
    }
}

impl SupportRelationshipAct {
    /// One entry.
    pub async fn load(
        ctx: &Ctx,
        id: SupportRelationshipActId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find_act(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// Something that happened to a support relationship (tukisuhteen kirjaus). A cancelled entry stays, marked.
#[written]
#[Object]
impl SupportRelationshipAct {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// What happened.
    async fn kind(&self) -> SupportRelationshipActKind {
        self.row.kind.into()
    }

    /// The day.
    async fn on(&self) -> Date {
        self.row.on_date.into()
    }

    /// Of a first meeting: whether the professional was there.
    async fn professional_present(&self) -> Option<bool> {
        self.row.professional_present
    }

    /// Of a first meeting without the professional: why.
    async fn exception_reason(&self) -> Option<HandoverException> {
        self.row.exception_reason.map(HandoverException::from)
    }

    /// Of a first meeting: the professional who handed over.
    async fn handover_by(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.handover_by)?.as_deref())
    }

    /// Of an end: why.
    async fn end_reason(&self) -> Option<EndReason> {
        self.row.end_reason.map(EndReason::from)
    }

    /// Whether it stands in the place of an entry that was mistaken.
    async fn is_correction(&self) -> bool {
        self.row.corrects_id.is_some()
    }

    /// Who recorded it.
    async fn recorded_by(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.recorded_by)?.as_deref())
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        self.row.recorded_at.into()
    }

    /// When it was cancelled or corrected, where it was.
    async fn cancelled_at(&self) -> Option<DateTime> {
        self.row.cancelled_at.map(DateTime)
    }
}

impl Prefetch for SupportRelationshipAct {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("handoverBy") {
            let of: Vec<_> = nodes
                .iter()
                .filter_map(|node| node.row.handover_by)
                .collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                let person = node.row.handover_by.and_then(|id| found.get(&id));
                node.handover_by = Some(person.cloned());
            }
        }
        if let Some(below) = look.child("recordedBy") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.recorded_by).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.recorded_by = Some(found.get(&node.row.recorded_by).cloned());
            }
        }
        Ok(())
    }
}

payload!(MatchProposalDiscloseContactPayload, support_relationship: SupportRelationship,
    "What came of a disclosure: the support relationship that it opened.");
payload!(SupportRelationshipPayload, support_relationship: SupportRelationship,
    "What came of an act on a support relationship.");

/// Discloses a support person's contact details to the professional of the case.
#[derive(InputObject)]
pub struct MatchProposalDiscloseContactInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The proposal that the supported person said yes to.
    proposal_id: Ref<MatchProposalId>,
    /// The version of the referral.
    version: i32,
}

/// Takes back a disclosure that was recorded in error.
#[derive(InputObject)]
pub struct MatchProposalDiscloseContactCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The support relationship that the disclosure opened.
    support_relationship_id: Ref<SupportRelationshipId>,
    /// The version of the support relationship.
    version: i32,
}

/// Records the first meeting.
#[derive(InputObject)]
pub struct SupportRelationshipRecordFirstMeetingInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The support relationship.
    support_relationship_id: Ref<SupportRelationshipId>,
    /// Its version.
    version: i32,
    /// The day.
    held_on: Date,
    /// Whether the professional was there. Must be, unless a coordinator gives the reason for an exception.
    professional_present: bool,
    /// Why the professional was not there.
    exception_reason: Option<HandoverException>,
    /// The professional of the case who handed over; needed where the professional was there.
    handover_by_id: Option<Ref<PersonId>>,
}

/// Lets a support relationship rest.
#[derive(InputObject)]
pub struct SupportRelationshipPauseInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The support relationship.
    support_relationship_id: Ref<SupportRelationshipId>,
    /// Its version.
    version: i32,
    /// From this day. No reason is recorded.
    paused_on: Date,
}

/// Lets a support relationship go on.
#[derive(InputObject)]
pub struct SupportRelationshipResumeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The support relationship.
    support_relationship_id: Ref<SupportRelationshipId>,
    /// Its version.
    version: i32,
    /// From this day; the next review is counted from it.
    resumed_on: Date,
}

/// Ends a support relationship.
#[derive(InputObject)]
pub struct SupportRelationshipEndInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The support relationship.
    support_relationship_id: Ref<SupportRelationshipId>,
    /// Its version.
    version: i32,
    /// The last day.
    ended_on: Date,
    /// Why.
    end_reason: EndReason,
}

/// Cancels an entry that was made by mistake.
#[derive(InputObject)]
pub struct SupportRelationshipActCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The entry.
    act_id: Ref<SupportRelationshipActId>,
    /// The version of the support relationship.
    version: i32,
}

/// Puts another entry of the same kind in the place of a mistaken one.
#[derive(InputObject)]
pub struct SupportRelationshipActCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The entry.
    act_id: Ref<SupportRelationshipActId>,
    /// The version of the support relationship.
    version: i32,
    /// The day on which it really happened.
    on: Date,
    /// Of a first meeting alone: whether the professional was there.
    professional_present: Option<bool>,
    /// Of a first meeting without the professional: why.
    exception_reason: Option<HandoverException>,
    /// Of a first meeting alone: the professional of the case who handed over.
    handover_by_id: Option<Ref<PersonId>>,
    /// Of an end alone: why.
    end_reason: Option<EndReason>,
}

impl SupportRelationshipRecordFirstMeetingInput {
    fn of(self) -> domain::RecordFirstMeeting {
        domain::RecordFirstMeeting {
            relationship: self.support_relationship_id.or_unknown(),
            version: self.version,
            held_on: self.held_on.0,
            professional_present: self.professional_present,
            exception_reason: self.exception_reason.map(Into::into),
            handover_by: self.handover_by_id.map(Ref::or_unknown),
        }
    }
}

impl SupportRelationshipActCorrectInput {
    fn of(self) -> domain::CorrectAct {
        domain::CorrectAct {
            act: self.act_id.or_unknown(),
            version: self.version,
            on: self.on.0,
            professional_present: self.professional_present,
            exception_reason: self.exception_reason.map(Into::into),
            handover_by: self.handover_by_id.map(Ref::or_unknown),
            end_reason: self.end_reason.map(Into::into),
        }
    }
}

/// What can be done with support relationships.
#[derive(Default)]
pub struct SupportRelationshipMutation;

#[Object]
impl SupportRelationshipMutation {
    /// Discloses the support person's contact details to the professional and opens the support relationship.
    async fn match_proposal_disclose_contact(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which proposal.")] input: MatchProposalDiscloseContactInput,
    ) -> Result<MatchProposalDiscloseContactPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let proposal = input.proposal_id.or_unknown();
            let version = input.version;
            domain::disclose(ctx, &key, domain::Disclose { proposal, version }).await
        };
        MatchProposalDiscloseContactPayload::of(c, done.await, SupportRelationship::load).await
    }

    /// Takes back a disclosure that was recorded in error: the support relationship is cancelled, the proposal is
    /// accepted again. That the details were seen stays in the log.
    async fn match_proposal_disclose_contact_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which disclosure.")] input: MatchProposalDiscloseContactCancelInput,
    ) -> Result<MatchProposalDiscloseContactPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let relationship = input.support_relationship_id.or_unknown();
            let version = input.version;
            let input = domain::CancelDisclosure {
                relationship,
                version,
            };
            domain::cancel_disclosure(ctx, &key, input).await
        };
        MatchProposalDiscloseContactPayload::of(c, done.await, SupportRelationship::load).await
    }

    /// Records the first meeting, with the professional who hands over.
    async fn support_relationship_record_first_meeting(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What happened.")] input: SupportRelationshipRecordFirstMeetingInput,
    ) -> Result<SupportRelationshipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::record_first_meeting(ctx, &key, input.of());
        SupportRelationshipPayload::of(c, done.await, SupportRelationship::load).await
    }

    /// Lets a support relationship rest; its open review falls away.
    async fn support_relationship_pause(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, and from when.")] input: SupportRelationshipPauseInput,
    ) -> Result<SupportRelationshipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let relationship = input.support_relationship_id.or_unknown();
            let (version, paused_on) = (input.version, input.paused_on.0);
            let input = domain::Pause {
                relationship,
                version,
                paused_on,
            };
            domain::pause(ctx, &key, input).await
        };
        SupportRelationshipPayload::of(c, done.await, SupportRelationship::load).await
    }

    /// Lets a support relationship go on after a pause; a new review opens.
    async fn support_relationship_resume(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, and from when.")] input: SupportRelationshipResumeInput,
    ) -> Result<SupportRelationshipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let relationship = input.support_relationship_id.or_unknown();
            let (version, resumed_on) = (input.version, input.resumed_on.0);
            let input = domain::Resume {
                relationship,
                version,
                resumed_on,
            };
            domain::resume(ctx, &key, input).await
        };
        SupportRelationshipPayload::of(c, done.await, SupportRelationship::load).await
    }

    /// Ends a support relationship; another support person can follow without a new referral.
    async fn support_relationship_end(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, when and why.")] input: SupportRelationshipEndInput,
    ) -> Result<SupportRelationshipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let input = domain::End {
                relationship: input.support_relationship_id.or_unknown(),
                version: input.version,
                ended_on: input.ended_on.0,
                reason: input.end_reason.into(),
            };
            domain::end(ctx, &key, input).await
        };
        SupportRelationshipPayload::of(c, done.await, SupportRelationship::load).await
    }

    /// Cancels a first meeting, a pause, a resuming or an end that was recorded by mistake. Refused while later entries
    /// stand on it.
    async fn support_relationship_act_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which entry.")] input: SupportRelationshipActCancelInput,
    ) -> Result<SupportRelationshipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let (act, version) = (input.act_id.or_unknown(), input.version);
            domain::cancel_act(ctx, &key, domain::CancelAct { act, version }).await
        };
        SupportRelationshipPayload::of(c, done.await, SupportRelationship::load).await
    }

    /// Puts a first meeting, a pause, a resuming or an end right: as if it had been recorded so from the start.
    async fn support_relationship_act_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What really happened.")] input: SupportRelationshipActCorrectInput,
    ) -> Result<SupportRelationshipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::correct_act(ctx, &key, input.of());
        SupportRelationshipPayload::of(c, done.await, SupportRelationship::load).await
    }
}
