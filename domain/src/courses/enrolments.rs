//! Who takes part in courses, and who was there: read for those who lead or coordinate them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{CourseId, EnrolmentId, Id as _, OrganisationId, PersonId};
use rinnalla_entity::states::{AttendanceStatus, EnrolmentStatus};
use sea_orm::FromQueryResult;

use super::names::{self, Sealed};
use super::{CourseSession, grouped, queries};
use crate::access::{ReadCourses, Scope, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::Grouped;
use crate::personal::Personal;

/// Somebody's part in a course.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// Its id.
    pub id: EnrolmentId,
    /// The course.
    pub course_id: CourseId,
    /// The association whose course it is.
    pub organisation_id: OrganisationId,
    /// The person of the register, where it is one.
    pub person_id: Option<PersonId>,
    /// The name or pseudonym; none where the person was erased.
    pub name: Option<Personal<String>>,
    /// Whether it is a pseudonym.
    pub is_pseudonym: bool,
    /// How far it is.
    pub status: EnrolmentStatus,
    /// Whether they want to be reminded of sessions.
    pub wants_reminders: bool,
    /// The day on which they came to be on the course's list.
    pub applied_on: NaiveDate,
    /// The day of the decision, where there is one.
    pub decided_on: Option<NaiveDate>,
    /// Whether the actor leads the course.
    pub is_led: bool,
    /// Grows with every change.
    pub version: i32,
}

/// Whether somebody was at a session.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Cell {
    /// Whose part.
    pub enrolment_id: EnrolmentId,
    /// The session.
    #[sea_orm(nested)]
    pub session: CourseSession,
    /// The mark; none where nothing was recorded.
    pub mark: Option<AttendanceStatus>,
    /// When it was recorded, where it was.
    pub recorded_at: Option<DateTime<Utc>>,
}

impl Cell {
    /// Whether they were there.
    pub fn status(&self) -> AttendanceStatus {
        self.mark.unwrap_or(AttendanceStatus::NotRecorded)
    }
}

/// A row with its sealed cells.
#[derive(FromQueryResult)]
pub(super) struct Row {
    pub id: EnrolmentId,
    pub course_id: CourseId,
    pub organisation_id: OrganisationId,
    pub person_id: Option<PersonId>,
    pub is_pseudonym: bool,
    pub status: EnrolmentStatus,
    pub wants_reminders: bool,
    pub applied_on: NaiveDate,
    pub decided_on: Option<NaiveDate>,
    pub is_led: bool,
    pub version: i32,
    name_sealed: Option<Vec<u8>>,
    data_key_sealed: Option<Vec<u8>>,
    person_name: Option<Vec<u8>>,
    person_key: Option<Vec<u8>>,
}

impl Row {
    fn open(self, ctx: &Ctx) -> Result<Enrolment> {
        let own = self
            .data_key_sealed
            .as_deref()
            .zip(self.name_sealed.as_deref());
        let persons = self.person_key.as_deref().zip(self.person_name.as_deref());
        let sealed = match (own, self.person_id.zip(persons)) {
            (Some((key, name)), _) => Some(Sealed::Own(key, name)),
            (None, Some((person, (key, name)))) => Some(Sealed::Person(person, key, name)),
            (None, None) => None,
        };
        let name = match sealed {
            Some(sealed) => names::open(&ctx.keys, self.id, sealed)?,
            None => None,
        };
        Ok(Enrolment {
            id: self.id,
            course_id: self.course_id,
            organisation_id: self.organisation_id,
            person_id: self.person_id,
            name,
            is_pseudonym: self.is_pseudonym,
            status: self.status,
            wants_reminders: self.wants_reminders,
            applied_on: self.applied_on,
            decided_on: self.decided_on,
            is_led: self.is_led,
            version: self.version,
        })
    }
}

/// The parts in each course, in the order in which people came to be on the list; those recorded in error are left out.
pub async fn enrolments_for(ctx: &Ctx, of: &[CourseId]) -> Result<Grouped<CourseId, Enrolment>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::enrolments_for(ctx, &scope, of).await?;
    let opened = open_all(ctx, &scope, rows)?;
    Ok(grouped(opened.into_iter().map(|row| (row.course_id, row))))
}

/// One part, cancelled or not; `None` where it is absent or hidden.
pub async fn find_enrolment(ctx: &Ctx, id: EnrolmentId) -> Result<Option<Enrolment>> {
    let scope = require::<ReadCourses>(ctx)?;
    let rows = queries::enrolment(ctx, &scope, id).await?;
    if rows.is_empty() {
        ctx.refuse(&scope, ObjectKind::Enrolment, id);
    }
    Ok(open_all(ctx, &scope, rows)?.pop())
}

/// Whether people were at the sessions of their course, session by session; cancelled sessions are left out.
pub async fn cells_for(ctx: &Ctx, of: &[EnrolmentId]) -> Result<Grouped<EnrolmentId, Cell>> {
    let scope = require::<ReadCourses>(ctx)?;
    let mut cells = Grouped::with_capacity(of.len());
    for cell in queries::cells_for(ctx, &scope, of).await? {
        let of_one: &mut Vec<Cell> = cells.entry(cell.enrolment_id).or_default();
        of_one.push(cell);
    }
    Ok(cells)
}

/// What people go on to after a course, as codes.
pub async fn next_steps_for(
    ctx: &Ctx,
    of: &[EnrolmentId],
) -> Result<HashMap<EnrolmentId, Vec<String>>> {
    let scope = require::<ReadCourses>(ctx)?;
    let mut steps: HashMap<EnrolmentId, Vec<String>> = HashMap::new();
    for step in queries::next_steps_for(ctx, &scope, of).await? {
        steps.entry(step.enrolment_id).or_default().push(step.code);
    }
    Ok(steps)
}

fn open_all(ctx: &Ctx, scope: &Scope<ReadCourses>, rows: Vec<Row>) -> Result<Vec<Enrolment>> {
    let seen = rows.iter().map(|row| (row.organisation_id, row.id.uuid()));
    ctx.see(scope, ObjectKind::Enrolment, seen);
    rows.into_iter().map(|row| row.open(ctx)).collect()
}
