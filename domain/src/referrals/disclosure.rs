//! Disclosing a support person's contact details to the professional: an act of its own, written down for good.
//!
//! Contact details flow from the association to the professional, never the other way (the support-person model of
//! Kainuu). What was given to whom and on what ground can be asked for (act 703/2023 § 11), so the row stays even
//! where the disclosure is cancelled: what was seen was seen.

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    DisclosureId, Id as _, MatchProposalId, OrganisationId, PersonId, ReferralActId, ReferralId,
    SupportPersonId, SupportedCaseId,
};
use rinnalla_entity::states::{
    DisclosedMatter, DisclosureBasis, MatchProposalStatus, ReferralActKind, SupportPersonStatus,
};
use sea_orm::FromQueryResult;

use super::standing::{self, New};
use crate::access::{HandleReferrals, Permission, Scope};
use crate::act::{Act, code};
use crate::audit::ObjectKind;
use crate::error::{Error, Result};
use crate::sql::{Sql, ids};

/// What a support relationship begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Disclosed {
    /// The coordinating organisation.
    pub organisation: OrganisationId,
    /// The organisation of the professional.
    pub referring_organisation: OrganisationId,
    /// Whom it is about.
    pub case: SupportedCaseId,
    /// Whose contact details were given.
    pub support_person: SupportPersonId,
    /// The referral that it answers.
    pub referral: ReferralId,
    /// The proposal that was accepted.
    pub proposal: MatchProposalId,
    /// The day.
    pub on: NaiveDate,
}

#[derive(FromQueryResult)]
struct Accepted {
    organisation_id: OrganisationId,
    referring_organisation_id: OrganisationId,
    case_id: SupportedCaseId,
    professional_id: PersonId,
    referral_id: ReferralId,
    support_person_id: SupportPersonId,
    person_id: PersonId,
    support_person_status: SupportPersonStatus,
}

/// Records that the contact details of an accepted proposal's support person are given to the professionals of the
/// case. The caller opens the relationship in the same transaction; `version` is the referral's.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `WRONG_STATE` where the proposal is not accepted,
/// `SUPPORT_PERSON_NOT_ACTIVE`.
pub(crate) async fn record_disclosure(
    act: &mut Act<'_>,
    scope: &Scope<HandleReferrals>,
    proposal: MatchProposalId,
    version: i32,
) -> Result<Disclosed> {
    static ACCEPTED: Sql = Sql::new(
        "SELECT r.organisation_id, r.referring_organisation_id, r.case_id, r.professional_id, mp.referral_id,
           mp.support_person_id, sp.person_id, sp.status AS support_person_status
         FROM match_proposals mp
         JOIN referrals r ON r.id = mp.referral_id
         JOIN support_persons sp ON sp.id = mp.support_person_id
         WHERE mp.id = $1 AND r.organisation_id = ANY_ID($2) AND r.submitted_at IS NOT NULL",
    );
    let ctx = act.ctx;
    let reach = ids(ctx.store.backend(), scope.organisations());
    let accepted: Option<Accepted> = ACCEPTED.one(&act.tx, [proposal.0.into(), reach]).await?;
    let Some(accepted) = accepted else {
        ctx.refuse(scope, ObjectKind::Referral, proposal);
        return Err(Error::NotFound);
    };
    standing::lock(&act.tx, accepted.referral_id, version).await?;
    let new = New {
        proposal: Some(proposal),
        ..New::of(ReferralActKind::DetailsDisclosed, ctx.today)
    };
    standing::record(act, accepted.organisation_id, accepted.referral_id, new).await?;
    if accepted.support_person_status != SupportPersonStatus::Active {
        return Err(Error::invalid("", "SUPPORT_PERSON_NOT_ACTIVE"));
    }
    write_down(act, proposal, &accepted).await?;
    act.changed(
        scope,
        accepted.organisation_id,
        ObjectKind::Referral,
        accepted.referral_id,
    );
    act.changed(
        scope,
        accepted.organisation_id,
        ObjectKind::SupportPerson,
        accepted.support_person_id,
    );
    Ok(Disclosed {
        organisation: accepted.organisation_id,
        referring_organisation: accepted.referring_organisation_id,
        case: accepted.case_id,
        support_person: accepted.support_person_id,
        referral: accepted.referral_id,
        proposal,
        on: ctx.today,
    })
}

/// One row for each professional of the case: each of them can now see the details.
async fn write_down(act: &Act<'_>, proposal: MatchProposalId, accepted: &Accepted) -> Result<()> {
    static TO_WHOM: Sql = Sql::new(
        "SELECT person_id FROM case_professionals WHERE case_id = $1 AND to_on IS NULL ORDER BY is_responsible DESC, id",
    );
    static WRITE: Sql = Sql::new(
        "INSERT INTO disclosures (id, organisation_id, proposal_id, of_person_id, to_person_id, to_organisation_id, what, basis, disclosed_by, disclosed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    #[derive(FromQueryResult)]
    struct To {
        person_id: PersonId,
    }
    let rows: Vec<To> = TO_WHOM.all(&act.tx, [accepted.case_id.0.into()]).await?;
    let mut to: Vec<PersonId> = rows.into_iter().map(|row| row.person_id).collect();
    if to.is_empty() {
        to.push(accepted.professional_id);
    }
    for person in to {
        let values = [
            DisclosureId::random().0.into(),
            accepted.organisation_id.0.into(),
            proposal.0.into(),
            accepted.person_id.0.into(),
            person.0.into(),
            accepted.referring_organisation_id.0.into(),
            code(DisclosedMatter::ContactDetails),
            code(DisclosureBasis::SupportPersonAgreed),
            act.ctx.actor()?.person.0.into(),
            act.ctx.now.into(),
        ];
        WRITE.run(&act.tx, values).await?;
    }
    Ok(())
}

/// Takes back a disclosure that was recorded in error, after its relationship was marked as cancelled in the same
/// transaction: the proposal is accepted again. The row in `disclosures` stays.
///
/// Errors: `Invalid`: `WRONG_STATE` where nothing stands as disclosed or the relationship still does,
/// `LATER_ENTRIES_STAND_ON_IT`.
pub(crate) async fn cancel_disclosure<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    proposal: MatchProposalId,
) -> Result<()> {
    static DISCLOSED: Sql = Sql::new(
        "SELECT a.id, a.referral_id, mp.status FROM match_proposals mp
         JOIN referral_acts a ON a.proposal_id = mp.id AND a.kind = 'DETAILS_DISCLOSED' AND a.cancelled_at IS NULL
         WHERE mp.id = $1",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: ReferralActId,
        referral_id: ReferralId,
        status: MatchProposalStatus,
    }
    let row: Option<Row> = DISCLOSED.one(&act.tx, [proposal.0.into()]).await?;
    let row = row
        .filter(|row| row.status == MatchProposalStatus::Disclosed)
        .ok_or_else(|| Error::invalid("", "WRONG_STATE"))?;
    let held = standing::hold(&act.tx, row.referral_id).await?;
    let handovers = standing::handovers(&act.tx, row.referral_id).await?;
    if handovers.iter().any(|it| it.proposal == proposal) || !standing::strike(act, row.id).await? {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    standing::refold(&act.tx, row.referral_id, |_| {
        Error::invalid("", standing::LATER_ENTRIES)
    })
    .await?;
    act.changed(
        scope,
        held.organisation_id,
        ObjectKind::Referral,
        row.referral_id,
    );
    Ok(())
}
