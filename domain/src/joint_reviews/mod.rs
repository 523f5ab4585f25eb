//! Joint reviews (yhteistapaaminen, väliarvio): every three to six months the professional meets the supported person
//! and the support person together and hears how it has gone (the support-person model of Kainuu).
//!
//! A relationship has one review open at a time. When it falls due, and what follows from a review that was held or
//! not held, is in [`rules`]; here reviews are read, booked and recorded.

mod at_once;
mod following;
mod queries;
mod recording;
pub mod rules;
mod state;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    Id as _, JointReviewId, JointReviewRecordId, OrganisationId, PersonId, SupportRelationshipId,
};
use rinnalla_entity::states::{
    JointReviewStatus, NotHeldReason, ReviewCancelledReason, ReviewChannel, ReviewOutcome,
    ReviewProgress, ReviewRecordKind,
};
use sea_orm::FromQueryResult;

use crate::access::{ReadRelationships, Scope, require};
use crate::audit::ObjectKind;
use crate::calendar::plus_days;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::page::{Cursor, Grouped, Page, PageArgs};
use crate::reach::Question;
use crate::sql::Placed;

pub(crate) use following::{Recorded, follow, of_history};
pub use recording::{
    AfterRecord, BookReview, CancelRecord, CorrectRecord, Happened, Held, RecordReview,
    UnbookReview, book, cancel_record, correct_record, record, unbook,
};
pub(crate) use state::State;

/// The furthest that a list of what falls due looks ahead, in days: a year.
pub const DUE_WITHIN_DAYS_MAX: i32 = 366;

/// One review cycle of a relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointReview {
    /// Its id; stays the same when the cycle is closed by mistake and opened again.
    pub id: JointReviewId,
    /// The coordinating organisation.
    pub organisation_id: OrganisationId,
    /// The relationship.
    pub relationship_id: SupportRelationshipId,
    /// Planned, held, not held or cancelled.
    pub status: JointReviewStatus,
    /// The working day aimed at.
    pub planned_on: NaiveDate,
    /// The last working day of the window.
    pub window_end_on: NaiveDate,
    /// The day on which it was held, where it was.
    pub held_on: Option<NaiveDate>,
    /// Grows with every change.
    pub version: i32,
    /// What lists seldom show, where it was asked for.
    pub particulars: Option<Particulars>,
}

/// What of a review lists seldom show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Particulars {
    /// Grows with every cycle, with gaps where cycles were skipped.
    pub cycle_no: i32,
    /// Why it was cancelled, where it was.
    pub cancelled_reason: Option<ReviewCancelledReason>,
    /// The agreed interval, in months.
    pub interval_months: i16,
    /// The day that the months are counted from.
    pub base_on: NaiveDate,
    /// The first working day of the window.
    pub window_start_on: NaiveDate,
    /// The day that was booked for it, if any.
    pub booked_for: Option<NaiveDate>,
    /// Whether all three were present, where it was held.
    pub is_joint: Option<bool>,
}

/// What is read of reviews beside what every list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct With {
    /// What lists seldom show.
    pub particulars: bool,
}

impl JointReview {
    /// What lists seldom show of it.
    ///
    /// Errors: `Internal` where it was not asked for.
    pub fn particulars(&self) -> Result<&Particulars> {
        let read = self.particulars.as_ref();
        read.ok_or_else(|| Error::internal("a review was read without its particulars"))
    }

    /// How an open review stands today; `None` where it is open no more.
    pub fn timing(&self, ctx: &Ctx) -> Option<rules::Timing> {
        (self.status == JointReviewStatus::Planned)
            .then(|| rules::timing(self.planned_on, self.window_end_on, ctx.today))
    }

    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: Some(self.planned_on),
            id: self.id.uuid(),
        }
    }
}

/// What was recorded of a review. A cancelled record stays, marked.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct JointReviewRecord {
    /// Its id.
    pub id: JointReviewRecordId,
    /// The review.
    pub joint_review_id: JointReviewId,
    /// Held or not held.
    pub kind: ReviewRecordKind,
    /// The day on which the people met.
    pub held_on: Option<NaiveDate>,
    /// Whether the professional was there.
    pub professional_present: Option<bool>,
    /// Whether the supported person was there.
    pub supported_present: Option<bool>,
    /// Whether the support person was there.
    pub support_person_present: Option<bool>,
    /// In person or remotely.
    pub channel: Option<ReviewChannel>,
    /// How it has gone.
    pub progress: Option<ReviewProgress>,
    /// What follows.
    pub outcome: Option<ReviewOutcome>,
    /// Whether it closes the cycle.
    pub settles_cycle: Option<bool>,
    /// The interval that was agreed there, in months.
    pub next_interval_months: Option<i16>,
    /// Why it was not held.
    pub not_held_reason: Option<NotHeldReason>,
    /// The record that it corrects: the first one, also after several corrections.
    pub corrects_id: Option<JointReviewRecordId>,
    /// Who recorded it.
    pub recorded_by: PersonId,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When it was cancelled or corrected, where it was.
    pub cancelled_at: Option<DateTime<Utc>>,
}

/// Which reviews a list holds; everything that is set must apply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Open, with a planned day at most so many days away; those already due or overdue included.
    pub due_within_days: Option<i32>,
    /// Planned on this day or later.
    pub planned_from: Option<NaiveDate>,
    /// Planned on this day or earlier.
    pub planned_to: Option<NaiveDate>,
    /// Open ones alone.
    pub open_only: bool,
    /// Open and overdue (`true`), or open and not overdue (`false`).
    pub is_overdue: Option<bool>,
    /// Of the cases whose professional the actor is, or stands in for.
    pub mine: bool,
    /// Of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Of this relationship.
    pub relationship: Option<SupportRelationshipId>,
}

impl Filter {
    /// Notes what cannot be.
    pub fn check(&self, faults: &mut Violations) {
        let days = self.due_within_days.unwrap_or(0);
        let ends = self.planned_from.zip(self.planned_to);
        faults
            .check(
                (0..=DUE_WITHIN_DAYS_MAX).contains(&days),
                "dueWithinDays",
                "OUT_OF_RANGE",
            )
            .check(
                ends.is_none_or(|(from, to)| from <= to),
                "plannedTo",
                "DATES_OUT_OF_ORDER",
            );
    }
}

/// The reviews that the actor may see, by planned day. Those recorded in error are left out.
///
/// Errors: `Invalid` for a filter or a cursor that cannot be.
pub async fn list(
    ctx: &Ctx,
    filter: &Filter,
    page: PageArgs,
    with: With,
) -> Result<Page<JointReview>> {
    let page = list_beside::<()>(ctx, filter, page, (with, ()), |_| ()).await?;
    Ok(page.map(|(row, ())| row))
}

/// The same, each with what `join` joins to `jr`.
pub(crate) async fn list_beside<T: Placed>(
    ctx: &Ctx,
    filter: &Filter,
    page: PageArgs,
    with: (With, T::With),
    join: impl FnOnce(&mut Question),
) -> Result<Page<(JointReview, T)>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let mut faults = Violations::default();
    filter.check(&mut faults);
    let after = page.after.map(|after| (after.on, after.id));
    faults.check(
        after.is_none_or(|(on, _)| on.is_some()),
        "after",
        "MALFORMED",
    );
    faults.done()?;
    let due_to = filter
        .due_within_days
        .map(|days| plus_days(ctx.today, days.into()));
    let asked = queries::Asked {
        filter,
        due_to,
        today: ctx.today,
    };
    let rows = queries::list(ctx, &scope, &asked, &page, with, join).await?;
    let total = match page.total {
        true => Some(queries::count(ctx, &scope, &asked).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    see(ctx, &scope, page.rows.iter().map(|(row, _)| row));
    Ok(page)
}

/// One review; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: JointReviewId, with: With) -> Result<Option<JointReview>> {
    let found = for_ids(ctx, &[id], with).await?.remove(&id);
    if found.is_none() {
        let scope = require::<ReadRelationships>(ctx)?;
        ctx.refuse(&scope, ObjectKind::SupportRelationship, id);
    }
    Ok(found)
}

/// The reviews with these ids, as far as the actor may see them.
pub async fn for_ids(
    ctx: &Ctx,
    ids: &[JointReviewId],
    with: With,
) -> Result<HashMap<JointReviewId, JointReview>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::for_ids(ctx, &scope, ids, with).await?;
    see(ctx, &scope, &rows);
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The open review of each relationship that has one.
pub async fn open_for_relationships(
    ctx: &Ctx,
    of: &[SupportRelationshipId],
    with: With,
) -> Result<HashMap<SupportRelationshipId, JointReview>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::open_for_relationships(ctx, &scope, of, with).await?;
    see(ctx, &scope, &rows);
    let by_relationship = rows.into_iter().map(|row| (row.relationship_id, row));
    Ok(by_relationship.collect())
}

/// The latest `n` reviews of each relationship, the latest first; those recorded in error are left out.
pub async fn latest_for_relationships(
    ctx: &Ctx,
    of: &[SupportRelationshipId],
    n: u16,
    with: With,
) -> Result<Grouped<SupportRelationshipId, JointReview>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::latest_for_relationships(ctx, &scope, of, n, with).await?;
    see(ctx, &scope, &rows);
    let mut grouped = Grouped::with_capacity(of.len());
    for row in rows {
        let of_one: &mut Vec<JointReview> = grouped.entry(row.relationship_id).or_default();
        of_one.push(row);
    }
    Ok(grouped)
}

/// Everything that was recorded of each review, in order, cancelled records included.
pub async fn records_for_reviews(
    ctx: &Ctx,
    of: &[JointReviewId],
) -> Result<Grouped<JointReviewId, JointReviewRecord>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let rows = queries::records_for(ctx, &scope, "e.joint_review_id", of).await?;
    see_records(ctx, &scope, &rows);
    let mut grouped = Grouped::with_capacity(of.len());
    for row in rows {
        let record: JointReviewRecord = row.record;
        let of_one: &mut Vec<JointReviewRecord> =
            grouped.entry(record.joint_review_id).or_default();
        of_one.push(record);
    }
    Ok(grouped)
}

/// One record, cancelled or not; `None` where it is absent or hidden.
pub async fn find_record(ctx: &Ctx, id: JointReviewRecordId) -> Result<Option<JointReviewRecord>> {
    let scope = require::<ReadRelationships>(ctx)?;
    let mut rows = queries::records_for(ctx, &scope, "e.id", &[id]).await?;
    see_records(ctx, &scope, &rows);
    if rows.is_empty() {
        ctx.refuse(&scope, ObjectKind::SupportRelationship, id);
    }
    Ok(rows.pop().map(|row| row.record))
}

fn see_records(ctx: &Ctx, scope: &Scope<ReadRelationships>, rows: &[queries::RecordRow]) {
    ctx.see(
        scope,
        ObjectKind::SupportRelationship,
        rows.iter()
            .map(|row| (row.organisation_id, row.relationship_id.uuid())),
    );
}

fn see<'a>(
    ctx: &Ctx,
    scope: &Scope<ReadRelationships>,
    rows: impl IntoIterator<Item = &'a JointReview>,
) {
    ctx.see(
        scope,
        ObjectKind::SupportRelationship,
        rows.into_iter()
            .map(|row| (row.organisation_id, row.relationship_id.uuid())),
    );
}
