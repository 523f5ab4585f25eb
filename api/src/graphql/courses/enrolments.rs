//! Who takes part in a course, and who was there.

use std::sync::Arc;

use async_graphql::{ComplexObject, ID, Result, SimpleObject};
use rinnalla_domain::courses::{self as domain, rules};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::EnrolmentId;

use super::codes::{AttendanceStatus, EnrolmentStatus};
use super::sessions::CourseSession;
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, DateTime, id};
use crate::graphql::written::{Written, written};

/// Somebody's part in a course, under a name or a pseudonym; why they take part is not told (osallistuminen).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Enrolment {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The name or pseudonym; absent where the person was erased.
    name: Option<String>,
    /// Whether it is a pseudonym.
    is_pseudonym: bool,
    /// How far it is.
    status: EnrolmentStatus,
    /// Whether they want to be reminded of sessions.
    wants_reminders: bool,
    /// The day on which they came to be on the list.
    applied_on: Date,
    /// The day of the decision on how it ended, where there is one.
    decided_on: Option<Date>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::Enrolment,
    #[graphql(skip)]
    cells: Option<Cells>,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    next_steps: Option<Vec<String>>,
}

/// Whether somebody was at a session (läsnäolomerkintä).
#[derive(SimpleObject, Written, Clone)]
pub struct Attendance {
    /// The session.
    session: CourseSession,
    /// Whether.
    status: AttendanceStatus,
    /// When it was recorded, where it was.
    recorded_at: Option<DateTime>,
}

/// A share, 0 to 1 (osuus).
#[derive(SimpleObject, Written, Clone, Copy)]
pub struct AttendanceRate {
    /// Of the sessions that were recorded for them; absent where there is none.
    of_held: Option<f64>,
    /// Of all eight.
    of_all: f64,
}

impl From<rules::Rate> for AttendanceRate {
    fn from(rate: rules::Rate) -> Self {
        Self {
            of_held: rate.of_held,
            of_all: rate.of_all,
        }
    }
}

/// Somebody's row of the grid, and what follows from it.
#[derive(Clone)]
pub struct Cells {
    /// Session by session.
    pub attendance: Vec<Attendance>,
    marks: Vec<rinnalla_domain::states::AttendanceStatus>,
}

impl Cells {
    /// Of the cells in the order of the sessions.
    pub fn of(cells: Vec<domain::Cell>) -> Self {
        let marks = cells.iter().map(domain::Cell::status).collect();
        let attendance = cells.into_iter().map(|cell| Attendance {
            status: cell.status().into(),
            recorded_at: cell.recorded_at.map(DateTime),
            session: cell.session.into(),
        });
        Self {
            attendance: attendance.collect(),
            marks,
        }
    }

    /// How much of the course somebody was there.
    pub fn rate(&self) -> AttendanceRate {
        rules::attendance(&self.marks).into()
    }

    /// How far somebody kept to it.
    pub fn commitment(&self) -> AttendanceRate {
        rules::commitment(&self.marks).into()
    }
}

/// Fields of which one statement is enough for all.
pub const OF_CELLS: [&str; 4] = [
    "attendance",
    "attendanceRate",
    "commitmentRate",
    "hasMissedTwice",
];

/// Somebody's part in a course, under a name or a pseudonym; why they take part is not told (osallistuminen).
#[written]
#[ComplexObject]
impl Enrolment {
    /// The person of the register, where it is one whose details one may see.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }

    /// Whether they were there, session by session; cancelled sessions are left out.
    async fn attendance(&self) -> Result<&[Attendance]> {
        Ok(&filled(&self.cells)?.attendance)
    }

    /// How much of the course they were there, whole sessions and parts of them. Nobody fails by it.
    async fn attendance_rate(&self) -> Result<AttendanceRate> {
        Ok(filled(&self.cells)?.rate())
    }

    /// How far they kept to it: whoever had said that they could not come kept to it as well.
    async fn commitment_rate(&self) -> Result<AttendanceRate> {
        Ok(filled(&self.cells)?.commitment())
    }

    /// Whether they missed the last two sessions without a word, so that somebody should ask how they are; told to those
    /// who lead the course alone.
    async fn has_missed_twice(&self) -> Result<Option<bool>> {
        let cells = filled(&self.cells)?;
        let is_led = self.row.is_led;
        Ok(is_led.then(|| rules::is_missed(&cells.marks)))
    }

    /// What they go on to, where they told: codes of the list `NEXT_STEP`.
    async fn next_steps(&self) -> Result<&[String]> {
        Ok(filled(&self.next_steps)?)
    }
}

impl From<domain::Enrolment> for Enrolment {
    fn from(row: domain::Enrolment) -> Self {
        Self {
            id: id(row.id),
            name: row.name.as_ref().map(|name| name.reveal().clone()),
            is_pseudonym: row.is_pseudonym,
            status: row.status.into(),
            wants_reminders: row.wants_reminders,
            applied_on: row.applied_on.into(),
            decided_on: row.decided_on.map(Date),
            version: row.version,
            row,
            cells: None,
            person: None,
            next_steps: None,
        }
    }
}

impl Enrolment {
    /// One part with what is selected below it.
    pub async fn load(ctx: &Ctx, id: EnrolmentId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_enrolment(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for Enrolment {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<EnrolmentId> = nodes.iter().map(|node| node.row.id).collect();
        if OF_CELLS.iter().any(|field| look.has(field)) {
            let mut found = domain::cells_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let cells = found.remove(&node.row.id).unwrap_or_default();
                node.cells = Some(Cells::of(cells));
            }
        }
        if look.has("nextSteps") {
            let mut found = domain::next_steps_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.next_steps = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        if let Some(below) = look.child("person") {
            let of = nodes.iter().filter_map(|node| node.row.person_id);
            let found = Person::for_ids(ctx, &of.collect::<Vec<_>>(), &below).await?;
            for node in nodes.iter_mut() {
                let person = node.row.person_id.and_then(|id| found.get(&id));
                node.person = Some(person.cloned());
            }
        }
        Ok(())
    }
}
