//! What each figure of the handbook tells.

use async_graphql::SimpleObject;

use super::ParticipationCategory;
use crate::graphql::written::Written;

/// F-1: how far referrals of a year have come (ehdotusten eteneminen).
#[derive(SimpleObject, Written)]
pub struct ReferralFunnel {
    /// Submitted in the year.
    pub(super) submitted: Option<u64>,
    /// A support person was proposed, or more.
    pub(super) proposed: Option<u64>,
    /// A proposal was accepted, or more.
    pub(super) accepted: Option<u64>,
    /// Handed over at a first meeting.
    pub(super) handed_over: Option<u64>,
    /// Of those submitted, how many were handed over.
    pub(super) conversion: Option<f64>,
}

/// F-2: how long the first meeting takes (aika ensitapaamiseen).
#[derive(SimpleObject, Written)]
pub struct TimeToFirstMeeting {
    /// The median of the days from submitting, of those that were handed over.
    pub(super) median_days: Option<f64>,
    /// How many were handed over.
    pub(super) handed_over: Option<u64>,
    /// Of those submitted in the year, how many were not; they are not in the median.
    pub(super) share_not_handed_over: Option<f64>,
    /// How many waited at the year's end, whenever they were submitted.
    pub(super) waiting: Option<u64>,
}

/// One session of courses (kurssikerran läsnäolo).
#[derive(SimpleObject, Written)]
pub struct SessionPresence {
    /// Its number.
    pub(super) no: i32,
    /// Of the marks that were recorded, how many say that somebody was there.
    pub(super) share: Option<f64>,
}

/// F-4: attendance at courses (kurssien läsnäolo).
#[derive(SimpleObject, Written)]
pub struct CourseAttendanceFigure {
    /// Sessions attended, of those that were recorded.
    pub(super) attendance: Option<f64>,
    /// Sessions attended or excused, of all eight.
    pub(super) commitment: Option<f64>,
    /// Session by session.
    pub(super) sessions: Vec<SessionPresence>,
}

/// F-5 and F-6: how courses ended, and what a graduate cost (kurssien tulokset).
#[derive(SimpleObject, Written)]
pub struct CourseCompletion {
    /// Courses that were finished.
    pub(super) courses: Option<u64>,
    /// Who took part, once for each course.
    pub(super) participants: Option<u64>,
    /// Who took part, each person once.
    pub(super) people: Option<u64>,
    /// Who graduated.
    pub(super) graduates: Option<u64>,
    /// Graduates of participants.
    pub(super) share: Option<f64>,
    /// Participants of a course.
    pub(super) mean_participants: Option<f64>,
    /// What was recorded of costs, in cents.
    pub(super) cents: Option<f64>,
    /// The same for each graduate.
    pub(super) cents_each: Option<f64>,
}

/// F-8: visits to drop-in places (käynnit kohtaamispaikoissa).
#[derive(SimpleObject, Written)]
pub struct VisitFigure {
    /// Visits that were counted.
    pub(super) visits: Option<u64>,
    /// Visits of an opening at which some were counted.
    pub(super) per_opening: Option<f64>,
    /// First visits, of all.
    pub(super) first_time_share: Option<f64>,
}

/// A category and how many there are of it (luokka ja sen lukumäärä).
#[derive(SimpleObject, Written)]
pub struct FigureCount {
    /// The category.
    pub(super) code: String,
    /// How many; null where it is hidden.
    pub(super) count: Option<u64>,
}

/// F-10: whether reviews were held in time (väliarvioiden ajoissa pitäminen).
#[derive(SimpleObject, Written)]
pub struct ReviewPunctuality {
    /// Reviews whose window ended in the year.
    pub(super) reviews: Option<u64>,
    /// Held within it.
    pub(super) in_time: Option<u64>,
    /// Of them, those with all three.
    pub(super) joint: Option<u64>,
    /// Neither held nor recorded as not held.
    pub(super) overdue: Option<u64>,
    /// Those in time, of all.
    pub(super) share_in_time: Option<f64>,
    /// Those with all three, of those in time.
    pub(super) share_joint: Option<f64>,
}

/// F-11 and F-15: support persons, their supervision and what they could still take on (tukihenkilöiden voimavarat).
#[derive(SimpleObject, Written)]
pub struct SupportPersonFigure {
    /// Active at the year's end.
    pub(super) active: Option<u64>,
    /// How many more people they could support.
    pub(super) free_capacity: Option<f64>,
    /// Referrals that waited then.
    pub(super) waiting_referrals: Option<u64>,
    /// Free capacity for each that waited.
    pub(super) ratio: Option<f64>,
    /// How many of them had supervision in the year before.
    pub(super) supervised: Option<u64>,
    /// The same by form: in one alone, or in several.
    pub(super) supervised_by_form: Vec<FigureCount>,
    /// The same as a share.
    pub(super) share_supervised: Option<f64>,
    /// Hours of supervision for each active support person.
    pub(super) supervision_hours_each: Option<f64>,
    /// Peer guides and experts, each once in a role.
    pub(super) other_peers: Option<u64>,
    /// Of them, how many had supervision in the year before.
    pub(super) other_peers_supervised: Option<u64>,
    /// Hours of supervision for each of them.
    pub(super) other_peers_hours_each: Option<f64>,
}

/// F-13: experts by experience as full-time ones (kokemusasiantuntijoiden työpanos).
#[derive(SimpleObject, Written)]
pub struct ExpertCapacityFigure {
    /// How many full-time experts there were at the year's end, without what was only applied for.
    pub(super) full_time: Option<f64>,
    /// How many were planned.
    pub(super) planned: Option<f64>,
}

/// F-14: wishes and what came of them, and work for influence (toiveet ja niiden tulokset).
#[derive(SimpleObject, Written)]
pub struct WishFigure {
    /// Wishes that came.
    pub(super) wishes: Option<u64>,
    /// By what came of them.
    pub(super) by_outcome: Vec<FigureCount>,
    /// By area of osallisuus.
    pub(super) by_area: Vec<FigureCount>,
    /// The median of the days until the answer.
    pub(super) median_days: Option<f64>,
    /// Work for influence, by its kind.
    pub(super) influence_by_kind: Vec<FigureCount>,
    /// The same by area of osallisuus.
    pub(super) influence_by_area: Vec<FigureCount>,
    /// Openings at which visits were counted, by the area of osallisuus that they served.
    pub(super) openings_by_area: Vec<FigureCount>,
}

/// F-7: whether places were open as they are meant to be (kohtaamispaikkojen aukiolo).
#[derive(SimpleObject, Written)]
pub struct OpeningFigure {
    /// Weeks of places, each week of each place once.
    pub(super) weeks: Option<u64>,
    /// Weeks with as many open days as the place has said of itself.
    pub(super) kept: Option<u64>,
    /// The same of all weeks.
    pub(super) share: Option<f64>,
    /// The same without weeks in which a public holiday closed the place.
    pub(super) share_without_holidays: Option<f64>,
    /// Hours that a place was open in a week.
    pub(super) hours_a_week: Option<f64>,
}

/// F-12: what of a grant target is nobody (avustuskohteen luvut). Its people are told to its own organisation alone.
#[derive(SimpleObject, Written)]
pub struct GrantTargetFigure {
    /// The grant target.
    pub(super) target: ParticipationCategory,
    /// Activities in which something happened.
    pub(super) activities: Option<u64>,
    /// Visits, sessions and talks.
    pub(super) encounters: Option<u64>,
    /// Organisations with which they were done.
    pub(super) partners: Option<u64>,
}

/// F-17: what a group answered to a survey (kyselykierroksen tulos). No two rounds can be laid beside each other by person.
#[derive(SimpleObject, Written)]
pub struct SurveyWaveFigure {
    /// The round, named after the organisation and its first day.
    pub(super) wave: ParticipationCategory,
    /// Forms that were answered; null where the round is hidden.
    pub(super) forms: Option<u64>,
    /// Statement by statement.
    pub(super) statements: Vec<StatementFigure>,
}

/// What was answered to one statement of a survey (väittämän luvut).
#[derive(SimpleObject, Written)]
pub struct StatementFigure {
    /// Its number, from 1 to 10.
    pub(super) no: i32,
    /// How many answered it.
    pub(super) answers: Option<u64>,
    /// The mean of the answers from 1 to 5.
    pub(super) mean: Option<f64>,
}

/// F-16: how long relationships last, and why they end (tukisuhteiden kesto ja päättyminen).
#[derive(SimpleObject, Written)]
pub struct RelationshipEndings {
    /// How many ended.
    pub(super) ended: Option<u64>,
    /// Why; empty where one of the reasons was given too seldom.
    pub(super) by_reason: Vec<FigureCount>,
    /// The median of the days from beginning to end, by Kaplan and Meier.
    pub(super) median_days: Option<f64>,
}
