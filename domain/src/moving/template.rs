//! The published template: which sheets a workbook has, which columns a sheet ([`SHEETS`]), and under which headings they
//! are recognised. Somebody who keeps a register in a spreadsheet should find the own columns here again.

pub use super::sheets::SHEETS;
use crate::texts::Language;

/// What one sheet holds, in the order in which the sheets rest on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// People, each once.
    People,
    /// What people are in organisations.
    Roles,
    /// Support persons with their gates.
    SupportPersons,
    /// Support relationships with agreement and last review.
    Relationships,
    /// Meetings of the relationships.
    Meetings,
    /// Courses, and who leads them.
    Courses,
    /// Sessions of courses that are not as a plan would have them.
    CourseSessions,
    /// Who takes part in courses, and was at which session.
    Enrolments,
    /// What courses cost, and who paid.
    CourseCosts,
    /// Trainings of support persons.
    Trainings,
    /// Who took part in them.
    TrainingParticipants,
    /// Trainings of experts by experience that some took together.
    ExpertCohorts,
    /// Experts by experience.
    Experts,
    /// What experts do.
    ExpertAssignments,
    /// What volunteers were paid for in a year.
    Expenses,
}

impl Kind {
    /// The stored form, and the name of the sheet's file among CSV files.
    pub fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Roles => "roles",
            Self::SupportPersons => "support_persons",
            Self::Relationships => "support_relationships",
            Self::Meetings => "meetings",
            Self::Courses => "courses",
            Self::CourseSessions => "course_sessions",
            Self::Enrolments => "enrolments",
            Self::CourseCosts => "course_costs",
            Self::Trainings => "trainings",
            Self::TrainingParticipants => "training_participants",
            Self::ExpertCohorts => "expert_cohorts",
            Self::Experts => "experts",
            Self::ExpertAssignments => "expert_assignments",
            Self::Expenses => "expenses",
        }
    }
}

/// A list of words that a cell may hold; the words stand in [`super::words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Languages of people.
    Language,
    /// Roles.
    Role,
    /// Backgrounds of support persons.
    Background,
    /// States of support persons.
    SupportPersonStatus,
    /// Days of the week.
    Weekday,
    /// Counties, by code or name.
    County,
    /// Interests.
    Interest,
    /// Why somebody is supported.
    CaseBackground,
    /// How the supported next of kin is related.
    KinRelation,
    /// Forms of support.
    Form,
    /// Phases of rehabilitation.
    Phase,
    /// Why a first meeting was without the professional.
    Exception,
    /// How often people meet.
    Rhythm,
    /// Where people meet.
    Place,
    /// How a review was held.
    ReviewChannel,
    /// How it has gone.
    Progress,
    /// What follows a review.
    Outcome,
    /// Why a review is not held.
    NotHeldReason,
    /// Why a relationship ended.
    EndReason,
    /// States of relationships.
    RelationshipStatus,
    /// What people did together.
    Activity,
    /// How people met.
    MeetingChannel,
    /// What a course is to bring.
    CourseGoal,
    /// Whether somebody was at a session.
    Attendance,
    /// How somebody's part in a course stands.
    EnrolmentStatus,
    /// What somebody goes on to after a course.
    NextStep,
    /// What the money of a course went to.
    CourseCostKind,
    /// Who pays for courses.
    Funder,
    /// What an expert was trained for.
    ExpertPurpose,
    /// What an expert does.
    ExpertTask,
    /// What an expert is paid.
    Compensation,
    /// On what terms an expert works.
    Employment,
    /// How the funding of an assignment stands.
    Funding,
    /// Whom an assignment is for.
    TargetGroup,
    /// What a volunteer was paid for.
    ExpenseKind,
    /// Yes or no.
    YesNo,
    /// The word for an agreement without an end, beside a day.
    OpenEnded,
}

impl List {
    /// The list that a code table of the register holds.
    pub(super) fn stored(list: &str) -> Option<Self> {
        Some(match list {
            "INTEREST" => Self::Interest,
            "KIN_RELATION" => Self::KinRelation,
            "ACTIVITY" => Self::Activity,
            "MEETING_PLACE" => Self::Place,
            "COUNTY" => Self::County,
            "COURSE_GOAL" => Self::CourseGoal,
            "NEXT_STEP" => Self::NextStep,
            "FUNDER" => Self::Funder,
            "EXPERT_PURPOSE" => Self::ExpertPurpose,
            "EXPERT_TASK" => Self::ExpertTask,
            "TARGET_GROUP" => Self::TargetGroup,
            _ => return None,
        })
    }
}

/// What a cell of a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The row's own key, or that of another row.
    Key,
    /// Words of one's own.
    Text,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// Keys of several other rows, with semicolons between.
    Keys,
    /// Names of organisations, with semicolons between.
    Names,
    /// A time of day.
    Clock,
    /// A sum in euros.
    Sum,
    /// Words of a list, each with a sum in euros, with semicolons between.
    Shares(List),
    /// One of a list.
    Word(List),
    /// Several of a list, with commas or semicolons between.
    Words(List),
    /// A day, or a word of a list.
    DayOr(List),
    /// Three-digit codes, with commas or semicolons between.
    Codes,
}

/// A column of a sheet.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the program, which is accepted as a heading as well.
    pub id: &'static str,
    /// Its headings in Finnish, Swedish and English.
    pub headings: [&'static str; 3],
    /// What its cells hold.
    pub form: Form,
    /// Whether each row needs it.
    pub is_required: bool,
}

/// A sheet.
#[derive(Debug)]
pub struct Sheet {
    /// What it holds.
    pub kind: Kind,
    /// Its names in Finnish, Swedish and English.
    pub names: [&'static str; 3],
    /// Its columns, in the order in which the template has them.
    pub columns: &'static [Column],
}

const fn column(
    id: &'static str,
    headings: [&'static str; 3],
    form: Form,
    is_required: bool,
) -> Column {
    Column {
        id,
        headings,
        form,
        is_required,
    }
}

pub(super) const fn needs(id: &'static str, headings: [&'static str; 3], form: Form) -> Column {
    column(id, headings, form, true)
}

pub(super) const fn may(id: &'static str, headings: [&'static str; 3], form: Form) -> Column {
    column(id, headings, form, false)
}

/// The name of the sheet with the notes, which an import passes over.
pub const NOTES: [&str; 3] = ["Ohje", "Anvisning", "Notes"];

impl Sheet {
    /// The sheet of a kind.
    pub fn of(kind: Kind) -> &'static Self {
        &SHEETS[kind as usize]
    }

    /// Its name in a language.
    pub fn name(&self, language: Language) -> &'static str {
        self.names[of_three(language)]
    }

    /// The sheet with this name, in any of the languages or as its file is called; `None` where there is none.
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = plain(name);
        SHEETS.iter().find(|sheet| {
            let mut names = sheet.names.iter();
            plain(sheet.kind.code()) == name || names.any(|it| plain(it) == name)
        })
    }

    /// The place of the column with this heading.
    pub fn column_with(&self, heading: &str) -> Option<usize> {
        let heading = plain(heading.trim().trim_end_matches('*'));
        self.columns.iter().position(|column| {
            plain(column.id) == heading || column.headings.iter().any(|it| plain(it) == heading)
        })
    }

    /// The place of a column.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }
}

/// Which of three texts a reader of a language gets.
pub fn of_three(language: Language) -> usize {
    match language.readable(Language::Fi) {
        Language::Sv => 1,
        Language::En => 2,
        _ => 0,
    }
}

/// As headings, names and words are compared: without case, marks between words and doubled space.
pub(super) fn plain(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| {
            if matches!(c, '_' | '-' | '\u{2010}'..='\u{2013}') {
                ' '
            } else {
                c
            }
        })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    crate::text::normal_email(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_heading_stands_for_two_columns_of_a_sheet() {
        for sheet in &SHEETS {
            assert_eq!(Sheet::of(sheet.kind).kind, sheet.kind);
            let mut taken = BTreeSet::new();
            for column in sheet.columns {
                let own: BTreeSet<String> = column.headings.iter().map(|it| plain(it)).collect();
                for heading in own {
                    assert!(taken.insert(heading.clone()), "{:?}: {heading}", sheet.kind);
                }
            }
        }
    }

    #[test]
    fn sheets_and_columns_are_recognised_however_they_are_written() {
        let people = Sheet::named(" HENKILÖT ").unwrap();
        assert_eq!(people.kind, Kind::People);
        assert_eq!(
            Sheet::named("support persons").unwrap().kind,
            Kind::SupportPersons
        );
        assert_eq!(
            Sheet::named("support_persons").unwrap().kind,
            Kind::SupportPersons
        );
        assert!(Sheet::named("Vanhat").is_none());
        assert_eq!(people.column_with("sähköposti*"), people.place("email"));
        assert_eq!(people.column_with("E‐POST"), people.place("email"));
    }
}
