//! What a row of courses, trainings, experts and expenses tells once it is understood.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    CourseId, CurriculumId, ExpertCohortId, ExpertProfileId, OrganisationId, PersonId,
    SupportPersonId, TrainingId,
};
use rinnalla_entity::states::{
    AttendanceStatus, Compensation, CourseCostKind, Employment, EnrolmentStatus, ExpenseKind,
    FundingStatus, RehabilitationPhase,
};

use super::told::{Told, told_by_debug};
use crate::courses::rules::SESSIONS;

/// A course, and who leads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CourseTold {
    pub name: String,
    pub unit: Option<String>,
    pub starts_on: NaiveDate,
    /// Minutes after midnight.
    pub starts_at: i16,
    pub lunch_minutes: i16,
    pub baseline: Option<i16>,
    pub limit: Option<i16>,
    /// The version of a curriculum that it follows.
    pub curriculum: Option<CurriculumId>,
    pub goals: BTreeSet<String>,
    pub organisers: BTreeSet<OrganisationId>,
    pub partners: BTreeSet<OrganisationId>,
    pub professionals: BTreeSet<PersonId>,
    pub assistants: BTreeSet<PersonId>,
    pub is_open: bool,
    pub is_cancelled: bool,
}

/// A session of a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SessionTold {
    pub course: CourseId,
    pub no: i16,
    pub on: NaiveDate,
    pub at: i16,
    /// The day for which it was planned at first.
    pub planned_on: NaiveDate,
    pub planned_at: i16,
    pub is_cancelled: bool,
    pub theme: Option<String>,
    pub methods: Option<String>,
    pub materials: Option<String>,
}

/// Marks of the eight sessions, in their order; none where nothing was recorded.
pub(super) type Marks = [Option<AttendanceStatus>; SESSIONS];

/// Somebody's part in a course. Prints nothing of itself: it may hold a name.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct EnrolmentTold {
    pub course: CourseId,
    pub person: Option<PersonId>,
    pub name: Option<String>,
    pub is_pseudonym: bool,
    pub wants_reminders: bool,
    pub applied_on: NaiveDate,
    pub marks: Marks,
    pub status: EnrolmentStatus,
    pub decided_on: Option<NaiveDate>,
    pub next_steps: BTreeSet<String>,
}

impl Told for EnrolmentTold {
    fn content(&self) -> String {
        let rest = (
            (self.course, self.person, self.applied_on, &self.marks),
            (self.is_pseudonym, self.wants_reminders),
            (self.status, self.decided_on, &self.next_steps),
        );
        format!("{}\n{rest:?}", self.name.as_deref().unwrap_or_default())
    }
}

/// A line of what a course cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CostTold {
    pub course: CourseId,
    pub kind: CourseCostKind,
    pub cents: i32,
    /// Who paid how many of the cents.
    pub shares: BTreeMap<String, i32>,
}

/// A training of support persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TrainingTold {
    pub name: String,
    pub trainer: OrganisationId,
    pub first_on: NaiveDate,
    pub second_on: NaiveDate,
    pub is_cancelled: bool,
}

/// A support person's part in a training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartTold {
    pub training: TrainingId,
    pub support_person: SupportPersonId,
    /// Whether they were at the first weekend, and at the second.
    pub was_at: [bool; 2],
}

/// A training of experts that some took together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CohortTold {
    pub name: String,
    pub trainer: OrganisationId,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// An expert by experience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ExpertTold {
    pub person: PersonId,
    pub trainer: OrganisationId,
    pub cohort: Option<ExpertCohortId>,
    pub trained_on: Option<NaiveDate>,
    pub purposes: BTreeSet<String>,
    /// The consent to be listed: its first day and its last.
    pub consent: Option<(NaiveDate, NaiveDate)>,
}

/// What an expert does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AssignmentTold {
    pub expert: ExpertProfileId,
    pub host: OrganisationId,
    pub task: String,
    pub place: Option<String>,
    pub working_time: i16,
    pub compensation: Compensation,
    pub employment: Employment,
    pub funding: FundingStatus,
    pub phase: RehabilitationPhase,
    pub target_groups: BTreeSet<String>,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// What a volunteer was paid for in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ExpenseTold {
    pub person: PersonId,
    pub year: i16,
    pub kind: ExpenseKind,
    pub kilometres: Option<i32>,
    pub days: Option<i32>,
    pub cents: i32,
}

told_by_debug!(
    CourseTold,
    SessionTold,
    CostTold,
    TrainingTold,
    PartTold,
    CohortTold,
    ExpertTold,
    AssignmentTold,
    ExpenseTold
);
