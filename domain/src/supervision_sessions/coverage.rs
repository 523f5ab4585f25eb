//! How long peers have been without supervision, and who is missing from it: for the coordinators of their association,
//! and for those who supervise them. A supervisor is told of sessions of the own organisation alone.

use chrono::NaiveDate;
use rinnalla_entity::ids::{OrganisationId, PersonId};
use sea_orm::FromQueryResult;

use super::{queries, rules};
use crate::access::{ReadSupervisionCoverage, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{Cursor, Page, PageArgs};

/// A peer, and how long they have been without supervision.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Peer {
    /// Who.
    pub person_id: PersonId,
    /// From when on they hold a role of a peer.
    pub peer_from: NaiveDate,
    /// The day of the last session that they were at.
    pub last_on: Option<NaiveDate>,
    /// How many sessions they were at in the past twelve months.
    pub sessions: i64,
    /// How long these lasted together, in minutes.
    pub minutes: i64,
    limit_days: Option<i16>,
}

impl Peer {
    /// How long they have been without supervision today.
    pub fn without(&self, today: NaiveDate) -> rules::Without {
        rules::without(self.last_on, self.peer_from, self.limit_days, today)
    }

    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor::of(self.person_id)
    }
}

/// Which peers a list holds.
#[derive(Clone, Copy, Debug)]
pub struct PeerFilter {
    /// Of this association.
    pub organisation: OrganisationId,
    /// Only those who have been without for longer than its limit.
    pub missing: bool,
}

/// The peers of an association that the actor coordinates or supervises; none of any other.
pub async fn peers(ctx: &Ctx, filter: PeerFilter, page: PageArgs) -> Result<Page<Peer>> {
    let scope = require::<ReadSupervisionCoverage>(ctx)?;
    let rows = queries::peers(ctx, &scope, filter, &page).await?;
    let total = match page.total {
        true => Some(queries::count_peers(ctx, &scope, filter).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    let of = filter.organisation;
    let seen = page.rows.iter().map(|row| (of, row.person_id.0));
    ctx.see(&scope, ObjectKind::Person, seen);
    Ok(page)
}
