//! Booking a joint review, and recording what became of it.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::{Error, Result as DomainResult};
use rinnalla_domain::ids::{JointReviewId, JointReviewRecordId};
use rinnalla_domain::joint_reviews::{self as domain, Happened};

use super::{
    JointReview, NotHeldReason, ReviewChannel, ReviewOutcome, ReviewProgress, ReviewRecordKind,
};
use crate::graphql::payload::{ctx, key};
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, DateTime, Ref, id};
use crate::graphql::written::written;

/// What was recorded of a joint review (väliarvion kirjaus). A cancelled record stays, marked.
pub struct JointReviewRecord {
    row: domain::JointReviewRecord,
    recorded_by: Option<Option<Arc<Person>>>,
}

impl From<domain::JointReviewRecord> for JointReviewRecord {
    fn from(row: domain::JointReviewRecord) -> Self {
        Self {
            row,
            recorded_by: None,
        }
    }
}

impl JointReviewRecord {
    /// One record.
    pub async fn load(
        ctx: &Ctx,
        id: JointReviewRecordId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find_record(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// What was recorded of a joint review (väliarvion kirjaus). A cancelled record stays, marked.
#[written]
#[Object]
impl JointReviewRecord {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// Held or not held.
    async fn kind(&self) -> ReviewRecordKind {
        self.row.kind.into()
    }

    /// The day on which it was held.
    async fn held_on(&self) -> Option<Date> {
        self.row.held_on.map(Date)
    }

    /// Whether the professional was there.
    async fn professional_present(&self) -> Option<bool> {
        self.row.professional_present
    }

    /// Whether the supported person was there.
    async fn supported_present(&self) -> Option<bool> {
        self.row.supported_present
    }

    /// Whether the support person was there.
    async fn support_person_present(&self) -> Option<bool> {
        self.row.support_person_present
    }

    /// Face to face or remotely.
    async fn channel(&self) -> Option<ReviewChannel> {
        self.row.channel.map(Into::into)
    }

    /// How the support relationship has gone.
    async fn progress(&self) -> Option<ReviewProgress> {
        self.row.progress.map(Into::into)
    }

    /// What follows.
    async fn outcome(&self) -> Option<ReviewOutcome> {
        self.row.outcome.map(Into::into)
    }

    /// Whether it closes the cycle.
    async fn settles_cycle(&self) -> Option<bool> {
        self.row.settles_cycle
    }

    /// The interval that was agreed for the next review, in whole months.
    async fn next_interval_months(&self) -> Option<i16> {
        self.row.next_interval_months
    }

    /// Why it is not held.
    async fn not_held_reason(&self) -> Option<NotHeldReason> {
        self.row.not_held_reason.map(Into::into)
    }

    /// Whether it stands in the place of one that was mistaken.
    async fn is_correction(&self) -> bool {
        self.row.corrects_id.is_some()
    }

    /// Who recorded it.
    async fn recorded_by(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.recorded_by)?.as_deref())
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        self.row.recorded_at.into()
    }

    /// When it was cancelled or corrected, where it was.
    async fn cancelled_at(&self) -> Option<DateTime> {
        self.row.cancelled_at.map(DateTime)
    }
}

impl Prefetch for JointReviewRecord {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("recordedBy") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.recorded_by).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.recorded_by = Some(found.get(&node.row.recorded_by).cloned());
            }
        }
        Ok(())
    }
}

payload!(JointReviewPayload, joint_review: JointReview, "What came of an act on a joint review.");

/// Books a day for a joint review.
#[derive(InputObject)]
pub struct JointReviewBookInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The review.
    joint_review_id: Ref<JointReviewId>,
    /// Its version.
    version: i32,
    /// The day, today at the earliest.
    booked_for: Date,
}

/// Takes the booking of a joint review back.
#[derive(InputObject)]
pub struct JointReviewUnbookInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The review.
    joint_review_id: Ref<JointReviewId>,
    /// Its version.
    version: i32,
}

/// How a joint review was held. It is held with the professional and at least one of the two people.
#[derive(InputObject)]
pub struct JointReviewHeld {
    /// The day.
    held_on: Date,
    /// Whether the professional was there; must be.
    professional_present: bool,
    /// Whether the supported person was there.
    supported_present: bool,
    /// Whether the support person was there.
    support_person_present: bool,
    /// Of a meeting of two: whether it closes the cycle. With all three it always does, and this is left out.
    settles_cycle: Option<bool>,
    /// Face to face or remotely.
    channel: ReviewChannel,
    /// How the support relationship has gone.
    progress: ReviewProgress,
    /// What follows.
    outcome: ReviewOutcome,
    /// The interval agreed for the next review, 3 to 6 whole months; left out where it stays as it is.
    next_interval_months: Option<i32>,
}

impl From<JointReviewHeld> for domain::Held {
    fn from(held: JointReviewHeld) -> Self {
        Self {
            held_on: held.held_on.0,
            professional_present: held.professional_present,
            supported_present: held.supported_present,
            support_person_present: held.support_person_present,
            settles_cycle: held.settles_cycle,
            channel: held.channel.into(),
            progress: held.progress.into(),
            outcome: held.outcome.into(),
            next_interval_months: held.next_interval_months,
        }
    }
}

/// Records that a joint review was held.
#[derive(InputObject)]
pub struct JointReviewRecordHeldInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The review.
    joint_review_id: Ref<JointReviewId>,
    /// Its version.
    version: i32,
    /// How it was held.
    held: JointReviewHeld,
}

/// Records that a joint review is not held.
#[derive(InputObject)]
pub struct JointReviewRecordNotHeldInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The review.
    joint_review_id: Ref<JointReviewId>,
    /// Its version.
    version: i32,
    /// Why.
    reason: NotHeldReason,
}

/// Cancels a record of a joint review that was made by mistake.
#[derive(InputObject)]
pub struct JointReviewRecordCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The record.
    record_id: Ref<JointReviewRecordId>,
    /// The version of the review.
    version: i32,
}

/// Puts another record in the place of a mistaken one. Exactly one of `held` and `notHeldReason` is given.
#[derive(InputObject)]
pub struct JointReviewRecordCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The record.
    record_id: Ref<JointReviewRecordId>,
    /// The version of the review.
    version: i32,
    /// How it was really held.
    held: Option<JointReviewHeld>,
    /// Why it is really not held.
    not_held_reason: Option<NotHeldReason>,
}

impl JointReviewRecordCorrectInput {
    fn of(self) -> DomainResult<domain::CorrectRecord> {
        let happened = match (self.held, self.not_held_reason) {
            (Some(held), None) => Happened::Held(held.into()),
            (None, Some(reason)) => Happened::NotHeld(reason.into()),
            (None, None) => return Err(Error::invalid("held", "REQUIRED")),
            (Some(_), Some(_)) => return Err(Error::invalid("notHeldReason", "NOT_APPLICABLE")),
        };
        Ok(domain::CorrectRecord {
            record: self.record_id.or_unknown(),
            version: self.version,
            happened,
        })
    }
}

/// What can be done with joint reviews.
#[derive(Default)]
pub struct JointReviewMutation;

#[Object]
impl JointReviewMutation {
    /// Books a day for an open joint review; the professional is reminded of that day instead of being nudged.
    async fn joint_review_book(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, and for when.")] input: JointReviewBookInput,
    ) -> Result<JointReviewPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let review = input.joint_review_id.or_unknown();
            let (version, booked_for) = (input.version, input.booked_for.0);
            let input = domain::BookReview {
                review,
                version,
                booked_for,
            };
            domain::book(ctx, &key, input).await
        };
        JointReviewPayload::of(c, done.await, JointReview::load).await
    }

    /// Takes a booking back.
    async fn joint_review_unbook(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: JointReviewUnbookInput,
    ) -> Result<JointReviewPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let (review, version) = (input.joint_review_id.or_unknown(), input.version);
            domain::unbook(ctx, &key, domain::UnbookReview { review, version }).await
        };
        JointReviewPayload::of(c, done.await, JointReview::load).await
    }

    /// Records that a joint review was held; the next one opens.
    async fn joint_review_record_held(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What happened.")] input: JointReviewRecordHeldInput,
    ) -> Result<JointReviewPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let review = input.joint_review_id.or_unknown();
            let (version, happened) = (input.version, Happened::Held(input.held.into()));
            let input = domain::RecordReview {
                review,
                version,
                happened,
            };
            domain::record(ctx, &key, input).await
        };
        JointReviewPayload::of(c, done.await, JointReview::recorded).await
    }

    /// Records that a joint review is not held; the next one opens.
    async fn joint_review_record_not_held(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: JointReviewRecordNotHeldInput,
    ) -> Result<JointReviewPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let review = input.joint_review_id.or_unknown();
            let (version, happened) = (input.version, Happened::NotHeld(input.reason.into()));
            let input = domain::RecordReview {
                review,
                version,
                happened,
            };
            domain::record(ctx, &key, input).await
        };
        JointReviewPayload::of(c, done.await, JointReview::recorded).await
    }

    /// Cancels a record that was made by mistake: its review opens again where nothing else closed it.
    async fn joint_review_record_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which record.")] input: JointReviewRecordCancelInput,
    ) -> Result<JointReviewPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let (record, version) = (input.record_id.or_unknown(), input.version);
            domain::cancel_record(ctx, &key, domain::CancelRecord { record, version }).await
        };
        JointReviewPayload::of(c, done.await, JointReview::load).await
    }

    /// Puts a record right: as if it had been recorded so from the start.
    async fn joint_review_record_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What really happened.")] input: JointReviewRecordCorrectInput,
    ) -> Result<JointReviewPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async { domain::correct_record(ctx, &key, input.of()?).await };
        JointReviewPayload::of(c, done.await, JointReview::load).await
    }
}
