//! The sheets of experts by experience, of the cohorts in which some were trained, of what they do, and of what volunteers
//! were paid for.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use rinnalla_entity::ids::{ExpertProfileId, Id as _, OrganisationId, PersonId};
use rinnalla_entity::states::{RehabilitationPhase, Role};

use super::cells::{Line, Recognised};
use super::course_told::{AssignmentTold, CohortTold, ExpenseTold, ExpertTold};
use super::own_rows::At;
use super::plan::{Fate, Person, Planned, Planning};
use super::template::Kind;
use crate::expenses::rules::{MOST, MOST_DAYS, YEARS_BACK, faults};
use crate::experts::{LINE_MAX_CHARS, rules};

impl Planning<'_> {
    pub(super) fn read_cohorts(&mut self, sheet: &Recognised<'_>) {
        let mut seen = BTreeMap::new();
        let days = rules::days(self.ctx.today);
        for row in sheet.rows() {
            let at = At {
                sheet,
                row: row.number,
                column: "key",
            };
            let mut key = None;
            let read = self.line(sheet, row, |line| {
                key = line.text("key");
                let name = line.line("name", LINE_MAX_CHARS);
                let trainer = line.text("trainer");
                let [from, until] = term(line, &days);
                Some((name?, trainer, from?, until?, line.version()))
            });
            let Some(key) = key else { continue };
            if !self.is_once(at, &mut seen, &key) {
                continue;
            }
            let planned = read.and_then(|(name, trainer, from, until, version)| {
                let trainer = self.organisation_of(at.under("trainer"), trainer.as_deref())?;
                let told = CohortTold {
                    name,
                    trainer,
                    from,
                    until,
                };
                let known = self.known;
                let own = (Kind::ExpertCohorts, key.as_str());
                self.plan_own(at, own, (told, version), &known.volunteers.cohorts)
            });
            self.name_row(Kind::ExpertCohorts, &key, planned.as_ref().map(|it| it.id));
            self.plan.cohorts.extend(planned);
        }
    }

    pub(super) fn read_experts(&mut self, sheet: &Recognised<'_>) {
        let mut seen = BTreeMap::new();
        let (today, days) = (self.ctx.today, rules::days(self.ctx.today));
        for row in sheet.rows() {
            let at = At {
                sheet,
                row: row.number,
                column: "person",
            };
            let mut person = None;
            let read = self.line(sheet, row, |line| {
                person = line.text("person");
                let trainer = line.text("trainer");
                let cohort = line.text("cohort");
                let trained_on = line.past_day("trained_on", today);
                let is_near = trained_on.is_none_or(|on| days.contains(&on));
                line.check(is_near, "trained_on", "FAR_DAY");
                let is_told = !line.is_empty("trained_on");
                line.check(is_told != cohort.is_some(), "trained_on", "COHORT_OR_DAY");
                let purposes = line.words("purposes");
                let given_on = line.past_day("consent_on", today);
                let until = line.day("consent_until");
                let are_both = line.is_empty("consent_on") == line.is_empty("consent_until");
                line.check(are_both, "consent_until", "CONSENT_INCOMPLETE");
                let consent = given_on.zip(until);
                let fits = consent.is_none_or(|(given, until)| {
                    given <= until && until <= rules::latest_until(given)
                });
                line.check(fits, "consent_until", "CONSENT_TOO_LONG");
                Some((
                    trainer,
                    cohort,
                    trained_on,
                    purposes,
                    consent,
                    line.version(),
                ))
            });
            let Some(key) = person else { continue };
            let Some(person) = self.known_person(sheet, row.number, "person", &key) else {
                continue;
            };
            if !self.is_once(at, &mut seen, &person.encode()) {
                continue;
            }
            let id = read.and_then(
                |(trainer, cohort, trained_on, purposes, consent, version)| {
                    let trainer = self.organisation_of(at.under("trainer"), trainer.as_deref())?;
                    let known = self.known;
                    let cohort = match cohort {
                        None => None,
                        Some(key) => {
                            let stands = |id| known.volunteers.cohorts.contains_key(&id);
                            let at = at.under("cohort");
                            Some(self.row_of(at, Kind::ExpertCohorts, &key, stands)?)
                        }
                    };
                    let told = ExpertTold {
                        person,
                        trainer,
                        cohort,
                        trained_on,
                        purposes,
                        consent,
                    };
                    self.plan_expert(at, told, version)
                },
            );
            self.name_row(Kind::Experts, &person.encode(), id);
        }
    }

    fn plan_expert(
        &mut self,
        at: At<'_, '_>,
        told: ExpertTold,
        version: Option<i64>,
    ) -> Option<ExpertProfileId> {
        let key = told.person.encode();
        let stood = self.known.volunteers.experts.get(&told.person);
        let own = (Kind::Experts, key.as_str());
        match self.own_fate(own, (&told, version), stood.map(|(_, it)| it)) {
            Err(code) => {
                self.note_at(at, code);
                None
            }
            Ok(fate) => {
                let id = stood.map_or_else(ExpertProfileId::random, |(id, _)| *id);
                self.plan.experts.push(Planned {
                    id,
                    told,
                    fate,
                    row: at.row,
                    key: Some(self.known.key(Kind::Experts, &key)),
                });
                Some(id)
            }
        }
    }

    pub(super) fn read_assignments(&mut self, sheet: &Recognised<'_>) {
        let mut seen = BTreeMap::new();
        let days = rules::days(self.ctx.today);
        for row in sheet.rows() {
            let at = At {
                sheet,
                row: row.number,
                column: "key",
            };
            let (mut key, mut expert) = (None, None);
            let read = self.line(sheet, row, |line| {
                key = line.text("key");
                expert = line.text("expert");
                let host = line.text("host");
                let task = line.word("task");
                let place = line.line("place", LINE_MAX_CHARS);
                let share = *rules::WORKING_TIME.start() as i16..=*rules::WORKING_TIME.end() as i16;
                let working_time = line.number("working_time", share);
                let compensation = line.state("compensation");
                let employment = line.state("employment");
                let funding = line.state("funding");
                let phase = line.state("phase").unwrap_or(RehabilitationPhase::Unknown);
                let target_groups = line.words("target_groups");
                let [from, until] = term(line, &days);
                let told = AssignmentTold {
                    // Filled in from the keys of the row.
                    expert: ExpertProfileId(uuid::Uuid::nil()),
                    host: OrganisationId(uuid::Uuid::nil()),
                    task: task?,
                    place,
                    working_time: working_time?,
                    compensation: compensation?,
                    employment: employment?,
                    funding: funding?,
                    phase,
                    target_groups,
                    from: from?,
                    until,
                };
                Some((told, host, line.version()))
            });
            let (Some(key), Some(expert)) = (key, expert) else {
                continue;
            };
            if !self.is_once(at, &mut seen, &key) {
                continue;
            }
            let Some(expert) = self.expert_of(at.under("expert"), &expert) else {
                continue;
            };
            let planned = read.and_then(|(told, host, version)| {
                let host = self.organisation_of(at.under("host"), host.as_deref())?;
                let told = AssignmentTold {
                    expert,
                    host,
                    ..told
                };
                let known = self.known;
                let own = (Kind::ExpertAssignments, key.as_str());
                self.plan_own(at, own, (told, version), &known.volunteers.assignments)
            });
            self.plan.assignments.extend(planned);
        }
    }

    fn expert_of(&mut self, at: At<'_, '_>, key: &str) -> Option<ExpertProfileId> {
        let person = self.known_person(at.sheet, at.row, at.column, key)?;
        let named = self
            .rows
            .get(&(Kind::Experts, super::plan::plain_key(&person.encode())));
        if let Some(named) = named {
            return named.map(ExpertProfileId);
        }
        let found = self
            .known
            .volunteers
            .experts
            .get(&person)
            .map(|(id, _)| *id);
        if found.is_none() {
            self.note_at(at, "NOT_AN_EXPERT");
        }
        found
    }

    pub(super) fn read_expenses(&mut self, sheet: &Recognised<'_>) {
        let mut seen = BTreeMap::new();
        let present = self.ctx.today.year() as i16;
        for row in sheet.rows() {
            let at = At {
                sheet,
                row: row.number,
                column: "key",
            };
            let (mut key, mut person) = (None, None);
            let read = self.line(sheet, row, |line| {
                key = line.text("key");
                person = line.text("person");
                let year = line.number("year", present - YEARS_BACK as i16..=present);
                let kind = line.state("kind");
                let kilometres = line.whole("kilometres", 1..=MOST);
                let days = line.whole("days", 1..=MOST_DAYS);
                let cents = line.sum("sum", MOST);
                let told = ExpenseTold {
                    // Filled in from the key of the row.
                    person: PersonId(uuid::Uuid::nil()),
                    year: year?,
                    kind: kind?,
                    kilometres,
                    days,
                    cents: cents?,
                };
                for (field, code) in faults(told.kind, kilometres, days, told.cents) {
                    let code = match code {
                        "NOT_APPLICABLE" => "NOT_OF_THIS_KIND",
                        _ => "REQUIRED",
                    };
                    line.note(field, code);
                }
                Some((told, line.version()))
            });
            let (Some(key), Some(person)) = (key, person) else {
                continue;
            };
            if !self.is_once(at, &mut seen, &key) {
                continue;
            }
            let person = match self.person(&person) {
                Person::Known(person) => person,
                Person::Faulty => continue,
                Person::Unknown => {
                    self.note_at(at.under("person"), "UNKNOWN_PERSON");
                    continue;
                }
            };
            if !self.is_volunteer(person) {
                self.note_at(at.under("person"), "NOT_A_VOLUNTEER");
                continue;
            }
            let planned = read.and_then(|(told, version)| {
                let told = ExpenseTold { person, ..told };
                let known = self.known;
                let own = (Kind::Expenses, key.as_str());
                self.plan_own(at, own, (told, version), &known.volunteers.expenses)
            });
            self.plan.expenses.extend(planned);
        }
    }

    fn is_volunteer(&self, person: PersonId) -> bool {
        let mut experts = self.plan.experts.iter();
        self.has_role(person, &[Role::Expert, Role::SupportPerson])
            || self.supporters.contains_key(&person)
            || experts.any(|it| it.told.person == person && it.fate == Fate::New)
    }
}

/// The first day and the last of a row.
fn term(
    line: &mut Line<'_>,
    days: &std::ops::RangeInclusive<chrono::NaiveDate>,
) -> [Option<chrono::NaiveDate>; 2] {
    let [from, until] = ["from", "until"].map(|id| {
        let day = line.day(id);
        line.check(day.is_none_or(|day| days.contains(&day)), id, "FAR_DAY");
        day
    });
    let is_ordered = from.is_none_or(|from| until.is_none_or(|until| from <= until));
    line.check(is_ordered, "until", "DATES_OUT_OF_ORDER");
    [from, until]
}
