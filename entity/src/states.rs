//! The closed sets of states and codes, each kept in the database as a short string with a CHECK (or, for roles and
//! kinds, a code table).

use sea_orm::prelude::StringLen;
use sea_orm::{ActiveEnum, DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

macro_rules! states {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
            #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "SCREAMING_SNAKE_CASE")]
            #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
            pub enum $name {
                $($(#[$variant_doc])* $variant),+
            }

            impl $name {
                /// All of them, in the order in which they were written down.
                pub const ALL: &[Self] = &[$(Self::$variant),+];

                /// The stored form, as `IN_TRAINING`.
                pub fn code(self) -> String {
                    self.to_value()
                }
            }
        )+
    };
}

states! {
    /// What kind of body an organisation is.
    OrganisationKind { City, Municipality, WellbeingCounty, Association, Foundation, PrivateProvider }
    /// What a partner does for the coordinating organisation.
    PartnershipKind { Refers, Supervises, Organises }
    /// How far one organisation's taking over from another is.
    SuccessionStatus { Proposed, Made, Withdrawn, Undone }
    /// What a person may be in an organisation; one person may hold any combination.
    Role {
        Professional, Coordinator, Supervisor, Facilitator, PaidGuide, PlaceKeeper, SupportPerson, PeerGuide, Expert,
        Analyst, Dpo, Admin,
    }
    /// A support person's own ground: recovered from dependence, or recovered next of kin.
    SupportBackground { OwnRecovery, NextOfKin }
    SupportPersonStatus { Applicant, InTraining, Trained, Active, Paused, Ended }
    SupportPersonActKind {
        CriterionMet, CriterionNotApplicable, TrainingStarted, TrainingWeekendAttended, EarlierTrainingAttested,
        ConfidentialitySigned, GateAttested, ProgrammeChanged, Activated, Paused, Resumed, Ended,
    }
    /// Why somebody is supported: own dependence or recovery, or as next of kin.
    CaseBackground { DependentOrRecovering, NextOfKin }
    SupportForm { Individual, Family }
    RehabilitationPhase { BeforeRehab, DuringRehab, AfterRehab, NoRehab, Unknown }
    ReferralStatus { Draft, Submitted, Waiting, Proposed, Accepted, HandedOver, Closed, Withdrawn, Declined, Expired }
    MatchProposalStatus { Asked, Offered, Accepted, Disclosed, RefusedBySupportPerson, RefusedBySupported, Withdrawn }
    ReferralActKind {
        InterestConfirmed, ConsentGiven, ConsentWithdrawn, Submitted, KeptWaiting, SupportPersonAsked, SupportPersonAgreed,
        SupportPersonRefused, SupportedAgreed, SupportedRefused, ProposalWithdrawn, DetailsDisclosed, Withdrawn, Declined,
        Expired, Closed,
    }
    /// How a support person's answer came: in the register, or by a phone call that the coordinator recorded.
    AskingChannel { Register, Phone }
    /// Who took a referral back.
    WithdrawnBy { Supported, Professional }
    /// What a disclosure gave.
    DisclosedMatter { ContactDetails, ChangedDetails }
    /// On what ground something was disclosed.
    DisclosureBasis { SupportPersonAgreed }
    SupportRelationshipStatus { Proposed, FirstMeetingHeld, Agreed, Active, Paused, Ended, Cancelled }
    SupportRelationshipActKind { FirstMeetingHeld, Paused, Resumed, Ended }
    EndReason { TermCompleted, BySupported, BySupportPerson, ByAgreement, Moved, Other }
    /// Why a first meeting was held without the professional.
    HandoverException { ProfessionalIll, WishOfSupported, Distance, Other }
    MeetingRhythm { Weekly, EveryTwoWeeks, Monthly, AgreedEachTime }
    MeetingChannel { InPerson, Phone, Video, Message }
    JointReviewStatus { Planned, Held, NotHeld, Cancelled }
    ReviewCancelledReason { Paused, Ended, RecordedInError }
    ReviewRecordKind { Held, NotHeld }
    ReviewChannel { InPerson, Remote }
    /// How the relationship has gone.
    ReviewProgress { Well, Varying, WithDifficulty, NotSaid }
    /// What follows a review.
    ReviewOutcome { Continue, ChangeAgreement, Pause, End }
    NotHeldReason { NotReached, Postponed, NotWanted, ProfessionalAway, Other }
    /// The notices that the worker mails.
    NoticeKind { ReviewComing, ReviewDue, ReviewNudge, ReviewOverdue, ReviewDueNoProfessional, ReviewBooked, SignIn, WeeklyDigest, SessionComing, SessionMoved, SessionCancelled, ListingConsentEnds, SupervisionComing, SupervisionMissing, PlaceWeekPast, PlaceWeekNext, WishesUnanswered }
    /// Whose duty a notice is.
    RecipientRole { Professional, Coordinator, Oneself, Participant, Facilitator, PlaceKeeper, PaidGuide }
    /// The lists whose filters a coordinator may save.
    SavedListKind { SupportRelationships, JointReviews, Referrals, SupportPersons, Notices }
    /// What merging two records of a person did to a row.
    PersonMergeEntryKind {
        RoleEnded, RoleCancelled, RoleGiven, AbsenceMoved, StandInMoved, AbsenceCancelled, SupportPersonMoved,
        ReferralMoved, TokenRevoked, SavedListMoved, EnrolmentMoved, FacilitatorMoved, ExpertMoved, ExpenseMoved,
        SupervisionMoved, ContactRequestMoved, PlaceTermMoved, ShiftMoved, GroupLeaderMoved,
    }
    /// How far a course is; follows from its sessions.
    CourseStatus { Planned, Open, Running, Finished, Cancelled }
    /// Who arranges a course, and who works along.
    CourseOrganiserKind { Organiser, Partner }
    /// What a course's money went to.
    CourseCostKind { Space, Material, Excursion, Other }
    /// As what somebody leads a course.
    FacilitatorKind { Professional, Assistant }
    CourseSessionStatus { Scheduled, Moved, Held, Cancelled }
    EnrolmentStatus { Applied, Enrolled, Graduated, Interrupted, NoShow, Cancelled }
    /// What was decided of somebody's part in a course.
    EnrolmentDecisionKind { Graduated, Interrupted, NoShow }
    /// Whether an expert by experience is trained; follows from days.
    ExpertStatus { InTraining, Trained }
    /// What an expert is paid.
    Compensation { None, Expenses, Fee, Wage }
    /// On what terms an expert works.
    Employment { Volunteer, FixedTerm, Permanent }
    /// What a volunteer was paid for.
    ExpenseKind { OwnVehicle, PublicTransport, Lodging, PerDiem, Other }
    /// How the funding of an assignment stands.
    FundingStatus { Granted, Applied, Ended }
    AttendanceStatus { NotRecorded, Present, Partly, Excused, Absent }
    /// In which form supervision is given.
    SupervisionForm { Group, Individual, Remote }
    SupervisionStatus { Planned, Held, Cancelled }
    /// What somebody answered to an invitation to supervision.
    SupervisionAnswer { NotAnswered, Coming, NotComing }
    /// Whether somebody was at a session of supervision.
    SupervisionPresence { Attended, Absent }
    /// As what somebody is at a drop-in place.
    PlaceRole { PaidGuide, Volunteer, WorkTryout, PeerGuide }
    /// Why a drop-in place is closed.
    ClosedReason { Holiday, Staff, Other }
    /// How a wish came.
    WishSource { Form, Paper }
    WishStatus { Received, Discussed, Planned, Done, NotPossible }
    HouseMeetingStatus { Planned, Held, Cancelled }
    /// What the money of a drop-in place went to.
    PlaceCostKind { Space, Wages, Material, Activity, Other }
    PeerGroupKind { PeerGroup, SelfHelp, Guided }
    /// What was done for influence.
    InfluenceKind { Initiative, CustomerPanel, Procurement, Hearing, Statement }
    InfluenceOutcome { Pending, Accepted, PartlyAccepted, Noted, Rejected }
    /// What kind of grant a target's is: STEA's general, targeted and project grants, or another funder's.
    GrantKind { General, Targeted, Project, Other }
    /// How a survey was answered.
    SurveySource { Form, Paper }
    /// What an association has printed in its own words.
    PrintedTextKind { AgreementTemplate, ReviewQuestions }
    OutboxStatus { Planned, Claimed, Sent, Skipped, Cancelled, Dead }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_stored_in_capitals() {
        assert_eq!(SupportPersonStatus::InTraining.code(), "IN_TRAINING");
        assert_eq!(
            ReferralActKind::DetailsDisclosed.code(),
            "DETAILS_DISCLOSED"
        );
    }
}
