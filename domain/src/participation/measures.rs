//! What is counted: one declaration a population. Every figure that is published is read from one of these.
//!
//! One population is one measure. Two measures over the same rows would each hide what the other shows: of the participants
//! who graduated and of those who took part, whoever knows both knows the rest. So graduates are a category of those who took
//! part, and not a measure of their own.

pub use super::declared::MEASURES;
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
    /// Cases, participants and volunteers of grant targets.
    GrantPeople,
    /// Meetings of support relationships that belong to grant targets.
    GrantMeetings,
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

impl Breakdown {
    /// Reasons are told all or none: to know which one is rare is to know something of somebody (F-16).
    pub(crate) fn is_hidden_as_a_whole(self) -> bool {
        self == Self::EndReason
    }

    /// Whether its categories are things of the register, known by their ids and told with their names.
    pub(crate) fn is_of_ids(self) -> bool {
        matches!(self, Self::Organisation | Self::Wave | Self::GrantTarget)
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
            Self::Month => "MONTH",
            Self::Role => "ROLE",
            Self::Kind => "KIND",
            Self::Opened => "OPENED",
            Self::Wave => "WAVE",
            Self::Statement => "STATEMENT",
            Self::GrantTarget => "GRANT_TARGET",
        }
    }

    /// Its category of a row `x` in a quarter `p`.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::County => "x.county",
            Self::Organisation | Self::Opened => "",
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
            Self::Month => "x.month",
            Self::Role => "x.role",
            Self::Kind => "x.kind",
            Self::Wave => "x.wave",
            Self::Statement => "x.statement",
            Self::GrantTarget => "x.target",
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
    /// The same people that other populations count, cut otherwise: whoever had both could work out what either hides. So it
    /// is never published; the own organisation is told of it.
    Untold,
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

    /// Whether it is for the own organisation alone.
    pub fn is_untold(&self) -> bool {
        self.behind == Behind::Untold
    }

    /// Whether its rows are drop-in places whose weeks are counted: a calendar comes from rules and is not in the database.
    pub(crate) fn is_of_weeks(&self) -> bool {
        self.breakdowns.contains(&Breakdown::Opened)
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
