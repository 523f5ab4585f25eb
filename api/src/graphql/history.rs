//! Who changed what and when in a record.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::{Error, Result as DomainResult};
use rinnalla_domain::history::{self as domain, Record};
use rinnalla_domain::page::{Cursor, PageArgs};

use super::payload::{answer, ctx};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, filled};
use super::scalars::{Date, DateTime};
use super::written::{Answer, Written, written};

/// Where a line of a history comes from (muutoksen lähde).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::Part")]
pub enum HistoryPart {
    /// An entry about a support person; `what` is a `SupportPersonActKind`.
    SupportPersonAct,
    /// An entry about a referral; `what` is a `ReferralActKind`.
    ReferralAct,
    /// An entry about a support relationship; `what` is a `SupportRelationshipActKind`.
    RelationshipAct,
    /// An agreement; `what` is a `MeetingRhythm`, the day that of signing.
    Agreement,
    /// A meeting; `what` is a `MeetingChannel`.
    Meeting,
    /// A record of a joint review: `HELD` or `NOT_HELD`.
    ReviewRecord,
    /// A change that left no entry; `what` is the mutation's name. Told to coordinators and administrators of the
    /// organisation alone.
    Change,
}

/// A line of a record's history: who did what, and when (muutoshistorian rivi).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct HistoryLine {
    /// Where it comes from.
    part: HistoryPart,
    /// What happened: the entry's kind, as `FIRST_MEETING_HELD`; of a change the mutation's name, as `personCorrect`.
    what: String,
    /// The day for which it was recorded.
    on: Option<Date>,
    /// When it was recorded.
    at: DateTime,
    /// When it was cancelled or corrected, where it was.
    cancelled_at: Option<DateTime>,
    #[graphql(skip)]
    row: domain::Line,
    #[graphql(skip)]
    by: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    cancelled_by: Option<Option<Arc<Person>>>,
}

/// A line of a record's history: who did what, and when (muutoshistorian rivi).
#[written]
#[ComplexObject]
impl HistoryLine {
    /// Who recorded it; absent where one may not know of them.
    async fn by(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.by)?.as_deref())
    }

    /// Who cancelled it; absent where nobody did, or one may not know of them.
    async fn cancelled_by(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.cancelled_by)?.as_deref())
    }
}

impl From<domain::Line> for HistoryLine {
    fn from(row: domain::Line) -> Self {
        Self {
            part: row.part.into(),
            what: row.what.clone(),
            on: row.on_date.map(Date),
            at: row.at.into(),
            cancelled_at: row.cancelled_at.map(DateTime),
            row,
            by: None,
            cancelled_by: None,
        }
    }
}

impl HistoryLine {
    fn cursor(&self) -> Cursor {
        self.row.cursor()
    }
}

impl Prefetch for HistoryLine {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("by") {
            let ids: Vec<_> = nodes.iter().filter_map(|node| node.row.by).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.by = Some(node.row.by.and_then(|by| found.get(&by).cloned()));
            }
        }
        if let Some(below) = look.child("cancelledBy") {
            let ids: Vec<_> = nodes
                .iter()
                .filter_map(|node| node.row.cancelled_by)
                .collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                let by = node.row.cancelled_by.and_then(|by| found.get(&by).cloned());
                node.cancelled_by = Some(by);
            }
        }
        Ok(())
    }
}

connection!(
    HistoryLine,
    HistoryLineConnection,
    HistoryLineEdge,
    "A page of a record's history."
);

/// What can be asked of histories.
#[derive(Default)]
pub struct HistoryQuery;

#[Object]
impl HistoryQuery {
    /// Who changed what and when in a record, the latest first: of a person, a support person, a supported case, a
    /// referral, a support relationship, an organisation, a course, a training, an expert, a peer group, work for
    /// influence or a grant target. Absent where there is no such record or it is not one's own to see.
    async fn history(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The record's id.")] of: ID,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<Option<HistoryLineConnection>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let Some(record) = Record::decode(&of) else {
                return Ok(None);
            };
            let page = match domain::list(ctx, record, args).await {
                // An id tells nothing to somebody who may not ask for such records at all.
                Err(Error::Forbidden) => None,
                page => page?,
            };
            let Some(page) = page else {
                return Ok(None);
            };
            let mut page = page.map(HistoryLine::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(Some(HistoryLineConnection::new(
                page,
                &args,
                HistoryLine::cursor,
            )))
        };
        answer(ctx, page.await)
    }
}
