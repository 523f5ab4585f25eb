//! The sheets of trainings of support persons: when each was, and who was at its weekends. That somebody was there is an
//! entry of the support person, which the sheet of support persons tells; these say in which training it was.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, SupportPersonId, TrainingId, TrainingParticipantId};
use rinnalla_entity::states::SupportPersonActKind;

use super::cells::Recognised;
use super::course_told::{PartTold, TrainingTold};
use super::own_rows::At;
use super::plan::{Fate, Person, Planned, Planning};
use super::template::Kind;
use super::told::Stood;
use crate::trainings::NAME_MAX_CHARS;
use crate::trainings::rules::{MOST_PARTICIPANTS, are_two_weekends, days};

impl Planning<'_> {
    pub(super) fn read_trainings(&mut self, sheet: &Recognised<'_>) {
        let mut seen = BTreeMap::new();
        let days = days(self.ctx.today);
        for row in sheet.rows() {
            let at = At {
                sheet,
                row: row.number,
                column: "key",
            };
            let mut key = None;
            let read = self.line(sheet, row, |line| {
                key = line.text("key");
                let name = line.line("name", NAME_MAX_CHARS);
                let trainer = line.text("trainer");
                let [first_on, second_on] = ["first_on", "second_on"].map(|id| {
                    let day = line.day(id);
                    line.check(day.is_none_or(|day| days.contains(&day)), id, "FAR_DAY");
                    day
                });
                let is_cancelled = line.flag("cancelled").unwrap_or(false);
                let (first_on, second_on) = (first_on?, second_on?);
                let are_two = are_two_weekends(first_on, second_on);
                line.check(are_two, "second_on", "DATES_OUT_OF_ORDER");
                Some((
                    name?,
                    trainer,
                    (first_on, second_on, is_cancelled),
                    line.version(),
                ))
            });
            let Some(key) = key else { continue };
            if !self.is_once(at, &mut seen, &key) {
                continue;
            }
            let planned = read.and_then(|(name, trainer, days, version)| {
                let trainer = self.organisation_of(at.under("trainer"), trainer.as_deref())?;
                let (first_on, second_on, is_cancelled) = days;
                let told = TrainingTold {
                    name,
                    trainer,
                    first_on,
                    second_on,
                    is_cancelled,
                };
                let known = self.known;
                let own = (Kind::Trainings, key.as_str());
                self.plan_own(at, own, (told, version), &known.taught.trainings)
            });
            self.name_row(Kind::Trainings, &key, planned.as_ref().map(|it| it.id));
            self.plan.trainings.extend(planned);
        }
    }

    pub(super) fn read_parts(&mut self, sheet: &Recognised<'_>) {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for row in sheet.rows() {
            let at = At {
                sheet,
                row: row.number,
                column: "support_person",
            };
            let read = self.line(sheet, row, |line| {
                let training = line.text("training");
                let person = line.text("support_person");
                let was_at = ["first", "second"].map(|id| line.flag(id));
                Some((training?, person?, [was_at[0]?, was_at[1]?]))
            });
            let Some((training, person, was_at)) = read else {
                continue;
            };
            let known = self.known;
            let training = self.row_of(at.under("training"), Kind::Trainings, &training, |id| {
                known.taught.trainings.contains_key(&id)
            });
            let support_person = self.supporter_of(at, &person);
            let (Some(training), Some(support_person)) = (training, support_person) else {
                continue;
            };
            let told = PartTold {
                training,
                support_person,
                was_at,
            };
            let key = format!("{} {}", training.encode(), support_person.encode());
            if self.is_once(at, &mut seen, &key) {
                self.plan_part(at, &key, told);
            }
        }
        self.hold_against_most(sheet);
    }

    fn supporter_of(&mut self, at: At<'_, '_>, key: &str) -> Option<SupportPersonId> {
        let person = match self.person(key) {
            Person::Known(person) => person,
            Person::Faulty => return None,
            Person::Unknown => {
                self.note_at(at, "UNKNOWN_PERSON");
                return None;
            }
        };
        let found = self.supporters.get(&person).map(|(id, ..)| *id);
        if found.is_none() {
            self.note_at(at, "NOT_A_SUPPORT_PERSON");
        }
        found
    }

    fn plan_part(&mut self, at: At<'_, '_>, key: &str, told: PartTold) {
        let stood = self
            .known
            .taught
            .parts
            .iter()
            .find(|(_, it)| {
                (it.told.training, it.told.support_person) == (told.training, told.support_person)
            })
            .map(|(id, it)| (*id, it));
        let before = self.findings.len();
        self.check_weekends(at, &told, stood.map(|(_, it)| it));
        let kind = Kind::TrainingParticipants;
        match self.own_fate((kind, key), (&told, None), stood.map(|(_, it)| it)) {
            Err(code) => self.note_at(at, code),
            Ok(fate) if self.findings.len() == before => self.plan.parts.push(Planned {
                id: stood.map_or_else(TrainingParticipantId::random, |(id, _)| id),
                told,
                fate,
                row: at.row,
                key: Some(self.known.key(kind, key)),
            }),
            Ok(_) => {}
        }
    }

    /// Whoever was at a weekend of the training has an entry for that day.
    fn check_weekends(&mut self, at: At<'_, '_>, told: &PartTold, stood: Option<&Stood<PartTold>>) {
        let planned = self.plan.trainings.iter().find(|it| it.id == told.training);
        let in_register = self.known.taught.trainings.get(&told.training);
        let training = planned
            .map(|it| &it.told)
            .or_else(|| in_register.map(|it| &it.told));
        let Some(training) = training.cloned() else {
            return;
        };
        let weekends = self.weekends_of(told.support_person);
        let days = [training.first_on, training.second_on];
        for (place, column) in ["first", "second"].into_iter().enumerate() {
            let stands = stood.is_some_and(|it| it.told.was_at[place]);
            if !told.was_at[place] || stands {
                continue;
            }
            if training.is_cancelled {
                self.note_at(at.under(column), "TRAINING_CANCELLED");
            } else if !weekends.contains(&days[place]) {
                let day = [("written", days[place].format("%-d.%-m.%Y").to_string())];
                self.note(at.sheet, at.row, column, "WEEKEND_NOT_TOLD", &day);
            }
        }
    }

    /// The days for which a support person would have entries of weekends.
    fn weekends_of(&self, id: SupportPersonId) -> BTreeSet<NaiveDate> {
        let mut planned = self.plan.supporters.iter();
        let mut stood = self.known.supporters.values();
        let acts = match planned.find(|it| it.id == id) {
            Some(it) => Some(&it.told.acts),
            None => stood.find(|(it, _)| *it == id).map(|(_, it)| &it.told.acts),
        };
        let acts = acts.into_iter().flatten();
        acts.filter(|(kind, _)| *kind == SupportPersonActKind::TrainingWeekendAttended)
            .map(|(_, on)| *on)
            .collect()
    }

    fn hold_against_most(&mut self, sheet: &Recognised<'_>) {
        let mut parts: BTreeMap<TrainingId, usize> = BTreeMap::new();
        for it in self.known.taught.parts.values() {
            *parts.entry(it.told.training).or_default() += 1;
        }
        let mut faults = Vec::new();
        for it in self.plan.parts.iter().filter(|it| it.fate == Fate::New) {
            let of_one = parts.entry(it.told.training).or_default();
            *of_one += 1;
            if *of_one == MOST_PARTICIPANTS + 1 {
                faults.push(it.row);
            }
        }
        for row in faults {
            let told = [("most", MOST_PARTICIPANTS.to_string())];
            self.note(sheet, row, "training", "TOO_MANY_NAMED", &told);
        }
    }
}
