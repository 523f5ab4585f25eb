//! The beginning: contact details are disclosed, and the two meet for the first time with the professional.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, MatchProposalId, PersonId, SupportRelationshipId};
use rinnalla_entity::states::{HandoverException, SupportRelationshipActKind};
use sea_orm::Value;

use super::acts::{self, Details};
use super::standing::{self, LATER_ENTRIES};
use crate::access::{HandleReferrals, ManageRelationships, require};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::referrals::{self, Disclosed};
use crate::sql::Sql;

/// Discloses the support person's contact details to the professional.
#[derive(Clone, Debug)]
pub struct Disclose {
    /// The accepted proposal.
    pub proposal: MatchProposalId,
    /// The referral's version.
    pub version: i32,
}

/// Takes back a disclosure that was recorded in error.
#[derive(Clone, Debug)]
pub struct CancelDisclosure {
    /// The relationship that it opened.
    pub relationship: SupportRelationshipId,
    /// The relationship's version.
    pub version: i32,
}

/// Records the first meeting.
#[derive(Clone, Debug)]
pub struct RecordFirstMeeting {
    /// The relationship.
    pub relationship: SupportRelationshipId,
    /// The relationship's version.
    pub version: i32,
    /// The day.
    pub held_on: NaiveDate,
    /// Whether the professional was there.
    pub professional_present: bool,
    /// Why not, where not: a coordinator's exception.
    pub exception_reason: Option<HandoverException>,
    /// The professional of the case who handed over.
    pub handover_by: Option<PersonId>,
}

/// Discloses contact details, from the association to the professional, and opens the relationship.
///
/// Errors: as `referrals::record_disclosure`; `RELATIONSHIP_ALREADY_OPEN` where the two have one already.
pub async fn disclose(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: Disclose,
) -> Result<SupportRelationshipId> {
    let scope = require::<HandleReferrals>(ctx)?;
    let id = SupportRelationshipId::random();
    let begun = ctx.begin("matchProposalDiscloseContact", key, id).await?;
    let mut act = match begun {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return Ok(SupportRelationshipId::from_uuid(id)),
    };
    let disclosed =
        referrals::record_disclosure(&mut act, &scope, input.proposal, input.version).await?;
    open(&act, id, &disclosed).await?;
    act.changed(
        &scope,
        disclosed.organisation,
        ObjectKind::SupportRelationship,
        id,
    );
    act.done().await?;
    Ok(id)
}

async fn open(act: &Act<'_>, id: SupportRelationshipId, disclosed: &Disclosed) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO support_relationships (id, organisation_id, referring_organisation_id, case_id, support_person_id,
           referral_id, proposal_id, status, proposed_on, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'PROPOSED', $8, $9)",
    );
    let values: [Value; 9] = [
        id.uuid().into(),
        disclosed.organisation.uuid().into(),
        disclosed.referring_organisation.uuid().into(),
        disclosed.case.uuid().into(),
        disclosed.support_person.uuid().into(),
        disclosed.referral.uuid().into(),
        disclosed.proposal.uuid().into(),
        disclosed.on.into(),
        act.ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(())
}

/// Takes a disclosure back: the relationship is marked as cancelled and the proposal is accepted again. What was seen
/// was seen, so the disclosure stays in its log.
///
/// Errors: `NotFound`, `Conflict`; `Invalid` (`WRONG_STATE`, `LATER_ENTRIES_STAND_ON_IT`).
pub async fn cancel_disclosure(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelDisclosure,
) -> Result<SupportRelationshipId> {
    static CANCEL: Sql = Sql::new(
        "UPDATE support_relationships SET status = 'CANCELLED' WHERE id = $1 AND status = 'PROPOSED'",
    );
    let scope = require::<HandleReferrals>(ctx)?;
    let name = "matchProposalDiscloseContactCancel";
    let mut act = match ctx.begin(name, key, input.relationship).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return Ok(SupportRelationshipId::from_uuid(id)),
    };
    let loaded = standing::take(&act, &scope, input.relationship, input.version).await?;
    if CANCEL.run(&act.tx, [loaded.id.uuid().into()]).await? == 0 {
        return Err(Error::invalid("", LATER_ENTRIES));
    }
    referrals::cancel_disclosure(&mut act, &scope, loaded.proposal_id).await?;
    act.changed(
        &scope,
        loaded.organisation_id,
        ObjectKind::SupportRelationship,
        loaded.id,
    );
    act.done().await?;
    Ok(input.relationship)
}

/// Records the first meeting: the professional is there and hands over, save for a coordinator's exception.
///
/// Errors: `Invalid` (`heldOn`, `professionalPresent`, `exceptionReason`, `handoverById`; `WRONG_STATE`), `NotFound`,
/// `Conflict`.
pub async fn record_first_meeting(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: RecordFirstMeeting,
) -> Result<SupportRelationshipId> {
    let scope = require::<ManageRelationships>(ctx)?;
    let details = Details {
        kind: SupportRelationshipActKind::FirstMeetingHeld,
        on: input.held_on,
        day: "heldOn",
        professional_present: Some(input.professional_present),
        exception_reason: input.exception_reason,
        handover_by: input.handover_by,
        end_reason: None,
    };
    let name = "supportRelationshipRecordFirstMeeting";
    acts::record(
        ctx,
        key,
        &scope,
        name,
        input.relationship,
        input.version,
        details,
    )
    .await
}
