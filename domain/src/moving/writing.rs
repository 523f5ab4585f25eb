//! Writing a plan into the register: what is new in few statements of many rows, what has changed row by row.

use std::collections::{BTreeSet, HashMap};

use rinnalla_entity::ids::{
    Id as _, MeetingId, PersonId, RoleGrantId, SupportPersonActId, SupportRelationshipId,
};
use rinnalla_entity::states::Role;
use uuid::Uuid;

use super::batch::{Batch, Table};
use super::changing;
use super::known::Known;
use super::plan::{Fate, Plan, Planned};
use super::queries;
use super::supporter_rows::{in_order, status_of};
use super::template::Kind;
use super::told::{MeetingTold, PersonTold, RoleTold, SupporterTold, Told};
use crate::access::{MoveRegister, Scope};
use crate::act::{Act, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::{notices, people};

/// Everything that writing takes.
pub(super) struct Writing<'a, 'b> {
    pub act: &'a mut Act<'b>,
    pub scope: &'a Scope<MoveRegister>,
    pub known: &'a Known,
    pub batch: Batch,
    /// Codes of the cases that were made, by relationship.
    pub codes: HashMap<SupportRelationshipId, String>,
    /// The meetings that took the place of corrected ones.
    instead: HashMap<MeetingId, MeetingId>,
    done: u64,
    told: &'a (dyn Fn(u64) + Sync),
}

impl<'a, 'b> Writing<'a, 'b> {
    pub(super) fn new(
        act: &'a mut Act<'b>,
        scope: &'a Scope<MoveRegister>,
        known: &'a Known,
        told: &'a (dyn Fn(u64) + Sync),
    ) -> Self {
        Self {
            act,
            scope,
            known,
            batch: Batch::new(),
            codes: HashMap::new(),
            instead: HashMap::new(),
            done: 0,
            told,
        }
    }

    pub(super) fn ctx(&self) -> &'b Ctx {
        self.act.ctx
    }

    pub(super) fn organisation(&self) -> Uuid {
        self.known.own.id.uuid()
    }

    pub(super) fn by(&self) -> Result<Uuid> {
        Ok(self.ctx().actor()?.person.uuid())
    }

    fn row_done(&mut self) {
        self.done += 1;
        (self.told)(self.done);
    }

    pub(super) fn changed(&mut self, kind: ObjectKind, object: impl rinnalla_entity::ids::Id) {
        self.act
            .changed(self.scope, self.known.own.id, kind, object);
    }

    /// Writes everything that is new or has changed.
    pub(super) async fn write(&mut self, plan: &Plan) -> Result<()> {
        for it in &plan.people {
            match it.fate {
                Fate::New => self.add_person(it.id, &it.told)?,
                Fate::Changed => changing::person(self, it.id, &it.told).await?,
                Fate::Same => {}
            }
            if it.fate != Fate::Same {
                self.changed(ObjectKind::Person, it.id);
            }
            self.row_done();
        }
        for it in &plan.roles {
            match it.fate {
                Fate::New => self.add_role(it.id, &it.told),
                Fate::Changed => changing::role(self, it.id, &it.told).await?,
                Fate::Same => {}
            }
            if it.fate != Fate::Same {
                self.changed(ObjectKind::Person, it.told.person);
            }
            self.row_done();
        }
        for it in &plan.supporters {
            match it.fate {
                Fate::New => self.add_supporter(it)?,
                Fate::Changed => changing::supporter(self, it).await?,
                Fate::Same => {}
            }
            if it.fate != Fate::Same {
                self.changed(ObjectKind::SupportPerson, it.id);
            }
            self.row_done();
        }
        self.give_implied_roles(plan);
        self.draw_codes(plan).await?;
        for it in &plan.relationships {
            if it.fate == Fate::New {
                self.add_relationship(it, plan)?;
            }
            self.row_done();
        }
        for it in &plan.meetings {
            match it.fate {
                Fate::New => self.add_meeting(it.id.uuid(), &it.told, None)?,
                Fate::Changed => {
                    let instead = changing::meeting(self, it.id, &it.told).await?;
                    self.instead.insert(it.id, instead);
                }
                Fate::Same => {}
            }
            if it.fate != Fate::Same {
                self.changed(ObjectKind::SupportRelationship, it.told.relationship);
            }
            self.row_done();
        }
        let batch = std::mem::replace(&mut self.batch, Batch::new());
        batch.write(&self.act.tx).await?;
        // What has changed rests on rows that have just been written.
        for it in &plan.relationships {
            if it.fate == Fate::Changed {
                changing::relationship(self, it, plan).await?;
                self.changed(ObjectKind::SupportRelationship, it.id);
            }
        }
        let moved: Vec<SupportRelationshipId> = plan
            .relationships
            .iter()
            .filter(|it| it.fate != Fate::Same)
            .map(|it| it.id)
            .collect();
        notices::leave_out_past(&self.act.tx, self.ctx(), &moved).await?;
        Ok(())
    }

    fn add_person(&mut self, id: PersonId, told: &PersonTold) -> Result<()> {
        let ctx = self.ctx();
        let cells = people::seal(&ctx.keys, id, None, &told.details())?;
        self.batch.add(
            Table::People,
            [
                id.uuid().into(),
                told.language.code().into(),
                cells.data_key.into(),
                cells.name.into(),
                cells.email.into(),
                cells.phone.into(),
                cells.email_lookup.into(),
                cells.phone_lookup.into(),
                ctx.now.into(),
            ],
        );
        Ok(())
    }

    fn add_role(&mut self, id: RoleGrantId, told: &RoleTold) {
        let now = self.ctx().now;
        self.batch.add(
            Table::RoleGrants,
            [
                id.uuid().into(),
                told.person.uuid().into(),
                told.organisation.uuid().into(),
                code(told.role),
                told.from.into(),
                told.to.into(),
                now.into(),
            ],
        );
    }

    /// A support person has the role of one, from today on where no row says since when.
    fn give_implied_roles(&mut self, plan: &Plan) {
        let own = self.known.own.id;
        let held: BTreeSet<PersonId> = plan
            .roles
            .iter()
            .map(|it| it.told)
            .chain(self.known.grants.values().map(|(_, stood)| stood.told))
            .filter(|it| (it.organisation, it.role) == (own, Role::SupportPerson))
            .map(|it| it.person)
            .collect();
        for it in plan.supporters.iter().filter(|it| it.fate == Fate::New) {
            if held.contains(&it.told.person) {
                continue;
            }
            let told = RoleTold {
                person: it.told.person,
                organisation: own,
                role: Role::SupportPerson,
                from: self.ctx().today,
                to: None,
            };
            self.add_role(RoleGrantId::random(), &told);
            self.changed(ObjectKind::Person, it.told.person);
        }
    }

    fn add_supporter(
        &mut self,
        it: &Planned<rinnalla_entity::ids::SupportPersonId, SupporterTold>,
    ) -> Result<()> {
        let told = &it.told;
        let now = self.ctx().now;
        let programme = self.known.programme.map(|it| it.uuid());
        self.batch.add(
            Table::SupportPersons,
            [
                it.id.uuid().into(),
                self.organisation().into(),
                told.person.uuid().into(),
                code(told.background),
                code(status_of(self.known, None, told)),
                told.birth_decade.into(),
                told.county.clone().into(),
                told.weekdays.into(),
                told.max_active.into(),
                now.into(),
                programme.into(),
                programme.into(),
            ],
        );
        self.add_codes(it.id.uuid(), told);
        self.add_acts(it.id.uuid(), told, 0)
    }

    pub(super) fn add_codes(&mut self, id: Uuid, told: &SupporterTold) {
        let lists = [
            (Table::Interests, &told.interests),
            (Table::Languages, &told.languages),
            (Table::Municipalities, &told.municipalities),
        ];
        for (table, codes) in lists {
            for code in codes {
                self.batch.add(table, [id.into(), code.clone().into()]);
            }
        }
    }

    /// Gates and states, by day, numbered from `after` on.
    pub(super) fn add_acts(&mut self, id: Uuid, told: &SupporterTold, after: i32) -> Result<()> {
        let (by, now, organisation) = (self.by()?, self.ctx().now, self.organisation());
        for (seq, entry) in (after + 1..).zip(in_order(told, &[])) {
            self.batch.add(
                Table::SupportPersonActs,
                [
                    SupportPersonActId::random().uuid().into(),
                    organisation.into(),
                    id.into(),
                    code(entry.kind),
                    entry.on.into(),
                    seq.into(),
                    by.into(),
                    now.into(),
                ],
            );
        }
        Ok(())
    }

    pub(super) fn add_meeting(
        &mut self,
        id: Uuid,
        told: &MeetingTold,
        replaces: Option<Uuid>,
    ) -> Result<()> {
        let (by, now) = (self.by()?, self.ctx().now);
        self.batch.add(
            Table::Meetings,
            [
                id.into(),
                self.known.own.id.uuid().into(),
                told.relationship.uuid().into(),
                told.on.into(),
                told.minutes.into(),
                told.activity.clone().into(),
                code(told.channel),
                replaces.into(),
                by.into(),
                now.into(),
            ],
        );
        Ok(())
    }

    /// Remembers what was moved in under which key, so that the same file changes nothing.
    pub(super) async fn remember(&mut self, plan: &Plan) -> Result<()> {
        let (known, of) = (self.known, self.known.own.id);
        let relationships = queries::relationship_versions(&self.act.tx, of).await?;
        let version = |fate: Fate, stood: Option<i64>| match (fate, stood) {
            (Fate::Same, Some(version)) => version,
            (_, version) => version.map_or(1, |version| version + 1),
        };
        let mut rows = Vec::new();
        remembered(&mut rows, known, Kind::People, &plan.people, |it| {
            version(it.fate, known.people.get(&it.id).map(|it| it.version))
        });
        remembered(&mut rows, known, Kind::Roles, &plan.roles, |it| {
            let term = (it.told.person, it.told.organisation, it.told.role);
            version(it.fate, known.grants.get(&term).map(|(_, it)| it.version))
        });
        remembered(
            &mut rows,
            known,
            Kind::SupportPersons,
            &plan.supporters,
            |it| {
                version(
                    it.fate,
                    known
                        .supporters
                        .get(&it.told.person)
                        .map(|(_, it)| it.version),
                )
            },
        );
        remembered(
            &mut rows,
            known,
            Kind::Relationships,
            &plan.relationships,
            |it| relationships.get(&it.id).copied().unwrap_or(1),
        );
        remembered(&mut rows, known, Kind::Meetings, &plan.meetings, |_| 1);
        for row in rows.iter_mut().filter(|row| row.kind == Kind::Meetings) {
            if let Some(instead) = self.instead.get(&MeetingId(row.object)) {
                row.object = instead.uuid();
            }
        }
        changing::forget_moved(self, &rows).await?;
        let now = self.ctx().now;
        let mut batch = Batch::new();
        for row in rows {
            batch.add(
                Table::MovedRows,
                [
                    of.uuid().into(),
                    row.kind.code().into(),
                    row.key.into(),
                    row.object.into(),
                    row.content.into(),
                    row.version.into(),
                    now.into(),
                ],
            );
        }
        batch.write(&self.act.tx).await
    }
}

/// A row as it is remembered.
pub(super) struct Remembered {
    pub kind: Kind,
    pub key: Vec<u8>,
    object: Uuid,
    content: Vec<u8>,
    version: i64,
}

fn remembered<I: rinnalla_entity::ids::Id, T: Told>(
    rows: &mut Vec<Remembered>,
    known: &Known,
    kind: Kind,
    planned: &[Planned<I, T>],
    version: impl Fn(&Planned<I, T>) -> i64,
) {
    for it in planned {
        let Some(key) = &it.key else { continue };
        if it.fate == Fate::Same && known.remembers(kind, key) {
            continue;
        }
        rows.push(Remembered {
            kind,
            key: key.clone(),
            object: it.id.uuid(),
            content: known.content(kind, &it.told),
            version: version(it),
        });
    }
}
