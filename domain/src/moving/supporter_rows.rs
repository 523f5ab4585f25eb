//! The sheet of support persons: gates and states as their own rules have them.

use std::collections::HashMap;

use chrono::{Datelike as _, NaiveDate};
use rinnalla_entity::ids::{Id as _, PersonId, SupportPersonActId, SupportPersonId};
use rinnalla_entity::states::{SupportPersonActKind, SupportPersonStatus};

use super::book::Row;
use super::cells::{Line, Recognised};
use super::known::Known;
use super::plan::{Planned, Planning};
use super::template::Kind;
use super::told::{ACTS, SupporterTold};
use crate::support_persons::rules::{self, Entry, Fault};

/// A support person's acts in the order in which they are recorded, by day; with those that no file tells.
pub(super) fn in_order(told: &SupporterTold, others: &[Entry]) -> Vec<Entry> {
    let own = told.acts.iter().map(|(kind, on)| Entry {
        id: SupportPersonActId::random(),
        kind: *kind,
        on: *on,
        gate: None,
        programme: None,
        expert: None,
    });
    let mut entries: Vec<Entry> = others.iter().copied().chain(own).collect();
    entries.sort_by_key(|entry| entry.on);
    entries
}

/// How a support person stands, by the rules of support persons.
pub(super) fn status_of(
    known: &Known,
    id: Option<SupportPersonId>,
    told: &SupporterTold,
) -> SupportPersonStatus {
    let (ground, others) = known.ground(id, told.background);
    rules::fold(&ground, &in_order(told, others)).status
}

impl Planning<'_> {
    pub(super) fn read_supporters(&mut self, sheet: &Recognised<'_>) {
        let mut seen: HashMap<PersonId, u32> = HashMap::new();
        for row in sheet.rows() {
            let (known, today) = (self.known, self.ctx.today);
            let mut person = None;
            let (mut status, mut is_sound) = (None, false);
            let read = self.line(sheet, row, |line| {
                let before = line.faults();
                person = line.text("person");
                status = line.state::<SupportPersonStatus>("status");
                let background = line.state("background");
                let county = line.word("county");
                let birth_decade = decade(line, today);
                let weekdays = line.words("weekdays");
                let max_active = line.number("max_active", 1..=20);
                let interests = line.words("interests");
                let languages = line.words("languages");
                let municipalities = line.words("municipalities");
                let mut acts = Vec::new();
                for (column, kind) in ACTS {
                    acts.extend(line.past_day(column, today).map(|on| (kind, on)));
                }
                let told = SupporterTold {
                    person: PersonId::random(),
                    background: background?,
                    county: county.unwrap_or_else(|| known.own.county_code.clone()),
                    birth_decade,
                    weekdays: mask(&weekdays),
                    max_active: max_active.unwrap_or(known.own.max_active_default),
                    interests,
                    languages,
                    municipalities,
                    acts,
                };
                is_sound = line.faults() == before;
                Some((told, line.version()))
            });
            let Some(key) = person else { continue };
            let Some(person) = self.known_person(sheet, row.number, "person", &key) else {
                continue;
            };
            if let Some(first) = seen.insert(person, row.number) {
                self.note(
                    sheet,
                    row.number,
                    "person",
                    "KEY_TWICE",
                    &[("row", first.to_string())],
                );
                continue;
            }
            let stood = self.known.supporters.get(&person);
            let id = stood.map_or_else(SupportPersonId::random, |(id, _)| *id);
            let read = read.filter(|(told, _)| {
                let id = stood.map(|(id, _)| *id);
                is_sound && self.walk(sheet, row, id, told, status)
            });
            let Some((told, version)) = read else {
                // Whoever stands in a row with faults is no unknown support person besides.
                let assumed = (id, SupportPersonStatus::Active, i16::MAX);
                self.supporters.insert(person, assumed);
                continue;
            };
            let mut told = SupporterTold { person, ..told };
            if told.languages.is_empty() {
                let known = stood.map(|(_, it)| it.told.languages.clone());
                told.languages = known.unwrap_or_else(|| ["fi".to_owned()].into());
            }
            let key = person.encode();
            match self.fate(
                Kind::SupportPersons,
                &key,
                &told,
                stood.map(|(_, it)| it),
                version,
            ) {
                Err(code) => self.note(sheet, row.number, "person", code, &[]),
                Ok(fate) => {
                    let stands = (id, status_of(self.known, Some(id), &told), told.max_active);
                    self.supporters.insert(person, stands);
                    self.plan.supporters.push(Planned {
                        id,
                        told,
                        fate,
                        row: row.number,
                        key: Some(self.known.key(Kind::SupportPersons, &key)),
                    });
                }
            }
        }
    }
}

impl Planning<'_> {
    /// Records act after act as the register would, and notes what it would refuse.
    fn walk(
        &mut self,
        sheet: &Recognised<'_>,
        row: &Row,
        id: Option<SupportPersonId>,
        told: &SupporterTold,
        written: Option<SupportPersonStatus>,
    ) -> bool {
        let (ground, others) = self.known.ground(id, told.background);
        let faults = self.findings.len();
        let mut line = Line::new(sheet, row, &mut self.findings);
        let mut before: Vec<Entry> = Vec::new();
        for entry in in_order(told, others) {
            let recorded = rules::record(&ground, &before, &entry);
            match recorded
                .err()
                .filter(|_| others.iter().all(|it| it.id != entry.id))
            {
                None => before.push(entry),
                Some(fault) => {
                    let code = match fault {
                        Fault::GatesOpen => "GATES_OPEN",
                        Fault::CriterionApplies => "CRITERION_APPLIES",
                        Fault::AlreadyRecorded => "SAME_DAY_TWICE",
                        _ => "DATES_OUT_OF_ORDER",
                    };
                    line.note(column_of(entry.kind, told, entry.on), code);
                }
            }
        }
        let status = rules::fold(&ground, &before).status;
        // What the register itself gave out may rest on what no file tells.
        let given_out = id.map(|id| self.known.status(id));
        let differs = |it: &SupportPersonStatus| *it != status && Some(*it) != given_out;
        if let Some(written) = written.filter(differs)
            && line.faults() == faults
        {
            line.note_status("status", &written.code(), &status.code());
        }
        self.findings.len() == faults
    }
}

fn column_of(kind: SupportPersonActKind, told: &SupporterTold, on: NaiveDate) -> &'static str {
    let is_weekend = kind == SupportPersonActKind::TrainingWeekendAttended;
    let first = told.acts.iter().find(|(it, _)| *it == kind);
    match is_weekend && first.is_some_and(|(_, first)| *first != on) {
        true => "weekend_2_on",
        false => ACTS
            .iter()
            .find(|(_, it)| *it == kind)
            .map_or("status", |(column, _)| column),
    }
}

/// The first year of a decade of birth.
pub(super) fn decade(line: &mut Line<'_>, today: NaiveDate) -> Option<i16> {
    let this_year = i16::try_from(today.year()).unwrap_or(i16::MAX);
    let decade = line.number("birth_decade", 1900..=this_year)?;
    line.check(decade % 10 == 0, "birth_decade", "NOT_A_DECADE");
    Some(decade)
}

/// Days of the week as bits; any day where none is named.
fn mask(days: &std::collections::BTreeSet<String>) -> i16 {
    let bits = days.iter().filter_map(|day| day.parse::<u32>().ok());
    let mask = bits.fold(0, |mask, day| mask | 1_i16 << (day - 1));
    if mask == 0 { 127 } else { mask }
}
