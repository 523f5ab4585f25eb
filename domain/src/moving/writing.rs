//! Writing a plan into the register: what is new in few statements of many rows, what has changed row by row.

use std::collections::{BTreeSet, HashMap};

use rinnalla_entity::ids::{
    CourseSessionId, Id, PersonId, RoleGrantId, SupportPersonActId, SupportRelationshipId,
};
use rinnalla_entity::states::Role;
use uuid::Uuid;

use super::batch::{Batch, Table};
use super::changing;
use super::known::Known;
use super::plan::{Fate, Plan, Planned};
use super::supporter_rows::{in_order, status_of};
use super::told::{MeetingTold, PersonTold, RoleTold, SupporterTold};
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
    pub(super) instead: HashMap<Uuid, Uuid>,
    /// Sessions that the register had and that got other marks.
    pub(super) marked: BTreeSet<CourseSessionId>,
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
            marked: BTreeSet::new(),
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

    pub(super) fn row_done(&mut self) {
        self.done += 1;
        (self.told)(self.done);
    }

    /// A row is done; what it is about has changed, unless it is as it was.
    pub(super) fn row_about(&mut self, fate: Fate, kind: ObjectKind, object: impl Id) {
        if fate != Fate::Same {
            self.changed(kind, object);
        }
        self.row_done();
    }

    pub(super) fn changed(&mut self, kind: ObjectKind, object: impl Id) {
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
            self.row_about(it.fate, ObjectKind::Person, it.id);
        }
        for it in &plan.roles {
            match it.fate {
                Fate::New => self.add_role(it.id, &it.told),
                Fate::Changed => changing::role(self, it.id, &it.told).await?,
                Fate::Same => {}
            }
            self.row_about(it.fate, ObjectKind::Person, it.told.person);
        }
        for it in &plan.supporters {
            match it.fate {
                Fate::New => self.add_supporter(it)?,
                Fate::Changed => changing::supporter(self, it).await?,
                Fate::Same => {}
            }
            self.row_about(it.fate, ObjectKind::SupportPerson, it.id);
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
                    self.instead.insert(it.id.uuid(), instead.uuid());
                }
                Fate::Same => {}
            }
            self.row_about(
                it.fate,
                ObjectKind::SupportRelationship,
                it.told.relationship,
            );
        }
        self.write_taught(plan).await?;
        self.write_volunteers(plan).await?;
        let batch = std::mem::replace(&mut self.batch, Batch::new());
        batch.write(&self.act.tx).await?;
        self.settle_taught(plan).await?;
        self.settle_volunteers(plan).await?;
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

    pub(super) fn add_role(&mut self, id: RoleGrantId, told: &RoleTold) {
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

    /// A support person has the role of one, and so has an expert, from today on where no row says since when.
    fn give_implied_roles(&mut self, plan: &Plan) {
        let own = self.known.own.id;
        let held: BTreeSet<(PersonId, Role)> = plan
            .roles
            .iter()
            .map(|it| it.told)
            .chain(self.known.grants.values().map(|(_, stood)| stood.told))
            .filter(|it| it.organisation == own)
            .map(|it| (it.person, it.role))
            .collect();
        let supporters = plan.supporters.iter().filter(|it| it.fate == Fate::New);
        let experts = plan.experts.iter().filter(|it| it.fate == Fate::New);
        let implied = supporters
            .map(|it| (it.told.person, Role::SupportPerson))
            .chain(experts.map(|it| (it.told.person, Role::Expert)));
        for (person, role) in implied.filter(|it| !held.contains(it)) {
            let told = RoleTold {
                person,
                organisation: own,
                role,
                from: self.ctx().today,
                to: None,
            };
            self.add_role(RoleGrantId::random(), &told);
            self.changed(ObjectKind::Person, person);
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
}
