//! What is counted: one declaration a population. Every figure that is published is read from one of these.
//!
//! One population is one measure. Two measures over the same rows would each hide what the other shows: of the participants
//! who graduated and of those who took part, whoever knows both knows the rest. So graduates are a category of those who took
//! part, and not a measure of their own.

use super::statements;

/// A population that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureCode {
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
}

/// What a table is broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Breakdown {
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
    /// Whether somebody had supervision.
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
    /// What came of a wish.
    Outcome,
}

impl Breakdown {
    /// Reasons are told all or none: to know which one is rare is to know something of somebody (F-16).
    pub(crate) fn is_hidden_as_a_whole(self) -> bool {
        self == Self::EndReason
    }

    /// Its name in the schema.
    pub fn name(self) -> &'static str {
        match self {
            Self::County => "COUNTY",
            Self::Organisation => "ORGANISATION",
            Self::Quarter => "QUARTER",
            Self::Background => "BACKGROUND",
            Self::Form => "FORM",
            Self::Activity => "ACTIVITY",
            Self::Area => "AREA",
            Self::Stage => "STAGE",
            Self::EndReason => "END_REASON",
            Self::Review => "REVIEW",
            Self::Supervised => "SUPERVISED",
            Self::Result => "RESULT",
            Self::Session => "SESSION",
            Self::Mark => "MARK",
            Self::Path => "PATH",
            Self::Task => "TASK",
            Self::Employment => "EMPLOYMENT",
            Self::Funding => "FUNDING",
            Self::Outcome => "OUTCOME",
        }
    }

    /// Its category of a row `x` in a quarter `p`.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::County => "x.county",
            Self::Organisation => "",
            Self::Quarter => "p.quarter",
            Self::Background => "x.background",
            Self::Form => "x.form",
            Self::Activity => "x.activity",
            Self::Area => "x.area",
            Self::Stage => "x.stage",
            Self::EndReason => "x.end_reason",
            Self::Review => "x.review",
            Self::Supervised => statements::WAS_SUPERVISED,
            Self::Result => "x.result",
            Self::Session => "x.session",
            Self::Mark => "x.mark",
            Self::Path => "x.path",
            Self::Task => "x.task",
            Self::Employment => "x.employment",
            Self::Funding => "x.funding",
            Self::Outcome => "x.outcome",
        }
    }
}

/// How what is counted belongs to periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// What happened in a period; quarters add up to the year.
    Happened,
    /// What stood at a period's end; a year's is that of its last quarter.
    Stood,
    /// Different people in a year; they do not add up, so there is one number a year.
    Distinct,
}

/// What is told of a population beside how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summary {
    /// A sum: its code, and what is summed up.
    Sum(&'static str, &'static str),
    /// The median of the days from `from_on` to `to_on`, where both are there: its code.
    Median(&'static str),
    /// The median of the days from `from_on` to `to_on`, by Kaplan and Meier: what goes on counts until the period's end.
    Survival(&'static str),
}

impl Summary {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sum(code, _) | Self::Median(code) | Self::Survival(code) => code,
        }
    }

    pub(crate) fn is_of_days(self) -> bool {
        !matches!(self, Self::Sum(..))
    }
}

/// Who is behind what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// One person or case each.
    Each,
    /// `x.unit`, who may be behind many; at least as many as behind the largest part.
    Some,
    /// `x.unit`, told apart one by one, where they are few.
    Units,
    /// Nobody: openings, courses, anonymous visits, plans. Nothing is hidden.
    Nobody,
}

/// The declaration of a population.
#[derive(Debug)]
pub struct Measure {
    /// Its code.
    pub code: MeasureCode,
    /// Its name in the schema.
    pub name: &'static str,
    /// The figures of the handbook that are read from it.
    pub figures: &'static str,
    /// How it belongs to periods.
    pub counting: Counting,
    /// Who is behind it.
    pub behind: Behind,
    /// Whether how many there are is told.
    pub tells_count: bool,
    /// What it may be broken down by.
    pub breakdowns: &'static [Breakdown],
    /// Which two at once, rows first. They form no ring, which the proof in `suppression` rests on.
    pub tables: &'static [(Breakdown, Breakdown)],
    /// What is told besides.
    pub summaries: &'static [Summary],
    /// The rows, as SQL: `own` (the organisation), `root` (the row that goes over to a successor), a column for each
    /// breakdown, and what the other parts of the declaration use.
    pub(crate) rows: &'static str,
    /// How many a row is.
    pub(crate) count: &'static str,
    /// When a row `x` belongs to a quarter `p`.
    pub(crate) within: &'static str,
}

impl Measure {
    /// The breakdowns that the statement brings: all but quarters.
    pub(crate) fn counted_by(&self) -> impl Iterator<Item = Breakdown> + Clone {
        let all = self.breakdowns.iter().copied();
        all.filter(|by| *by != Breakdown::Quarter)
    }

    /// Whether nothing of it is hidden.
    pub fn is_open(&self) -> bool {
        self.behind == Behind::Nobody
    }

    /// Whether a table by these may be asked for; the order is the asker's.
    pub fn may_be_by(&self, by: &[Breakdown]) -> bool {
        match by {
            [] => true,
            [one] => self.breakdowns.contains(one),
            [one, other] => {
                let asked =
                    |it: &&(Breakdown, Breakdown)| **it == (*one, *other) || **it == (*other, *one);
                self.tables.iter().any(|it| asked(&it))
            }
            _ => false,
        }
    }
}

impl MeasureCode {
    /// The one of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let found = MEASURES.iter().find(|measure| measure.name == name);
        found.map(|measure| measure.code)
    }

    /// The declaration.
    pub fn measure(self) -> &'static Measure {
        let found = MEASURES.iter().find(|measure| measure.code == self);
        found.unwrap_or(&MEASURES[0])
    }
}

const DAY: &str = "x.day BETWEEN p.first_on AND p.last_on";
const UNDER_WAY: &str = "x.from_on <= p.last_on AND (x.until_on IS NULL OR x.until_on > p.last_on)";

use Breakdown as By;

/// Every population.
pub const MEASURES: &[Measure] = &[
    Measure {
        code: MeasureCode::Referrals,
        name: "REFERRALS",
        figures: "F-1, F-2",
        counting: Counting::Happened,
        behind: Behind::Each,
        tells_count: true,
        breakdowns: &[
            By::County,
            By::Organisation,
            By::Background,
            By::Form,
            By::Stage,
            By::Quarter,
        ],
        tables: &[
            (By::County, By::Stage),
            (By::Organisation, By::Stage),
            (By::Quarter, By::Stage),
            (By::Background, By::Stage),
            (By::Form, By::Stage),
        ],
        summaries: &[Summary::Median("DAYS_TO_FIRST_MEETING")],
        count: "1",
        rows: statements::REFERRALS,
        within: DAY,
    },
    Measure {
        code: MeasureCode::WaitingReferrals,
        name: "WAITING_REFERRALS",
        figures: "F-2, F-15",
        counting: Counting::Stood,
        behind: Behind::Each,
        tells_count: true,
        breakdowns: &[By::County, By::Organisation, By::Background],
        tables: &[(By::County, By::Background), (By::County, By::Organisation)],
        summaries: &[],
        count: "1",
        rows: statements::WAITING_REFERRALS,
        within: UNDER_WAY,
    },
    Measure {
        code: MeasureCode::ActiveRelationships,
        name: "ACTIVE_RELATIONSHIPS",
        figures: "F-3",
        counting: Counting::Stood,
        behind: Behind::Each,
        tells_count: true,
        breakdowns: &[By::County, By::Organisation, By::Background, By::Form],
        tables: &[
            (By::County, By::Background),
            (By::County, By::Form),
            (By::County, By::Organisation),
        ],
        summaries: &[],
        count: "1",
        rows: statements::RELATIONSHIPS,
        within: statements::NOT_PAUSED,
    },
    Measure {
        code: MeasureCode::EndedRelationships,
        name: "ENDED_RELATIONSHIPS",
        figures: "F-16",
        counting: Counting::Happened,
        behind: Behind::Each,
        tells_count: true,
        breakdowns: &[
            By::EndReason,
            By::County,
            By::Organisation,
            By::Background,
            By::Quarter,
        ],
        tables: &[(By::County, By::Quarter), (By::County, By::Background)],
        summaries: &[],
        count: "1",
        rows: statements::ENDED_RELATIONSHIPS,
        within: DAY,
    },
    Measure {
        code: MeasureCode::RelationshipLength,
        name: "RELATIONSHIP_LENGTH",
        figures: "F-16",
        counting: Counting::Stood,
        behind: Behind::Each,
        // How many had begun by one day and by another, beside how many are under way, would tell how many ended between.
        tells_count: false,
        breakdowns: &[],
        tables: &[],
        summaries: &[Summary::Survival("DAYS_MEDIAN")],
        count: "1",
        rows: statements::RELATIONSHIPS,
        within: "x.from_on <= p.last_on",
    },
    Measure {
        code: MeasureCode::Meetings,
        name: "MEETINGS",
        figures: "F-12",
        counting: Counting::Happened,
        behind: Behind::Some,
        tells_count: true,
        breakdowns: &[By::Activity, By::Quarter],
        tables: &[(By::Quarter, By::Activity)],
        summaries: &[Summary::Sum("MINUTES", "x.minutes")],
        count: "1",
        rows: statements::MEETINGS,
        within: DAY,
    },
    Measure {
        code: MeasureCode::Reviews,
        name: "REVIEWS",
        figures: "F-10",
        counting: Counting::Happened,
        behind: Behind::Each,
        tells_count: true,
        breakdowns: &[By::Review, By::County, By::Organisation, By::Quarter],
        tables: &[
            (By::County, By::Review),
            (By::Organisation, By::Review),
            (By::Quarter, By::Review),
        ],
        summaries: &[],
        count: "1",
        rows: statements::REVIEWS,
        within: DAY,
    },
    Measure {
        code: MeasureCode::SupportPersons,
        name: "SUPPORT_PERSONS",
        figures: "F-11, F-15",
        counting: Counting::Stood,
        behind: Behind::Each,
        tells_count: true,
        breakdowns: &[By::County, By::Organisation, By::Background, By::Supervised],
        tables: &[
            (By::County, By::Background),
            (By::County, By::Supervised),
            (By::Organisation, By::Supervised),
        ],
        summaries: &[
            Summary::Sum("FREE_CAPACITY", statements::FREE_CAPACITY),
            Summary::Sum("SUPERVISION_MINUTES", statements::SUPERVISION_MINUTES),
        ],
        count: "1",
        rows: statements::SUPPORT_PERSONS,
        within: statements::IS_ACTIVE,
    },
    Measure {
        code: MeasureCode::Courses,
        name: "COURSES",
        figures: "F-5, F-6",
        counting: Counting::Happened,
        behind: Behind::Nobody,
        tells_count: true,
        breakdowns: &[By::County, By::Organisation, By::Quarter],
        tables: &[(By::Organisation, By::Quarter)],
        summaries: &[Summary::Sum("CENTS", "x.cents")],
        count: "1",
        rows: statements::COURSES,
        within: DAY,
    },
    Measure {
        code: MeasureCode::CourseParticipants,
        name: "COURSE_PARTICIPANTS",
        figures: "F-4, F-5, F-6",
        counting: Counting::Happened,
        behind: Behind::Each,
        tells_count: true,
        breakdowns: &[By::Result, By::County, By::Organisation, By::Quarter],
        tables: &[
            (By::County, By::Result),
            (By::Organisation, By::Result),
            (By::Quarter, By::Result),
        ],
        summaries: &[
            Summary::Sum("ATTENDED", "x.attended"),
            Summary::Sum("RECORDED", "x.recorded"),
            Summary::Sum("KEPT", "x.kept"),
        ],
        count: "1",
        rows: statements::COURSE_PARTICIPANTS,
        within: DAY,
    },
    Measure {
        code: MeasureCode::CoursePersons,
        name: "COURSE_PERSONS",
        figures: "F-5",
        counting: Counting::Distinct,
        behind: Behind::Each,
        tells_count: true,
        breakdowns: &[],
        tables: &[],
        summaries: &[],
        count: "1",
        rows: statements::COURSE_PARTICIPANTS,
        within: DAY,
    },
    Measure {
        code: MeasureCode::SessionAttendance,
        name: "SESSION_ATTENDANCE",
        figures: "F-4",
        counting: Counting::Happened,
        behind: Behind::Some,
        tells_count: true,
        breakdowns: &[By::Session, By::Mark],
        tables: &[(By::Session, By::Mark)],
        summaries: &[],
        count: "1",
        rows: statements::SESSION_ATTENDANCE,
        within: DAY,
    },
    Measure {
        code: MeasureCode::Paths,
        name: "PATHS",
        figures: "F-9",
        counting: Counting::Happened,
        behind: Behind::Each,
        tells_count: true,
        breakdowns: &[By::Path, By::Organisation],
        tables: &[(By::Organisation, By::Path)],
        summaries: &[],
        count: "1",
        rows: statements::PATHS,
        within: DAY,
    },
    Measure {
        code: MeasureCode::ExpertAssignments,
        name: "EXPERT_ASSIGNMENTS",
        figures: "F-13",
        counting: Counting::Stood,
        behind: Behind::Units,
        tells_count: true,
        breakdowns: &[By::Organisation, By::Task, By::Employment, By::Funding],
        tables: &[
            (By::Funding, By::Organisation),
            (By::Funding, By::Task),
            (By::Funding, By::Employment),
        ],
        summaries: &[Summary::Sum("WORKING_TIME_PCT", "x.percent")],
        count: "1",
        rows: statements::EXPERT_ASSIGNMENTS,
        within: "x.from_on <= p.last_on AND (x.to_on IS NULL OR x.to_on >= p.last_on)",
    },
    Measure {
        code: MeasureCode::PlannedExperts,
        name: "PLANNED_EXPERTS",
        figures: "F-13",
        counting: Counting::Stood,
        behind: Behind::Nobody,
        tells_count: false,
        breakdowns: &[By::Organisation],
        tables: &[],
        summaries: &[Summary::Sum("WORKING_TIME_PCT", "x.hundredths")],
        count: "1",
        rows: statements::PLANNED_EXPERTS,
        within: "p.quarter LIKE x.year || '%'",
    },
    Measure {
        code: MeasureCode::Visits,
        name: "VISITS",
        figures: "F-8",
        counting: Counting::Happened,
        behind: Behind::Nobody,
        tells_count: true,
        breakdowns: &[By::County, By::Organisation, By::Quarter],
        tables: &[(By::Organisation, By::Quarter)],
        summaries: &[
            Summary::Sum("OPENINGS", "x.openings"),
            Summary::Sum("FIRST_TIME_VISITS", "x.first_time_visits"),
        ],
        count: "x.visits",
        rows: statements::VISITS,
        within: DAY,
    },
    Measure {
        code: MeasureCode::Wishes,
        name: "WISHES",
        figures: "F-14",
        counting: Counting::Happened,
        behind: Behind::Each,
        tells_count: true,
        breakdowns: &[By::Outcome, By::Area, By::Organisation, By::Quarter],
        tables: &[
            (By::Area, By::Outcome),
            (By::Organisation, By::Outcome),
            (By::Quarter, By::Outcome),
        ],
        summaries: &[Summary::Median("DAYS_TO_ANSWER")],
        count: "1",
        rows: statements::WISHES,
        within: DAY,
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_population_is_declared_once_and_under_a_name_of_its_own() {
        let names: BTreeSet<&str> = MEASURES.iter().map(|it| it.name).collect();
        let codes: BTreeSet<MeasureCode> = MEASURES.iter().map(|it| it.code).collect();
        assert_eq!((names.len(), codes.len()), (MEASURES.len(), MEASURES.len()));
        for measure in MEASURES {
            assert_eq!(MeasureCode::named(measure.name), Some(measure.code));
            assert_eq!(measure.code.measure().name, measure.name);
        }
    }

    /// What the proof in `suppression` rests on: the tables of two breakdowns form a tree.
    #[test]
    fn tables_of_two_breakdowns_form_no_ring() {
        for measure in MEASURES {
            let mut groups: Vec<BTreeSet<Breakdown>> = Vec::new();
            for (one, other) in measure.tables {
                assert!(
                    measure.may_be_by(&[*one]) && measure.may_be_by(&[*other]),
                    "{}",
                    measure.name
                );
                let (touched, mut rest): (Vec<_>, Vec<_>) = groups
                    .into_iter()
                    .partition(|it| it.contains(one) || it.contains(other));
                assert!(
                    !touched
                        .iter()
                        .any(|it| it.contains(one) && it.contains(other)),
                    "{}: {one:?} and {other:?} are connected already",
                    measure.name
                );
                rest.push(
                    touched
                        .into_iter()
                        .flatten()
                        .chain([*one, *other])
                        .collect(),
                );
                groups = rest;
            }
        }
    }

    #[test]
    fn what_does_not_add_up_has_no_table_by_quarter() {
        for measure in MEASURES
            .iter()
            .filter(|it| it.counting != Counting::Happened)
        {
            assert!(
                !measure.may_be_by(&[Breakdown::Quarter]),
                "{}",
                measure.name
            );
        }
    }
}
