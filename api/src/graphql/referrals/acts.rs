//! What happens to a referral, from the draft to its close; and putting it right.

use async_graphql::{Context, ID, InputObject, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, ReferralActId, ReferralId};
use rinnalla_domain::referrals as domain;

use super::{
    AskingChannel, CaseBackground, Referral, ReferralActKind, RehabilitationPhase, SupportForm,
    WithdrawnBy,
};
use crate::graphql::payload::{ctx, key};
use crate::graphql::prefetch::Look;
use crate::graphql::scalars::{Date, DateTime, Ref, id};

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

/// What is told of a supported person (tuettavan tiedot): nothing that names anyone.
#[derive(InputObject)]
pub struct SupportedCaseInput {
    /// Why somebody is supported.
    background: CaseBackground,
    /// How a next of kin is related: a code.
    kin_relation: Option<String>,
    /// The first year of the decade of birth, as 1980.
    birth_decade: Option<i32>,
    /// The official code of the county, as `20`.
    county_code: String,
    /// The official code of the municipality, as `205`, for matching alone.
    municipality_code: Option<String>,
    /// The code of the language that the supported person talks in, as `fi`.
    language: String,
    /// Codes of interests.
    #[graphql(default)]
    interests: Vec<String>,
}

impl From<SupportedCaseInput> for domain::CaseInput {
    fn from(input: SupportedCaseInput) -> Self {
        Self {
            background: input.background.into(),
            kin_relation: input.kin_relation,
            birth_decade: input.birth_decade,
            county_code: input.county_code,
            municipality_code: input.municipality_code,
            language: input.language,
            interests: input.interests,
        }
    }
}

/// What is told in a referral (yhteydenoton tiedot).
#[derive(InputObject)]
pub struct ReferralDetailsInput {
    /// One person, or a family.
    form: SupportForm,
    /// Where in rehabilitation the supported person is.
    phase: RehabilitationPhase,
    /// Who told of peer support: a code.
    information_source: Option<String>,
    /// Codes of what is wished of a support person.
    #[graphql(default)]
    wishes: Vec<String>,
}

impl From<ReferralDetailsInput> for domain::ReferralInput {
    fn from(input: ReferralDetailsInput) -> Self {
        Self {
            form: input.form.into(),
            phase: input.phase.into(),
            information_source: input.information_source,
            wishes: input.wishes,
        }
    }
}

/// Begins a referral.
#[derive(InputObject)]
pub struct ReferralDraftInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association that it is made to.
    organisation_id: Ref<OrganisationId>,
    /// The organisation that one makes it for; needed where one is a professional in several.
    referring_organisation_id: Option<Ref<OrganisationId>>,
    /// Whom it is about.
    supported_case: SupportedCaseInput,
    /// What is told.
    details: ReferralDetailsInput,
}

/// Puts right what was told.
#[derive(InputObject)]
pub struct ReferralCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The referral.
    referral_id: Ref<ReferralId>,
    /// Its version.
    version: i32,
    /// Whom it is about: everything as it should be.
    supported_case: SupportedCaseInput,
    /// What is told: everything as it should be.
    details: ReferralDetailsInput,
}

macro_rules! record_inputs {
    ($($(#[$doc:meta])+ $input:ident;)+) => {
        $(
            $(#[$doc])+
            #[derive(InputObject)]
            pub struct $input {
                /// The client's own name for this attempt; the same key with the same input is done once.
                idempotency_key: String,
                /// The referral.
                referral_id: Ref<ReferralId>,
                /// Its version.
                version: i32,
                /// The day; today where it is not said.
                on: Option<Date>,
            }

            impl $input {
                fn of(&self) -> DomainResult<domain::On> {
                    on(self.referral_id, self.version, self.on)
                }
            }
        )+
    };
}

record_inputs! {
    /// Records that the supported person is interested.
    ReferralConfirmInterestInput;
    /// Records that the supported person has withdrawn the consent.
    ConsentWithdrawInput;
    /// Keeps a referral waiting.
    ReferralKeepWaitingInput;
    /// Declines a referral.
    ReferralDeclineInput;
    /// Lets a referral expire.
    ReferralExpireInput;
    /// Closes a referral.
    ReferralCloseInput;
}

/// Records a consent.
#[derive(InputObject)]
pub struct ConsentRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The referral that is consented to.
    referral_id: Ref<ReferralId>,
    /// Its version.
    version: i32,
    /// The day; today where it is not said.
    on: Option<Date>,
    /// Which wording was read to the supported person, as the organisation calls it; at most 32 characters.
    text_version: String,
}

/// Submits a draft.
#[derive(InputObject)]
pub struct ReferralSubmitInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The referral.
    referral_id: Ref<ReferralId>,
    /// Its version.
    version: i32,
}

/// Takes a referral back.
#[derive(InputObject)]
pub struct ReferralWithdrawInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The referral.
    referral_id: Ref<ReferralId>,
    /// Its version.
    version: i32,
    /// The day; today where it is not said.
    on: Option<Date>,
    /// Who takes it back.
    withdrawn_by: WithdrawnBy,
}

/// Cancels an entry that was made by mistake.
#[derive(InputObject)]
pub struct ReferralActCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The entry.
    act_id: Ref<ReferralActId>,
    /// The version of the referral.
    version: i32,
}

/// Puts the day of an entry right.
#[derive(InputObject)]
pub struct ReferralActCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The entry.
    act_id: Ref<ReferralActId>,
    /// The version of the referral.
    version: i32,
    /// The day on which it really happened.
    on: Date,
}

fn on(referral: Ref<ReferralId>, version: i32, on: Option<Date>) -> DomainResult<domain::On> {
    Ok(domain::On {
        referral: referral.get()?,
        version,
        on: on.map(|on| on.0),
    })
}

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
                id: input.referral_id.get()?,
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
        let done = async { domain::confirm_interest(ctx, &key, input.of()?).await };
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
                on: on(input.referral_id, input.version, input.on)?,
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
        let done = async { domain::withdraw_consent(ctx, &key, input.of()?).await };
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
            let (referral, version) = (input.referral_id.get()?, input.version);
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
            let on = on(input.referral_id, input.version, input.on)?;
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
        let done = async { domain::keep_waiting(ctx, &key, input.of()?).await };
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Declines a referral, since nobody suitable can be found.
    async fn referral_decline(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, on which day.")] input: ReferralDeclineInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async { domain::decline(ctx, &key, input.of()?).await };
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Lets a referral that waits expire.
    async fn referral_expire(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, on which day.")] input: ReferralExpireInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async { domain::expire(ctx, &key, input.of()?).await };
        ReferralPayload::of(c, done.await, Referral::load).await
    }

    /// Closes a referral that has been handed over.
    async fn referral_close(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, on which day.")] input: ReferralCloseInput,
    ) -> Result<ReferralPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async { domain::close(ctx, &key, input.of()?).await };
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
            let (act, version) = (input.act_id.get()?, input.version);
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
            let (act, version) = (input.act_id.get()?, input.version);
            let on = input.on.0;
            domain::correct_act(ctx, &key, domain::ActCorrect { act, version, on }).await
        };
        ReferralPayload::of(c, done.await, Referral::load).await
    }
}
