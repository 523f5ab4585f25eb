//! What was mailed, and what was not.

mod opt_outs;
mod seeing_to;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::{Error, Result as DomainResult};
use rinnalla_domain::ids::{OutboxMessageId, PersonId, SupportRelationshipId};
use rinnalla_domain::notices as domain;
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::{states, support_relationships};

pub use self::opt_outs::{NoticeChoice, NoticeMutation};
pub use self::seeing_to::UndeliveredMutation;
use super::payload::{answer, ctx};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled};
use super::scalars::{Date, DateTime, Ref, id};
use super::support_relationships::SupportRelationship;
use super::written::{Answer, Written, written};

/// What a notice says (muistutuksen laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::NoticeKind")]
pub enum NoticeKind {
    /// A joint review comes up in about a fortnight.
    ReviewComing,
    /// A joint review has fallen due.
    ReviewDue,
    /// A joint review is still open, halfway through its window.
    ReviewNudge,
    /// The window of a joint review has passed.
    ReviewOverdue,
    /// A joint review has fallen due and no professional follows the relationship.
    ReviewDueNoProfessional,
    /// The day that was booked for a joint review is three working days ahead.
    ReviewBooked,
    /// A link for signing in. Shown where it did not arrive alone: when somebody signs in concerns nobody else.
    SignIn,
    /// How much is open in an organisation, at the beginning of a week.
    WeeklyDigest,
    /// A session of a course is two working days ahead.
    SessionComing,
    /// A session of a course was moved, or takes place after all.
    SessionMoved,
    /// A session of a course was cancelled.
    SessionCancelled,
    /// An expert's consent to be listed comes to its end.
    ListingConsentEnds,
    /// Somebody is invited to a session of supervision in a week.
    SupervisionComing,
    /// How many peers have been without supervision for longer than their association's limit, each month.
    SupervisionMissing,
    /// The past week of a drop-in place fell short of its model.
    PlaceWeekPast,
    /// The next week of a drop-in place falls short of its model.
    PlaceWeekNext,
    /// Wishes to a drop-in place have waited for an answer for a fortnight.
    WishesUnanswered,
}

/// Whose duty a notice is (vastaanottajan rooli).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::RecipientRole")]
pub enum RecipientRole {
    /// The responsible professional of the case.
    Professional,
    /// The organisation's coordinator.
    Coordinator,
    /// Whoever asked for it.
    Oneself,
    /// Somebody who takes part in a course and wants to be reminded.
    Participant,
    /// Somebody who leads a course.
    Facilitator,
    /// Whoever keeps the association's drop-in places; its coordinator where nobody does.
    PlaceKeeper,
    /// A paid guide of a drop-in place.
    PaidGuide,
}

/// How a notice stands (muistutuksen tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::OutboxStatus")]
pub enum NoticeStatus {
    /// It waits for its time, or to be tried again.
    Planned,
    /// It is being handed over just now.
    Claimed,
    /// A mail server has taken charge of it.
    Sent,
    /// There was nobody to send it to.
    Skipped,
    /// It no longer applied.
    Cancelled,
    /// It was refused for good, or tried too often.
    Dead,
}

/// One try to hand a notice over (lähetysyritys).
#[derive(SimpleObject, Written, Clone)]
pub struct NoticeAttempt {
    /// Which try; the first is 1.
    number: i16,
    /// What came of it, in a word: `SENT`, or a fault as `SMTP_450`.
    outcome: String,
    /// When.
    at: DateTime,
}

impl From<domain::Attempt> for NoticeAttempt {
    fn from(row: domain::Attempt) -> Self {
        Self {
            number: row.attempt,
            outcome: row.outcome,
            at: row.at.into(),
        }
    }
}

/// A notice of a joint review, as it stands in the outbox (muistutus).
pub struct Notice {
    row: domain::Notice,
    relationship: Option<Option<Box<SupportRelationship>>>,
    sent_to: Option<Option<Arc<Person>>>,
    meant_for: Option<Option<Arc<Person>>>,
    acknowledged_by: Option<Option<Arc<Person>>>,
    attempts: Option<Vec<NoticeAttempt>>,
}

impl From<domain::Notice> for Notice {
    fn from(row: domain::Notice) -> Self {
        Self {
            row,
            relationship: None,
            sent_to: None,
            meant_for: None,
            acknowledged_by: None,
            attempts: None,
        }
    }
}

impl Notice {
    /// One notice with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: OutboxMessageId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// A notice of a joint review, as it stands in the outbox (muistutus). Every one ends as sent, skipped, cancelled or
/// dead.
#[written]
#[Object]
impl Notice {
    /// Its id.
    async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// What it says.
    async fn kind(&self) -> NoticeKind {
        self.row.kind.into()
    }

    /// Whose duty it is.
    async fn recipient_role(&self) -> RecipientRole {
        self.row.recipient_role.into()
    }

    /// The working day that it is meant for.
    async fn for_on(&self) -> Date {
        self.row.for_on.into()
    }

    /// How it stands.
    async fn status(&self) -> NoticeStatus {
        self.row.status.into()
    }

    /// Why it was skipped, cancelled or given up, in a word: as `NO_RECIPIENT`, `SUPERSEDED` or `SMTP_550`.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// Before this it does not leave.
    async fn not_before(&self) -> DateTime {
        self.row.not_before.into()
    }

    /// When the duty to send it arose.
    async fn created_at(&self) -> DateTime {
        self.row.created_at.into()
    }

    /// When it ended, where it has.
    async fn ended_at(&self) -> Option<DateTime> {
        self.row.ended_at.map(DateTime)
    }

    /// The support relationship; absent for those who do not see relationships, and in a digest.
    async fn support_relationship(&self) -> Result<Option<&SupportRelationship>> {
        Ok(filled(&self.relationship)?.as_deref())
    }

    /// Who it was sent to; absent where it was not sent, or went to the organisation's mailbox.
    async fn sent_to(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.sent_to)?.as_deref())
    }

    /// Whose duty it is today, where that is one person whom the viewer knows of: the responsible professional, whoever takes
    /// part in a course or leads it. Their address may need to be put right.
    async fn meant_for(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.meant_for)?.as_deref())
    }

    /// Who said that a notice that reached nobody is seen to.
    async fn acknowledged_by(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.acknowledged_by)?.as_deref())
    }

    /// When that was said.
    async fn acknowledged_at(&self) -> Option<DateTime> {
        self.row.acknowledged_at.map(DateTime)
    }

    /// The tries to hand it over, the first one first.
    async fn attempts(&self) -> Result<&[NoticeAttempt]> {
        Ok(filled(&self.attempts)?.as_slice())
    }
}

/// A field that shows a person: its name, whom, and where the person is kept.
type PersonField = (
    &'static str,
    fn(&domain::Notice) -> Option<PersonId>,
    fn(&mut Notice, Option<Arc<Person>>),
);

const PEOPLE: [PersonField; 3] = [
    (
        "sentTo",
        |row| row.sent_to_id,
        |node, person| node.sent_to = Some(person),
    ),
    (
        "meantFor",
        |row| row.meant_for_id,
        |node, person| node.meant_for = Some(person),
    ),
    (
        "acknowledgedBy",
        |row| row.acknowledged_by_id,
        |node, person| node.acknowledged_by = Some(person),
    ),
];

impl Prefetch for Notice {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("supportRelationship") {
            let ids: Vec<_> = nodes
                .iter()
                .filter_map(|node| node.row.relationship_id)
                .collect();
            // An administrator sees that mail fails, and nothing of whom it is about.
            let found =
                match support_relationships::for_ids(ctx, &ids, SupportRelationship::with(&below))
                    .await
                {
                    Err(Error::Forbidden) => Default::default(),
                    found => found?,
                };
            for node in nodes.iter_mut() {
                let id = node.row.relationship_id;
                let row = id.and_then(|id| found.get(&id).cloned());
                node.relationship = Some(row.map(|row| Box::new(row.into())));
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.relationship.as_mut()?.as_deref_mut());
            fill_refs(all.collect(), &below, ctx).await?;
        }
        for (name, of, fill) in PEOPLE {
            let Some(below) = look.child(name) else {
                continue;
            };
            let ids: Vec<_> = nodes.iter().filter_map(|node| of(&node.row)).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                let person = of(&node.row).and_then(|id| found.get(&id).cloned());
                fill(node, person);
            }
        }
        if look.has("attempts") {
            let ids: Vec<_> = nodes.iter().map(|node| node.row.id).collect();
            let mut found = domain::attempts_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.attempts = Some(rows.into_iter().map(NoticeAttempt::from).collect());
            }
        }
        Ok(())
    }
}

connection!(Notice, NoticeConnection, NoticeEdge, "A page of notices.");

/// Which notices are asked for (muistutusten rajaus).
#[derive(InputObject, Default)]
pub struct NoticeFilter {
    /// Those that reached nobody although they still applied, and that nobody has seen to.
    #[graphql(default)]
    is_undelivered: bool,
    /// Those that stand so; all where it is not said.
    #[graphql(default)]
    statuses: Vec<NoticeStatus>,
    /// Those that say this; all where it is not said.
    #[graphql(default)]
    kinds: Vec<NoticeKind>,
    /// Those about this support relationship.
    support_relationship_id: Option<Ref<SupportRelationshipId>>,
}

impl NoticeFilter {
    fn of(self) -> domain::Filter {
        domain::Filter {
            is_undelivered: self.is_undelivered,
            statuses: self.statuses.into_iter().map(Into::into).collect(),
            kinds: self.kinds.into_iter().map(Into::into).collect(),
            relationship: self.support_relationship_id.map(Ref::or_unknown),
        }
    }
}

/// What can be asked of notices.
#[derive(Default)]
pub struct NoticeQuery;

#[Object]
impl NoticeQuery {
    /// One notice; absent where it does not exist or is not one's own to see.
    async fn notice(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<OutboxMessageId>,
    ) -> Result<Answer<Option<Notice>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, Notice::load(ctx, id, Look::of(c)).await)
    }

    /// The notices of the organisations that the viewer acts for, the newest first.
    async fn notices(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which ones; all where it is not said.")] filter: Option<NoticeFilter>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<NoticeConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let filter = filter.unwrap_or_default().of();
            let mut page = domain::list(ctx, &filter, args).await?.map(Notice::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(NoticeConnection::new(page, &args, |node| node.row.cursor()))
        };
        answer(ctx, page.await)
    }
}
