//! The acts on a referral itself: interest, consent, submitting, and the ways out.

use chrono::NaiveDate;
use rinnalla_entity::ids::{OrganisationId, ReferralId};
use rinnalla_entity::states::{ReferralActKind as Kind, WithdrawnBy};
use sea_orm::FromQueryResult;

use super::standing::{self, New};
use super::{day_of, drafting, queries};
use crate::access::{self, AnswerForSupported, HandleReferrals, Permission, Refer, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::text;

/// The longest name of a consent's wording, in characters.
const TEXT_VERSION_MAX_CHARS: usize = 32;

/// Something that happened to a referral on a day.
#[derive(Clone, Copy, Debug)]
pub struct On {
    /// The referral.
    pub referral: ReferralId,
    /// The version that the act was made from.
    pub version: i32,
    /// The day on which it happened; today where nothing is said.
    pub on: Option<NaiveDate>,
}

/// Submitting: an act of the register, so it is of today.
#[derive(Clone, Copy, Debug)]
pub struct Submit {
    /// The referral.
    pub referral: ReferralId,
    /// The version that the act was made from.
    pub version: i32,
}

/// A consent that the supported person gave.
#[derive(Clone, Debug)]
pub struct ConsentRecord {
    /// To which referral, on which day.
    pub on: On,
    /// Which wording was read to them, as the organisation calls it.
    pub text_version: String,
}

/// Taking a referral back.
#[derive(Clone, Copy, Debug)]
pub struct Withdraw {
    /// Which, on which day.
    pub on: On,
    /// Who took it back.
    pub by: WithdrawnBy,
}

/// A referral that an act is about.
#[derive(FromQueryResult)]
pub(super) struct Found {
    pub organisation_id: OrganisationId,
    pub referring_organisation_id: OrganisationId,
    pub county_code: String,
}

/// Loads a referral where the scope reaches it, and takes it for this transaction.
pub(super) async fn hold<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    referral: ReferralId,
    version: i32,
) -> Result<Found> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT r.organisation_id, r.referring_organisation_id, c.county_code
         FROM referrals r JOIN supported_cases c ON c.id = r.case_id WHERE r.id = ",
    );
    question.bind(referral.0).words(" AND ");
    queries::reaches(&mut question, scope);
    let Some(found) = question.one(&act.tx).await? else {
        act.ctx.refuse(scope, ObjectKind::Referral, referral);
        return Err(Error::NotFound);
    };
    standing::lock(&act.tx, referral, version).await?;
    Ok(found)
}

async fn record<P: Permission>(
    ctx: &Ctx,
    key: &IdempotencyKey,
    scope: &Scope<P>,
    name: &'static str,
    input: On,
    new: impl FnOnce(NaiveDate) -> New,
) -> Result<ReferralId> {
    let on = day_of(ctx, input.on)?;
    let mut act = match ctx.begin(name, key, input.referral).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ReferralId(done)),
    };
    let found = hold(&act, scope, input.referral, input.version).await?;
    standing::record(&act, found.organisation_id, input.referral, new(on)).await?;
    act.changed(
        scope,
        found.organisation_id,
        ObjectKind::Referral,
        input.referral,
    );
    act.done().await.map(ReferralId)
}

/// Records that the supported person is interested: only then does a professional turn to the association.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `DATE_IN_FUTURE`, `WRONG_STATE`, `ALREADY_RECORDED`.
pub async fn confirm_interest(ctx: &Ctx, key: &IdempotencyKey, input: On) -> Result<ReferralId> {
    let scope = access::require::<Refer>(ctx)?;
    let new = |on| New::of(Kind::InterestConfirmed, on);
    record(ctx, key, &scope, "referralConfirmInterest", input, new).await
}

/// Records the supported person's consent to the referral, and to which wording.
///
/// Errors: as [`confirm_interest`]; `Invalid` (`textVersion`).
pub async fn record_consent(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: ConsentRecord,
) -> Result<ReferralId> {
    let scope = access::require::<Refer>(ctx)?;
    let text_version = text::free_line(&input.text_version, TEXT_VERSION_MAX_CHARS)
        .map_err(|code| Error::invalid("textVersion", code))?;
    let new = |on| New {
        text_version: Some(text_version),
        ..New::of(Kind::ConsentGiven, on)
    };
    record(ctx, key, &scope, "consentRecord", input.on, new).await
}

/// Records that the supported person has withdrawn the consent, which stops the referral and an open proposal at once.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `DATE_IN_FUTURE`, `DATES_OUT_OF_ORDER`, `WRONG_STATE`.
pub async fn withdraw_consent(ctx: &Ctx, key: &IdempotencyKey, input: On) -> Result<ReferralId> {
    let scope = access::require::<AnswerForSupported>(ctx)?;
    let new = |on| New::of(Kind::ConsentWithdrawn, on);
    record(ctx, key, &scope, "consentWithdraw", input, new).await
}

/// Submits a draft to the association.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `INTEREST_NOT_CONFIRMED`, `CONSENT_MISSING`,
/// `NO_PARTNERSHIP`, `DATES_OUT_OF_ORDER`, `WRONG_STATE`.
pub async fn submit(ctx: &Ctx, key: &IdempotencyKey, input: Submit) -> Result<ReferralId> {
    let scope = access::require::<Refer>(ctx)?;
    let id = input.referral;
    let mut act = match ctx.begin("referralSubmit", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ReferralId(done)),
    };
    let found = hold(&act, &scope, id, input.version).await?;
    let new = New::of(Kind::Submitted, ctx.today);
    standing::record(&act, found.organisation_id, id, new).await?;
    let may = drafting::may_refer(
        &act.tx,
        found.organisation_id,
        found.referring_organisation_id,
        &found.county_code,
        ctx.today,
    );
    if !may.await? {
        return Err(Error::invalid("", "NO_PARTNERSHIP"));
    }
    act.changed(&scope, found.organisation_id, ObjectKind::Referral, id);
    act.done().await.map(ReferralId)
}

/// Takes a referral back, because the supported person or the professional says so; an open proposal with it.
///
/// Errors: as [`withdraw_consent`].
pub async fn withdraw(ctx: &Ctx, key: &IdempotencyKey, input: Withdraw) -> Result<ReferralId> {
    let scope = access::require::<Refer>(ctx)?;
    let new = |on| New {
        reason: Some(input.by.code()),
        ..New::of(Kind::Withdrawn, on)
    };
    record(ctx, key, &scope, "referralWithdraw", input.on, new).await
}

macro_rules! by_coordinator {
    ($($(#[$doc:meta])+ $function:ident, $name:literal, $kind:ident;)+) => {
        $(
            $(#[$doc])+
            ///
            /// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `DATE_IN_FUTURE`, `DATES_OUT_OF_ORDER`,
            /// `WRONG_STATE`.
            pub async fn $function(ctx: &Ctx, key: &IdempotencyKey, input: On) -> Result<ReferralId> {
                let scope = access::require::<HandleReferrals>(ctx)?;
                record(ctx, key, &scope, $name, input, |on| New::of(Kind::$kind, on)).await
            }
        )+
    };
}

by_coordinator! {
    /// Keeps a referral waiting, since nobody suitable is free now.
    keep_waiting, "referralKeepWaiting", KeptWaiting;
    /// Declines a referral, since nobody suitable can be found.
    decline, "referralDecline", Declined;
    /// Lets a referral that waits expire.
    expire, "referralExpire", Expired;
    /// Closes a referral that has been handed over.
    close, "referralClose", Closed;
}
