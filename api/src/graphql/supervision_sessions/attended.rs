//! What the association is told of its supervision.

use async_graphql::{ComplexObject, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::supervision_sessions as domain;

use super::codes::{SupervisionForm, SupervisionStatus};
use super::session::SupervisionAttendance;
use crate::graphql::prefetch::{Look, filled};
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::written::{Written, written};

/// A session of supervision as the coordinating association is told of it: when, how long, who was there, and no content
/// (toteutunut työnohjaus).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct AttendedSupervision {
    /// The name of the organisation that arranged it.
    provider_name: String,
    /// The day.
    on: Date,
    /// When it begins.
    begins: DateTime,
    /// When it ends.
    ends: DateTime,
    /// How long it lasted or, where it was not held yet, is to last, in minutes.
    minutes: i16,
    /// In a group, with one person, or from afar.
    form: SupervisionForm,
    /// Planned, held or cancelled.
    status: SupervisionStatus,
    #[graphql(skip)]
    row: domain::Attended,
    #[graphql(skip)]
    attendance: Option<Vec<SupervisionAttendance>>,
}

/// A session of supervision as the coordinating association is told of it: when, how long, who was there, and no content
/// (toteutunut työnohjaus).
#[written]
#[ComplexObject]
impl AttendedSupervision {
    /// Who was there, and who was not.
    async fn attendance(&self) -> Result<&[SupervisionAttendance]> {
        Ok(filled(&self.attendance)?)
    }
}

impl From<domain::Attended> for AttendedSupervision {
    fn from(row: domain::Attended) -> Self {
        let time = row.time();
        Self {
            provider_name: row.provider_name.clone(),
            on: row.on_date.into(),
            begins: time.begins().into(),
            ends: time.ends().into(),
            minutes: row.minutes,
            form: row.form.into(),
            status: row.status.into(),
            row,
            attendance: None,
        }
    }
}

impl AttendedSupervision {
    /// A page with what is selected below its rows.
    pub async fn page(
        ctx: &Ctx,
        filter: domain::AttendedFilter,
        args: PageArgs,
        look: &Look<'_>,
    ) -> DomainResult<AttendedSupervisionConnection> {
        let page = domain::attended(ctx, filter, args).await?;
        let mut page = page.map(Self::from);
        if let Some(below) = look.child("attendance") {
            let ids: Vec<_> = page.rows.iter().map(|node| node.row.id).collect();
            let mut found = domain::attended_by(ctx, &ids).await?;
            for node in &mut page.rows {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.attendance = Some(rows.into_iter().map(Into::into).collect());
            }
            let all = page
                .rows
                .iter_mut()
                .filter_map(|node| node.attendance.as_mut());
            SupervisionAttendance::fill_people(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(AttendedSupervisionConnection::new(page, &args, |node| {
            node.row.cursor()
        }))
    }
}

connection!(
    AttendedSupervision,
    AttendedSupervisionConnection,
    AttendedSupervisionEdge,
    "A page of sessions of supervision, as the association is told of them."
);

/// How much supervision an association had, and how many it reached; exact, for its own use (työnohjauksen luvut).
#[derive(SimpleObject, Written, Clone, Copy)]
pub struct SupervisionFigures {
    /// Peers of the association on the last day.
    peers: i64,
    /// Those of them who were at a session at least.
    supervised: i64,
    /// Sessions that were held.
    sessions: i64,
    /// How long these lasted together, in minutes.
    minutes: i64,
    /// The same once for everybody who was there.
    attended_minutes: i64,
    /// Sessions in a group.
    in_groups: i64,
    /// Sessions with one person.
    individual: i64,
    /// Sessions from afar.
    remote: i64,
}

impl From<domain::Figures> for SupervisionFigures {
    fn from(row: domain::Figures) -> Self {
        Self {
            peers: row.peers,
            supervised: row.supervised,
            sessions: row.sessions,
            minutes: row.minutes,
            attended_minutes: row.attended_minutes,
            in_groups: row.in_groups,
            individual: row.individual,
            remote: row.remote,
        }
    }
}
