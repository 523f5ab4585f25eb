//! The figures of the handbook, one typed field each, divided and added up from published cells alone.

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use rinnalla_domain::participation::Row;
use rinnalla_domain::participation::measures::{Breakdown as By, MeasureCode};
use rinnalla_domain::participation::reading::{self, Reading, share};
use rinnalla_domain::survey_waves::rules::STATEMENTS;

use super::category;
use super::figure_types::*;
use crate::graphql::payload::{ctx, for_client};
use crate::graphql::scalars::Date;
use crate::graphql::written::{Answer, written};

/// The figures of a year, as they are published (vuoden osallistumisluvut).
pub struct ParticipationFigures {
    year: i32,
    as_of: Option<NaiveDate>,
}

impl ParticipationFigures {
    async fn read(&self, c: &Context<'_>, tables: &[(MeasureCode, &[By])]) -> Result<Reading> {
        let ctx = ctx(c)?;
        for_client(ctx, reading::read(ctx, self.year, tables, self.as_of).await)
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
#[written]
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

    /// F-7: whether drop-in places were open as they are meant to be.
    async fn opening_compliance(&self, c: &Context<'_>) -> Result<OpeningFigure> {
        let of = MeasureCode::OpeningWeeks;
        let read = self.read(c, &[(of, &[]), (of, &[By::Opened])]).await?;
        let weeks = read.count(0, "");
        let kept = read.sum(1, &["KEPT", "KEPT_WITH_HOLIDAY"]);
        let without = read.sum(1, &["KEPT", "SHORT"]);
        let hours = read.told(0, "", "OPEN_MINUTES").map(|it| it / 60.0);
        Ok(OpeningFigure {
            weeks,
            kept,
            share: share(some(kept), some(weeks)),
            share_without_holidays: share(some(read.count(1, "KEPT")), some(without)),
            hours_a_week: share(hours, some(weeks)),
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
        let (of, others) = (MeasureCode::SupportPersons, MeasureCode::OtherPeers);
        let read = self
            .read(
                c,
                &[
                    (of, &[]),
                    (of, &[By::Supervised]),
                    (MeasureCode::WaitingReferrals, &[]),
                    (others, &[]),
                    (others, &[By::Supervised]),
                ],
            )
            .await?;
        let supervised = |all, by| {
            let without = read.count(by, "NO");
            let all = read.count(all, "").zip(without);
            all.map(|(all, without)| all.saturating_sub(without))
        };
        let hours = |table| {
            read.told(table, "", "SUPERVISION_MINUTES")
                .map(|it| it / 60.0)
        };
        let (active, other_peers) = (read.count(0, ""), read.count(3, ""));
        let by_form = counts(&read, 1).into_iter().filter(|it| it.code != "NO");
        let (free_capacity, waiting_referrals) =
            (read.told(0, "", "FREE_CAPACITY"), read.count(2, ""));
        Ok(SupportPersonFigure {
            active,
            free_capacity,
            waiting_referrals,
            ratio: share(free_capacity, some(waiting_referrals)),
            supervised: supervised(0, 1),
            supervised_by_form: by_form.collect(),
            share_supervised: share(some(supervised(0, 1)), some(active)),
            supervision_hours_each: share(hours(0), some(active)),
            other_peers,
            other_peers_supervised: supervised(3, 4),
            other_peers_hours_each: share(hours(3), some(other_peers)),
        })
    }

    /// F-12: what of grant targets is nobody: activities, encounters, partners.
    async fn grant_targets(&self, c: &Context<'_>) -> Result<Vec<GrantTargetFigure>> {
        let of: [(MeasureCode, &[By]); 3] = [
            (MeasureCode::GrantActivities, &[By::GrantTarget]),
            (MeasureCode::GrantEncounters, &[By::GrantTarget]),
            (MeasureCode::GrantPartners, &[By::GrantTarget]),
        ];
        let read = self.read(c, &of).await?;
        let targets = read.rows(0).iter().filter_map(|row| row.row.clone());
        Ok(targets
            .map(|target| GrantTargetFigure {
                activities: read.count(0, &target.code),
                encounters: read.count(1, &target.code),
                partners: read.count(2, &target.code),
                target: category(Some(&By::GrantTarget), target),
            })
            .collect())
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

    /// F-14: wishes and what came of them, and work for influence.
    async fn wishes(&self, c: &Context<'_>) -> Result<WishFigure> {
        let (of, influence) = (MeasureCode::Wishes, MeasureCode::InfluenceItems);
        let of: [(MeasureCode, &[By]); 6] = [
            (of, &[]),
            (of, &[By::Outcome]),
            (of, &[By::Area]),
            (influence, &[By::Kind]),
            (influence, &[By::Area]),
            (MeasureCode::Visits, &[By::Area]),
        ];
        let read = self.read(c, &of).await?;
        let areas = read.categories(5).into_iter();
        let openings = areas.map(|(code, _)| FigureCount {
            count: read.told(5, &code, "OPENINGS").map(|n| n as u64),
            code,
        });
        Ok(WishFigure {
            wishes: read.count(0, ""),
            by_outcome: counts(&read, 1),
            by_area: counts(&read, 2),
            median_days: read.told(0, "", "DAYS_TO_ANSWER"),
            influence_by_kind: counts(&read, 3),
            influence_by_area: counts(&read, 4),
            openings_by_area: openings.collect(),
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

    /// F-17: what groups answered to surveys, each round by itself.
    async fn survey_waves(&self, c: &Context<'_>) -> Result<Vec<SurveyWaveFigure>> {
        let of = MeasureCode::SurveyAnswers;
        let read = self
            .read(c, &[(of, &[By::Wave]), (of, &[By::Wave, By::Statement])])
            .await?;
        let statement = |wave: &str, no: i32| {
            let answers = read.pair(1, wave, &no.to_string());
            let points = read.told_of_pair(1, wave, &no.to_string(), "POINTS");
            StatementFigure {
                no,
                answers,
                mean: share(points, some(answers)),
            }
        };
        // A round that is hidden is in no table of two: it is named, and nothing is told of it.
        let wave = |row: &Row| {
            let wave = row.row.clone()?;
            let told = if row.cell.is_hidden { 0 } else { STATEMENTS };
            Some(SurveyWaveFigure {
                forms: (told > 0)
                    .then(|| read.pair(1, &wave.code, "FORM"))
                    .flatten(),
                statements: (1..)
                    .take(told)
                    .map(|no| statement(&wave.code, no))
                    .collect(),
                wave: category(Some(&By::Wave), wave),
            })
        };
        Ok(read.rows(0).iter().filter_map(wave).collect())
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
    ) -> Result<Answer<ParticipationFigures>> {
        let ctx = ctx(c)?;
        for_client(
            ctx,
            rinnalla_domain::participation::may_read_year(ctx, year),
        )?;
        Ok(Answer(ParticipationFigures {
            year,
            as_of: as_of.map(|day| day.0),
        }))
    }
}
