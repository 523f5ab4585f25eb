//! What a file would change: each row compared with what the register has, before anything is written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    CourseCostId, CourseId, CourseSessionId, EnrolmentId, ExpenseId, ExpertAssignmentId,
    ExpertCohortId, ExpertProfileId, Id, MeetingId, OrganisationId, PersonId, RoleGrantId,
    SupportPersonId, SupportRelationshipId, TrainingId, TrainingParticipantId,
};
use rinnalla_entity::states::{Role, SupportPersonStatus};
use uuid::Uuid;

use super::book::{Book, Page};
use super::cells::{Line, Recognised, place};
use super::course_told::{
    AssignmentTold, CohortTold, CostTold, CourseTold, EnrolmentTold, ExpenseTold, ExpertTold,
    PartTold, SessionTold, TrainingTold,
};
use super::finding::Finding;
use super::known::Known;
use super::template::{Kind, SHEETS, Sheet};
use super::told::{MeetingTold, PersonTold, RelationshipTold, RoleTold, SupporterTold, Told};
use crate::ctx::Ctx;
use crate::texts::Language;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    New,
    Same,
    Changed,
}

/// A row that was understood.
pub(super) struct Planned<I, T> {
    pub id: I,
    pub told: T,
    pub fate: Fate,
    pub row: u32,
    /// Under which key it is remembered; none where the key is the register's own.
    pub key: Option<Vec<u8>>,
}

/// Everything that a file tells.
#[derive(Default)]
pub(super) struct Plan {
    pub people: Vec<Planned<PersonId, PersonTold>>,
    pub roles: Vec<Planned<RoleGrantId, RoleTold>>,
    pub supporters: Vec<Planned<SupportPersonId, SupporterTold>>,
    pub relationships: Vec<Planned<SupportRelationshipId, RelationshipTold>>,
    pub meetings: Vec<Planned<MeetingId, MeetingTold>>,
    pub courses: Vec<Planned<CourseId, CourseTold>>,
    pub sessions: Vec<Planned<CourseSessionId, SessionTold>>,
    /// Sessions of new courses of which the file has none: as their plan has them.
    pub planned_sessions: Vec<(CourseSessionId, SessionTold)>,
    pub enrolments: Vec<Planned<EnrolmentId, EnrolmentTold>>,
    pub costs: Vec<Planned<CourseCostId, CostTold>>,
    pub trainings: Vec<Planned<TrainingId, TrainingTold>>,
    pub parts: Vec<Planned<TrainingParticipantId, PartTold>>,
    pub cohorts: Vec<Planned<ExpertCohortId, CohortTold>>,
    pub experts: Vec<Planned<ExpertProfileId, ExpertTold>>,
    pub assignments: Vec<Planned<ExpertAssignmentId, AssignmentTold>>,
    pub expenses: Vec<Planned<ExpenseId, ExpenseTold>>,
    /// The code of the case to which a new relationship belongs, where the file names one.
    pub cases: BTreeMap<SupportRelationshipId, String>,
}

/// Reads a file against what is known, and notes everything that is wrong.
pub(super) struct Planning<'a> {
    pub ctx: &'a Ctx,
    pub known: &'a Known,
    pub language: Language,
    pub findings: Vec<Finding>,
    pub plan: Plan,
    /// Whom a key of the file's people stands for; nobody where the row has faults.
    pub people: HashMap<String, Option<PersonId>>,
    /// Which relationship a key of the file stands for.
    pub relationships: HashMap<String, Option<SupportRelationshipId>>,
    /// Which row a key of another sheet means; nothing where it has faults.
    pub rows: HashMap<(Kind, String), Option<Uuid>>,
    pub role_terms: BTreeMap<(PersonId, OrganisationId, Role), (NaiveDate, Option<NaiveDate>)>,
    /// People of whom a role's row could not be taken.
    pub with_faulty_roles: BTreeSet<PersonId>,
    pub supporters: BTreeMap<PersonId, (SupportPersonId, SupportPersonStatus, i16)>,
}

impl<'a> Planning<'a> {
    pub(super) fn new(ctx: &'a Ctx, known: &'a Known, language: Language) -> Self {
        let role_terms = known
            .grants
            .iter()
            .map(|(key, (_, stood))| (*key, (stood.told.from, stood.told.to)));
        let supporters = known.supporters.iter().map(|(person, (id, stood))| {
            let status = known.status(*id);
            (*person, (*id, status, stood.told.max_active))
        });
        Self {
            role_terms: role_terms.collect(),
            supporters: supporters.collect(),
            ctx,
            known,
            language,
            findings: Vec::new(),
            plan: Plan::default(),
            people: HashMap::new(),
            with_faulty_roles: BTreeSet::new(),
            relationships: HashMap::new(),
            rows: HashMap::new(),
        }
    }

    /// Understands a whole file.
    pub(super) fn read(&mut self, book: &Book) {
        self.findings.extend(book.findings.iter().cloned());
        let mut by_kind: BTreeMap<Kind, &Page> = BTreeMap::new();
        for page in &book.pages {
            match Sheet::named(&page.name) {
                None => {
                    let names: Vec<&str> = SHEETS
                        .iter()
                        .map(|sheet| sheet.names[super::template::of_three(self.language)])
                        .collect();
                    let found = Finding::of_sheet(&page.name, "UNKNOWN_SHEET");
                    self.findings.push(found.tell("names", names.join(", ")));
                }
                Some(sheet) => {
                    if by_kind.insert(sheet.kind, page).is_some() {
                        self.findings
                            .push(Finding::of_sheet(&page.name, "SHEET_TWICE"));
                    }
                }
            }
        }
        if by_kind.is_empty() && self.findings.is_empty() {
            self.findings.push(Finding::of_file("NO_SHEETS"));
        }
        // Who was at which session is read when all sessions are known.
        let rest = by_kind.split_off(&Kind::Enrolments);
        for (kind, page) in by_kind {
            self.read_sheet(kind, page);
        }
        self.plan_missing_sessions();
        for (kind, page) in rest {
            self.read_sheet(kind, page);
        }
        self.hold_sessions_against_marks();
        self.look_at_the_whole();
    }

    fn read_sheet(&mut self, kind: Kind, page: &Page) {
        let sheet = Recognised::of(
            Sheet::of(kind),
            page,
            &self.known.words,
            self.language,
            &mut self.findings,
        );
        match kind {
            Kind::People => self.read_people(&sheet),
            Kind::Roles => self.read_roles(&sheet),
            Kind::SupportPersons => self.read_supporters(&sheet),
            Kind::Relationships => self.read_relationships(&sheet),
            Kind::Meetings => self.read_meetings(&sheet),
            Kind::Courses => self.read_courses(&sheet),
            Kind::CourseSessions => self.read_sessions(&sheet),
            Kind::Enrolments => self.read_enrolments(&sheet),
            Kind::CourseCosts => self.read_costs(&sheet),
            Kind::Trainings => self.read_trainings(&sheet),
            Kind::TrainingParticipants => self.read_parts(&sheet),
            Kind::ExpertCohorts => self.read_cohorts(&sheet),
            Kind::Experts => self.read_experts(&sheet),
            Kind::ExpertAssignments => self.read_assignments(&sheet),
            Kind::Expenses => self.read_expenses(&sheet),
        }
    }

    /// Reads a row; the faults that it has are noted.
    pub(super) fn line<T>(
        &mut self,
        sheet: &Recognised<'_>,
        row: &super::book::Row,
        read: impl FnOnce(&mut Line<'_>) -> Option<T>,
    ) -> Option<T> {
        let before = self.findings.len();
        let mut line = Line::new(sheet, row, &mut self.findings);
        let told = read(&mut line);
        told.filter(|_| self.findings.len() == before)
    }

    pub(super) fn note(
        &mut self,
        sheet: &Recognised<'_>,
        row: u32,
        id: &str,
        code: &'static str,
        told: &[(&'static str, String)],
    ) {
        self.findings.push(place(sheet, row, id, code, told));
    }

    /// Whom a key means: somebody of the file, or somebody whom the register knows.
    pub(super) fn person(&self, key: &str) -> Person {
        if let Some(found) = self.people.get(&plain_key(key)) {
            return found.map_or(Person::Faulty, Person::Known);
        }
        self.known
            .person(key)
            .map_or(Person::Unknown, Person::Known)
    }

    /// What becomes of a row, by what it tells, what the register has, and what was moved in before.
    ///
    /// Errors: the code of a finding, where both the file and the register have changed.
    pub(super) fn fate<T: Told + PartialEq>(
        &self,
        kind: Kind,
        key: &str,
        told: &T,
        stood: Option<&super::told::Stood<T>>,
        version: Option<i64>,
    ) -> Result<Fate, &'static str> {
        let Some(stood) = stood else {
            return Ok(Fate::New);
        };
        if stood.told == *told {
            return Ok(Fate::Same);
        }
        let moved = self.known.moved(kind, key);
        let is_as_before =
            moved.is_some_and(|moved| self.known.is_content(kind, &moved.content_lookup, told));
        if is_as_before && version.is_none() {
            // The file says what it said before; what the register has been told since stands.
            return Ok(Fate::Same);
        }
        let base = version.or(moved.map(|moved| moved.object_version));
        match base == Some(stood.version) {
            true => Ok(Fate::Changed),
            false => Err("CHANGED_SINCE"),
        }
    }

    /// What hangs on several rows at once.
    fn look_at_the_whole(&mut self) {
        let with_roles: BTreeSet<PersonId> =
            self.role_terms.keys().map(|(person, ..)| *person).collect();
        let without: Vec<u32> = self
            .plan
            .people
            .iter()
            .filter(|it| it.fate == Fate::New)
            .filter(|it| !with_roles.contains(&it.id) && !self.supporters.contains_key(&it.id))
            .filter(|it| {
                self.plan
                    .experts
                    .iter()
                    .all(|expert| expert.told.person != it.id)
            })
            .map(|it| it.row)
            .collect();
        if self.findings.is_empty() {
            let sheet = Sheet::of(Kind::People).names[super::template::of_three(self.language)];
            let finding = |row| Finding::of_sheet(sheet, "NO_ROLE").at(row, None);
            self.findings.extend(without.into_iter().map(finding));
        }
    }
}

/// Whom a key means.
pub(super) enum Person {
    Known(PersonId),
    /// A row of the file that has faults of its own, which are told already.
    Faulty,
    Unknown,
}

/// As keys are compared.
pub(super) fn plain_key(key: &str) -> String {
    crate::text::normal_email(key)
}

/// The object of an opaque id.
pub(super) fn of_id<I: Id>(key: &str) -> Option<Uuid> {
    I::decode(key.trim()).map(Id::uuid)
}
