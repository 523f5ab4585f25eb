//! Proposing a support person, and the answers: the support person's first, then the supported person's.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, MatchProposalId, OrganisationId, ReferralId, SupportPersonId};
use rinnalla_entity::states::{AskingChannel, ReferralActKind as Kind, SupportPersonStatus};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::queries::{self, PROPOSALS_FROM};
use super::standing::{self, New};
use super::{candidates, day_of, handling, matching, reasons};
use crate::access::{
    self, AnswerForSupportPerson, AnswerForSupported, HandleReferrals, Permission, Scope,
};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::reach::Question;
use crate::sql::Sql;
use crate::support_persons;

/// A support person for a referral.
#[derive(Clone, Copy, Debug)]
pub struct Make {
    /// The referral.
    pub referral: ReferralId,
    /// The version that the act was made from.
    pub version: i32,
    /// Who is asked.
    pub support_person: SupportPersonId,
    /// How: in the register, where it waits for the answer, or by phone.
    pub channel: AskingChannel,
    /// The day of asking; today where nothing is said.
    pub on: Option<NaiveDate>,
}

/// The support person's answer. No reason is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The proposal.
    pub proposal: MatchProposalId,
    /// The referral's version, as the proposal shows it.
    pub version: i32,
    /// Yes or no.
    pub agrees: bool,
    /// `Register` from the support person, `Phone` from the coordinator who heard it.
    pub channel: AskingChannel,
    /// The day of a phone call; today where nothing is said.
    pub on: Option<NaiveDate>,
}

/// What the supported person said.
#[derive(Clone, Copy, Debug)]
pub struct SupportedAnswer {
    /// The proposal.
    pub proposal: MatchProposalId,
    /// The referral's version, as the proposal shows it.
    pub version: i32,
    /// Yes or no.
    pub agrees: bool,
    /// The day; today where nothing is said.
    pub on: Option<NaiveDate>,
}

/// Takes an open proposal back.
#[derive(Clone, Copy, Debug)]
pub struct ProposalWithdraw {
    /// The proposal.
    pub proposal: MatchProposalId,
    /// The referral's version, as the proposal shows it.
    pub version: i32,
    /// The day; today where nothing is said.
    pub on: Option<NaiveDate>,
}

/// Proposes a support person: asks them, in the register or by phone. They must be active and have room on this day.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `supportPersonId` (`UNKNOWN`,
/// `SUPPORT_PERSON_NOT_ACTIVE`, `NO_FREE_CAPACITY`, `RELATIONSHIP_ALREADY_OPEN`), `DATE_IN_FUTURE`,
/// `DATES_OUT_OF_ORDER`, `WRONG_STATE`, `PROPOSAL_ALREADY_OPEN`, `RELATIONSHIP_STILL_OPEN`.
pub async fn make(ctx: &Ctx, key: &IdempotencyKey, input: Make) -> Result<MatchProposalId> {
    // The entries alone say what becomes of it: until they are worked out, it is none.
    static INSERT: Sql = Sql::new(
        "INSERT INTO match_proposals (id, organisation_id, referral_id, support_person_id, status, reasons, score, created_at)
         VALUES ($1, $2, $3, $4, 'WITHDRAWN', $5, $6, $7)",
    );
    let scope = access::require::<HandleReferrals>(ctx)?;
    let on = day_of(ctx, input.on)?;
    let id = MatchProposalId::random();
    let mut act = match ctx.begin("matchProposalMake", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(MatchProposalId(done)),
    };
    let found = handling::hold(&act, &scope, input.referral, input.version).await?;
    let organisation = found.organisation_id;
    let sought = candidates::sought(&act.tx, input.referral).await?;
    let person = candidates::one(&act.tx, organisation, input.support_person).await?;
    let Some(person) = person else {
        return Err(Error::invalid("supportPersonId", "UNKNOWN"));
    };
    let judged = matching::judge(&sought, &person);
    let values = [
        id.0.into(),
        organisation.0.into(),
        input.referral.0.into(),
        input.support_person.0.into(),
        reasons::write(&judged.reasons).into(),
        i32::try_from(judged.score).unwrap_or(i32::MAX).into(),
        ctx.now.into(),
    ];
    INSERT.run(&act.tx, values).await?;
    let new = New {
        proposal: Some(id),
        channel: Some(input.channel),
        ..New::of(Kind::SupportPersonAsked, on)
    };
    standing::record(&act, organisation, input.referral, new).await?;
    must_have_room(&act.tx, input.support_person, "supportPersonId").await?;
    must_be_new_to_each_other(&act.tx, input.referral, input.support_person).await?;
    act.changed(&scope, organisation, ObjectKind::Referral, input.referral);
    act.changed(
        &scope,
        organisation,
        ObjectKind::SupportPerson,
        input.support_person,
    );
    act.done().await.map(MatchProposalId)
}

/// Records what the support person answered: in the register by themselves, or by phone through the coordinator.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `channel WRONG_CHANNEL`, `on` (`DATE_IN_FUTURE`,
/// `DATE_NOT_TODAY` in the register, `DATES_OUT_OF_ORDER`), `WRONG_STATE`, `SUPPORT_PERSON_NOT_ACTIVE` for a yes.
pub async fn answer(ctx: &Ctx, key: &IdempotencyKey, input: Answer) -> Result<MatchProposalId> {
    let scope = access::require::<AnswerForSupportPerson>(ctx)?;
    let on = day_of(ctx, input.on)?;
    let act = match ctx
        .begin("matchProposalAnswer", key, input.proposal)
        .await?
    {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(MatchProposalId(done)),
    };
    let found = hold(&act, &scope, input.proposal, input.version).await?;
    let is_in_register = input.channel == AskingChannel::Register;
    let is_by_oneself = scope.support_people().contains(&found.person_id);
    let may_tell = match input.channel {
        AskingChannel::Register => is_by_oneself,
        AskingChannel::Phone => scope.covers(found.organisation_id),
    };
    Violations::default()
        .check(may_tell, "channel", "WRONG_CHANNEL")
        .check(!is_in_register || on == ctx.today, "on", "DATE_NOT_TODAY")
        .done()?;
    let kind = if input.agrees {
        Kind::SupportPersonAgreed
    } else {
        Kind::SupportPersonRefused
    };
    let new = New {
        proposal: Some(input.proposal),
        channel: Some(input.channel),
        ..New::of(kind, on)
    };
    standing::record(&act, found.organisation_id, found.referral_id, new).await?;
    if input.agrees && found.status != SupportPersonStatus::Active {
        return Err(Error::invalid("", "SUPPORT_PERSON_NOT_ACTIVE"));
    }
    finish(act, &scope, &found).await
}

/// Records what the supported person said to the proposal, by the professional or the coordinator.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `on` (`DATE_IN_FUTURE`, `DATES_OUT_OF_ORDER`),
/// `WRONG_STATE`.
pub async fn answer_for_supported(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: SupportedAnswer,
) -> Result<MatchProposalId> {
    let scope = access::require::<AnswerForSupported>(ctx)?;
    let on = day_of(ctx, input.on)?;
    let name = "matchProposalAnswerForSupported";
    let act = match ctx.begin(name, key, input.proposal).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(MatchProposalId(done)),
    };
    let found = hold(&act, &scope, input.proposal, input.version).await?;
    let kind = if input.agrees {
        Kind::SupportedAgreed
    } else {
        Kind::SupportedRefused
    };
    let new = New {
        proposal: Some(input.proposal),
        ..New::of(kind, on)
    };
    standing::record(&act, found.organisation_id, found.referral_id, new).await?;
    finish(act, &scope, &found).await
}

/// Takes an open proposal back, whoever has agreed to it by then.
///
/// Errors: as [`answer_for_supported`].
pub async fn withdraw_proposal(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: ProposalWithdraw,
) -> Result<MatchProposalId> {
    let scope = access::require::<HandleReferrals>(ctx)?;
    let on = day_of(ctx, input.on)?;
    let act = match ctx
        .begin("matchProposalWithdraw", key, input.proposal)
        .await?
    {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(MatchProposalId(done)),
    };
    let found = hold(&act, &scope, input.proposal, input.version).await?;
    let new = New {
        proposal: Some(input.proposal),
        ..New::of(Kind::ProposalWithdrawn, on)
    };
    standing::record(&act, found.organisation_id, found.referral_id, new).await?;
    finish(act, &scope, &found).await
}

#[derive(FromQueryResult)]
struct Found {
    id: MatchProposalId,
    organisation_id: OrganisationId,
    referral_id: ReferralId,
    support_person_id: SupportPersonId,
    person_id: rinnalla_entity::ids::PersonId,
    status: SupportPersonStatus,
}

/// Loads a proposal where the scope reaches it, and takes its referral for this transaction.
async fn hold<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    proposal: MatchProposalId,
    version: i32,
) -> Result<Found> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT mp.id, mp.organisation_id, mp.referral_id, mp.support_person_id, sp.person_id, sp.status",
    );
    question
        .words(PROPOSALS_FROM)
        .words("mp.id = ")
        .bind(proposal.0)
        .words(" AND ");
    queries::reaches_proposal(&mut question, scope);
    let Some(found) = question.one::<Found>(&act.tx).await? else {
        act.ctx.refuse(scope, ObjectKind::Referral, proposal);
        return Err(Error::NotFound);
    };
    standing::lock(&act.tx, found.referral_id, version).await?;
    Ok(found)
}

async fn finish<P: Permission>(
    mut act: Act<'_>,
    scope: &Scope<P>,
    found: &Found,
) -> Result<MatchProposalId> {
    let organisation = found.organisation_id;
    act.changed(scope, organisation, ObjectKind::Referral, found.referral_id);
    act.changed(
        scope,
        organisation,
        ObjectKind::SupportPerson,
        found.support_person_id,
    );
    act.done().await?;
    Ok(found.id)
}

/// A support person is active, and has no more relationships and open proposals than they take, this one included.
pub(super) async fn must_have_room(
    tx: &impl ConnectionTrait,
    support_person: SupportPersonId,
    field: &'static str,
) -> Result<()> {
    let room = support_persons::room_of(tx, support_person).await?;
    let room = room.ok_or(Error::NotFound)?;
    let is_active = room.status == SupportPersonStatus::Active;
    Violations::default()
        .check(is_active, field, "SUPPORT_PERSON_NOT_ACTIVE")
        .check(
            room.occupied <= i64::from(room.max_active),
            field,
            "NO_FREE_CAPACITY",
        )
        .done()
}

/// One open relationship for a case and a support person.
async fn must_be_new_to_each_other(
    tx: &impl ConnectionTrait,
    referral: ReferralId,
    support_person: SupportPersonId,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS open FROM support_relationships o JOIN referrals r ON r.case_id = o.case_id
         WHERE r.id = $1 AND o.support_person_id = $2 AND o.status NOT IN ('ENDED', 'CANCELLED')",
    );
    #[derive(FromQueryResult)]
    struct Open {
        open: i64,
    }
    let open: Option<Open> = SQL
        .one(tx, [referral.0.into(), support_person.0.into()])
        .await?;
    if open.is_none_or(|row| row.open == 0) {
        Ok(())
    } else {
        Err(Error::invalid(
            "supportPersonId",
            "RELATIONSHIP_ALREADY_OPEN",
        ))
    }
}
