//! Booking a review, and recording what became of it.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    Id as _, JointReviewId, JointReviewRecordId, OrganisationId, SupportRelationshipId,
};
use rinnalla_entity::states::{
    JointReviewStatus, NotHeldReason, ReviewCancelledReason, ReviewChannel, ReviewOutcome,
    ReviewProgress, ReviewRecordKind,
};

use super::following::{Recorded, follow};
use super::queries::{self, ForAct};
use super::rules::INTERVAL_MONTHS;
use super::{JointReview, at_once};
use crate::access::{RecordReviews, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::calendar::add_months;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};

/// A review is booked at most so many months ahead: later ones are of other cycles.
const BOOKED_AHEAD_MONTHS: i32 = 12;

/// Books a day for an open review.
#[derive(Clone, Debug)]
pub struct BookReview {
    /// The review.
    pub review: JointReviewId,
    /// The review's version that the booking is based on.
    pub version: i32,
    /// The day; any day of the week, today at the earliest.
    pub booked_for: NaiveDate,
}

/// Takes a booking back.
#[derive(Clone, Debug)]
pub struct UnbookReview {
    /// The review.
    pub review: JointReviewId,
    /// The review's version.
    pub version: i32,
}

/// A review that was held.
#[derive(Clone, Debug)]
pub struct Held {
    /// The day.
    pub held_on: NaiveDate,
    /// Whether the professional was there; must be.
    pub professional_present: bool,
    /// Whether the supported person was there.
    pub supported_present: bool,
    /// Whether the support person was there.
    pub support_person_present: bool,
    /// Of a meeting of two, whether it closes the cycle: the professional says so. With all three it always does.
    pub settles_cycle: Option<bool>,
    /// In person or remotely.
    pub channel: ReviewChannel,
    /// How it has gone.
    pub progress: ReviewProgress,
    /// What follows.
    pub outcome: ReviewOutcome,
    /// The interval agreed for the next, in months, where one was.
    pub next_interval_months: Option<i32>,
}

/// What became of a review.
#[derive(Clone, Debug)]
pub enum Happened {
    /// It was held.
    Held(Held),
    /// It is not held.
    NotHeld(NotHeldReason),
}

/// Records what became of a review.
#[derive(Clone, Debug)]
pub struct RecordReview {
    /// The review.
    pub review: JointReviewId,
    /// The review's version.
    pub version: i32,
    /// What became of it.
    pub happened: Happened,
}

/// A review of which something was recorded.
#[derive(Clone, Debug)]
pub enum AfterRecord {
    /// As it was written now.
    Now(JointReview),
    /// To be read: it was recorded before under the same key, or with more besides.
    Of(JointReviewId),
}

/// Cancels a record that was made by mistake.
#[derive(Clone, Debug)]
pub struct CancelRecord {
    /// The record.
    pub record: JointReviewRecordId,
    /// The review's version.
    pub version: i32,
}

/// Puts another record in the place of one that was mistaken.
#[derive(Clone, Debug)]
pub struct CorrectRecord {
    /// The record.
    pub record: JointReviewRecordId,
    /// The review's version.
    pub version: i32,
    /// What really became of the review.
    pub happened: Happened,
}

/// Books a day for an open review; the reminder of that day replaces the nudges before it.
///
/// Errors: `Invalid` (`bookedFor`; `WRONG_STATE` where the review is open no more), `NotFound`, `Conflict`.
pub async fn book(ctx: &Ctx, key: &IdempotencyKey, input: BookReview) -> Result<JointReviewId> {
    let scope = require::<RecordReviews>(ctx)?;
    let latest = add_months(ctx.today, BOOKED_AHEAD_MONTHS);
    Violations::default()
        .check(input.booked_for >= ctx.today, "bookedFor", "DATE_IN_PAST")
        .check(input.booked_for <= latest, "bookedFor", "OUT_OF_RANGE")
        .done()?;
    let act = ctx.begin("jointReviewBook", key, input.review).await?;
    set_booking(
        act,
        &scope,
        input.review,
        input.version,
        Some(input.booked_for),
    )
    .await
}

/// Takes a booking back; the nudges apply again.
///
/// Errors: as [`book`].
pub async fn unbook(ctx: &Ctx, key: &IdempotencyKey, input: UnbookReview) -> Result<JointReviewId> {
    let scope = require::<RecordReviews>(ctx)?;
    let act = ctx.begin("jointReviewUnbook", key, input.review).await?;
    set_booking(act, &scope, input.review, input.version, None).await
}

async fn set_booking(
    begun: Begun<'_>,
    scope: &Scope<RecordReviews>,
    review: JointReviewId,
    version: i32,
    booked_for: Option<NaiveDate>,
) -> Result<JointReviewId> {
    let mut act = match begun {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return Ok(JointReviewId::from_uuid(id)),
    };
    let loaded = queries::load(&act, scope, review).await?;
    queries::take_version(&act.tx, review, version).await?;
    if loaded.status != JointReviewStatus::Planned {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    queries::set_booked_for(&act.tx, review, booked_for).await?;
    finish(&mut act, scope, &loaded).await?;
    act.done().await?;
    Ok(review)
}

/// Records that a review was held, or that it is not held. What was held while a pause or the end had already cut the
/// cycle off is recorded all the same.
///
/// Errors: `Invalid` (the fields of [`Held`]; `WRONG_STATE`), `NotFound`, `Conflict`.
pub async fn record(ctx: &Ctx, key: &IdempotencyKey, input: RecordReview) -> Result<AfterRecord> {
    let scope = require::<RecordReviews>(ctx)?;
    let checked = check(ctx, input.happened)?;
    let name = match checked {
        Checked::Held(_) => "jointReviewRecordHeld",
        Checked::NotHeld(_) => "jointReviewRecordNotHeld",
    };
    let based_on = (input.review, input.version);
    let written = at_once::record(ctx, &scope, (name, key), based_on, &checked).await?;
    if let Some(review) = written {
        return Ok(AfterRecord::Now(review));
    }
    let mut act = match ctx.begin(name, key, input.review).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return Ok(AfterRecord::Of(JointReviewId::from_uuid(id))),
    };
    let loaded = queries::load(&act, &scope, input.review).await?;
    queries::take_version(&act.tx, input.review, input.version).await?;
    may_be_recorded(&loaded, &checked)?;
    queries::add_record(&act, &loaded, &checked, None).await?;
    finish(&mut act, &scope, &loaded).await?;
    act.done().await?;
    Ok(AfterRecord::Of(input.review))
}

/// One that is open, or was held though a pause or the end had cut it off; on a day that lies in order.
pub(super) fn may_be_recorded(loaded: &ForAct, checked: &Checked) -> Result<()> {
    let cut_off = [ReviewCancelledReason::Paused, ReviewCancelledReason::Ended];
    let may_be = match (loaded.status, checked) {
        (JointReviewStatus::Planned, _) => true,
        (JointReviewStatus::Cancelled, Checked::Held(_)) => loaded
            .cancelled_reason
            .is_some_and(|reason| cut_off.contains(&reason)),
        _ => false,
    };
    match may_be {
        true => in_order(loaded, checked),
        false => Err(Error::invalid("", "WRONG_STATE")),
    }
}

/// Cancels a record: it stays, marked, and the reviews are as if it had never been.
///
/// Errors: `Invalid` (`ALREADY_CANCELLED`), `NotFound`, `Conflict`.
pub async fn cancel_record(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelRecord,
) -> Result<JointReviewId> {
    let scope = require::<RecordReviews>(ctx)?;
    replace(
        ctx,
        key,
        &scope,
        "jointReviewRecordCancel",
        input.record,
        input.version,
        None,
    )
    .await
}

/// Puts another record in the place of a mistaken one: as if it had been recorded so from the start.
///
/// Errors: as [`record`].
pub async fn correct_record(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CorrectRecord,
) -> Result<JointReviewId> {
    let scope = require::<RecordReviews>(ctx)?;
    let checked = check(ctx, input.happened)?;
    let name = "jointReviewRecordCorrect";
    replace(
        ctx,
        key,
        &scope,
        name,
        input.record,
        input.version,
        Some(checked),
    )
    .await
}

async fn replace(
    ctx: &Ctx,
    key: &IdempotencyKey,
    scope: &Scope<RecordReviews>,
    name: &'static str,
    record: JointReviewRecordId,
    version: i32,
    by: Option<Checked>,
) -> Result<JointReviewId> {
    // The key keeps the record; the review is read from it again.
    let mut act = match ctx.begin(name, key, record).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => {
            let record = JointReviewRecordId::from_uuid(id);
            return queries::review_of(ctx, record).await;
        }
    };
    let (loaded, place) = queries::load_of_record(&act, scope, record).await?;
    queries::take_version(&act.tx, loaded.id, version).await?;
    if place.is_cancelled {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    queries::cancel_record(&act, record).await?;
    if let Some(checked) = &by {
        in_order(&loaded, checked)?;
        queries::add_record(&act, &loaded, checked, Some(&place)).await?;
    }
    finish(&mut act, scope, &loaded).await?;
    act.done().await?;
    Ok(loaded.id)
}

async fn finish(act: &mut Act<'_>, scope: &Scope<RecordReviews>, loaded: &ForAct) -> Result<()> {
    let relationship: SupportRelationshipId = loaded.relationship_id;
    let organisation: OrganisationId = loaded.organisation_id;
    follow(act, relationship).await?;
    act.changed(
        scope,
        organisation,
        ObjectKind::SupportRelationship,
        relationship,
    );
    Ok(())
}

/// What became of a review, checked as far as the input alone tells.
pub(super) enum Checked {
    Held(CheckedHeld),
    NotHeld(NotHeldReason),
}

/// A review that was held.
pub(super) struct CheckedHeld {
    pub held: Held,
    pub settles: bool,
    pub next_interval_months: Option<i16>,
}

impl Checked {
    pub fn kind(&self) -> ReviewRecordKind {
        match self {
            Self::Held(_) => ReviewRecordKind::Held,
            Self::NotHeld(_) => ReviewRecordKind::NotHeld,
        }
    }

    pub fn held(&self) -> Option<&CheckedHeld> {
        match self {
            Self::Held(it) => Some(it),
            Self::NotHeld(_) => None,
        }
    }

    pub fn reason(&self) -> Option<NotHeldReason> {
        match self {
            Self::Held(_) => None,
            Self::NotHeld(reason) => Some(*reason),
        }
    }

    /// The entry that it makes when it is recorded.
    pub fn entry(&self, cycle_no: i32, now: DateTime<Utc>) -> Recorded {
        let held = self.held();
        let is_joint = |held: &Held| {
            held.professional_present && held.supported_present && held.support_person_present
        };
        Recorded {
            kind: self.kind().code().to_owned(),
            on_date: held.map(|it| it.held.held_on),
            months: held.and_then(|it| it.next_interval_months),
            cycle_no: Some(cycle_no),
            flag: held.map(|it| it.settles),
            is_joint: held.map(|it| is_joint(&it.held)),
            placed_at: now,
        }
    }
}

fn check(ctx: &Ctx, happened: Happened) -> Result<Checked> {
    let held = match happened {
        Happened::NotHeld(reason) => return Ok(Checked::NotHeld(reason)),
        Happened::Held(held) => held,
    };
    let is_joint = held.supported_present && held.support_person_present;
    let next = held.next_interval_months.map(u8::try_from);
    let fits = |next: &std::result::Result<u8, _>| {
        next.as_ref()
            .is_ok_and(|months| INTERVAL_MONTHS.contains(months))
    };
    let mut faults = Violations::default();
    faults
        .check(held.held_on <= ctx.today, "heldOn", "DATE_IN_FUTURE")
        .check(
            held.professional_present,
            "professionalPresent",
            "PROFESSIONAL_MUST_BE_PRESENT",
        )
        .check(
            held.supported_present || held.support_person_present,
            "supportedPresent",
            "ONE_OF_TWO_MUST_BE_PRESENT",
        )
        .check(
            is_joint || held.settles_cycle.is_some(),
            "settlesCycle",
            "REQUIRED",
        )
        .check(
            !is_joint || held.settles_cycle != Some(false),
            "settlesCycle",
            "NOT_APPLICABLE",
        )
        .check(
            next.as_ref().is_none_or(fits),
            "nextIntervalMonths",
            "OUT_OF_RANGE",
        )
        .done()?;
    let settles = is_joint || held.settles_cycle == Some(true);
    let next_interval_months = next.and_then(std::result::Result::ok).map(i16::from);
    Ok(Checked::Held(CheckedHeld {
        held,
        settles,
        next_interval_months,
    }))
}

/// A review is held after the first meeting, before the end, and between the reviews before and after it.
fn in_order(loaded: &ForAct, checked: &Checked) -> Result<()> {
    let Some(CheckedHeld { held, .. }) = checked.held() else {
        return Ok(());
    };
    let earliest = loaded.first_meeting_on.max(loaded.held_before_on);
    let latest = [loaded.ended_on, loaded.held_after_on]
        .into_iter()
        .flatten()
        .min();
    Violations::default()
        .check(
            earliest.is_none_or(|earliest| held.held_on >= earliest)
                && latest.is_none_or(|latest| held.held_on <= latest),
            "heldOn",
            "DATES_OUT_OF_ORDER",
        )
        .done()
}
