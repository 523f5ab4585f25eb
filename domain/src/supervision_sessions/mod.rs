//! The supervision log (työnohjaus): guided reflection for support persons, peer guides and experts by experience.
//!
//! It is arranged by another organisation than the one that coordinates them, joined to it by a partnership. The
//! provider's supervisors write the log, each their own sessions. The coordinating association is told attendance and
//! hours, and no content: neither what a session was about, nor what somebody answered to an invitation, nor who asked to
//! be contacted. Peers see their own invitations and nobody else's. The rules are in [`rules`]; here supervisors read.

mod attended;
mod contact_requests;
mod coverage;
mod invitations;
mod planning;
mod queries;
mod recording;
pub mod rules;
mod settings;
mod texts;

use std::collections::HashMap;
use std::hash::Hash;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use rinnalla_entity::ids::{
    Id as _, OrganisationId, PersonId, SupervisionInvitationId, SupervisionSessionId,
};
use rinnalla_entity::states::{
    SupervisionAnswer, SupervisionForm, SupervisionPresence, SupervisionStatus,
};
use sea_orm::FromQueryResult;

use crate::access::{Scope, Supervise, require};
use crate::audit::ObjectKind;
use crate::calendar::{clock, helsinki_instant};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::page::{Cursor, Grouped, Page, PageArgs};

pub use attended::{Attended, AttendedFilter, Figures, attended, attended_by, figures};
pub use contact_requests::{
    Ask, ContactRequest, OnContactRequest, acknowledge, acknowledge_cancel, ask, find_request,
    own_requests, requests, waiting, withdraw,
};
pub use coverage::{Peer, PeerFilter, peers};
pub use invitations::{AnswerInvitation, OwnInvitation, answer, find_own, own_invitations};
pub use planning::{
    Correct, Details, OnSession, Plan, Substitute, cancel, correct, plan, reinstate, substitute,
};
pub use recording::{Mark, Record, record, record_cancel};
pub use settings::{
    AllowTexts, SetLimit, Settings, SupervisedOrganisation, allow_texts, find_settings, set_limit,
    supervised_organisations,
};
pub use texts::{SetText, Text, set_text, texts_for};

/// A session of supervision, as its supervisor sees it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SupervisionSession {
    /// Its id.
    pub id: SupervisionSessionId,
    /// The association whose peers are supervised.
    pub organisation_id: OrganisationId,
    /// The association's name.
    pub organisation_name: String,
    /// The organisation that arranges the supervision.
    pub provider_id: OrganisationId,
    /// Whose session it is.
    pub supervisor_id: PersonId,
    /// Who holds it in their place, where somebody does.
    pub substitute_id: Option<PersonId>,
    /// The day.
    pub on_date: NaiveDate,
    /// When it begins, as minutes after midnight by Helsinki's clock.
    pub starts_at: i16,
    /// How long it is to last.
    pub minutes: i16,
    /// How long it lasted, where it was held.
    pub held_minutes: Option<i16>,
    /// In a group, with one person, or from afar.
    pub form: SupervisionForm,
    /// Planned, held or cancelled.
    pub status: SupervisionStatus,
    /// Grows with every change.
    pub version: i32,
}

impl SupervisionSession {
    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.on_date),
            id: self.id.uuid(),
        }
    }

    /// When it is.
    pub fn time(&self) -> Time {
        Time {
            on: self.on_date,
            starts_at: self.starts_at,
            minutes: self.held_minutes.unwrap_or(self.minutes),
        }
    }
}

/// When a session is.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    /// The day.
    pub on: NaiveDate,
    /// When it begins, as minutes after midnight by Helsinki's clock.
    pub starts_at: i16,
    /// How long it lasts.
    pub minutes: i16,
}

impl Time {
    /// When it begins by the clock.
    pub fn clock(&self) -> NaiveTime {
        clock(self.starts_at)
    }

    /// When it begins.
    pub fn begins(&self) -> DateTime<Utc> {
        helsinki_instant(self.on, self.clock())
    }

    /// When it ends.
    pub fn ends(&self) -> DateTime<Utc> {
        self.begins() + TimeDelta::minutes(self.minutes.into())
    }
}

/// Somebody who is invited to a session, as its supervisor sees it.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Invitation {
    /// Its id.
    pub id: SupervisionInvitationId,
    /// The session.
    pub session_id: SupervisionSessionId,
    /// Who.
    pub person_id: PersonId,
    /// What they answered.
    pub answer: SupervisionAnswer,
    /// When, where they did.
    pub answered_at: Option<DateTime<Utc>>,
}

/// Whether somebody was at a session.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Presence {
    /// The session.
    pub session_id: SupervisionSessionId,
    /// Who.
    pub person_id: PersonId,
    /// Whether.
    pub status: SupervisionPresence,
}

/// Which sessions a list holds; everything that is set must apply.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// For peers of this association.
    pub organisation: Option<OrganisationId>,
    /// Planned, held or cancelled.
    pub status: Option<SupervisionStatus>,
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// To this day.
    pub to: Option<NaiveDate>,
}

/// The sessions that the actor holds, or holds for another, the latest first.
///
/// Errors: `Invalid` for a filter or a cursor that cannot be.
pub async fn list(ctx: &Ctx, filter: &Filter, page: PageArgs) -> Result<Page<SupervisionSession>> {
    let scope = require::<Supervise>(ctx)?;
    check_page(filter.from, filter.to, &page)?;
    let rows = queries::list(ctx, &scope, filter, &page).await?;
    let total = match page.total {
        true => Some(queries::count(ctx, &scope, filter).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    see(ctx, &scope, page.rows.iter());
    Ok(page)
}

/// One session; `None` where it is absent or another's.
pub async fn find(ctx: &Ctx, id: SupervisionSessionId) -> Result<Option<SupervisionSession>> {
    let scope = require::<Supervise>(ctx)?;
    let found = queries::find(ctx, &scope, id).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::SupervisionSession, id);
    }
    see(ctx, &scope, found.iter());
    Ok(found)
}

/// What sessions were about, as codes.
pub async fn themes_for(
    ctx: &Ctx,
    of: &[SupervisionSessionId],
) -> Result<Grouped<SupervisionSessionId, String>> {
    let scope = require::<Supervise>(ctx)?;
    let rows = queries::themes_for(ctx, &scope, of).await?;
    Ok(grouped(
        rows.into_iter().map(|row| (row.session_id, row.code)),
    ))
}

/// Who is invited to sessions, in the order in which they were.
pub async fn invitations_for(
    ctx: &Ctx,
    of: &[SupervisionSessionId],
) -> Result<Grouped<SupervisionSessionId, Invitation>> {
    let scope = require::<Supervise>(ctx)?;
    let rows = queries::invitations_for(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.session_id, row))))
}

/// Who was at sessions, and who was not.
pub async fn presences_for(
    ctx: &Ctx,
    of: &[SupervisionSessionId],
) -> Result<Grouped<SupervisionSessionId, Presence>> {
    let scope = require::<Supervise>(ctx)?;
    let rows = queries::presences_for(ctx, &scope, of).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.session_id, row))))
}

/// A page of a list that is sorted by days.
fn check_page(from: Option<NaiveDate>, to: Option<NaiveDate>, page: &PageArgs) -> Result<()> {
    let in_order = from.zip(to).is_none_or(|(from, to)| from <= to);
    Violations::default()
        .check(in_order, "to", "DATES_OUT_OF_ORDER")
        .done()?;
    match page.after.is_some_and(|after| after.on.is_none()) {
        true => Err(Error::invalid("after", "MALFORMED")),
        false => Ok(()),
    }
}

fn grouped<K: Eq + Hash, T>(rows: impl Iterator<Item = (K, T)>) -> Grouped<K, T> {
    let mut grouped: HashMap<K, Vec<T>> = HashMap::new();
    for (of, row) in rows {
        grouped.entry(of).or_default().push(row);
    }
    grouped
}

fn see<'a>(
    ctx: &Ctx,
    scope: &Scope<Supervise>,
    rows: impl Iterator<Item = &'a SupervisionSession>,
) {
    let seen = rows.map(|row| (row.provider_id, row.id.uuid()));
    ctx.see(scope, ObjectKind::SupervisionSession, seen);
}
