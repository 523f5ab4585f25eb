//! Rows that are known again by a key of the association's own, or by the register's id: what becomes of each, and which
//! row another one means.

use std::collections::{BTreeMap, BTreeSet};

use rinnalla_entity::ids::{Id, OrganisationId, PersonId};
use rinnalla_entity::states::Role;

use super::cells::Recognised;
use super::plan::{Fate, Planned, Planning, of_id, plain_key};
use super::template::{Kind, Sheet};
use super::told::{Stood, Told};

/// Where a row stands, and the column under which is told what is wrong with the row as a whole.
#[derive(Clone, Copy)]
pub(super) struct At<'a, 'b> {
    pub sheet: &'a Recognised<'b>,
    pub row: u32,
    pub column: &'static str,
}

impl At<'_, '_> {
    pub(super) fn under(self, column: &'static str) -> Self {
        Self { column, ..self }
    }
}

impl<'a> Planning<'a> {
    /// Notes what is wrong at a place.
    pub(super) fn note_at(&mut self, at: At<'_, '_>, code: &'static str) {
        self.note(at.sheet, at.row, at.column, code, &[]);
    }

    /// The key of a row, which stands there once.
    pub(super) fn is_once(
        &mut self,
        at: At<'_, '_>,
        seen: &mut BTreeMap<String, u32>,
        key: &str,
    ) -> bool {
        match seen.insert(plain_key(key), at.row) {
            None => true,
            Some(first) => {
                let told = [("row", first.to_string())];
                self.note(at.sheet, at.row, at.column, "KEY_TWICE", &told);
                false
            }
        }
    }

    /// What becomes of a row of a kind, by its key.
    pub(super) fn plan_own<I: Id + Ord, T: Told + PartialEq>(
        &mut self,
        at: At<'_, '_>,
        (kind, key): (Kind, &str),
        (told, version): (T, Option<i64>),
        stood: &'a BTreeMap<I, Stood<T>>,
    ) -> Option<Planned<I, T>> {
        let known = self.known;
        let found = known.object::<I>(kind, key).map(I::from_uuid);
        let stands = found.and_then(|id| Some((id, stood.get(&id)?)));
        let is_natural = stands.is_some_and(|(id, _)| of_id::<I>(key) == Some(id.uuid()));
        let fate = self.own_fate((kind, key), (&told, version), stands.map(|(_, it)| it));
        match fate {
            Err(code) => {
                self.note_at(at, code);
                None
            }
            Ok(fate) => Some(Planned {
                id: stands.map_or_else(I::random, |(id, _)| id),
                told,
                fate,
                row: at.row,
                key: (!is_natural).then(|| known.key(kind, key)),
            }),
        }
    }

    /// What becomes of a row: the file's word holds where the register still has what the file told before.
    ///
    /// Errors: the code of a finding, where the register was told something else since.
    pub(super) fn own_fate<T: Told + PartialEq>(
        &self,
        (kind, key): (Kind, &str),
        (told, version): (&T, Option<i64>),
        stood: Option<&Stood<T>>,
    ) -> Result<Fate, &'static str> {
        let moved = self.known.moved(kind, key);
        let was = |told: &T| {
            moved.is_some_and(|it| self.known.is_content(kind, &it.content_lookup, told))
        };
        let Some(stood) = stood else {
            // Taken back in the register since: that stands, unless the file says something new.
            return match moved {
                None => Ok(Fate::New),
                Some(_) if was(told) => Ok(Fate::Same),
                Some(_) => Err("CHANGED_SINCE"),
            };
        };
        if stood.told == *told || (was(told) && version.is_none()) {
            return Ok(Fate::Same);
        }
        let is_as_before = match version {
            Some(version) => version == stood.version,
            None => was(&stood.told),
        };
        match is_as_before {
            true => Ok(Fate::Changed),
            false => Err("CHANGED_SINCE"),
        }
    }

    /// Remembers which row of the file a key means; nothing where the row has faults.
    pub(super) fn name_row<I: Id>(&mut self, kind: Kind, key: &str, id: Option<I>) {
        self.rows
            .insert((kind, plain_key(key)), id.map(|id| id.uuid()));
    }

    /// The row of another sheet, or of the register, that a key means; an unknown one is noted.
    pub(super) fn row_of<I: Id>(
        &mut self,
        at: At<'_, '_>,
        kind: Kind,
        key: &str,
        stands: impl Fn(I) -> bool,
    ) -> Option<I> {
        if let Some(found) = self.rows.get(&(kind, plain_key(key))) {
            return found.map(I::from_uuid);
        }
        let found = self.known.object::<I>(kind, key).map(I::from_uuid);
        let found = found.filter(|id| stands(*id));
        if found.is_none() {
            let names = Sheet::of(kind).name(self.language).to_owned();
            self.note(
                at.sheet,
                at.row,
                at.column,
                "UNKNOWN_ROW",
                &[("names", names)],
            );
        }
        found
    }

    /// An organisation by its name: the own one where nothing is written.
    pub(super) fn organisation_of(
        &mut self,
        at: At<'_, '_>,
        written: Option<&str>,
    ) -> Option<OrganisationId> {
        let Some(written) = written else {
            return Some(self.known.own.id);
        };
        match self.known.named_organisation(written) {
            Ok(id) => Some(id),
            Err(code) => {
                self.note_at(at, code);
                None
            }
        }
    }

    /// The people whom keys mean.
    pub(super) fn people_of(
        &mut self,
        at: At<'_, '_>,
        keys: &BTreeSet<String>,
    ) -> BTreeSet<PersonId> {
        let found = keys
            .iter()
            .filter_map(|key| self.known_person(at.sheet, at.row, at.column, key));
        found.collect()
    }

    /// Whether somebody has, had or will have one of these roles in the own organisation.
    pub(super) fn has_role(&self, person: PersonId, roles: &[Role]) -> bool {
        let own = self.known.own.id;
        let mut roles = roles.iter();
        roles.any(|role| self.role_terms.contains_key(&(person, own, *role)))
            || self.with_faulty_roles.contains(&person)
    }
}
