//! Writing courses, their sessions and trainings: what is new and what has changed. What follows from them
//! is worked out when all rows stand.

use std::collections::BTreeSet;

use rinnalla_entity::ids::{CourseFacilitatorId, CourseId, CourseSessionId, Id as _, TrainingId};
use rinnalla_entity::states::{CourseOrganiserKind, CourseStatus, FacilitatorKind};
use sea_orm::Value;

use super::batch::Table;
use super::changing::one;
use super::course_told::{CourseTold, SessionTold, TrainingTold};
use super::plan::{Fate, Plan, Planned};
use super::writing::Writing;
use crate::act::code;
use crate::audit::ObjectKind;
use crate::courses::rules;
use crate::error::Result;
use crate::sql::Sql;

impl Writing<'_, '_> {
    /// Writes courses with everything in them, and trainings.
    pub(super) async fn write_taught(&mut self, plan: &Plan) -> Result<()> {
        for it in &plan.courses {
            match it.fate {
                Fate::New => self.add_course(it.id, &it.told)?,
                Fate::Changed => self.change_course(it).await?,
                Fate::Same => {}
            }
            self.row_about(it.fate, ObjectKind::Course, it.id);
        }
        for (id, told) in &plan.planned_sessions {
            self.add_session(*id, told);
        }
        self.change_sessions(plan).await?;
        for it in &plan.sessions {
            if it.fate == Fate::New {
                self.add_session(it.id, &it.told);
            }
            self.row_about(it.fate, ObjectKind::Course, it.told.course);
        }
        self.write_enrolments(plan).await?;
        self.write_costs(plan).await?;
        for it in &plan.trainings {
            match it.fate {
                Fate::New => self.add_training(it)?,
                Fate::Changed => self.change_training(it).await?,
                Fate::Same => {}
            }
            self.row_about(it.fate, ObjectKind::Training, it.id);
        }
        let (by, now) = (self.by()?, self.ctx().now);
        for it in &plan.parts {
            let (training, support_person) = (it.told.training, it.told.support_person);
            if it.fate == Fate::New {
                let ids = [it.id.uuid(), training.uuid(), support_person.uuid(), by];
                let cells = ids.into_iter().map(Value::from).chain([now.into()]);
                self.batch.add(Table::TrainingParticipants, cells);
            }
            if it.fate != Fate::Same {
                self.changed(ObjectKind::Training, training);
                self.changed(ObjectKind::SupportPerson, support_person);
            }
            self.row_done();
        }
        Ok(())
    }

    fn add_course(&mut self, id: CourseId, told: &CourseTold) -> Result<()> {
        let (by, now, organisation) = (self.by()?, self.ctx().now, self.organisation());
        let cells: [Value; 15] = [
            id.uuid().into(),
            organisation.into(),
            told.name.clone().into(),
            told.unit.clone().into(),
            told.starts_on.into(),
            told.starts_at.into(),
            told.lunch_minutes.into(),
            told.baseline.into(),
            told.limit.into(),
            told.curriculum.map(|it| it.uuid()).into(),
            code(CourseStatus::Planned),
            told.is_open.then_some(now).into(),
            told.is_cancelled.then_some(now).into(),
            by.into(),
            now.into(),
        ];
        self.batch.add(Table::Courses, cells);
        self.add_named(id, told)?;
        self.add_leaders(id, told, &BTreeSet::new())
    }

    fn add_named(&mut self, id: CourseId, told: &CourseTold) -> Result<()> {
        for goal in &told.goals {
            let cells = [id.uuid().into(), goal.clone().into()];
            self.batch.add(Table::CourseGoals, cells);
        }
        let organisers = told.organisers.iter();
        let organisers = organisers.map(|of| (of, CourseOrganiserKind::Organiser));
        let partners = told
            .partners
            .iter()
            .map(|of| (of, CourseOrganiserKind::Partner));
        for (of, kind) in organisers.chain(partners) {
            let cells = [id.uuid().into(), of.uuid().into(), code(kind)];
            self.batch.add(Table::CourseOrganisers, cells);
        }
        Ok(())
    }

    /// Says who leads a course, but for those who do so already.
    fn add_leaders(
        &mut self,
        id: CourseId,
        told: &CourseTold,
        stand: &BTreeSet<(uuid::Uuid, FacilitatorKind)>,
    ) -> Result<()> {
        let (by, now) = (self.by()?, self.ctx().now);
        for (person, kind) in leaders(told).difference(stand) {
            let cells: [Value; 6] = [
                CourseFacilitatorId::random().uuid().into(),
                id.uuid().into(),
                (*person).into(),
                code(*kind),
                by.into(),
                now.into(),
            ];
            self.batch.add(Table::CourseFacilitators, cells);
        }
        Ok(())
    }

    async fn change_course(&mut self, it: &Planned<CourseId, CourseTold>) -> Result<()> {
        static CHANGE: Sql = Sql::new(
            "UPDATE courses SET version = version + 1, name = $3, unit = $4, starts_on = $5, starts_at = $6,
               lunch_minutes = $7, baseline_group_size = $8, participant_limit = $9,
               opened_at = CASE WHEN $10 THEN coalesce(opened_at, $12) END,
               cancelled_at = CASE WHEN $11 THEN coalesce(cancelled_at, $12) END, curriculum_id = $13
             WHERE id = $1 AND version = $2",
        );
        static CLEAR: [Sql; 2] = [
            Sql::new("DELETE FROM course_goals WHERE course_id = $1"),
            Sql::new("DELETE FROM course_organisers WHERE course_id = $1"),
        ];
        static LEAVE: Sql = Sql::new(
            "UPDATE course_facilitators SET removed_at = $3, removed_by = $4
             WHERE course_id = $1 AND person_id = $2 AND removed_at IS NULL",
        );
        let (id, told, now) = (it.id.uuid(), &it.told, self.ctx().now);
        let stood = self.known.taught.courses.get(&it.id);
        let values: [Value; 13] = [
            id.into(),
            stood.map_or(0, |it| it.version).into(),
            told.name.clone().into(),
            told.unit.clone().into(),
            told.starts_on.into(),
            told.starts_at.into(),
            told.lunch_minutes.into(),
            told.baseline.into(),
            told.limit.into(),
            told.is_open.into(),
            told.is_cancelled.into(),
            now.into(),
            told.curriculum.map(|it| it.uuid()).into(),
        ];
        one(CHANGE.run(&self.act.tx, values).await?)?;
        for clear in &CLEAR {
            clear.run(&self.act.tx, [id.into()]).await?;
        }
        self.add_named(it.id, told)?;
        let stand = stood.map(|it| leaders(&it.told)).unwrap_or_default();
        let by = self.by()?;
        for (person, _) in stand.difference(&leaders(told)) {
            let values: [Value; 4] = [id.into(), (*person).into(), now.into(), by.into()];
            LEAVE.run(&self.act.tx, values).await?;
        }
        self.add_leaders(it.id, told, &stand)
    }

    fn add_session(&mut self, id: CourseSessionId, told: &SessionTold) {
        let status = rules::session_status(told.is_cancelled, false, false);
        let cells: [Value; 13] = [
            id.uuid().into(),
            told.course.uuid().into(),
            told.no.into(),
            told.planned_on.into(),
            told.planned_at.into(),
            told.on.into(),
            rules::remind_on(told.on).into(),
            told.at.into(),
            rules::SESSION_MINUTES.into(),
            code(status),
            told.theme.clone().into(),
            told.methods.clone().into(),
            told.materials.clone().into(),
        ];
        self.batch.add(Table::CourseSessions, cells);
    }

    /// Two sessions may have changed their days with each other, so all are taken out of the way first.
    async fn change_sessions(&mut self, plan: &Plan) -> Result<()> {
        static TAKE: Sql = Sql::new(
            "UPDATE course_sessions SET version = version + 1, status = 'CANCELLED' WHERE id = $1 AND version = $2",
        );
        static CHANGE: Sql = Sql::new(
            "UPDATE course_sessions SET planned_on = $2, on_date = $3, remind_on = $4, starts_at = $5, status = $6,
               theme = $7, methods = $8, materials = $9, planned_at = $10 WHERE id = $1",
        );
        let changed = || plan.sessions.iter().filter(|it| it.fate == Fate::Changed);
        for it in changed() {
            let stood = self.known.taught.sessions.get(&it.id);
            let version = stood.map_or(0, |it| it.version);
            let values = [it.id.uuid().into(), version.into()];
            one(TAKE.run(&self.act.tx, values).await?)?;
        }
        for it in changed() {
            let told = &it.told;
            let status = rules::session_status(told.is_cancelled, false, false);
            let values: [Value; 10] = [
                it.id.uuid().into(),
                told.planned_on.into(),
                told.on.into(),
                rules::remind_on(told.on).into(),
                told.at.into(),
                code(status),
                told.theme.clone().into(),
                told.methods.clone().into(),
                told.materials.clone().into(),
                told.planned_at.into(),
            ];
            CHANGE.run(&self.act.tx, values).await?;
        }
        Ok(())
    }

    fn add_training(&mut self, it: &Planned<TrainingId, TrainingTold>) -> Result<()> {
        let (by, now, organisation) = (self.by()?, self.ctx().now, self.organisation());
        let cells: [Value; 9] = [
            it.id.uuid().into(),
            organisation.into(),
            it.told.trainer.uuid().into(),
            it.told.name.clone().into(),
            it.told.first_on.into(),
            it.told.second_on.into(),
            it.told.is_cancelled.then_some(now).into(),
            by.into(),
            now.into(),
        ];
        self.batch.add(Table::Trainings, cells);
        Ok(())
    }

    async fn change_training(&mut self, it: &Planned<TrainingId, TrainingTold>) -> Result<()> {
        static SQL: Sql = Sql::new(
            "UPDATE trainings SET version = version + 1, trainer_id = $3, name = $4, first_on = $5, second_on = $6,
               cancelled_at = CASE WHEN $7 THEN coalesce(cancelled_at, $8) END WHERE id = $1 AND version = $2",
        );
        let stood = self.known.taught.trainings.get(&it.id);
        let values: [Value; 8] = [
            it.id.uuid().into(),
            stood.map_or(0, |it| it.version).into(),
            it.told.trainer.uuid().into(),
            it.told.name.clone().into(),
            it.told.first_on.into(),
            it.told.second_on.into(),
            it.told.is_cancelled.into(),
            self.ctx().now.into(),
        ];
        one(SQL.run(&self.act.tx, values).await?)
    }
}

/// Who leads a course, and as what.
fn leaders(told: &CourseTold) -> BTreeSet<(uuid::Uuid, FacilitatorKind)> {
    let professionals = told.professionals.iter();
    let professionals = professionals.map(|id| (id.uuid(), FacilitatorKind::Professional));
    let assistants = told.assistants.iter();
    professionals
        .chain(assistants.map(|id| (id.uuid(), FacilitatorKind::Assistant)))
        .collect()
}
