//! The outbox: what is mailed to whom, when, and whether it still applies.
//!
//! Every reminder is a row that is written once for its duty and ends as sent, skipped, cancelled or dead; nothing is
//! only logged. The rows of a review are written by a job that looks at the reviews' notice dates; they are looked at
//! again just before they are sent.
//!
//! A worker claims rows for a while, looks at them anew ([`resolve`]), hands over what still applies, and writes what
//! became of them ([`settle`]) as long as its lease holds. A worker that dies leaves nothing to clear up: its leases
//! run out, and the rows are claimed again, under the same Message-ID.

mod course_sessions;
mod listing_consents;
mod opt_outs;
mod overviews;
mod personal;
mod queries;
mod reading;
mod resolve;
pub mod rules;
mod seeing_to;
mod sign_in;

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    LeaseToken, OrganisationId, OutboxMessageId, PersonId, SupportRelationshipId,
};
use rinnalla_entity::states::{NoticeKind, OutboxStatus, RecipientRole};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::calendar;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reach::Question;
pub use course_sessions::enqueue_session_reminders;
pub(crate) use course_sessions::{cancel_reminders, tell_of_session};
pub(crate) use listing_consents::cancel_of_consent;
pub use listing_consents::enqueue_listing_notices;
pub use opt_outs::{Choice, OptOuts, change_opt_outs, own_choices};
pub use overviews::enqueue_monthly_overviews;
pub(crate) use overviews::{cancel_week, plan_week};
pub use personal::{enqueue_invitations, enqueue_wish_notices};
use queries::{digests, duties, queue};
pub use reading::{Attempt, Filter, Notice, attempts_for, find, list};
pub use resolve::{About, Capacity, Decision, Mailing, resolve};
pub use seeing_to::{acknowledge, send_again};
pub use sign_in::enqueue_sign_ins;

/// A row that this worker holds until its lease ends.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The row.
    pub id: OutboxMessageId,
    /// The organisation that coordinates the matter.
    pub organisation: OrganisationId,
    /// What it says.
    pub kind: NoticeKind,
    /// What it is about: the relationship of a review, a sign-in link, a part in a course, a consent.
    pub subject: Uuid,
    /// The review's cycle; of a course session its number, or the course's count of changes.
    pub cycle_no: i32,
    /// Whose duty it is.
    pub role: RecipientRole,
    /// The day that it is meant for.
    pub for_on: NaiveDate,
    /// Which attempt this is; the first is 1.
    pub attempt: i16,
    pub(crate) lease: LeaseToken,
    pub(crate) key_version: i32,
    /// When the duty to send it arose: the mail's `Date`, the same over all attempts.
    pub created_at: DateTime<Utc>,
}

/// How much is open in an organisation and waits for its coordinator, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Open {
    /// Reviews whose window has passed.
    pub reviews_overdue: i64,
    /// Reviews that are due in relationships that no professional follows.
    pub reviews_unfollowed: i64,
    /// Referrals that wait for a support person.
    pub referrals: i64,
    /// Proposals that wait for the coordinator.
    pub proposals: i64,
    /// Cases without a responsible professional.
    pub cases_given_up: i64,
    /// Notices that reached nobody.
    pub notices: i64,
}

impl Open {
    /// Whether there is anything.
    pub fn is_anything(&self) -> bool {
        *self != Self::default()
    }
}

/// What became of a claimed row.
#[derive(Clone, Debug)]
pub enum End {
    /// Somebody has taken charge of it.
    Sent {
        /// The person it went to; none for an organisation's mailbox.
        to: Option<PersonId>,
    },
    /// Not now: tried again later, up to [`rules::MOST_ATTEMPTS`] times.
    Retry {
        /// Why, as `SMTP_450`.
        code: String,
    },
    /// Never: shown to an administrator.
    Dead {
        /// Why, as `SMTP_550`.
        code: String,
        /// The person whose address was refused, where that is the reason.
        refused: Option<PersonId>,
    },
    /// There is nobody to send it to.
    Skipped(Reason),
    /// It no longer applies.
    Cancelled(Reason),
}

/// The stored form of [`Reason::OptedOut`], which is skipped and asks for nobody's attention.
pub(crate) const OPTED_OUT: &str = "OPTED_OUT";

/// Why a notice was not sent after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No professional, substitute, coordinator or mailbox can be reached.
    NoRecipient,
    /// Whoever would read it does without notices of this kind.
    OptedOut,
    /// The review was held, not held or cancelled.
    ReviewClosed,
    /// The review's dates have changed.
    DateMoved,
    /// A later notice of the same review is due already.
    Superseded,
    /// The relationship is paused or has ended.
    RelationshipNotActive,
    /// The consent was withdrawn, or does not stand any more.
    ConsentWithdrawn,
    /// The sign-in link was used, or is too old.
    LinkExpired,
    /// Nothing is open that the coordinator would have to hear of.
    NothingOpen,
    /// The session of the course was cancelled, or has been.
    SessionClosed,
    /// The reader does not take part in the course any more, or leads it no longer.
    NotTakingPart,
}

impl Reason {
    /// The stored form.
    pub fn code(self) -> String {
        match self {
            Self::NoRecipient => "NO_RECIPIENT",
            Self::OptedOut => OPTED_OUT,
            Self::ReviewClosed => "REVIEW_CLOSED",
            Self::DateMoved => "DATE_MOVED",
            Self::Superseded => "SUPERSEDED",
            Self::RelationshipNotActive => "RELATIONSHIP_NOT_ACTIVE",
            Self::ConsentWithdrawn => "CONSENT_WITHDRAWN",
            Self::LinkExpired => "LINK_EXPIRED",
            Self::NothingOpen => "NOTHING_OPEN",
            Self::SessionClosed => "SESSION_CLOSED",
            Self::NotTakingPart => "NOT_TAKING_PART",
        }
        .to_owned()
    }
}

/// Writes the notices of reviews that apply today and are not written yet, one statement a kind, and tells how many of
/// each were. Run twice, or late, it changes nothing more: after a month's outage each open review gets its latest
/// notice once. On a day on which nobody works it does nothing.
pub async fn enqueue_review_notices(ctx: &Ctx) -> Result<Vec<(NoticeKind, u64)>> {
    if !calendar::is_working_day(ctx.today) {
        return Ok(Vec::new());
    }
    let key_version = key_version(ctx)?;
    let not_before = rules::not_before(ctx.today);
    let db = ctx.store.writer();
    duties::enqueue(db, ctx.today, not_before, key_version, ctx.now).await
}

/// Plans this week's digests: one for each organisation that has a coordinator. Whether anything is open there is asked
/// when it is sent. Run twice it changes nothing more; after an outage this week's is still planned, and no earlier one.
pub async fn enqueue_weekly_digests(ctx: &Ctx) -> Result<u64> {
    let for_on = rules::digest_on(ctx.today);
    if ctx.today < for_on || !calendar::is_working_day(ctx.today) {
        return Ok(0);
    }
    let not_before = rules::not_before(for_on);
    let db = ctx.store.writer();
    digests::enqueue(db, for_on, not_before, key_version(ctx)?, ctx.now).await
}

/// Claims up to `batch` rows whose time has come, for as long as `lease` says: mails with links for signing in first, at
/// any hour; the others not at night nor on a day on which nobody works; none while the queue is paused. A row that was claimed too often ends as dead instead.
pub async fn claim(ctx: &Ctx, batch: u16, lease: Duration) -> Result<Vec<Claimed>> {
    let mut claimed = queue::claim_at_once(ctx, batch, millis(lease)).await?;
    if claimed.is_empty() && rules::may_leave(ctx.now) {
        claimed = queue::claim(ctx, batch, millis(lease)).await?;
    }
    let (spent, claimed): (Vec<_>, Vec<_>) = claimed
        .into_iter()
        .partition(|it| it.attempt > rules::MOST_ATTEMPTS);
    if !spent.is_empty() {
        let code = "ATTEMPTS";
        let dead = |it| {
            (
                it,
                End::Dead {
                    code: code.to_owned(),
                    refused: None,
                },
            )
        };
        let spent: Vec<_> = spent.into_iter().map(dead).collect();
        queue::settle(ctx, &spent, Duration::ZERO).await?;
    }
    Ok(claimed)
}

/// Writes what became of claimed rows. Answers with those for which the lease still held; what became of the others
/// is another worker's to say.
pub async fn settle(
    ctx: &Ctx,
    ends: &[(Claimed, End)],
    first_wait: Duration,
) -> Result<Vec<OutboxMessageId>> {
    if ends.is_empty() {
        return Ok(Vec::new());
    }
    queue::settle(ctx, ends, first_wait).await
}

/// Gives claimed rows back untried: they are free at once, and the attempt does not count.
pub async fn give_back(ctx: &Ctx, claimed: &[Claimed]) -> Result<()> {
    if !claimed.is_empty() {
        queue::give_back(ctx, claimed).await?;
    }
    Ok(())
}

/// Stops all mail for a while: our own settings are in the way, and no letter may die of them.
pub async fn pause(ctx: &Ctx, reason: &str, wait: Duration) -> Result<()> {
    queue::pause(ctx, reason, millis(wait)).await
}

/// Why no mail leaves at the moment, where it is paused.
pub async fn paused(ctx: &Ctx) -> Result<Option<String>> {
    queue::paused(ctx).await
}

/// How the queue stands, in numbers alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// How many notices wait, are being handed over, found nobody, or were given up; a state without any is left out.
    pub counts: Vec<(OutboxStatus, u64)>,
    /// Since when the longest waiting notice whose time has come waits.
    pub oldest_due: Option<DateTime<Utc>>,
    /// Whether no mail leaves because our own settings are in the way.
    pub is_paused: bool,
}

/// How the queue stands: for whoever keeps the register running.
pub async fn standing(ctx: &Ctx) -> Result<Standing> {
    let (counts, oldest) = queue::counts(ctx).await?;
    Ok(Standing {
        counts,
        oldest_due: oldest.filter(|since| *since <= ctx.now),
        is_paused: paused(ctx).await?.is_some(),
    })
}

/// Marks what would have been mailed about relationships before today as not to be sent, with the reason `MOVED_IN`:
/// they came into the register only now, and nobody is written to about what had passed by then. What is still to come
/// goes out as usual.
pub(crate) async fn leave_out_past(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    relationships: &[SupportRelationshipId],
) -> Result<u64> {
    let ids = crate::sql::ids(db.get_database_backend(), relationships.iter().copied());
    let key_version = key_version(ctx)?;
    duties::leave_out_past(db, ctx.today, ctx.now, key_version, ids).await
}

fn key_version(ctx: &Ctx) -> Result<i32> {
    i32::try_from(ctx.keys.current_version())
        .map_err(|_| Error::internal("the key version is out of range"))
}

/// The statement that cancels what is planned but not yet sent about a relationship, except the duties that `still` stand,
/// each a kind, a cycle and the day it is for. Sent by the act that moved a date, or closed what the notices are about.
///
/// What a worker holds at this moment is left to it: it looks at the conditions again before it sends.
pub(crate) fn cancel_unsent(
    question: &mut Question,
    ctx: &Ctx,
    relationship: SupportRelationshipId,
    still: &[(NoticeKind, i32, NaiveDate)],
) {
    duties::cancelling(question, ctx.now, relationship.0, still);
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 2)
}
