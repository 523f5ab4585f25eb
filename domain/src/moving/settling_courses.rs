//! What follows from courses and trainings once all their rows stand: the states of sessions and courses, by the courses'
//! own rules; who is told; and which entries of support persons tell of a training's weekends.

use std::collections::{BTreeMap, BTreeSet};

use rinnalla_entity::ids::{
    CourseId, CourseSessionId, Id as _, SupportPersonId, TrainingParticipantId,
};
use rinnalla_entity::states::{CourseSessionStatus, NoticeKind};
use sea_orm::FromQueryResult;

use super::course_told::SessionTold;
use super::plan::{Fate, Plan};
use super::writing::Writing;
use crate::act::code;
use crate::courses::{self, rules};
use crate::error::Result;
use crate::notices;
use crate::sql::{self, Sql};

impl Writing<'_, '_> {
    /// Brings sessions and courses to what follows from what stands, and says which entries tell of a training's weekends.
    pub(super) async fn settle_taught(&mut self, plan: &Plan) -> Result<()> {
        static BUMP: Sql =
            Sql::new("UPDATE course_sessions SET version = version + 1 WHERE id = ANY_ID($1)");
        let backend = self.ctx().store.backend();
        let marked = std::mem::take(&mut self.marked);
        BUMP.run(&self.act.tx, [sql::ids(backend, marked)]).await?;
        let courses = plan.courses.iter().filter(|it| it.fate != Fate::Same);
        let sessions = plan.sessions.iter().filter(|it| it.fate != Fate::Same);
        let enrolments = plan.enrolments.iter().filter(|it| it.fate != Fate::Same);
        let touched: BTreeSet<CourseId> = courses
            .map(|it| it.id)
            .chain(sessions.map(|it| it.told.course))
            .chain(enrolments.map(|it| it.told.course))
            .collect();
        if !touched.is_empty() {
            self.settle_courses(&touched).await?;
        }
        self.tell_of_sessions(plan).await?;
        self.settle_trainings(plan).await
    }

    async fn settle_courses(&self, of: &BTreeSet<CourseId>) -> Result<()> {
        static MADE_UP: Sql = Sql::new(
            "UPDATE course_sessions SET replaces_id = (SELECT k.id FROM course_sessions k
               WHERE k.course_id = course_sessions.course_id AND k.no = course_sessions.no AND k.status = 'CANCELLED'
               ORDER BY k.on_date DESC, k.id DESC LIMIT 1)
             WHERE course_id = ANY_ID($1) AND status <> 'CANCELLED' AND replaces_id IS NULL",
        );
        static STAND: Sql = Sql::new(
            "SELECT s.id, s.course_id, s.status, s.on_date <> s.planned_on OR s.starts_at <> s.planned_at AS is_moved,
               EXISTS (SELECT 1 FROM attendances a WHERE a.session_id = s.id AND a.cancelled_at IS NULL
                 AND a.status <> 'NOT_RECORDED') AS is_recorded,
               c.opened_at IS NOT NULL AS is_open, c.cancelled_at IS NOT NULL AS is_off
             FROM course_sessions s JOIN courses c ON c.id = s.course_id WHERE s.course_id = ANY_ID($1)",
        );
        static SESSION: Sql = Sql::new("UPDATE course_sessions SET status = $2 WHERE id = $1");
        static COURSE: Sql =
            Sql::new("UPDATE courses SET status = $2 WHERE id = $1 AND status <> $2");
        #[derive(FromQueryResult)]
        struct Row {
            id: CourseSessionId,
            course_id: CourseId,
            status: CourseSessionStatus,
            is_moved: bool,
            is_recorded: bool,
            is_open: bool,
            is_off: bool,
        }
        let ids = || sql::ids(self.ctx().store.backend(), of.iter().copied());
        MADE_UP.run(&self.act.tx, [ids()]).await?;
        let rows: Vec<Row> = STAND.all(&self.act.tx, [ids()]).await?;
        let mut states: BTreeMap<CourseId, (bool, bool, Vec<CourseSessionStatus>)> =
            BTreeMap::new();
        for row in rows {
            let is_cancelled = row.status == CourseSessionStatus::Cancelled;
            let status = rules::session_status(is_cancelled, row.is_recorded, row.is_moved);
            if status != row.status {
                let values = [row.id.uuid().into(), code(status)];
                SESSION.run(&self.act.tx, values).await?;
            }
            let of_one = states.entry(row.course_id).or_default();
            (of_one.0, of_one.1) = (row.is_off, row.is_open);
            of_one.2.push(status);
        }
        for (course, (is_off, is_open, sessions)) in states {
            let status = rules::course_status(is_off, is_open, &sessions);
            let values = [course.uuid().into(), code(status)];
            COURSE.run(&self.act.tx, values).await?;
        }
        Ok(())
    }

    /// The entries of a support person that was corrected are new ones: they tell of the same weekends as those before.
    async fn settle_trainings(&self, plan: &Plan) -> Result<()> {
        static AGAIN: Sql = Sql::new(
            "INSERT INTO training_attendances (participant_id, weekend, act_id)
             SELECT a.participant_id, a.weekend, n.id FROM training_attendances a
             JOIN support_person_acts o ON o.id = a.act_id AND o.cancelled_at = $2
             JOIN support_person_acts n ON n.support_person_id = o.support_person_id AND n.kind = o.kind
               AND n.on_date = o.on_date AND n.cancelled_at IS NULL
             WHERE o.support_person_id = ANY_ID($1)",
        );
        static LINK: Sql = Sql::new(
            "INSERT INTO training_attendances (participant_id, weekend, act_id)
             SELECT p.id, $2, e.id FROM training_participants p JOIN trainings t ON t.id = p.training_id
             JOIN support_person_acts e ON e.support_person_id = p.support_person_id
               AND e.kind = 'TRAINING_WEEKEND_ATTENDED' AND e.cancelled_at IS NULL
               AND e.on_date = CASE WHEN $2 = 1 THEN t.first_on ELSE t.second_on END
             WHERE p.id = ANY_ID($1) AND NOT EXISTS (SELECT 1 FROM training_attendances a
               JOIN support_person_acts k ON k.id = a.act_id AND k.cancelled_at IS NULL
               WHERE a.participant_id = p.id AND a.weekend = $2)",
        );
        static UNLINK: Sql = Sql::new(
            "DELETE FROM training_attendances WHERE participant_id = ANY_ID($1) AND weekend = $2",
        );
        let (tx, backend) = (&self.act.tx, self.ctx().store.backend());
        let changed = plan.supporters.iter().filter(|it| it.fate == Fate::Changed);
        let changed: Vec<SupportPersonId> = changed.map(|it| it.id).collect();
        let values = [sql::ids(backend, changed), self.ctx().now.into()];
        AGAIN.run(tx, values).await?;
        for (place, weekend) in [(0, 1_i16), (1, 2)] {
            let parts = |was_at: bool| -> Vec<TrainingParticipantId> {
                let parts = plan.parts.iter();
                let parts = parts.filter(|it| it.told.was_at[place] == was_at);
                parts.map(|it| it.id).collect()
            };
            let of = |was_at| [sql::ids(backend, parts(was_at)), weekend.into()];
            LINK.run(tx, of(true)).await?;
            UNLINK.run(tx, of(false)).await?;
        }
        Ok(())
    }

    /// Tells calendars, and whoever takes part, of sessions still to come that have changed.
    async fn tell_of_sessions(&self, plan: &Plan) -> Result<()> {
        let today = self.ctx().today;
        for it in plan.sessions.iter().filter(|it| it.fate == Fate::Changed) {
            let Some(stood) = self.known.taught.sessions.get(&it.id) else {
                continue;
            };
            let (was, is) = (&stood.told, &it.told);
            let when = |told: &SessionTold| (told.on, told.at, told.is_cancelled);
            if when(was) == when(is) {
                continue;
            }
            courses::count_change(self.act, it.id).await?;
            if was.on < today && is.on < today {
                continue;
            }
            let still = (!is.is_cancelled).then(|| rules::remind_on(is.on));
            let of = (is.course, is.no);
            let (tx, ctx) = (&self.act.tx, self.ctx());
            notices::cancel_reminders(tx, ctx, of, still).await?;
            let kind = match is.is_cancelled {
                true => NoticeKind::SessionCancelled,
                false => NoticeKind::SessionMoved,
            };
            notices::tell_of_session(tx, ctx, it.id, kind).await?;
        }
        for it in plan.courses.iter().filter(|it| it.fate == Fate::Changed) {
            let stood = self.known.taught.courses.get(&it.id);
            let was = stood.is_some_and(|it| it.told.is_cancelled);
            if was != it.told.is_cancelled {
                courses::tell_of_course(self.act, it.id, was).await?;
            }
        }
        Ok(())
    }
}
