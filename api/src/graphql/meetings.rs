//! Meetings of a support relationship.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{MeetingId, SupportRelationshipId};
use rinnalla_domain::meetings::{self as domain, Recorded, WhatHappened};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::{states, support_relationships};

use super::payload::{answer, ctx, key};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled};
use super::scalars::{Date, DateTime, Ref, id};
use super::support_relationships::SupportRelationship;
use super::written::{Answer, Written, written};

/// How two people met (tapaamistapa).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::MeetingChannel")]
pub enum MeetingChannel {
    /// Face to face.
    InPerson,
    /// By phone.
    Phone,
    /// By video.
    Video,
    /// By messages.
    Message,
}

/// A meeting of a supported person and a support person (tapaaminen). What they spoke of is not recorded.
pub struct Meeting {
    row: domain::Meeting,
    relationship: Option<Option<Box<SupportRelationship>>>,
    recorded_by: Option<Option<Arc<Person>>>,
}

impl From<domain::Meeting> for Meeting {
    fn from(row: domain::Meeting) -> Self {
        Self {
            row,
            relationship: None,
            recorded_by: None,
        }
    }
}

impl Meeting {
    /// One meeting with what is selected below it.
    pub async fn load(ctx: &Ctx, id: MeetingId, look: Look<'_>) -> DomainResult<Option<Self>> {
        Self::recorded(ctx, Recorded::Before(id), look).await
    }

    /// A meeting that was just recorded: what was written need not be read again.
    async fn recorded(ctx: &Ctx, it: Recorded, look: Look<'_>) -> DomainResult<Option<Self>> {
        let row = match it {
            Recorded::Now(row) => Some(row),
            Recorded::Before(id) => domain::find(ctx, id).await?,
        };
        let mut found: Vec<Self> = row.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// A meeting of a supported person and a support person (tapaaminen). What they spoke of is not recorded.
#[written]
#[Object]
impl Meeting {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// The day.
    async fn met_on(&self) -> Date {
        self.row.met_on.into()
    }

    /// How long it lasted, in minutes.
    async fn minutes(&self) -> i16 {
        self.row.minutes
    }

    /// What the two did: a code of the list `ACTIVITY`.
    async fn activity(&self) -> &str {
        &self.row.activity
    }

    /// How they met.
    async fn channel(&self) -> MeetingChannel {
        self.row.channel.into()
    }

    /// Grows with every change; an act names the version that it is based on.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// Whether it stands in the place of one that was mistaken.
    async fn is_correction(&self) -> bool {
        self.row.replaces_id.is_some()
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

    /// The support relationship.
    async fn support_relationship(&self) -> Result<Option<&SupportRelationship>> {
        Ok(filled(&self.relationship)?.as_deref())
    }
}

impl Prefetch for Meeting {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("supportRelationship") {
            let ids: Vec<_> = nodes.iter().map(|node| node.row.relationship_id).collect();
            let found =
                support_relationships::for_ids(ctx, &ids, SupportRelationship::with(&below))
                    .await?;
            for node in nodes.iter_mut() {
                let row = found.get(&node.row.relationship_id).cloned();
                node.relationship = Some(row.map(|row| Box::new(row.into())));
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.relationship.as_mut()?.as_deref_mut());
            fill_refs(all.collect(), &below, ctx).await?;
        }
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

connection!(
    Meeting,
    MeetingConnection,
    MeetingEdge,
    "A page of meetings."
);
payload!(MeetingPayload, meeting: Meeting, "What came of an act on a meeting.");

/// Records a meeting.
#[derive(InputObject)]
pub struct MeetingRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The support relationship.
    support_relationship_id: Ref<SupportRelationshipId>,
    /// The day.
    met_on: Date,
    /// How long it lasted, 1 to 1440 minutes.
    minutes: i32,
    /// What the two did: a code of the list `ACTIVITY`.
    activity: String,
    /// How they met.
    channel: MeetingChannel,
}

/// Puts a meeting right.
#[derive(InputObject)]
pub struct MeetingCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The meeting.
    meeting_id: Ref<MeetingId>,
    /// Its version.
    version: i32,
    /// The day.
    met_on: Date,
    /// How long it lasted, 1 to 1440 minutes.
    minutes: i32,
    /// What the two did: a code of the list `ACTIVITY`.
    activity: String,
    /// How they met.
    channel: MeetingChannel,
}

/// Cancels a meeting that was recorded by mistake.
#[derive(InputObject)]
pub struct MeetingCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The meeting.
    meeting_id: Ref<MeetingId>,
    /// Its version.
    version: i32,
}

/// What can be asked of meetings.
#[derive(Default)]
pub struct MeetingQuery;

#[Object]
impl MeetingQuery {
    /// One meeting; absent where it does not exist or is not one's own to see.
    async fn meeting(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<MeetingId>,
    ) -> Result<Answer<Option<Meeting>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, Meeting::load(ctx, id, Look::of(c)).await)
    }

    /// The meetings of one support relationship, the latest first; cancelled ones are left out.
    async fn meetings(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The support relationship.")] support_relationship_id: Ref<
            SupportRelationshipId,
        >,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<MeetingConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::list(ctx, support_relationship_id.or_unknown(), args).await?;
            let mut page = page.map(Meeting::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(MeetingConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }
}

/// What can be done with meetings.
#[derive(Default)]
pub struct MeetingMutation;

#[Object]
impl MeetingMutation {
    /// Records a meeting of a support relationship, from its first meeting to its end.
    async fn meeting_record(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What happened.")] input: MeetingRecordInput,
    ) -> Result<MeetingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let input = domain::RecordMeeting {
                relationship: input.support_relationship_id.or_unknown(),
                what: WhatHappened {
                    met_on: input.met_on.0,
                    minutes: input.minutes,
                    activity: input.activity,
                    channel: input.channel.into(),
                },
            };
            domain::record(ctx, &key, input).await
        };
        MeetingPayload::of(c, done.await, Meeting::recorded).await
    }

    /// Puts a meeting right: the mistaken one stays, marked, and another takes its place.
    async fn meeting_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What really happened.")] input: MeetingCorrectInput,
    ) -> Result<MeetingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let input = domain::CorrectMeeting {
                meeting: input.meeting_id.or_unknown(),
                version: input.version,
                what: WhatHappened {
                    met_on: input.met_on.0,
                    minutes: input.minutes,
                    activity: input.activity,
                    channel: input.channel.into(),
                },
            };
            domain::correct(ctx, &key, input).await
        };
        MeetingPayload::of(c, done.await, Meeting::load).await
    }

    /// Cancels a meeting that was recorded by mistake: it stays, marked, and counts no more.
    async fn meeting_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which meeting.")] input: MeetingCancelInput,
    ) -> Result<MeetingPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let (meeting, version) = (input.meeting_id.or_unknown(), input.version);
            domain::cancel(ctx, &key, domain::CancelMeeting { meeting, version }).await
        };
        MeetingPayload::of(c, done.await, Meeting::load).await
    }
}
