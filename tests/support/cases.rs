//! Supported cases with their professionals, and what stands on them, as far as a test needs.

use rinnalla_domain::case_code::CaseCode;
use rinnalla_domain::ids::{
    CaseProfessionalId, DisclosureId, Id as _, MatchProposalId, OrganisationId, PersonId,
    ReferralId, SupportPersonId, SupportRelationshipId, SupportedCaseId,
};
use rinnalla_domain::states::{
    CaseBackground, DisclosedMatter, DisclosureBasis, MatchProposalStatus, ReferralStatus,
    RehabilitationPhase, SupportBackground, SupportForm, SupportPersonStatus,
    SupportRelationshipStatus,
};
use rinnalla_entity::{
    case_professionals, disclosures, match_proposals, referrals, support_persons,
    support_relationships, supported_cases,
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use super::{Actor, App, date};

/// A case with its referral.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub id: SupportedCaseId,
    pub association: OrganisationId,
    pub partner: OrganisationId,
    pub referral: ReferralId,
}

/// What a support person was proposed for.
#[derive(Clone, Copy, Debug)]
pub struct Proposed {
    pub proposal: MatchProposalId,
    pub support_person: SupportPersonId,
    pub person: PersonId,
}

impl App {
    /// A submitted referral of a new case; the first of the professionals is responsible.
    pub async fn case(
        &self,
        association: OrganisationId,
        partner: OrganisationId,
        professionals: &[&Actor],
    ) -> Case {
        let db = self.db().await;
        let now = self.register.clock.now();
        let case = SupportedCaseId::random();
        supported_cases::ActiveModel {
            id: Set(case),
            organisation_id: Set(association),
            referring_organisation_id: Set(partner),
            case_code: Set(CaseCode::random().as_str().to_owned()),
            background: Set(CaseBackground::DependentOrRecovering),
            county_code: Set("20".to_owned()),
            language: Set("fi".to_owned()),
            version: Set(1),
            created_on: Set(date("2026-01-01")),
            given_up_on: Set(None),
            ..Default::default()
        }
        .insert(&db)
        .await
        .unwrap();
        for (n, professional) in professionals.iter().enumerate() {
            case_professionals::ActiveModel {
                id: Set(CaseProfessionalId::random()),
                case_id: Set(case),
                person_id: Set(professional.id),
                is_responsible: Set(n == 0),
                from_on: Set(date("2026-01-01")),
                to_on: Set(None),
            }
            .insert(&db)
            .await
            .unwrap();
        }
        let referral = ReferralId::random();
        referrals::ActiveModel {
            id: Set(referral),
            organisation_id: Set(association),
            referring_organisation_id: Set(partner),
            case_id: Set(case),
            professional_id: Set(professionals[0].id),
            form: Set(SupportForm::Individual),
            phase: Set(RehabilitationPhase::Unknown),
            status: Set(ReferralStatus::Submitted),
            submitted_at: Set(Some(now)),
            proposal_count: Set(0),
            version: Set(1),
            created_at: Set(now),
            ..Default::default()
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        Case {
            id: case,
            association,
            partner,
            referral,
        }
    }

    /// Proposes somebody, who becomes a support person of the association by it, for a case: accepted, not disclosed.
    pub async fn proposed(&self, case: &Case, somebody: &Actor) -> Proposed {
        let db = self.db().await;
        let now = self.register.clock.now();
        let (support_person, proposal) = (SupportPersonId::random(), MatchProposalId::random());
        support_persons::ActiveModel {
            id: Set(support_person),
            organisation_id: Set(case.association),
            person_id: Set(somebody.id),
            background: Set(SupportBackground::OwnRecovery),
            status: Set(SupportPersonStatus::Active),
            birth_decade: Set(None),
            county_code: Set("20".to_owned()),
            weekdays: Set(127),
            max_active: Set(5),
            version: Set(1),
            created_at: Set(now),
            programme_id: Set(None),
            first_programme_id: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        match_proposals::ActiveModel {
            id: Set(proposal),
            organisation_id: Set(case.association),
            referral_id: Set(case.referral),
            support_person_id: Set(support_person),
            status: Set(MatchProposalStatus::Accepted),
            reasons: Set("[]".to_owned()),
            score: Set(0),
            created_at: Set(now),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        Proposed {
            proposal,
            support_person,
            person: somebody.id,
        }
    }

    /// Discloses the support person's details to a professional, without a relationship yet.
    pub async fn disclosed(&self, case: &Case, proposed: &Proposed, to: &Actor) {
        let db = self.db().await;
        let proposal = match_proposals::ActiveModel {
            id: Set(proposed.proposal),
            status: Set(MatchProposalStatus::Disclosed),
            ..Default::default()
        };
        match_proposals::Entity::update(proposal)
            .exec(&db)
            .await
            .unwrap();
        disclosures::ActiveModel {
            id: Set(DisclosureId::random()),
            organisation_id: Set(case.association),
            proposal_id: Set(proposed.proposal),
            of_person_id: Set(proposed.person),
            to_person_id: Set(to.id),
            to_organisation_id: Set(case.partner),
            what: Set(DisclosedMatter::ContactDetails),
            basis: Set(DisclosureBasis::SupportPersonAgreed),
            disclosed_by: Set(to.id),
            disclosed_at: Set(self.register.clock.now()),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
    }

    /// A relationship after the disclosure.
    pub async fn relationship(
        &self,
        case: &Case,
        proposed: &Proposed,
        status: SupportRelationshipStatus,
    ) -> SupportRelationshipId {
        let db = self.db().await;
        let id = SupportRelationshipId::random();
        let is_ended = status == SupportRelationshipStatus::Ended;
        support_relationships::ActiveModel {
            id: Set(id),
            organisation_id: Set(case.association),
            referring_organisation_id: Set(case.partner),
            case_id: Set(case.id),
            support_person_id: Set(proposed.support_person),
            referral_id: Set(case.referral),
            proposal_id: Set(proposed.proposal),
            status: Set(status),
            proposed_on: Set(date("2026-02-01")),
            first_meeting_on: Set(Some(date("2026-02-10"))),
            starts_on: Set(Some(date("2026-02-10"))),
            ended_on: Set(is_ended.then(|| date("2026-10-01"))),
            review_interval_months: Set(3),
            professional_follows: Set(true),
            version: Set(1),
            created_at: Set(self.register.clock.now()),
            ..Default::default()
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        id
    }
}
