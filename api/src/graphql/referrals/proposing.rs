//! What happens to a proposal: making it, the two answers, taking it back.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::{MatchProposalId, ReferralId, SupportPersonId};
use rinnalla_domain::referrals as domain;

use super::{AskingChannel, MatchProposal};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};

payload!(MatchProposalPayload, match_proposal: MatchProposal, "What came of an act on a proposal.");

/// Proposes a support person.
#[derive(InputObject)]
pub struct MatchProposalMakeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// For which referral.
    referral_id: Ref<ReferralId>,
    /// The version of the referral.
    version: i32,
    /// Whom.
    support_person_id: Ref<SupportPersonId>,
    /// How they are asked: in the register, where it waits for the answer, or by phone.
    channel: AskingChannel,
    /// The day of asking; today where it is not said.
    on: Option<Date>,
}

/// The support person's answer. No reason is asked for.
#[derive(InputObject)]
pub struct MatchProposalAnswerInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// To which proposal.
    match_proposal_id: Ref<MatchProposalId>,
    /// The version of the referral, as the proposal shows it.
    version: i32,
    /// Yes or no.
    agrees: bool,
    /// `REGISTER` from the support person, `PHONE` from the coordinator who heard it.
    channel: AskingChannel,
    /// The day of the phone call; today where it is not said.
    on: Option<Date>,
}

/// What the supported person said to a proposal.
#[derive(InputObject)]
pub struct MatchProposalAnswerForSupportedInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// To which proposal.
    match_proposal_id: Ref<MatchProposalId>,
    /// The version of the referral, as the proposal shows it.
    version: i32,
    /// Yes or no.
    agrees: bool,
    /// The day; today where it is not said.
    on: Option<Date>,
}

/// Takes an open proposal back.
#[derive(InputObject)]
pub struct MatchProposalWithdrawInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Which.
    match_proposal_id: Ref<MatchProposalId>,
    /// The version of the referral, as the proposal shows it.
    version: i32,
    /// The day; today where it is not said.
    on: Option<Date>,
}

/// What can be done with proposals.
#[derive(Default)]
pub struct MatchProposalMutation;

#[Object]
impl MatchProposalMutation {
    /// Proposes a support person, who is asked first. They must be active and have room on this day.
    async fn match_proposal_make(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whom, for which referral.")] input: MatchProposalMakeInput,
    ) -> Result<MatchProposalPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let make = domain::Make {
                referral: input.referral_id.or_unknown(),
                version: input.version,
                support_person: input.support_person_id.or_unknown(),
                channel: input.channel.into(),
                on: input.on.map(|on| on.0),
            };
            domain::make(ctx, &key, make).await
        };
        MatchProposalPayload::of(c, done.await, MatchProposal::load).await
    }

    /// Records the support person's answer: in the register by themselves, or by phone through the coordinator.
    async fn match_proposal_answer(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The answer.")] input: MatchProposalAnswerInput,
    ) -> Result<MatchProposalPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let answer = domain::Answer {
                proposal: input.match_proposal_id.or_unknown(),
                version: input.version,
                agrees: input.agrees,
                channel: input.channel.into(),
                on: input.on.map(|on| on.0),
            };
            domain::answer(ctx, &key, answer).await
        };
        MatchProposalPayload::of(c, done.await, MatchProposal::load).await
    }

    /// Records what the supported person said, by the professional or the coordinator.
    async fn match_proposal_answer_for_supported(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The answer.")] input: MatchProposalAnswerForSupportedInput,
    ) -> Result<MatchProposalPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let answer = domain::SupportedAnswer {
                proposal: input.match_proposal_id.or_unknown(),
                version: input.version,
                agrees: input.agrees,
                on: input.on.map(|on| on.0),
            };
            domain::answer_for_supported(ctx, &key, answer).await
        };
        MatchProposalPayload::of(c, done.await, MatchProposal::load).await
    }

    /// Takes an open proposal back, whoever has agreed to it by then.
    async fn match_proposal_withdraw(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: MatchProposalWithdrawInput,
    ) -> Result<MatchProposalPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let withdraw = domain::ProposalWithdraw {
                proposal: input.match_proposal_id.or_unknown(),
                version: input.version,
                on: input.on.map(|on| on.0),
            };
            domain::withdraw_proposal(ctx, &key, withdraw).await
        };
        MatchProposalPayload::of(c, done.await, MatchProposal::load).await
    }
}
