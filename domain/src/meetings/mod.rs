//! Meetings (tapaaminen) of a relationship: the day, how long, what the two did, and how they met. What they spoke of
//! is theirs and is not written down.
//!
//! Recording a meeting is the most frequent act of the register, so on PostgreSQL it is one statement in all.

mod queries;
mod recording;

use std::collections::HashMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{Id as _, MeetingId, OrganisationId, PersonId, SupportRelationshipId};
use rinnalla_entity::states::MeetingChannel;

use crate::access::{ReadRelationships, Scope, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::{Cursor, Grouped, Page, PageArgs};

pub use recording::{
    CancelMeeting, CorrectMeeting, RecordMeeting, Recorded, WhatHappened, cancel, correct, record,
};

/// How long a meeting may last, in minutes: up to a day.
pub const MINUTES: RangeInclusive<i32> = 1..=1440;

/// One meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// The coordinating organisation.
    pub organisation_id: OrganisationId,
    /// The relationship.
    pub relationship_id: SupportRelationshipId,
    /// The day.
    pub met_on: NaiveDate,
    /// How long it lasted.
    pub minutes: i16,
    /// What the two did: a code of the list `ACTIVITY`.
    pub activity: String,
    /// How they met.
    pub channel: MeetingChannel,
    /// Grows with every change.
    pub version: i32,
    /// The meeting that it corrects, where it does.
    pub replaces_id: Option<MeetingId>,
    /// Who recorded it.
    pub recorded_by: PersonId,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When it was cancelled or corrected, where it was.
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl Meeting {
    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.met_on),
            id: self.id.uuid(),
        }
    }
}

/// How often and how long the two have met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many meetings.
    pub meetings: i64,
    /// How many minutes in all.
    pub minutes: i64,
}

/// The meetings of a relationship, the latest first. Cancelled ones are left out.
///
/// Errors: `Invalid` for a cursor that cannot be.
pub async fn list(ctx: &Ctx, of: SupportRelationshipId, page: PageArgs) -> Result<Page<Meeting>> {
    let scope = require::<ReadRelationships>(ctx)?;
    if page.after.is_some_and(|after| after.on.is_none()) {
        return Err(Error::invalid("after", "MALFORMED"));
    }
    let rows = queries::list(ctx, &scope, of, &page).await?;
    let total = match page.total {
        true => {
            let totals = queries::totals_for(ctx, &scope, &[of]).await?;
            Some(totals.first().map_or(0, |row| row.meetings.unsigned_abs()))
        }
        false => None,
    };
    let page = Page::of(rows, &page, total);
    see(ctx, &scope, &page.rows);
    Ok(page)
}

/// One meeting, also a cancelled one; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: MeetingId) -> Result<Option<Meeting>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let found = queries::find(ctx, &scope, id).await?;
    match &found {
        Some(meeting) => see(ctx, &scope, std::slice::from_ref(meeting)),
        None => ctx.refuse(&scope, ObjectKind::SupportRelationship, id),
    }
    Ok(found)
}

/// The latest `n` meetings of each relationship, the latest first. Cancelled ones are left out.
pub async fn latest_for_relationships(
    ctx: &Ctx,
    of: &[SupportRelationshipId],
    n: u16,
) -> Result<Grouped<SupportRelationshipId, Meeting>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::latest_for_relationships(ctx, &scope, of, n).await?;
    see(ctx, &scope, &rows);
    let mut grouped = Grouped::with_capacity(of.len());
    for row in rows {
        let of_one: &mut Vec<Meeting> = grouped.entry(row.relationship_id).or_default();
        of_one.push(row);
    }
    Ok(grouped)
}

/// How often and how long the two of each relationship have met; none where they have not.
pub async fn totals_for(
    ctx: &Ctx,
    of: &[SupportRelationshipId],
) -> Result<HashMap<SupportRelationshipId, Totals>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::totals_for(ctx, &scope, of).await?;
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.relationship_id.uuid()));
    ctx.see(&scope, ObjectKind::SupportRelationship, seen);
    let totals = rows.into_iter().map(|row| {
        let totals = Totals {
            meetings: row.meetings,
            minutes: row.minutes,
        };
        (row.relationship_id, totals)
    });
    Ok(totals.collect())
}

fn see(ctx: &Ctx, scope: &Scope<ReadRelationships>, rows: &[Meeting]) {
    ctx.see(
        scope,
        ObjectKind::SupportRelationship,
        rows.iter()
            .map(|row| (row.organisation_id, row.relationship_id.uuid())),
    );
}
