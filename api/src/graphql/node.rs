//! Looking one thing up by its id, whatever it is.
//!
//! An id says which type it is of, so the type's own look-up is called, with its own permission. What is absent, hidden,
//! malformed or not the asker's to ask for at all is null alike: nothing can be learnt from trying ids.

use async_graphql::{Context, ID, Interface, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::{Error, Result as DomainResult};
use rinnalla_domain::ids::{self, Id as _};

use super::caseloads::{CaseProfessional, CaseloadMove};
use super::courses::{Course, CourseSession, Enrolment};
use super::curricula::Curriculum;
use super::drop_in_places::{
    ClosedDay, DropInPlace, Opening, OpeningRule, OpeningShift, PlaceRoleTerm,
};
use super::expenses::Expense;
use super::experts::{ExpertAssignment, ExpertCohort, ExpertProfile};
use super::grant_targets::GrantTarget;
use super::house_meetings::HouseMeeting;
use super::influence_items::InfluenceItem;
use super::joint_reviews::{JointReview, JointReviewRecord};
use super::meetings::Meeting;
use super::organisations::{Organisation, Partnership};
use super::payload::{ctx, for_client};
use super::peer_groups::{Encounter, PeerGroup, PeerGroupMeeting};
use super::people::{Absence, AccessToken, Person, RoleGrant};
use super::person_merges::PersonMerge;
use super::prefetch::Look;
use super::printed_texts::PrintedText;
use super::programmes::{Gate, Programme};
use super::referrals::{Disclosure, MatchProposal, Referral, ReferralAct, SupportedCase};
use super::saved_lists::SavedList;
use super::scalars::Date;
use super::successions::Succession;
use super::supervision_sessions::SupervisionSession;
use super::support_persons::{SupportPerson, SupportPersonAct};
use super::support_relationships::{SupportAgreement, SupportRelationship, SupportRelationshipAct};
use super::survey_waves::SurveyWave;
use super::trainings::Training;
use super::wishes::Wish;
use super::written::Answer;

macro_rules! nodes {
    ($($node:ident($id:ident),)+) => {
        /// Anything that has an id of its own and can be asked for by it (kohde).
        #[derive(Interface)]
        #[graphql(field(name = "id", ty = "ID", desc = "Its id."))]
        #[allow(clippy::large_enum_variant)] // one at a time, and not for long
        pub enum Node {
            $(#[doc = concat!("By its `", stringify!($id), "`.")] $node($node),)+
        }

        impl Node {
            async fn load(ctx: &Ctx, id: &str, look: Look<'_>) -> DomainResult<Option<Self>> {
                $(
                    if let Some(id) = ids::$id::decode(id) {
                        let found = Box::pin($node::load(ctx, id, look)).await?;
                        return Ok(found.map(Self::$node));
                    }
                )+
                Ok(None)
            }
        }
    };
}

nodes! {
    Organisation(OrganisationId),
    Partnership(PartnershipId),
    Person(PersonId),
    RoleGrant(RoleGrantId),
    Absence(AbsenceId),
    AccessToken(AccessTokenId),
    CaseProfessional(CaseProfessionalId),
    CaseloadMove(CaseloadMoveId),
    Succession(SuccessionId),
    Programme(ProgrammeId),
    Gate(GateId),
    SupportPerson(SupportPersonId),
    SupportPersonAct(SupportPersonActId),
    SupportedCase(SupportedCaseId),
    Referral(ReferralId),
    ReferralAct(ReferralActId),
    MatchProposal(MatchProposalId),
    Disclosure(DisclosureId),
    SupportRelationship(SupportRelationshipId),
    SupportRelationshipAct(SupportRelationshipActId),
    SupportAgreement(SupportAgreementId),
    Meeting(MeetingId),
    JointReview(JointReviewId),
    JointReviewRecord(JointReviewRecordId),
    Course(CourseId),
    CourseSession(CourseSessionId),
    Enrolment(EnrolmentId),
    Curriculum(CurriculumId),
    SupervisionSession(SupervisionSessionId),
    DropInPlace(DropInPlaceId),
    PlaceRoleTerm(PlaceRoleTermId),
    OpeningRule(OpeningRuleId),
    Opening(OpeningId),
    OpeningShift(OpeningShiftId),
    ClosedDay(ClosedDayId),
    Wish(WishId),
    HouseMeeting(HouseMeetingId),
    PeerGroup(PeerGroupId),
    PeerGroupMeeting(PeerGroupMeetingId),
    Encounter(EncounterId),
    InfluenceItem(InfluenceItemId),
    GrantTarget(GrantTargetId),
    SurveyWave(SurveyWaveId),
    SavedList(SavedListId),
    PersonMerge(PersonMergeId),
    PrintedText(PrintedTextId),
    Training(TrainingId),
    ExpertProfile(ExpertProfileId),
    ExpertCohort(ExpertCohortId),
    ExpertAssignment(ExpertAssignmentId),
    Expense(ExpenseId),
}

/// The root's own questions.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The day that the register goes by, in Helsinki.
    async fn today(&self, c: &Context<'_>) -> Result<Answer<Date>> {
        Ok(Answer(ctx(c)?.today.into()))
    }

    /// Anything by its id; absent where there is no such thing or it is not one's own to see.
    async fn node(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Option<Node>> {
        let ctx = ctx(c)?;
        match Node::load(ctx, &id, Look::of(c)).await {
            Err(Error::Forbidden) => Ok(None),
            found => for_client(ctx, found),
        }
    }
}
