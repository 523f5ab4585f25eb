//! Addresses at which calendars read the sessions of a course.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::courses::{self as domain, CloseFeed, OpenFeed};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{CourseFeedId, CourseId};

use crate::graphql::codes::Language;
use crate::graphql::payload::{ctx, key};
use crate::graphql::prefetch::Look;
use crate::graphql::scalars::{DateTime, Ref, id};
use crate::graphql::written::Written;

/// An address at which calendars read the sessions of a course (kurssin kalenteriosoite).
#[derive(SimpleObject, Written, Clone)]
pub struct CourseFeed {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// In which language the appointments are named: Finnish, Swedish or English.
    language: Language,
    /// The path below the register's own address, for whoever takes part; absent once it is closed. Whoever knows it can
    /// read the days and times, and nothing else.
    path: Option<String>,
    /// Since when.
    opened_at: DateTime,
    /// Until when; absent while it is open.
    closed_at: Option<DateTime>,
}

impl From<domain::Feed> for CourseFeed {
    fn from(row: domain::Feed) -> Self {
        Self {
            id: id(row.id),
            language: row.language.into(),
            path: row.path.map(|path| path.reveal().clone()),
            opened_at: row.opened_at.into(),
            closed_at: row.closed_at.map(DateTime::from),
        }
    }
}

impl CourseFeed {
    /// One feed.
    pub async fn load(ctx: &Ctx, id: CourseFeedId, _: Look<'_>) -> DomainResult<Option<Self>> {
        Ok(domain::find_feed(ctx, id).await?.map(Self::from))
    }
}

payload!(CourseFeedPayload, course_feed: CourseFeed, "What came of an act on a calendars' address.");

/// Opens an address for calendars.
#[derive(InputObject)]
pub struct CourseFeedOpenInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The course.
    course_id: Ref<CourseId>,
    /// In which language its appointments are to be named: Finnish, Swedish or English.
    language: Language,
}

/// Closes an address for calendars.
#[derive(InputObject)]
pub struct CourseFeedCloseInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The address.
    course_feed_id: Ref<CourseFeedId>,
}

/// What can be done with addresses for calendars.
#[derive(Default)]
pub struct CourseFeedMutation;

#[Object]
impl CourseFeedMutation {
    /// Opens an address at which calendars read the sessions of a course, to be handed to whoever takes part: one for each,
    /// so that each can be closed alone.
    async fn course_feed_open(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Of which course.")] input: CourseFeedOpenInput,
    ) -> Result<CourseFeedPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let open = OpenFeed {
            course: input.course_id.or_unknown(),
            language: input.language.into(),
        };
        let done = domain::open_feed(ctx, &key, open).await;
        CourseFeedPayload::of(c, done, CourseFeed::load).await
    }

    /// Closes an address for good: from then on it answers as if it had never been.
    async fn course_feed_close(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: CourseFeedCloseInput,
    ) -> Result<CourseFeedPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let close = CloseFeed {
            feed: input.course_feed_id.or_unknown(),
        };
        let done = domain::close_feed(ctx, &key, close).await;
        CourseFeedPayload::of(c, done, CourseFeed::load).await
    }
}
