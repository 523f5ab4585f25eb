//! Courses and trainings as rows of the template.

use std::collections::BTreeSet;

use rinnalla_entity::ids::{CurriculumId, Id as _, OrganisationId, PersonId};

use super::book::{Cell, Page};
use super::course_rows::numbered;
use super::course_told::EnrolmentTold;
use super::enrolment_rows::SESSION;
use super::exporting::{Writer, number};
use super::figures::shown_clock;
use super::template::{Kind, List, plain};

impl Writer<'_> {
    fn organisations(&self, ids: &BTreeSet<OrganisationId>) -> Cell {
        let names = ids.iter().map(|id| self.known.organisation_name(*id));
        Cell::text(&names.collect::<Vec<_>>().join("; "))
    }

    fn people_named(&self, ids: &BTreeSet<PersonId>) -> Cell {
        let keys = ids.iter().filter_map(|id| match self.person(*id) {
            Cell::Text(key) => Some(key),
            _ => None,
        });
        Cell::text(&keys.collect::<Vec<_>>().join("; "))
    }

    /// A version of a curriculum by its name and number, where no other has both.
    fn curriculum(&self, id: CurriculumId) -> String {
        let all = &self.known.taught.curricula;
        let name = all.iter().find(|it| it.id == id).map(numbered);
        let is_one = |name: &String| {
            all.iter()
                .filter(|it| plain(&numbered(it)) == plain(name))
                .count()
                == 1
        };
        name.filter(is_one).unwrap_or_else(|| id.encode())
    }

    pub(super) fn courses(&self) -> Page {
        let mut courses: Vec<_> = self.known.taught.courses.iter().collect();
        courses.sort_by_key(|(id, it)| (it.told.starts_on, **id));
        self.page(
            Kind::Courses,
            courses.into_iter().map(|(id, it)| {
                let told = &it.told;
                let small = |it: Option<i16>| it.map_or(Cell::Empty, |it| number(it.into()));
                vec![
                    ("key", Cell::Text(id.encode())),
                    ("name", Cell::Text(told.name.clone())),
                    ("unit", Cell::maybe(told.unit.clone())),
                    ("starts_on", told.starts_on.into()),
                    ("starts_at", shown_clock(told.starts_at)),
                    ("lunch", number(told.lunch_minutes.into())),
                    ("baseline", small(told.baseline)),
                    ("limit", small(told.limit)),
                    (
                        "curriculum",
                        Cell::maybe(told.curriculum.map(|id| self.curriculum(id))),
                    ),
                    ("goals", self.words(List::CourseGoal, &told.goals)),
                    ("organisers", self.organisations(&told.organisers)),
                    ("partners", self.organisations(&told.partners)),
                    ("professionals", self.people_named(&told.professionals)),
                    ("assistants", self.people_named(&told.assistants)),
                    ("opened", self.yes_no(told.is_open)),
                    ("cancelled", self.yes_no(told.is_cancelled)),
                    ("version", number(it.version)),
                ]
            }),
        )
    }

    pub(super) fn course_sessions(&self) -> Page {
        let mut sessions: Vec<_> = self.known.taught.sessions.iter().collect();
        sessions.sort_by_key(|(id, it)| (it.told.course, it.told.no, it.told.on, **id));
        self.page(
            Kind::CourseSessions,
            sessions.into_iter().map(|(id, it)| {
                let told = &it.told;
                vec![
                    ("key", Cell::Text(id.encode())),
                    ("course", Cell::Text(told.course.encode())),
                    ("no", number(told.no.into())),
                    ("on", told.on.into()),
                    ("starts_at", shown_clock(told.at)),
                    ("planned_on", told.planned_on.into()),
                    ("planned_at", shown_clock(told.planned_at)),
                    ("cancelled", self.yes_no(told.is_cancelled)),
                    ("theme", Cell::maybe(told.theme.clone())),
                    ("methods", Cell::maybe(told.methods.clone())),
                    ("materials", Cell::maybe(told.materials.clone())),
                    ("version", number(it.version)),
                ]
            }),
        )
    }

    pub(super) fn enrolments(&self) -> Page {
        let mut enrolments: Vec<_> = self.known.taught.enrolments.iter().collect();
        // Somebody who was erased, or whose name opens no more, has nothing by which to be known again.
        enrolments.retain(|(_, it)| match it.told.person {
            Some(person) => self.known.people.contains_key(&person),
            None => it.told.name.is_some(),
        });
        enrolments.sort_by_key(|(id, it)| (it.told.course, **id));
        self.page(
            Kind::Enrolments,
            enrolments.into_iter().map(|(id, it)| {
                let mut cells = vec![("key", Cell::Text(id.encode()))];
                cells.extend(self.enrolment(&it.told));
                cells.push(("version", number(it.version)));
                cells
            }),
        )
    }

    fn enrolment(&self, told: &EnrolmentTold) -> Vec<(&'static str, Cell)> {
        let mut cells = vec![
            ("course", Cell::Text(told.course.encode())),
            (
                "person",
                told.person.map_or(Cell::Empty, |it| self.person(it)),
            ),
            ("name", Cell::maybe(told.name.clone())),
            ("pseudonym", self.yes_no(told.is_pseudonym)),
            ("reminders", self.yes_no(told.wants_reminders)),
            ("applied_on", told.applied_on.into()),
            (
                "status",
                self.word(List::EnrolmentStatus, &told.status.code()),
            ),
            ("decided_on", told.decided_on.into()),
            ("next_steps", self.words(List::NextStep, &told.next_steps)),
        ];
        let marks = SESSION.into_iter().zip(&told.marks);
        cells.extend(marks.map(|(column, mark)| {
            let code = mark.map(|it| it.code());
            (column, self.maybe(List::Attendance, code.as_deref()))
        }));
        cells
    }

    pub(super) fn trainings(&self) -> Page {
        let mut trainings: Vec<_> = self.known.taught.trainings.iter().collect();
        trainings.sort_by_key(|(id, it)| (it.told.first_on, **id));
        self.page(
            Kind::Trainings,
            trainings.into_iter().map(|(id, it)| {
                let trainer = self.known.organisation_name(it.told.trainer);
                vec![
                    ("key", Cell::Text(id.encode())),
                    ("name", Cell::Text(it.told.name.clone())),
                    ("trainer", Cell::Text(trainer)),
                    ("first_on", it.told.first_on.into()),
                    ("second_on", it.told.second_on.into()),
                    ("cancelled", self.yes_no(it.told.is_cancelled)),
                    ("version", number(it.version)),
                ]
            }),
        )
    }

    pub(super) fn training_participants(&self) -> Page {
        let mut parts: Vec<_> = self.known.taught.parts.iter().collect();
        parts.sort_by_key(|(id, it)| (it.told.training, **id));
        let rows = parts.into_iter().filter_map(|(_, it)| {
            let person = self.supporter(it.told.support_person);
            (person != Cell::Empty).then(|| {
                vec![
                    ("training", Cell::Text(it.told.training.encode())),
                    ("support_person", person),
                    ("first", self.yes_no(it.told.was_at[0])),
                    ("second", self.yes_no(it.told.was_at[1])),
                ]
            })
        });
        self.page(Kind::TrainingParticipants, rows)
    }
}
