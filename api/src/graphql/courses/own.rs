//! A participant's own view of a course.

use async_graphql::{ComplexObject, ID, Result, SimpleObject};
use rinnalla_domain::courses as domain;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::EnrolmentId;

use super::codes::{CourseStatus, EnrolmentStatus};
use super::enrolments::{Attendance, AttendanceRate, Cells, OF_CELLS};
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, id};
use crate::graphql::written::{Written, written};

/// One's own part in a course (oma osallistuminen).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct OwnEnrolment {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The course's name.
    course_name: String,
    /// How far the course is.
    course_status: CourseStatus,
    /// How far one's own part is.
    status: EnrolmentStatus,
    /// Whether one wants to be reminded of sessions.
    wants_reminders: bool,
    /// The day of the decision on how it ended, where there is one.
    decided_on: Option<Date>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    key: EnrolmentId,
    #[graphql(skip)]
    cells: Option<Cells>,
}

/// One's own part in a course (oma osallistuminen).
#[written]
#[ComplexObject]
impl OwnEnrolment {
    /// The sessions, and whether one was there; cancelled sessions are left out.
    async fn attendance(&self) -> Result<&[Attendance]> {
        Ok(&filled(&self.cells)?.attendance)
    }

    /// How much of the course one was there, whole sessions and parts of them.
    async fn attendance_rate(&self) -> Result<AttendanceRate> {
        Ok(filled(&self.cells)?.rate())
    }

    /// How far one kept to it: whoever had said that they could not come kept to it as well.
    async fn commitment_rate(&self) -> Result<AttendanceRate> {
        Ok(filled(&self.cells)?.commitment())
    }
}

impl From<domain::OwnEnrolment> for OwnEnrolment {
    fn from(row: domain::OwnEnrolment) -> Self {
        Self {
            id: id(row.id),
            course_name: row.course_name,
            course_status: row.course_status.into(),
            status: row.status.into(),
            wants_reminders: row.wants_reminders,
            decided_on: row.decided_on.map(Date),
            version: row.version,
            key: row.id,
            cells: None,
        }
    }
}

impl OwnEnrolment {
    /// All of one's own, with what is selected below them.
    pub async fn all(ctx: &Ctx, look: Look<'_>) -> DomainResult<Vec<Self>> {
        let rows = domain::own_enrolments(ctx).await?;
        let mut rows: Vec<Self> = rows.into_iter().map(Self::from).collect();
        fill(&mut rows, &look, ctx).await?;
        Ok(rows)
    }

    /// One of one's own, with what is selected below it.
    pub async fn load(ctx: &Ctx, id: EnrolmentId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_own(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for OwnEnrolment {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if OF_CELLS.iter().any(|field| look.has(field)) {
            let ids: Vec<EnrolmentId> = nodes.iter().map(|node| node.key).collect();
            let mut found = domain::own_cells_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let cells = found.remove(&node.key).unwrap_or_default();
                node.cells = Some(Cells::of(cells));
            }
        }
        Ok(())
    }
}
