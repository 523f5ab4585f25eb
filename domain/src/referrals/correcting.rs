//! Taking back what was recorded in error about a referral, and putting days right.

use chrono::NaiveDate;
use rinnalla_entity::ids::{MatchProposalId, OrganisationId, ReferralActId, ReferralId};
use rinnalla_entity::states::{AskingChannel, ReferralActKind as Kind};
use sea_orm::FromQueryResult;

use super::reading::is_between_association_and_support_person;
use super::rules::{Fault, Refused};
use super::standing::{self, LATER_ENTRIES, New, Reworked};
use super::{handling, proposing, queries};
use crate::access::{self, CorrectReferrals, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::reach::Question;

/// Takes back an entry that was recorded in error.
#[derive(Clone, Copy, Debug)]
pub struct ActCancel {
    /// The entry.
    pub act: ReferralActId,
    /// The referral's version.
    pub version: i32,
}

/// Puts the day of an entry right.
#[derive(Clone, Copy, Debug)]
pub struct ActCorrect {
    /// The entry.
    pub act: ReferralActId,
    /// The referral's version.
    pub version: i32,
    /// The day on which it really happened.
    pub on: NaiveDate,
}

#[derive(FromQueryResult)]
struct Found {
    organisation_id: OrganisationId,
    referral_id: ReferralId,
    proposal_id: Option<MatchProposalId>,
    kind: Kind,
    seq: i32,
    channel: Option<AskingChannel>,
    reason: Option<String>,
    text_version: Option<String>,
}

/// Cancels an entry: the referral then stands as if it had never been made. The professional takes back what came from
/// their side, the coordinator what came from the association's; what the supported person said, either.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `ALREADY_CANCELLED`, `LATER_ENTRIES_STAND_ON_IT`,
/// `NOT_FROM_YOUR_SIDE`, `CANCEL_THE_RELATIONSHIP` for a disclosure, and `SUPPORT_PERSON_NOT_ACTIVE` or
/// `NO_FREE_CAPACITY` where a proposal would be open again.
pub async fn cancel_act(ctx: &Ctx, key: &IdempotencyKey, input: ActCancel) -> Result<ReferralId> {
    let scope = access::require::<CorrectReferrals>(ctx)?;
    if let Some(done) = ctx.done_before("referralActCancel", key).await? {
        return Ok(ReferralId(done));
    }
    let found = find(ctx, &scope, input.act).await?;
    let mut act = match ctx
        .begin("referralActCancel", key, found.referral_id)
        .await?
    {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ReferralId(done)),
    };
    handling::hold(&act, &scope, found.referral_id, input.version).await?;
    must_be_own(&scope, &found)?;
    strike(&act, input.act).await?;
    let reworked = standing::refold(&act.tx, found.referral_id, |_| {
        Error::invalid("", LATER_ENTRIES)
    })
    .await?;
    finish(&mut act, &scope, &found, reworked).await?;
    act.done().await.map(ReferralId)
}

/// Puts the day of an entry right: the old one stays, marked, and the new one has its place.
///
/// Errors: as [`cancel_act`]; `Invalid`: `on` (`DATE_IN_FUTURE`, `DATES_OUT_OF_ORDER`).
pub async fn correct_act(ctx: &Ctx, key: &IdempotencyKey, input: ActCorrect) -> Result<ReferralId> {
    let scope = access::require::<CorrectReferrals>(ctx)?;
    if let Some(done) = ctx.done_before("referralActCorrect", key).await? {
        return Ok(ReferralId(done));
    }
    Violations::default()
        .check(input.on <= ctx.today, "on", "DATE_IN_FUTURE")
        .done()?;
    let found = find(ctx, &scope, input.act).await?;
    let mut act = match ctx
        .begin("referralActCorrect", key, found.referral_id)
        .await?
    {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ReferralId(done)),
    };
    handling::hold(&act, &scope, found.referral_id, input.version).await?;
    must_be_own(&scope, &found)?;
    strike(&act, input.act).await?;
    let new = New {
        kind: found.kind,
        proposal: found.proposal_id,
        on: input.on,
        channel: found.channel,
        reason: found.reason.clone(),
        text_version: found.text_version.clone(),
    };
    let (organisation, referral) = (found.organisation_id, found.referral_id);
    standing::insert(&act, organisation, referral, found.seq, &new).await?;
    let reworked = standing::refold(&act.tx, referral, |Refused { fault, .. }| match fault {
        Fault::DatesOutOfOrder => Error::invalid("on", fault.code()),
        _ => Error::invalid("", LATER_ENTRIES),
    })
    .await?;
    finish(&mut act, &scope, &found, reworked).await?;
    act.done().await.map(ReferralId)
}

/// The entry, where the reader may see it.
async fn find(ctx: &Ctx, scope: &Scope<CorrectReferrals>, id: ReferralActId) -> Result<Found> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT r.organisation_id, a.referral_id, a.proposal_id, a.kind, a.seq, a.channel, a.reason, a.text_version
         FROM referral_acts a JOIN referrals r ON r.id = a.referral_id WHERE a.id = ",
    );
    question.bind(id.0).words(" AND ");
    queries::reaches(&mut question, scope);
    let found: Option<Found> = question.one(ctx.store.reader()).await?;
    found
        .filter(|found| {
            scope.covers(found.organisation_id)
                || !is_between_association_and_support_person(found.kind)
        })
        .ok_or_else(|| {
            ctx.refuse(scope, ObjectKind::Referral, id);
            Error::NotFound
        })
}

fn must_be_own(scope: &Scope<CorrectReferrals>, found: &Found) -> Result<()> {
    let is_association = scope.covers(found.organisation_id);
    // Who reaches the referral without the association does so as a professional of the case.
    let is_professional = !scope.professionals().is_empty();
    let may = match found.kind {
        Kind::DetailsDisclosed => {
            return Err(Error::invalid("", "CANCEL_THE_RELATIONSHIP"));
        }
        Kind::InterestConfirmed | Kind::ConsentGiven | Kind::Submitted | Kind::Withdrawn => {
            is_professional
        }
        Kind::ConsentWithdrawn | Kind::SupportedAgreed | Kind::SupportedRefused => true,
        Kind::KeptWaiting
        | Kind::SupportPersonAsked
        | Kind::SupportPersonAgreed
        | Kind::SupportPersonRefused
        | Kind::ProposalWithdrawn
        | Kind::Declined
        | Kind::Expired
        | Kind::Closed => is_association,
    };
    if may {
        Ok(())
    } else {
        Err(Error::invalid("", "NOT_FROM_YOUR_SIDE"))
    }
}

async fn strike(act: &Act<'_>, entry: ReferralActId) -> Result<()> {
    if standing::strike(act, entry).await? {
        Ok(())
    } else {
        Err(Error::invalid("", "ALREADY_CANCELLED"))
    }
}

async fn finish(
    act: &mut Act<'_>,
    scope: &Scope<CorrectReferrals>,
    found: &Found,
    reworked: Reworked,
) -> Result<()> {
    // A support person may have become occupied in the meantime.
    for support_person in reworked.reopened {
        proposing::must_have_room(&act.tx, support_person, "").await?;
    }
    act.changed(
        scope,
        found.organisation_id,
        ObjectKind::Referral,
        found.referral_id,
    );
    Ok(())
}
