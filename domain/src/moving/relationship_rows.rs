//! The sheet of support relationships: whom a row names, and what becomes of it.

use std::collections::{BTreeMap, HashMap};

use rinnalla_entity::ids::{
    Id as _, OrganisationId, PersonId, SupportPersonId, SupportRelationshipId,
};
use rinnalla_entity::states::{Role, SupportPersonStatus, SupportRelationshipStatus};

use super::cells::Recognised;
use super::plan::{Planned, Planning, plain_key};
use super::relationship_cells::{Named, entries, names, tell};
use super::template::Kind;
use super::told::RelationshipTold;
use crate::case_code::CaseCode;
use crate::support_relationships::rules;

/// A relationship as other rows need it.
struct Standing {
    status: SupportRelationshipStatus,
    row: u32,
}

impl Planning<'_> {
    pub(super) fn read_relationships(&mut self, sheet: &Recognised<'_>) {
        let mut keys: HashMap<String, u32> = HashMap::new();
        let mut open: BTreeMap<SupportPersonId, Vec<Standing>> = BTreeMap::new();
        for row in sheet.rows() {
            let (known, today) = (self.known, self.ctx.today);
            let mut named = None;
            let read = self.line(sheet, row, |line| {
                named = names(line);
                let told = tell(line, today, &known.own.county_code);
                Some((told?, line.version()))
            });
            let Some(named) = named else { continue };
            if let Some(first) = keys.insert(plain_key(&named.key), row.number) {
                self.note(
                    sheet,
                    row.number,
                    "key",
                    "KEY_TWICE",
                    &[("row", first.to_string())],
                );
                continue;
            }
            let key = plain_key(&named.key);
            let planned = self.look_up(sheet, row.number, &named, read);
            self.relationships
                .insert(key, planned.as_ref().map(|(planned, _)| planned.id));
            let Some((planned, status)) = planned else {
                continue;
            };
            if status != SupportRelationshipStatus::Ended {
                let standing = Standing {
                    status,
                    row: row.number,
                };
                open.entry(planned.told.support_person)
                    .or_default()
                    .push(standing);
            }
            self.plan.relationships.push(planned);
        }
        self.look_at_capacity(sheet, &open);
    }

    /// Looks up whom a row names, and what becomes of it.
    fn look_up(
        &mut self,
        sheet: &Recognised<'_>,
        row: u32,
        named: &Named,
        read: Option<(RelationshipTold, Option<i64>)>,
    ) -> Option<(
        Planned<SupportRelationshipId, RelationshipTold>,
        SupportRelationshipStatus,
    )> {
        let before = self.findings.len();
        let supporter = self.known_person(sheet, row, "support_person", &named.support_person);
        let supporter = supporter.and_then(|person| {
            let found = self.supporters.get(&person).copied();
            if found.is_none() {
                self.note(sheet, row, "support_person", "NOT_A_SUPPORT_PERSON", &[]);
            }
            found
        });
        let professional = named.professional.as_ref();
        let professional =
            professional.and_then(|key| self.known_person(sheet, row, "professional", key));
        let found = self
            .known
            .object::<SupportRelationshipId>(Kind::Relationships, &named.key);
        let found = found.map(SupportRelationshipId);
        let stood = found.and_then(|id| self.known.relationships.get(&id));
        let referring = self.referring(
            sheet,
            row,
            named,
            professional,
            stood.map(|it| it.stood.told.referring),
        );
        let (mut told, version) = read?;
        let (support_person, supporter_status, _) = supporter?;
        told.support_person = support_person;
        told.professional = professional;
        told.referring = referring?;
        let status = rules::state(told.disclosed_on, &entries(&told), self.ctx.today)
            .ok()?
            .status;
        match stood {
            Some(it) if it.stood.told.support_person != support_person => {
                self.note(sheet, row, "support_person", "OTHER_SUPPORT_PERSON", &[]);
            }
            None if professional.is_none() => {
                self.note(sheet, row, "professional", "REQUIRED", &[])
            }
            _ => {}
        }
        let may_support = [SupportPersonStatus::Active, SupportPersonStatus::Paused];
        let is_over = status == SupportRelationshipStatus::Ended;
        if !is_over && !may_support.contains(&supporter_status) {
            self.note(
                sheet,
                row,
                "support_person",
                "SUPPORT_PERSON_NOT_ACTIVE",
                &[],
            );
        }
        let fate = self.fate(
            Kind::Relationships,
            &named.key,
            &told,
            stood.map(|it| &it.stood),
            version,
        );
        let fate = match fate {
            Ok(fate) => fate,
            Err(code) => {
                self.note(sheet, row, "key", code, &[]);
                return None;
            }
        };
        let id = found
            .filter(|_| stood.is_some())
            .unwrap_or_else(SupportRelationshipId::random);
        self.take_case(
            sheet,
            row,
            named,
            id,
            &told,
            stood.map(|it| it.case_code.as_str()),
        );
        let is_natural = super::plan::of_id::<SupportRelationshipId>(&named.key) == Some(id.uuid());
        let planned = Planned {
            id,
            told,
            fate,
            row,
            key: (!is_natural).then(|| self.known.key(Kind::Relationships, &named.key)),
        };
        (self.findings.len() == before).then_some((planned, status))
    }

    /// The organisation for which the professional refers: the one named, or the only one that it can be.
    fn referring(
        &mut self,
        sheet: &Recognised<'_>,
        row: u32,
        named: &Named,
        professional: Option<PersonId>,
        stood: Option<OrganisationId>,
    ) -> Option<OrganisationId> {
        if let Some(written) = &named.referring {
            return match self.known.organisation(written) {
                Ok(id) if self.known.refers(id) || stood == Some(id) => Some(id),
                Ok(_) => {
                    self.note(sheet, row, "referring_organisation", "DOES_NOT_REFER", &[]);
                    None
                }
                Err(code) => {
                    self.note(sheet, row, "referring_organisation", code, &[]);
                    None
                }
            };
        }
        let Some(professional) = professional else {
            return stood;
        };
        let held = self
            .role_terms
            .keys()
            .filter(|(person, _, role)| (*person, *role) == (professional, Role::Professional));
        let at: Vec<OrganisationId> = held
            .map(|(_, at, _)| *at)
            .filter(|at| self.known.refers(*at))
            .collect();
        match at[..] {
            [one] => Some(one),
            [] if stood.is_some() => stood,
            // The row of the role has faults of its own, which are told already.
            [] if self.with_faulty_roles.contains(&professional) => None,
            [] => {
                self.note(sheet, row, "professional", "NOT_A_PROFESSIONAL", &[]);
                None
            }
            _ => {
                self.note(
                    sheet,
                    row,
                    "referring_organisation",
                    "SEVERAL_ORGANISATIONS",
                    &[],
                );
                None
            }
        }
    }

    /// A relationship is of a case of its own, unless the row names one that the register has.
    fn take_case(
        &mut self,
        sheet: &Recognised<'_>,
        row: u32,
        named: &Named,
        id: SupportRelationshipId,
        told: &RelationshipTold,
        stood: Option<&str>,
    ) {
        let Some(written) = &named.case_code else {
            return;
        };
        let Ok(code) = CaseCode::parse(written) else {
            return self.note(sheet, row, "case_code", "BAD_CASE_CODE", &[]);
        };
        if let Some(stood) = stood {
            if stood != code.as_str() {
                self.note(sheet, row, "case_code", "OTHER_CASE", &[]);
            }
            return;
        }
        let of_case = || {
            self.known
                .relationships
                .values()
                .filter(|it| it.case_code == code.as_str())
        };
        let Some(first) = of_case().next() else {
            return self.note(sheet, row, "case_code", "UNKNOWN_CASE", &[]);
        };
        let is_open = |it: &&super::queries::StoodRelationship| {
            it.status != SupportRelationshipStatus::Ended
                && it.stood.told.support_person == told.support_person
        };
        let has_open = of_case().any(|it| is_open(&it));
        if first.stood.told.case != told.case || first.stood.told.professional != told.professional
        {
            self.note(sheet, row, "case_code", "CASE_DIFFERS", &[]);
        }
        if has_open {
            self.note(sheet, row, "case_code", "ALREADY_OPEN", &[]);
        }
        self.plan.cases.insert(id, code.as_str().to_owned());
    }

    /// Nobody carries more than was agreed with them.
    fn look_at_capacity(
        &mut self,
        sheet: &Recognised<'_>,
        open: &BTreeMap<SupportPersonId, Vec<Standing>>,
    ) {
        let of_file: Vec<SupportRelationshipId> =
            self.plan.relationships.iter().map(|it| it.id).collect();
        let most: BTreeMap<SupportPersonId, i16> = self
            .supporters
            .values()
            .map(|(id, _, most)| (*id, *most))
            .collect();
        let mut notes = Vec::new();
        for (supporter, of_one) in open {
            let elsewhere = self.known.relationships.iter().filter(|(id, it)| {
                it.stood.told.support_person == *supporter
                    && it.status != SupportRelationshipStatus::Ended
                    && !of_file.contains(id)
            });
            let carried = elsewhere.count() + of_one.len();
            let most = most.get(supporter).copied().unwrap_or(i16::MAX);
            if usize::try_from(most).is_ok_and(|most| carried > most)
                && let Some(last) = of_one.iter().max_by_key(|it| it.row)
            {
                debug_assert_ne!(last.status, SupportRelationshipStatus::Ended);
                let told = [("most", most.to_string()), ("carried", carried.to_string())];
                notes.push((last.row, told));
            }
        }
        // What stands in the register already may be above the measure: that is told when it is changed.
        let changed = |row: u32| {
            let mut planned = self.plan.relationships.iter();
            planned.any(|it| it.row == row && it.fate != super::plan::Fate::Same)
        };
        let notes: Vec<_> = notes.into_iter().filter(|(row, _)| changed(*row)).collect();
        for (row, told) in notes {
            self.note(sheet, row, "support_person", "OVER_CAPACITY", &told);
        }
    }
}
