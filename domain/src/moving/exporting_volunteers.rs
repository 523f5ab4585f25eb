//! Experts by experience, what they do, and what volunteers were paid for, as rows of the template.

use rinnalla_entity::ids::{ExpertProfileId, Id as _};

use super::book::{Cell, Page};
use super::exporting::{Writer, number};
use super::template::{Kind, List};

impl Writer<'_> {
    pub(super) fn expert_cohorts(&self) -> Page {
        let mut cohorts: Vec<_> = self.known.volunteers.cohorts.iter().collect();
        cohorts.sort_by_key(|(id, it)| (it.told.from, **id));
        self.page(
            Kind::ExpertCohorts,
            cohorts.into_iter().map(|(id, it)| {
                let trainer = self.known.organisation_name(it.told.trainer);
                vec![
                    ("key", Cell::Text(id.encode())),
                    ("name", Cell::Text(it.told.name.clone())),
                    ("trainer", Cell::Text(trainer)),
                    ("from", it.told.from.into()),
                    ("until", it.told.until.into()),
                    ("version", number(it.version)),
                ]
            }),
        )
    }

    pub(super) fn experts(&self) -> Page {
        let experts = self.known.volunteers.experts.values();
        let of_known = experts.filter(|(_, it)| self.known.people.contains_key(&it.told.person));
        self.page(
            Kind::Experts,
            of_known.map(|(_, it)| {
                let told = &it.told;
                let trainer = self.known.organisation_name(told.trainer);
                let cohort = told.cohort.map(|id| id.encode());
                vec![
                    ("person", self.person(told.person)),
                    ("trainer", Cell::Text(trainer)),
                    ("cohort", Cell::maybe(cohort)),
                    ("trained_on", told.trained_on.into()),
                    ("purposes", self.words(List::ExpertPurpose, &told.purposes)),
                    ("consent_on", told.consent.map(|(on, _)| on).into()),
                    ("consent_until", told.consent.map(|(_, until)| until).into()),
                    ("version", number(it.version)),
                ]
            }),
        )
    }

    /// The person whom an expert's entry is of.
    fn expert(&self, id: ExpertProfileId) -> Option<Cell> {
        let mut experts = self.known.volunteers.experts.iter();
        let (person, _) = experts.find(|(_, (it, _))| *it == id)?;
        let is_known = self.known.people.contains_key(person);
        is_known.then(|| self.person(*person))
    }

    pub(super) fn expert_assignments(&self) -> Page {
        let mut assignments: Vec<_> = self.known.volunteers.assignments.iter().collect();
        assignments.sort_by_key(|(id, it)| (it.told.from, **id));
        let rows = assignments.into_iter().filter_map(|(id, it)| {
            let told = &it.told;
            let host = self.known.organisation_name(told.host);
            Some(vec![
                ("key", Cell::Text(id.encode())),
                ("expert", self.expert(told.expert)?),
                ("host", Cell::Text(host)),
                ("task", self.word(List::ExpertTask, &told.task)),
                ("place", Cell::maybe(told.place.clone())),
                ("working_time", number(told.working_time.into())),
                (
                    "compensation",
                    self.word(List::Compensation, &told.compensation.code()),
                ),
                (
                    "employment",
                    self.word(List::Employment, &told.employment.code()),
                ),
                ("funding", self.word(List::Funding, &told.funding.code())),
                ("phase", self.word(List::Phase, &told.phase.code())),
                (
                    "target_groups",
                    self.words(List::TargetGroup, &told.target_groups),
                ),
                ("from", told.from.into()),
                ("until", told.until.into()),
                ("version", number(it.version)),
            ])
        });
        self.page(Kind::ExpertAssignments, rows)
    }

    pub(super) fn expenses(&self) -> Page {
        let mut expenses: Vec<_> = self.known.volunteers.expenses.iter().collect();
        expenses.retain(|(_, it)| self.known.people.contains_key(&it.told.person));
        expenses.sort_by_key(|(id, it)| (it.told.year, **id));
        self.page(
            Kind::Expenses,
            expenses.into_iter().map(|(id, it)| {
                let told = &it.told;
                let large = |it: Option<i32>| it.map_or(Cell::Empty, |it| number(it.into()));
                vec![
                    ("key", Cell::Text(id.encode())),
                    ("person", self.person(told.person)),
                    ("year", number(told.year.into())),
                    ("kind", self.word(List::ExpenseKind, &told.kind.code())),
                    ("kilometres", large(told.kilometres)),
                    ("days", large(told.days)),
                    ("sum", Cell::Number(f64::from(told.cents) / 100.0)),
                    ("version", number(it.version)),
                ]
            }),
        )
    }
}
