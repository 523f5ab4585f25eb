//! Writing experts by experience, what they do, and what volunteers were paid for.

use rinnalla_entity::ids::{
    ExpenseId, ExpertAssignmentId, ExpertCohortId, ExpertProfileId, Id as _,
};
use sea_orm::Value;

use super::batch::Table;
use super::changing::one;
use super::course_told::{AssignmentTold, CohortTold, ExpenseTold, ExpertTold};
use super::plan::{Fate, Plan, Planned};
use super::writing::Writing;
use crate::act::code;
use crate::audit::ObjectKind;
use crate::error::Result;
use crate::experts;
use crate::notices::Reason;
use crate::sql::Sql;

impl Writing<'_, '_> {
    pub(super) async fn write_volunteers(&mut self, plan: &Plan) -> Result<()> {
        for it in &plan.cohorts {
            match it.fate {
                Fate::New => self.add_cohort(it)?,
                Fate::Changed => self.change_cohort(it).await?,
                Fate::Same => {}
            }
            self.row_done();
        }
        for it in &plan.experts {
            match it.fate {
                Fate::New => self.add_expert(it)?,
                Fate::Changed => self.change_expert(it).await?,
                Fate::Same => {}
            }
            self.row_about(it.fate, ObjectKind::Expert, it.id);
        }
        for it in &plan.assignments {
            match it.fate {
                Fate::New => self.add_assignment(it)?,
                Fate::Changed => self.change_assignment(it).await?,
                Fate::Same => {}
            }
            self.row_about(it.fate, ObjectKind::Expert, it.told.expert);
        }
        for it in &plan.expenses {
            match it.fate {
                Fate::New => self.add_expense(it)?,
                Fate::Changed => self.change_expense(it).await?,
                Fate::Same => {}
            }
            self.row_about(it.fate, ObjectKind::Person, it.told.person);
        }
        Ok(())
    }

    fn add_cohort(&mut self, it: &Planned<ExpertCohortId, CohortTold>) -> Result<()> {
        let (by, now, organisation) = (self.by()?, self.ctx().now, self.organisation());
        let cells: [Value; 8] = [
            it.id.uuid().into(),
            organisation.into(),
            it.told.trainer.uuid().into(),
            it.told.name.clone().into(),
            it.told.from.into(),
            it.told.until.into(),
            by.into(),
            now.into(),
        ];
        self.batch.add(Table::ExpertCohorts, cells);
        Ok(())
    }

    async fn change_cohort(&mut self, it: &Planned<ExpertCohortId, CohortTold>) -> Result<()> {
        static SQL: Sql = Sql::new(
            "UPDATE expert_cohorts SET version = version + 1, trainer_id = $3, name = $4, starts_on = $5, ends_on = $6
             WHERE id = $1 AND version = $2",
        );
        let stood = self.known.volunteers.cohorts.get(&it.id);
        let values: [Value; 6] = [
            it.id.uuid().into(),
            stood.map_or(0, |it| it.version).into(),
            it.told.trainer.uuid().into(),
            it.told.name.clone().into(),
            it.told.from.into(),
            it.told.until.into(),
        ];
        one(SQL.run(&self.act.tx, values).await?)
    }

    fn add_expert(&mut self, it: &Planned<ExpertProfileId, ExpertTold>) -> Result<()> {
        let (by, now, organisation) = (self.by()?, self.ctx().now, self.organisation());
        let told = &it.told;
        let cells: [Value; 8] = [
            it.id.uuid().into(),
            organisation.into(),
            told.person.uuid().into(),
            told.cohort.map(|it| it.uuid()).into(),
            told.trainer.uuid().into(),
            told.trained_on.into(),
            by.into(),
            now.into(),
        ];
        self.batch.add(Table::Experts, cells);
        self.add_purposes(it);
        Ok(())
    }

    fn add_purposes(&mut self, it: &Planned<ExpertProfileId, ExpertTold>) {
        for purpose in &it.told.purposes {
            let cells = [it.id.uuid().into(), purpose.clone().into()];
            self.batch.add(Table::ExpertPurposes, cells);
        }
    }

    async fn change_expert(&mut self, it: &Planned<ExpertProfileId, ExpertTold>) -> Result<()> {
        static SQL: Sql = Sql::new(
            "UPDATE expert_profiles SET version = version + 1, cohort_id = $3, trainer_id = $4, trained_on = $5
             WHERE id = $1 AND version = $2",
        );
        static CLEAR: Sql = Sql::new("DELETE FROM expert_purposes WHERE profile_id = $1");
        let told = &it.told;
        let stood = self.known.volunteers.experts.get(&told.person);
        let values: [Value; 5] = [
            it.id.uuid().into(),
            stood.map_or(0, |(_, it)| it.version).into(),
            told.cohort.map(|it| it.uuid()).into(),
            told.trainer.uuid().into(),
            told.trained_on.into(),
        ];
        one(SQL.run(&self.act.tx, values).await?)?;
        CLEAR.run(&self.act.tx, [it.id.uuid().into()]).await?;
        self.add_purposes(it);
        Ok(())
    }

    fn add_assignment(&mut self, it: &Planned<ExpertAssignmentId, AssignmentTold>) -> Result<()> {
        let (by, now) = (self.by()?, self.ctx().now);
        let ids = [it.id.uuid().into(), it.told.expert.uuid().into()];
        let cells = ids
            .into_iter()
            .chain(terms(&it.told))
            .chain([by.into(), now.into()]);
        self.batch.add(Table::ExpertAssignments, cells);
        self.add_targets(it);
        Ok(())
    }

    fn add_targets(&mut self, it: &Planned<ExpertAssignmentId, AssignmentTold>) {
        for group in &it.told.target_groups {
            let cells = [it.id.uuid().into(), group.clone().into()];
            self.batch.add(Table::AssignmentTargets, cells);
        }
    }

    async fn change_assignment(
        &mut self,
        it: &Planned<ExpertAssignmentId, AssignmentTold>,
    ) -> Result<()> {
        static SQL: Sql = Sql::new(
            "UPDATE expert_assignments SET version = version + 1, profile_id = $3, host_id = $4, task = $5, place = $6,
               working_time_pct = $7, compensation = $8, employment = $9, funding = $10, phase = $11, from_on = $12, to_on = $13
             WHERE id = $1 AND version = $2 AND cancelled_at IS NULL",
        );
        static CLEAR: Sql =
            Sql::new("DELETE FROM expert_assignment_targets WHERE assignment_id = $1");
        let stood = self.known.volunteers.assignments.get(&it.id);
        let version = stood.map_or(0, |it| it.version);
        let whose = [
            it.id.uuid().into(),
            version.into(),
            it.told.expert.uuid().into(),
        ];
        let values = whose.into_iter().chain(terms(&it.told));
        one(SQL.run(&self.act.tx, values).await?)?;
        CLEAR.run(&self.act.tx, [it.id.uuid().into()]).await?;
        self.add_targets(it);
        Ok(())
    }

    fn add_expense(&mut self, it: &Planned<ExpenseId, ExpenseTold>) -> Result<()> {
        let (by, now, organisation) = (self.by()?, self.ctx().now, self.organisation());
        let cells: [Value; 10] = [
            it.id.uuid().into(),
            organisation.into(),
            it.told.person.uuid().into(),
            it.told.year.into(),
            code(it.told.kind),
            it.told.kilometres.into(),
            it.told.days.into(),
            it.told.cents.into(),
            by.into(),
            now.into(),
        ];
        self.batch.add(Table::Expenses, cells);
        Ok(())
    }

    async fn change_expense(&mut self, it: &Planned<ExpenseId, ExpenseTold>) -> Result<()> {
        static SQL: Sql = Sql::new(
            "UPDATE expenses SET version = version + 1, person_id = $3, year = $4, kind = $5, kilometres = $6, days = $7,
               cents = $8 WHERE id = $1 AND version = $2 AND cancelled_at IS NULL",
        );
        let stood = self.known.volunteers.expenses.get(&it.id);
        let values: [Value; 8] = [
            it.id.uuid().into(),
            stood.map_or(0, |it| it.version).into(),
            it.told.person.uuid().into(),
            it.told.year.into(),
            code(it.told.kind),
            it.told.kilometres.into(),
            it.told.days.into(),
            it.told.cents.into(),
        ];
        one(SQL.run(&self.act.tx, values).await?)
    }

    /// Consents to be listed, as they were heard: another one takes the place of that before.
    pub(super) async fn settle_volunteers(&mut self, plan: &Plan) -> Result<()> {
        static GIVE: Sql = Sql::new(
            "INSERT INTO expert_consents (id, profile_id, given_on, until_on, notice_on, recorded_by, recorded_at)
             VALUES (NEW_ID, $1, $2, $3, $4, $5, $6)",
        );
        // Whoever supports people by that training does so no longer where it was corrected away.
        let (scope, of) = (self.scope, self.known.own.id);
        for it in plan.cohorts.iter().filter(|it| it.fate == Fate::Changed) {
            experts::follow_cohort(self.act, scope, of, it.id).await?;
        }
        for it in plan.experts.iter().filter(|it| it.fate == Fate::Changed) {
            experts::follow_training(self.act, scope, of, it.id).await?;
        }
        for it in plan.experts.iter().filter(|it| it.fate != Fate::Same) {
            let stood = self.known.volunteers.experts.get(&it.told.person);
            let stood = stood.and_then(|(_, it)| it.told.consent);
            if stood == it.told.consent {
                continue;
            }
            let reason = match it.told.consent {
                Some(_) => Reason::DateMoved,
                None => Reason::ConsentWithdrawn,
            };
            experts::end_standing(self.act, it.id, reason).await?;
            if let Some((given_on, until)) = it.told.consent {
                let values: [Value; 6] = [
                    it.id.uuid().into(),
                    given_on.into(),
                    until.into(),
                    experts::rules::notice_on(until).into(),
                    self.by()?.into(),
                    self.ctx().now.into(),
                ];
                GIVE.run(&self.act.tx, values).await?;
            }
        }
        Ok(())
    }
}

/// What adding and changing an assignment share, in their order.
fn terms(told: &AssignmentTold) -> [Value; 10] {
    [
        told.host.uuid().into(),
        told.task.clone().into(),
        told.place.clone().into(),
        told.working_time.into(),
        code(told.compensation),
        code(told.employment),
        code(told.funding),
        code(told.phase),
        told.from.into(),
        told.until.into(),
    ]
}
