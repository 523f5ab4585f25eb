//! What the coordinating association is told of its supervision: when sessions were, in which form, how long, and who was
//! there. There is no place here for anything else, so that no way leads to it.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, OrganisationId, SupervisionSessionId};
use rinnalla_entity::states::{SupervisionForm, SupervisionStatus};
use sea_orm::FromQueryResult;

use super::{Presence, Time, check_page, grouped, queries};
use crate::access::{ReadSupervisionAttendance, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Result, Violations};
use crate::page::{Cursor, Grouped, Page, PageArgs};

/// A session, as the association is told of it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Attended {
    /// Its id, for what hangs below it.
    pub id: SupervisionSessionId,
    /// The association.
    pub organisation_id: OrganisationId,
    /// Who arranged it.
    pub provider_name: String,
    /// The day.
    pub on_date: NaiveDate,
    /// When it began, as minutes after midnight by Helsinki's clock.
    pub starts_at: i16,
    /// How long it lasted or, where it was not held yet, is to last.
    pub minutes: i16,
    /// In a group, with one person, or from afar.
    pub form: SupervisionForm,
    /// Planned, held or cancelled.
    pub status: SupervisionStatus,
}

impl Attended {
    /// When it is.
    pub fn time(&self) -> Time {
        Time {
            on: self.on_date,
            starts_at: self.starts_at,
            minutes: self.minutes,
        }
    }

    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.on_date),
            id: self.id.uuid(),
        }
    }
}

/// Which sessions a list holds.
#[derive(Clone, Copy, Debug)]
pub struct AttendedFilter {
    /// Of this association.
    pub organisation: OrganisationId,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// To this day.
    pub to: Option<NaiveDate>,
}

/// How much supervision an association had, and how many of its peers were reached by it: exact, for its own use.
#[derive(Clone, Copy, Debug, Default, FromQueryResult)]
pub struct Figures {
    /// Peers of the association on the last day.
    pub peers: i64,
    /// Those of them who were at a session at least.
    pub supervised: i64,
    /// Sessions that were held.
    pub sessions: i64,
    /// How long these lasted together, in minutes.
    pub minutes: i64,
    /// The same once for everybody who was there.
    pub attended_minutes: i64,
    /// Sessions in a group.
    pub in_groups: i64,
    /// Sessions with one person.
    pub individual: i64,
    /// Sessions from afar.
    pub remote: i64,
}

/// The sessions of an association that the actor coordinates, the latest first.
///
/// Errors: `Invalid` for days or a cursor that cannot be.
pub async fn attended(ctx: &Ctx, filter: AttendedFilter, page: PageArgs) -> Result<Page<Attended>> {
    let scope = require::<ReadSupervisionAttendance>(ctx)?;
    check_page(filter.from, filter.to, &page)?;
    let rows = queries::attended(ctx, &scope, filter, &page).await?;
    let total = match page.total {
        true => Some(queries::count_attended(ctx, &scope, filter).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    let seen = page.rows.iter();
    let seen = seen.map(|row| (row.organisation_id, row.id.uuid()));
    ctx.see(&scope, ObjectKind::SupervisionSession, seen);
    Ok(page)
}

/// Who was at sessions of an association that the actor coordinates, and who was not.
pub async fn attended_by(
    ctx: &Ctx,
    of: &[SupervisionSessionId],
) -> Result<Grouped<SupervisionSessionId, Presence>> {
    let scope = require::<ReadSupervisionAttendance>(ctx)?;
    let rows = queries::attended_by(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.session_id, row))))
}

/// How much supervision an association that the actor coordinates had between two days; nothing of any other.
///
/// Errors: `Invalid` (`to DATES_OUT_OF_ORDER`).
pub async fn figures(
    ctx: &Ctx,
    of: OrganisationId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Figures> {
    let scope = require::<ReadSupervisionAttendance>(ctx)?;
    Violations::default()
        .check(from <= to, "to", "DATES_OUT_OF_ORDER")
        .done()?;
    queries::figures(ctx, &scope, of, (from, to)).await
}
