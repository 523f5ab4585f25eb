//! The sheets of people and roles.

use std::collections::HashMap;

use rinnalla_entity::ids::{Id as _, PersonId, RoleGrantId};

use super::cells::Recognised;
use super::plan::{Fate, Person, Planned, Planning, plain_key};
use super::template::Kind;
use super::told::{PersonTold, RoleTold};
use crate::access::{ManageOversight, require};
use crate::people::rules::is_oversight;
use crate::text::{self, EMAIL_MAX_BYTES, NAME_MAX_CHARS};
use crate::texts::Language;

impl Planning<'_> {
    pub(super) fn read_people(&mut self, sheet: &Recognised<'_>) {
        let mut keys: HashMap<String, u32> = HashMap::new();
        let mut addresses: HashMap<[u8; 32], u32> = HashMap::new();
        for row in sheet.rows() {
            let mut key = None;
            let read = self.line(sheet, row, |line| {
                key = line.text("key");
                let name = line.clean("name", NAME_MAX_CHARS, text::clean_name);
                let email = line.clean("email", EMAIL_MAX_BYTES, text::clean_email);
                let phone = line.clean("phone", 40, text::clean_phone);
                let language = line.word("language");
                let told = PersonTold {
                    name: name?,
                    email,
                    phone,
                    language: language.map_or(Language::Fi, |code| Language::of_code(&code)),
                };
                Some((told, line.version()))
            });
            let Some(key) = key else { continue };
            if let Some(first) = keys.insert(plain_key(&key), row.number) {
                self.note(
                    sheet,
                    row.number,
                    "key",
                    "KEY_TWICE",
                    &[("row", first.to_string())],
                );
                continue;
            }
            let id = read.and_then(|(told, version)| {
                if let Some(address) = &told.email {
                    let first = addresses.insert(self.known.address(address), row.number);
                    if let Some(first) = first {
                        let told = [("row", first.to_string())];
                        self.note(sheet, row.number, "email", "EMAIL_TWICE", &told);
                        return None;
                    }
                }
                self.plan_person(sheet, row.number, &key, told, version)
            });
            self.people.insert(plain_key(&key), id);
        }
        // A mail address stands for its person as well as the key does.
        for planned in &self.plan.people {
            if let Some(address) = &planned.told.email {
                self.people
                    .entry(plain_key(address))
                    .or_insert(Some(planned.id));
            }
        }
    }

    fn plan_person(
        &mut self,
        sheet: &Recognised<'_>,
        row: u32,
        key: &str,
        told: PersonTold,
        version: Option<i64>,
    ) -> Option<PersonId> {
        let owner = told
            .email
            .as_deref()
            .and_then(|address| self.known.owner(address));
        let by_key = self.known.person(key);
        let found = by_key.or(owner);
        let is_taken = owner
            .is_some_and(|owner| Some(owner) != found || !self.known.people.contains_key(&owner));
        if is_taken {
            self.note(sheet, row, "email", "EMAIL_IN_USE", &[]);
            return None;
        }
        let stood = found.and_then(|id| self.known.people.get(&id));
        let fate = match self.fate(Kind::People, key, &told, stood, version) {
            Ok(fate) => fate,
            Err(code) => {
                self.note(sheet, row, "key", code, &[]);
                return found;
            }
        };
        let id = found.unwrap_or_else(PersonId::random);
        let held = self
            .known
            .grants
            .keys()
            .filter(|(person, ..)| *person == id);
        let is_managed = held.clone().all(|(_, at, role)| self.may_give(*at, *role));
        if fate == Fate::Changed && !is_managed {
            self.note(sheet, row, "key", "NOT_YOURS", &[]);
        }
        let is_natural = by_key.is_some() && self.known.moved(Kind::People, key).is_none();
        self.plan.people.push(Planned {
            id,
            told,
            fate,
            row,
            key: (!is_natural).then(|| self.known.key(Kind::People, key)),
        });
        Some(id)
    }

    fn may_give(
        &self,
        at: rinnalla_entity::ids::OrganisationId,
        role: crate::access::Role,
    ) -> bool {
        let oversees = || {
            require::<ManageOversight>(self.ctx).is_ok_and(|scope| scope.covers(self.known.own.id))
        };
        self.known.managed.contains(&at) && (!is_oversight(role) || oversees())
    }

    pub(super) fn read_roles(&mut self, sheet: &Recognised<'_>) {
        let mut terms: HashMap<_, u32> = HashMap::new();
        for row in sheet.rows() {
            let (known, today) = (self.known, self.ctx.today);
            let mut person = None;
            let read = self.line(sheet, row, |line| {
                person = line.text("person");
                let at = match line.text("organisation") {
                    None => Some(known.own.id),
                    Some(written) => known
                        .organisation(&written)
                        .map_err(|code| line.note("organisation", code))
                        .ok(),
                };
                let role = line.state("role");
                let from = line.past_day("valid_from", today);
                let to = line.day("valid_to");
                let is_ordered = from.is_none_or(|from| to.is_none_or(|to| to >= from));
                line.check(is_ordered, "valid_to", "DATES_OUT_OF_ORDER");
                Some((at?, role?, from?, to, line.version()))
            });
            let Some(key) = person else { continue };
            let Some(person) = self.known_person(sheet, row.number, "person", &key) else {
                continue;
            };
            let Some((organisation, role, from, to, version)) = read else {
                self.with_faulty_roles.insert(person);
                continue;
            };
            let told = RoleTold {
                person,
                organisation,
                role,
                from,
                to,
            };
            let term = (person, organisation, role);
            if let Some(first) = terms.insert(term, row.number) {
                self.note(
                    sheet,
                    row.number,
                    "role",
                    "ROLE_TWICE",
                    &[("row", first.to_string())],
                );
                continue;
            }
            let key = format!(
                "{} {} {}",
                person.encode(),
                organisation.encode(),
                role.code()
            );
            let stood = self.known.grants.get(&term);
            let fate = match self.fate(Kind::Roles, &key, &told, stood.map(|(_, it)| it), version) {
                Ok(fate) => fate,
                Err(code) => {
                    self.note(sheet, row.number, "role", code, &[]);
                    continue;
                }
            };
            if fate != Fate::Same && !self.may_give(organisation, role) {
                self.note(sheet, row.number, "role", "NOT_YOURS_TO_GIVE", &[]);
            }
            self.role_terms.insert(term, (from, to));
            self.plan.roles.push(Planned {
                id: stood.map_or_else(RoleGrantId::random, |(id, _)| *id),
                told,
                fate,
                row: row.number,
                key: Some(self.known.key(Kind::Roles, &key)),
            });
        }
    }

    /// Whom a key means; an unknown one is noted.
    pub(super) fn known_person(
        &mut self,
        sheet: &Recognised<'_>,
        row: u32,
        column: &str,
        key: &str,
    ) -> Option<PersonId> {
        match self.person(key) {
            Person::Known(id) => Some(id),
            Person::Faulty => None,
            Person::Unknown => {
                self.note(sheet, row, column, "UNKNOWN_PERSON", &[]);
                None
            }
        }
    }
}
