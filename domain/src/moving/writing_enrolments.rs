//! Writing who takes part in courses: names under seal, marks, and decisions. What was recorded otherwise stays, cancelled.

use std::collections::HashMap;

use rinnalla_entity::ids::{CourseId, CourseSessionId, EnrolmentDecisionId, EnrolmentId, Id as _};
use rinnalla_entity::states::{AttendanceStatus, EnrolmentDecisionKind, EnrolmentStatus};
use sea_orm::Value;

use super::batch::Table;
use super::changing::one;
use super::course_told::{EnrolmentTold, Marks};
use super::plan::{Fate, Plan, Planned};
use super::writing::Writing;
use crate::act::code;
use crate::audit::ObjectKind;
use crate::courses::{self, NameCells};
use crate::error::{Error, Result};
use crate::personal::Personal;
use crate::sql::Sql;

/// The sessions that take place, by course and number; with the version of those that the register has.
type Sessions = HashMap<(CourseId, i16), (CourseSessionId, Option<i64>)>;

impl Writing<'_, '_> {
    pub(super) async fn write_enrolments(&mut self, plan: &Plan) -> Result<()> {
        let sessions = self.sessions(plan);
        for it in &plan.enrolments {
            match it.fate {
                Fate::New => {
                    self.add_enrolment(it.id, &it.told)?;
                    self.add_decision(it.id, &it.told)?;
                    self.add_marks(it, &Marks::default(), &sessions)?;
                }
                Fate::Changed => self.change_enrolment(it, &sessions).await?,
                Fate::Same => {}
            }
            if it.fate != Fate::Same {
                self.changed(ObjectKind::Enrolment, it.id);
                self.changed(ObjectKind::Course, it.told.course);
            }
            self.row_done();
        }
        Ok(())
    }

    fn sessions(&self, plan: &Plan) -> Sessions {
        let stood = self.known.taught.sessions.iter();
        let mut told: HashMap<CourseSessionId, _> = stood
            .map(|(id, it)| (*id, (&it.told, Some(it.version))))
            .collect();
        let from_plan = plan.planned_sessions.iter();
        told.extend(from_plan.map(|(id, told)| (*id, (told, None))));
        for it in &plan.sessions {
            let version = told.get(&it.id).and_then(|(_, version)| *version);
            told.insert(it.id, (&it.told, version));
        }
        told.into_iter()
            .filter(|(_, (told, _))| !told.is_cancelled)
            .map(|(id, (told, version))| ((told.course, told.no), (id, version)))
            .collect()
    }

    /// A name's cells under a fresh key, where somebody takes part under a name of their own.
    fn name_cells(&self, id: EnrolmentId, told: &EnrolmentTold) -> Result<Option<NameCells>> {
        let name = told.name.as_deref().map(Personal::from);
        let sealed = name.map(|name| courses::seal_name(&self.ctx().keys, id, &name));
        sealed.transpose()
    }

    fn add_enrolment(&mut self, id: EnrolmentId, told: &EnrolmentTold) -> Result<()> {
        let cells = self.name_cells(id, told)?;
        let (name, data_key) = cells.map(|it| (it.name, it.data_key)).unzip();
        let (by, now) = (self.by()?, self.ctx().now);
        let cells: [Value; 11] = [
            id.uuid().into(),
            told.course.uuid().into(),
            told.person.map(|it| it.uuid()).into(),
            name.into(),
            data_key.into(),
            told.is_pseudonym.into(),
            code(told.status),
            told.wants_reminders.into(),
            told.applied_on.into(),
            by.into(),
            now.into(),
        ];
        self.batch.add(Table::Enrolments, cells);
        Ok(())
    }

    fn add_decision(&mut self, id: EnrolmentId, told: &EnrolmentTold) -> Result<()> {
        let kind = match told.status {
            EnrolmentStatus::Graduated => EnrolmentDecisionKind::Graduated,
            EnrolmentStatus::Interrupted => EnrolmentDecisionKind::Interrupted,
            EnrolmentStatus::NoShow => EnrolmentDecisionKind::NoShow,
            EnrolmentStatus::Applied | EnrolmentStatus::Enrolled | EnrolmentStatus::Cancelled => {
                return Ok(());
            }
        };
        let decided_on = told.decided_on;
        let on = decided_on.ok_or_else(|| Error::internal("a decision without a day"))?;
        let (decision, by) = (EnrolmentDecisionId::random().uuid(), self.by()?);
        let cells: [Value; 6] = [
            decision.into(),
            id.uuid().into(),
            code(kind),
            on.into(),
            by.into(),
            self.ctx().now.into(),
        ];
        self.batch.add(Table::EnrolmentDecisions, cells);
        for step in &told.next_steps {
            let cells = [decision.into(), step.clone().into()];
            self.batch.add(Table::NextSteps, cells);
        }
        Ok(())
    }

    /// Writes the marks that differ from those that stand; whoever has seen the session before has not seen them.
    fn add_marks(
        &mut self,
        it: &Planned<EnrolmentId, EnrolmentTold>,
        stand: &Marks,
        sessions: &Sessions,
    ) -> Result<()> {
        let (by, now) = (self.by()?, self.ctx().now);
        for ((no, mark), was) in (1_i16..).zip(&it.told.marks).zip(stand) {
            if mark == was {
                continue;
            }
            let found = sessions.get(&(it.told.course, no));
            let (session, version) =
                *found.ok_or_else(|| Error::internal("a mark without a session"))?;
            if version.is_some() {
                self.marked.insert(session);
            }
            let seen = version.map_or(1, |version| version + 1);
            let cells: [Value; 6] = [
                session.uuid().into(),
                it.id.uuid().into(),
                i32::try_from(seen).unwrap_or(i32::MAX).into(),
                code(mark.unwrap_or(AttendanceStatus::NotRecorded)),
                by.into(),
                now.into(),
            ];
            self.batch.add(Table::Attendances, cells);
        }
        Ok(())
    }

    async fn change_enrolment(
        &mut self,
        it: &Planned<EnrolmentId, EnrolmentTold>,
        sessions: &Sessions,
    ) -> Result<()> {
        static CHANGE: Sql = Sql::new(
            "UPDATE enrolments SET version = version + 1, person_id = $3, name_sealed = $4, data_key_sealed = $5,
               is_pseudonym = $6, status = $7, wants_reminders = $8, applied_on = $9 WHERE id = $1 AND version = $2",
        );
        static UNDECIDE: Sql = Sql::new(
            "UPDATE enrolment_decisions SET cancelled_at = $2, cancelled_by = $3
             WHERE enrolment_id = $1 AND cancelled_at IS NULL",
        );
        static UNMARK: Sql = Sql::new(
            "UPDATE attendances SET cancelled_at = $3, cancelled_by = $4
             WHERE enrolment_id = $1 AND session_id = $2 AND cancelled_at IS NULL",
        );
        let (id, told) = (it.id, &it.told);
        let known = self.known;
        let stood = known.taught.enrolments.get(&id);
        let stood =
            stood.ok_or_else(|| Error::internal("an enrolment that was changed is gone"))?;
        let cells = self.name_cells(id, told)?;
        let (name, data_key) = cells.map(|it| (it.name, it.data_key)).unzip();
        let (by, now) = (self.by()?, self.ctx().now);
        let values: [Value; 9] = [
            id.uuid().into(),
            stood.version.into(),
            told.person.map(|it| it.uuid()).into(),
            name.into(),
            data_key.into(),
            told.is_pseudonym.into(),
            code(told.status),
            told.wants_reminders.into(),
            told.applied_on.into(),
        ];
        one(CHANGE.run(&self.act.tx, values).await?)?;
        let decision =
            |told: &EnrolmentTold| (told.status, told.decided_on, told.next_steps.clone());
        if decision(&stood.told) != decision(told) {
            let values: [Value; 3] = [id.uuid().into(), now.into(), by.into()];
            UNDECIDE.run(&self.act.tx, values).await?;
            self.add_decision(id, told)?;
        }
        let marks = (1_i16..).zip(told.marks.iter().zip(&stood.told.marks));
        for (no, _) in marks.filter(|(_, (is, was))| is != was) {
            if let Some((session, _)) = sessions.get(&(told.course, no)) {
                let ids = [id.uuid(), session.uuid()].map(Value::from);
                let values = ids.into_iter().chain([now.into(), by.into()]);
                UNMARK.run(&self.act.tx, values).await?;
            }
        }
        self.add_marks(it, &stood.told.marks, sessions)
    }
}
