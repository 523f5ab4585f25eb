//! The codes of participation figures.

use crate::graphql::written::Written;
use async_graphql::Enum;
use rinnalla_domain::participation::{Standing, measures};

/// A population that is counted, as its code (tilastoitavan joukon koodi).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "measures::MeasureCode")]
pub enum ParticipationMeasure {
    /// Referrals, by when they were submitted.
    Referrals,
    /// Referrals that wait for their first meeting.
    WaitingReferrals,
    /// Support relationships under way.
    ActiveRelationships,
    /// Support relationships that ended.
    EndedRelationships,
    /// How long support relationships last.
    RelationshipLength,
    /// Meetings.
    Meetings,
    /// Joint reviews, by when their window ended.
    Reviews,
    /// Active support persons.
    SupportPersons,
    /// Courses that were finished.
    Courses,
    /// Who took part in courses, once for each course.
    CourseParticipants,
    /// Who took part in courses, each person once.
    CoursePersons,
    /// Marks of attendance, by the number of the session.
    SessionAttendance,
    /// Paths from one role to the next.
    Paths,
    /// Assignments of experts by experience.
    ExpertAssignments,
    /// Experts that are planned.
    PlannedExperts,
    /// Visits to drop-in places.
    Visits,
    /// Wishes to drop-in places.
    Wishes,
    /// Peer guides and experts by experience, with their supervision.
    OtherPeers,
    /// Weeks of drop-in places, held against what each has said of itself.
    OpeningWeeks,
    /// Work for influence.
    InfluenceItems,
    /// Answers to surveys.
    SurveyAnswers,
    /// Activities that belong to grant targets.
    GrantActivities,
    /// Organisations with which the activities of grant targets were done.
    GrantPartners,
    /// Visits, sessions and talks that belong to grant targets.
    GrantEncounters,
    /// Cases, participants and volunteers of grant targets: for the own organisation alone.
    GrantPeople,
    /// Meetings of support relationships that belong to grant targets: for the own organisation alone.
    GrantMeetings,
}

/// What a table of figures is broken down by (jaottelu).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "measures::Breakdown")]
pub enum ParticipationBreakdown {
    /// The wellbeing services county.
    County,
    /// The organisation.
    Organisation,
    /// The quarters of a year.
    Quarter,
    /// Own recovery, or next of kin.
    Background,
    /// The form of support.
    Form,
    /// What is done.
    Activity,
    /// The area of osallisuus.
    Area,
    /// How far a referral came.
    Stage,
    /// Why a relationship ended.
    EndReason,
    /// How a review was held.
    Review,
    /// Whether somebody had supervision, and in which form.
    Supervised,
    /// How taking part in a course ended.
    Result,
    /// The number of a session.
    Session,
    /// Whether somebody was there.
    Mark,
    /// How far somebody's path has led.
    Path,
    /// An expert's task.
    Task,
    /// An expert's employment.
    Employment,
    /// How an assignment is funded.
    Funding,
    /// What came of a wish, or of work for influence.
    Outcome,
    /// The months of a year.
    Month,
    /// In which role somebody is counted.
    Role,
    /// What kind of work, activity or encounter it is.
    Kind,
    /// Whether a week was kept open, and whether a holiday was in it.
    Opened,
    /// The round of a survey.
    Wave,
    /// The statement of a survey that was answered.
    Statement,
    /// The grant target.
    GrantTarget,
}

/// Whether a table of figures is there (taulukon tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Standing")]
pub enum ParticipationStanding {
    /// It is published.
    Published,
    /// Its period is not over, or was not counted.
    NotPublished,
    /// It is withheld as a whole: what it could show would give somebody away.
    Withheld,
    /// It is exact, for the own organisation's use alone, and not to be passed on.
    Internal,
}
