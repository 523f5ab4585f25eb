//! The figures of the handbook, one typed field each, divided and added up from published cells alone.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;
use rinnalla_domain::participation::measures::{Breakdown as By, MeasureCode};
use rinnalla_domain::participation::reading::{self, Reading, share};

use crate::graphql::payload::{answer, ctx};
use crate::graphql::scalars::Date;

/// F-1: how far referrals of a year have come (ehdotusten eteneminen).
#[derive(SimpleObject)]
pub struct ReferralFunnel {
    /// Submitted in the year.
    submitted: Option<u64>,
    /// A support person was proposed, or more.
    proposed: Option<u64>,
    /// A proposal was accepted, or more.
    accepted: Option<u64>,
    /// Handed over at a first meeting.
    handed_over: Option<u64>,
    /// Of those submitted, how many were handed over.
    conversion: Option<f64>,
}

/// F-2: how long the first meeting takes (aika ensitapaamiseen).
#[derive(SimpleObject)]
pub struct TimeToFirstMeeting {
    /// The median of the days from submitting, of those that were handed over.
    median_days: Option<f64>,
    /// How many were handed over.
    handed_over: Option<u64>,
    /// Of those submitted in the year, how many were not; they are not in the median.
    share_not_handed_over: Option<f64>,
    /// How many waited at the year's end, whenever they were submitted.
    waiting: Option<u64>,
}

/// One session of courses (kurssikerran läsnäolo).
#[derive(SimpleObject)]
pub struct SessionPresence {
    /// Its number.
    no: i32,
    /// Of the marks that were recorded, how many say that somebody was there.
    share: Option<f64>,
}

/// F-4: attendance at courses (kurssien läsnäolo).
#[derive(SimpleObject)]
pub struct CourseAttendanceFigure {
    /// Sessions attended, of those that were recorded.
    attendance: Option<f64>,
    /// Sessions attended or excused, of all eight.
    commitment: Option<f64>,
    /// Session by session.
    sessions: Vec<SessionPresence>,
}

/// F-5 and F-6: how courses ended, and what a graduate cost (kurssien tulokset).
#[derive(SimpleObject)]
pub struct CourseCompletion {
    /// Courses that were finished.
    courses: Option<u64>,
    /// Who took part, once for each course.
    participants: Option<u64>,
    /// Who took part, each person once.
    people: Option<u64>,
    /// Who graduated.
    graduates: Option<u64>,
    /// Graduates of participants.
    share: Option<f64>,
    /// Participants of a course.
    mean_participants: Option<f64>,
    /// What was recorded of costs, in cents.
    cents: Option<f64>,
    /// The same for each graduate.
    cents_each: Option<f64>,
}

/// F-8: visits to drop-in places (käynnit kohtaamispaikoissa).
#[derive(SimpleObject)]
pub struct VisitFigure {
    /// Visits that were counted.
    visits: Option<u64>,
    /// Visits of an opening at which some were counted.
    per_opening: Option<f64>,
    /// First visits, of all.
    first_time_share: Option<f64>,
}

/// A category and how many there are of it (luokka ja sen lukumäärä).
#[derive(SimpleObject)]
pub struct FigureCount {
    /// The category.
    code: String,
    /// How many; null where it is hidden.
    count: Option<u64>,
}

/// F-10: whether reviews were held in time (väliarvioiden ajoissa pitäminen).
#[derive(SimpleObject)]
pub struct ReviewPunctuality {
    /// Reviews whose window ended in the year.
    reviews: Option<u64>,
    /// Held within it.
    in_time: Option<u64>,
    /// Of them, those with all three.
    joint: Option<u64>,
    /// Neither held nor recorded as not held.
    overdue: Option<u64>,
    /// Those in time, of all.
    share_in_time: Option<f64>,
    /// Those with all three, of those in time.
    share_joint: Option<f64>,
}

/// F-11 and F-15: support persons, their supervision and what they could still take on (tukihenkilöiden voimavarat).
#[derive(SimpleObject)]
pub struct SupportPersonFigure {
    /// Active at the year's end.
    active: Option<u64>,
    /// How many more people they could support.
    free_capacity: Option<f64>,
    /// Referrals that waited then.
    waiting_referrals: Option<u64>,
    /// Free capacity for each that waited.
    ratio: Option<f64>,
    /// How many of them had supervision in the year before.
    supervised: Option<u64>,
    /// The same as a share.
    share_supervised: Option<f64>,
    /// Hours of supervision for each active support person.
    supervision_hours_each: Option<f64>,
}

/// F-13: experts by experience as full-time ones (kokemusasiantuntijoiden työpanos).
#[derive(SimpleObject)]
pub struct ExpertCapacityFigure {
    /// How many full-time experts there were at the year's end, without what was only applied for.
    full_time: Option<f64>,
    /// How many were planned.
    planned: Option<f64>,
}

/// F-14: wishes and what came of them (toiveet ja niiden tulokset).
#[derive(SimpleObject)]
pub struct WishFigure {
    /// Wishes that came.
    wishes: Option<u64>,
    /// By what came of them.
    by_outcome: Vec<FigureCount>,
    /// By area of osallisuus.
    by_area: Vec<FigureCount>,
    /// The median of the days until the answer.
    median_days: Option<f64>,
}

/// F-16: how long relationships last, and why they end (tukisuhteiden kesto ja päättyminen).
#[derive(SimpleObject)]
pub struct RelationshipEndings {
    /// How many ended.
    ended: Option<u64>,
    /// Why; empty where one of the reasons was given too seldom.
    by_reason: Vec<FigureCount>,
    /// The median of the days from beginning to end, by Kaplan and Meier.
    median_days: Option<f64>,
}

/// The figures of a year, as they are published (vuoden osallistumisluvut).
pub struct ParticipationFigures {
    year: i32,
    as_of: Option<NaiveDate>,
}

impl ParticipationFigures {
    async fn read(&self, c: &Context<'_>, tables: &[(MeasureCode, &[By])]) -> Result<Reading> {
        let ctx = ctx(c)?;
        answer(ctx, reading::read(ctx, self.year, tables, self.as_of).await)
    }
}

fn some(n: Option<u64>) -> Option<f64> {
    n.map(|n| n as f64)
}

fn counts(read: &Reading, table: usize) -> Vec<FigureCount> {
    let found = read.categories(table).into_iter();
    found
        .map(|(code, count)| FigureCount { code, count })
        .collect()
}

/// The figures of a year, as they are published (vuoden osallistumisluvut). Each is one statement; null is what is hidden or
/// not published.
#[Object]
impl ParticipationFigures {
    /// F-1: how far referrals have come.
    async fn referral_funnel(&self, c: &Context<'_>) -> Result<ReferralFunnel> {
        let of = MeasureCode::Referrals;
        let read = self.read(c, &[(of, &[]), (of, &[By::Stage])]).await?;
        let (submitted, handed_over) = (read.count(0, ""), read.count(1, "HANDED_OVER"));
        Ok(ReferralFunnel {
            submitted,
            proposed: read.sum(1, &["PROPOSED", "ACCEPTED", "HANDED_OVER"]),
            accepted: read.sum(1, &["ACCEPTED", "HANDED_OVER"]),
            handed_over,
            conversion: share(some(handed_over), some(submitted)),
        })
    }

    /// F-2: how long the first meeting takes.
    async fn time_to_first_meeting(&self, c: &Context<'_>) -> Result<TimeToFirstMeeting> {
        let of = MeasureCode::Referrals;
        let read = self
            .read(
                c,
                &[
                    (of, &[]),
                    (of, &[By::Stage]),
                    (MeasureCode::WaitingReferrals, &[]),
                ],
            )
            .await?;
        let (all, handed_over) = (read.count(0, ""), read.count(1, "HANDED_OVER"));
        let rest = all
            .zip(handed_over)
            .map(|(all, handed)| all.saturating_sub(handed));
        Ok(TimeToFirstMeeting {
            median_days: handed_over.and_then(|_| read.told(0, "", "DAYS_TO_FIRST_MEETING")),
            handed_over,
            share_not_handed_over: share(some(rest), some(all)),
            waiting: read.count(2, ""),
        })
    }

    /// F-3: support relationships under way at the year's end.
    async fn active_relationships(&self, c: &Context<'_>) -> Result<Option<u64>> {
        let read = self
            .read(c, &[(MeasureCode::ActiveRelationships, &[])])
            .await?;
        Ok(read.count(0, ""))
    }

    /// F-4: attendance at courses.
    async fn course_attendance(&self, c: &Context<'_>) -> Result<CourseAttendanceFigure> {
        let pair = &[By::Session, By::Mark];
        let read = self
            .read(
                c,
                &[
                    (MeasureCode::CourseParticipants, &[]),
                    (MeasureCode::SessionAttendance, pair),
                ],
            )
            .await?;
        let session = |no: i32| {
            let marks = |mark| some(read.pair(1, &no.to_string(), mark));
            let all = marks("THERE")
                .zip(marks("AWAY"))
                .map(|(there, away)| there + away);
            SessionPresence {
                no,
                share: share(marks("THERE"), all),
            }
        };
        let told = |code| read.told(0, "", code);
        let all = some(read.count(0, "")).map(|n| n * 8.0);
        Ok(CourseAttendanceFigure {
            attendance: share(told("ATTENDED"), told("RECORDED")),
            commitment: share(told("KEPT"), all),
            sessions: (1..=8).map(session).collect(),
        })
    }

    /// F-5 and F-6: how courses ended, and what a graduate cost.
    async fn course_completion(&self, c: &Context<'_>) -> Result<CourseCompletion> {
        let of = MeasureCode::CourseParticipants;
        let read = self
            .read(
                c,
                &[
                    (of, &[]),
                    (of, &[By::Result]),
                    (MeasureCode::Courses, &[]),
                    (MeasureCode::CoursePersons, &[]),
                ],
            )
            .await?;
        let (participants, graduates) = (read.count(0, ""), read.count(1, "GRADUATED"));
        let (courses, cents) = (read.count(2, ""), read.told(2, "", "CENTS"));
        Ok(CourseCompletion {
            courses,
            participants,
            people: read.count(3, ""),
            graduates,
            share: share(some(graduates), some(participants)),
            mean_participants: share(some(participants), some(courses)),
            cents,
            cents_each: share(cents, some(graduates)),
        })
    }

    /// F-8: visits to drop-in places.
    async fn visits(&self, c: &Context<'_>) -> Result<VisitFigure> {
        let read = self.read(c, &[(MeasureCode::Visits, &[])]).await?;
        let visits = read.count(0, "");
        Ok(VisitFigure {
            visits,
            per_opening: share(some(visits), read.told(0, "", "OPENINGS")),
            first_time_share: share(read.told(0, "", "FIRST_TIME_VISITS"), some(visits)),
        })
    }

    /// F-9: how far people came who took their first step in the year.
    async fn paths(&self, c: &Context<'_>) -> Result<Vec<FigureCount>> {
        let read = self.read(c, &[(MeasureCode::Paths, &[By::Path])]).await?;
        Ok(counts(&read, 0))
    }

    /// F-10: whether reviews were held in time.
    async fn review_punctuality(&self, c: &Context<'_>) -> Result<ReviewPunctuality> {
        let of = MeasureCode::Reviews;
        let read = self.read(c, &[(of, &[]), (of, &[By::Review])]).await?;
        let reviews = read.count(0, "");
        let in_time = read.sum(1, &["JOINT_IN_TIME", "TWO_IN_TIME"]);
        let joint = read.count(1, "JOINT_IN_TIME");
        Ok(ReviewPunctuality {
            reviews,
            in_time,
            joint,
            overdue: read.count(1, "OVERDUE"),
            share_in_time: share(some(in_time), some(reviews)),
            share_joint: share(some(joint), some(in_time)),
        })
    }

    /// F-11 and F-15: support persons, their supervision and what they could still take on.
    async fn support_persons(&self, c: &Context<'_>) -> Result<SupportPersonFigure> {
        let of = MeasureCode::SupportPersons;
        let read = self
            .read(
                c,
                &[
                    (of, &[]),
                    (of, &[By::Supervised]),
                    (MeasureCode::WaitingReferrals, &[]),
                ],
            )
            .await?;
        let (active, supervised) = (read.count(0, ""), read.count(1, "YES"));
        let (free_capacity, waiting_referrals) =
            (read.told(0, "", "FREE_CAPACITY"), read.count(2, ""));
        let hours = read
            .told(0, "", "SUPERVISION_MINUTES")
            .map(|minutes| minutes / 60.0);
        Ok(SupportPersonFigure {
            active,
            free_capacity,
            waiting_referrals,
            ratio: share(free_capacity, some(waiting_referrals)),
            supervised,
            share_supervised: share(some(supervised), some(active)),
            supervision_hours_each: share(hours, some(active)),
        })
    }

    /// F-13: experts by experience as full-time ones.
    async fn expert_capacity(&self, c: &Context<'_>) -> Result<ExpertCapacityFigure> {
        let of: [(MeasureCode, &[By]); 3] = [
            (MeasureCode::ExpertAssignments, &[]),
            (MeasureCode::ExpertAssignments, &[By::Funding]),
            (MeasureCode::PlannedExperts, &[]),
        ];
        let read = self.read(c, &of).await?;
        let percent = |table, category| read.told(table, category, "WORKING_TIME_PCT");
        // None is applied for where the table has no such row; where it is hidden, neither is what remains told.
        let applied = match read.count(1, "APPLIED") {
            Some(0) => Some(0.0),
            _ => percent(1, "APPLIED"),
        };
        let full_time = percent(0, "")
            .zip(applied)
            .map(|(all, applied)| (all - applied) / 100.0);
        Ok(ExpertCapacityFigure {
            full_time,
            planned: percent(2, "").map(|planned| planned / 100.0),
        })
    }

    /// F-14: wishes and what came of them.
    async fn wishes(&self, c: &Context<'_>) -> Result<WishFigure> {
        let of = MeasureCode::Wishes;
        let read = self
            .read(c, &[(of, &[]), (of, &[By::Outcome]), (of, &[By::Area])])
            .await?;
        Ok(WishFigure {
            wishes: read.count(0, ""),
            by_outcome: counts(&read, 1),
            by_area: counts(&read, 2),
            median_days: read.told(0, "", "DAYS_TO_ANSWER"),
        })
    }

    /// F-16: how long relationships last, and why they end.
    async fn endings(&self, c: &Context<'_>) -> Result<RelationshipEndings> {
        let of = MeasureCode::EndedRelationships;
        let read = self
            .read(
                c,
                &[
                    (of, &[]),
                    (of, &[By::EndReason]),
                    (MeasureCode::RelationshipLength, &[]),
                ],
            )
            .await?;
        Ok(RelationshipEndings {
            ended: read.count(0, ""),
            by_reason: counts(&read, 1),
            median_days: read.told(2, "", "DAYS_MEDIAN"),
        })
    }
}

/// What can be asked of the figures of the handbook.
#[derive(Default)]
pub struct ParticipationFigureQuery;

#[Object]
impl ParticipationFigureQuery {
    /// The figures of a year, as they are published: for analysts and coordinators.
    async fn participation_figures(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The year.")] year: i32,
        #[graphql(desc = "As they were published on this day; today where none is given.")]
        as_of: Option<Date>,
    ) -> Result<ParticipationFigures> {
        let ctx = ctx(c)?;
        answer(
            ctx,
            rinnalla_domain::participation::may_read_year(ctx, year),
        )?;
        Ok(ParticipationFigures {
            year,
            as_of: as_of.map(|day| day.0),
        })
    }
}
