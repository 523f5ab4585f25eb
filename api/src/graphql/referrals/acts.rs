//! What happens to a referral, from the draft to its close; and putting it right.

use async_graphql::{Context, ID, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::ReferralActId;
use rinnalla_domain::referrals as domain;

use super::inputs::*;
use super::{AskingChannel, Referral, ReferralActKind, WithdrawnBy};
use crate::graphql::payload::{ctx, key};
use crate::graphql::prefetch::Look;
use crate::graphql::scalars::{Date, DateTime, Ref, id};
use crate::graphql::written::written;

/// Something that was recorded about a referral (yhteydenoton kirjaus). A cancelled entry stays, marked. What passed
/// between the association and a support person is shown to the association alone.
pub struct ReferralAct(domain::ReferralAct);

impl From<domain::ReferralAct> for ReferralAct {
    fn from(row: domain::ReferralAct) -> Self {
        Self(row)
    }
}

impl ReferralAct {
    /// One entry.
    pub async fn load(ctx: &Ctx, id: ReferralActId, _: Look<'_>) -> DomainResult<Option<Self>> {
        Ok(domain::find_act(ctx, id).await?.map(Self::from))
    }
}

/// Something that was recorded about a referral (yhteydenoton kirjaus). A cancelled entry stays, marked. What passed
/// between the association and a support person is shown to the association alone.
#[written]
#[Object]
impl ReferralAct {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.0.id)
    }

    /// What happened.
    async fn kind(&self) -> ReferralActKind {
        self.0.kind.into()
    }

    /// The day.
    async fn on(&self) -> Date {
        self.0.on_date.into()
    }

    /// The id of the proposal that it is about.
    async fn proposal_id(&self) -> Option<ID> {
        self.0.proposal_id.map(id)
    }

    /// How a support person was asked or answered.
    async fn channel(&self) -> Option<AskingChannel> {
        self.0.channel.map(AskingChannel::from)
    }

    /// Who took the referral back.
    async fn withdrawn_by(&self) -> Option<WithdrawnBy> {
        self.0.withdrawn_by.map(WithdrawnBy::from)
    }

    /// Which wording a consent was given to.
    async fn text_version(&self) -> Option<&str> {
        self.0.text_version.as_deref()
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        self.0.recorded_at.into()
    }

    /// When it was cancelled or corrected, where it was.
    async fn cancelled_at(&self) -> Option<DateTime> {
        self.0.cancelled_at.map(DateTime)
    }
}

payload!(ReferralPayload, referral: Referral, "What came of an act on a referral.");

/// What can be done with referrals.
#[derive(Default)]
pub struct ReferralMutation;

#[Object]
impl ReferralMutation {
    /// Begins a referral to an association, with a fresh case code. Nobody else sees a draft.
    async fn referral_draft(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "To whom, about whom.")] input: ReferralDraftInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let draft = domain::Draft {
                organisation: input.organisation_id.or_unknown(),
                referring_organisation: input.referring_organisation_id.map(Ref::or_unknown),
                case: input.supported_case.into(),
                referral: input.details.into(),
            };
            domain::draft(ctx, &key, draft).await
        };
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Puts right what was told of the supported person and in the referral, as long as it is open.
    async fn referral_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: ReferralCorrectInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let correct = domain::Correct {
                id: input.referral_id.or_unknown(),
                version: input.version,
                case: input.supported_case.into(),
                referral: input.details.into(),
            };
            domain::correct(ctx, &key, correct).await
        };
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Records that the supported person is interested in peer support.
    async fn referral_confirm_interest(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, on which day.")] input: ReferralConfirmInterestInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::confirm_interest(ctx, &key, input.of());
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Records the supported person's consent to the referral.
    async fn consent_record(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "To which referral and wording.")] input: ConsentRecordInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let consent = domain::ConsentRecord {
                on: on(input.referral_id, input.version, input.on),
                text_version: input.text_version,
            };
            domain::record_consent(ctx, &key, consent).await
        };
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Records that the supported person has withdrawn the consent: the referral and an open proposal stop at once.
    async fn consent_withdraw(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, on which day.")] input: ConsentWithdrawInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::withdraw_consent(ctx, &key, input.of());
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Submits a draft to the association, once the interest is confirmed and a consent stands.
    async fn referral_submit(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: ReferralSubmitInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let (referral, version) = (input.referral_id.or_unknown(), input.version);
            domain::submit(ctx, &key, domain::Submit { referral, version }).await
        };
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Takes a referral back; an open proposal with it.
    async fn referral_withdraw(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, and by whom.")] input: ReferralWithdrawInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let on = on(input.referral_id, input.version, input.on);
            let by = input.withdrawn_by.into();
            domain::withdraw(ctx, &key, domain::Withdraw { on, by }).await
        };
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Keeps a referral waiting, since nobody suitable is free now.
    async fn referral_keep_waiting(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, on which day.")] input: ReferralKeepWaitingInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::keep_waiting(ctx, &key, input.of());
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Declines a referral, since nobody suitable can be found.
    async fn referral_decline(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, on which day.")] input: ReferralDeclineInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::decline(ctx, &key, input.of());
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Lets a referral that waits expire.
    async fn referral_expire(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, on which day.")] input: ReferralExpireInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::expire(ctx, &key, input.of());
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Closes a referral that has been handed over.
    async fn referral_close(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, on which day.")] input: ReferralCloseInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::close(ctx, &key, input.of());
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Cancels an entry that was made by mistake: the referral then stands as if it had never been made. Refused while
    /// later entries stand on it. A disclosure is cancelled with its support relationship.
    async fn referral_act_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which entry.")] input: ReferralActCancelInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let (act, version) = (input.act_id.or_unknown(), input.version);
            domain::cancel_act(ctx, &key, domain::ActCancel { act, version }).await
        };
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Puts the day of an entry right: as if it had been recorded so from the start.
    async fn referral_act_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What really happened.")] input: ReferralActCorrectInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let (act, version) = (input.act_id.or_unknown(), input.version);
            let on = input.on.0;
            domain::correct_act(ctx, &key, domain::ActCorrect { act, version, on }).await
        };
        ReferralPayload::of(c, done.await, Referral::load).await
    }
}
