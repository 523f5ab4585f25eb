//! Joint reviews: what is due, and what became of it.

mod codes;
mod recording;

use async_graphql::{Context, ID, InputObject, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{JointReviewId, OrganisationId, SupportRelationshipId};
use rinnalla_domain::joint_reviews::{self as domain, AfterRecord, Filter, With, rules};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::support_relationships;

pub use self::codes::{
    JointReviewStatus, JointReviewTiming, NotHeldReason, ReviewCancelledReason, ReviewChannel,
    ReviewOutcome, ReviewProgress, ReviewRecordKind,
};
pub use self::recording::{JointReviewMutation, JointReviewRecord};
use super::payload::{answer, ctx};
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled};
use super::scalars::{Date, Ref, id};
use super::support_relationships::SupportRelationship;
use super::written::{Answer, written};

/// A joint review of a support relationship (yhteistapaaminen, väliarvio).
pub struct JointReview {
    row: domain::JointReview,
    timing: Option<rules::Timing>,
    relationship: Option<Option<Box<SupportRelationship>>>,
    records: Option<Vec<JointReviewRecord>>,
}

/// What is read where it is selected alone.
const PARTICULARS: [&str; 7] = [
    "cycleNumber",
    "cancelledReason",
    "intervalMonths",
    "countedFrom",
    "windowStartsOn",
    "bookedFor",
    "isJoint",
];

impl JointReview {
    /// What the domain is asked for, of what is selected.
    pub fn with(look: &Look<'_>) -> With {
        With {
            particulars: look.has_any(&PARTICULARS),
        }
    }

    /// A review as it stands on the day of the request.
    pub fn of(row: domain::JointReview, ctx: &Ctx) -> Self {
        Self {
            timing: row.timing(ctx),
            row,
            relationship: None,
            records: None,
        }
    }

    /// One review with what is selected below it.
    pub async fn load(ctx: &Ctx, id: JointReviewId, look: Look<'_>) -> DomainResult<Option<Self>> {
        Self::recorded(ctx, AfterRecord::Of(id), look).await
    }

    /// One of which something was just recorded: what was written need not be read again.
    async fn recorded(ctx: &Ctx, it: AfterRecord, look: Look<'_>) -> DomainResult<Option<Self>> {
        let row = match it {
            AfterRecord::Now(row) => Some(row),
            AfterRecord::Of(id) => domain::find(ctx, id, Self::with(&look)).await?,
        };
        let mut found: Vec<Self> = row.into_iter().map(|row| Self::of(row, ctx)).collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// A joint review of a support relationship: every three to six months the professional meets the two people together
/// (yhteistapaaminen, väliarvio). Desirable, never compulsory.
#[written]
#[Object]
impl JointReview {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// The number of its cycle: grows with every cycle, with gaps where cycles were skipped.
    async fn cycle_number(&self) -> Result<i32> {
        Ok(filled(&self.row.particulars)?.cycle_no)
    }

    /// What became of it.
    async fn status(&self) -> JointReviewStatus {
        self.row.status.into()
    }

    /// Why it fell away, where it did.
    async fn cancelled_reason(&self) -> Result<Option<ReviewCancelledReason>> {
        Ok(filled(&self.row.particulars)?
            .cancelled_reason
            .map(Into::into))
    }

    /// How it stands today, while it is open.
    async fn timing(&self) -> Option<JointReviewTiming> {
        self.timing.map(Into::into)
    }

    /// Whether it is open and its window has passed.
    async fn is_overdue(&self) -> bool {
        self.timing == Some(rules::Timing::Overdue)
    }

    /// The interval that it follows from, in whole months.
    async fn interval_months(&self) -> Result<i16> {
        Ok(filled(&self.row.particulars)?.interval_months)
    }

    /// The day that the months are counted from.
    async fn counted_from(&self) -> Result<Date> {
        Ok(filled(&self.row.particulars)?.base_on.into())
    }

    /// The first working day of its window, three months on.
    async fn window_starts_on(&self) -> Result<Date> {
        Ok(filled(&self.row.particulars)?.window_start_on.into())
    }

    /// The working day aimed at, the agreed interval on; from then it is due.
    async fn planned_on(&self) -> Date {
        self.row.planned_on.into()
    }

    /// The last working day of its window, six months on; after it the review is overdue.
    async fn window_ends_on(&self) -> Date {
        self.row.window_end_on.into()
    }

    /// The day that was booked for it.
    async fn booked_for(&self) -> Result<Option<Date>> {
        Ok(filled(&self.row.particulars)?.booked_for.map(Date))
    }

    /// The day on which it was held.
    async fn held_on(&self) -> Option<Date> {
        self.row.held_on.map(Date)
    }

    /// Whether all three were there, where it was held.
    async fn is_joint(&self) -> Result<Option<bool>> {
        Ok(filled(&self.row.particulars)?.is_joint)
    }

    /// Grows with every change; an act names the version that it is based on.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// The support relationship.
    async fn support_relationship(&self) -> Result<Option<&SupportRelationship>> {
        Ok(filled(&self.relationship)?.as_deref())
    }

    /// What was recorded of it, in order, cancelled records included.
    async fn records(&self) -> Result<&[JointReviewRecord]> {
        Ok(filled(&self.records)?)
    }
}

impl Prefetch for JointReview {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("supportRelationship") {
            // A list brings them with its rows.
            if nodes.iter().any(|node| node.relationship.is_none()) {
                let ids: Vec<_> = nodes.iter().map(|node| node.row.relationship_id).collect();
                let with = SupportRelationship::with(&below);
                let found = support_relationships::for_ids(ctx, &ids, with).await?;
                for node in nodes.iter_mut() {
                    let row = found.get(&node.row.relationship_id).cloned();
                    node.relationship = Some(row.map(|row| Box::new(row.into())));
                }
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.relationship.as_mut()?.as_deref_mut());
            fill_refs(all.collect(), &below, ctx).await?;
        }
        if let Some(below) = look.child("records") {
            let ids: Vec<_> = nodes.iter().map(|node| node.row.id).collect();
            let mut found = domain::records_for_reviews(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.records = Some(rows.into_iter().map(JointReviewRecord::from).collect());
            }
            let all = nodes.iter_mut().filter_map(|node| node.records.as_mut());
            fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

connection!(
    JointReview,
    JointReviewConnection,
    JointReviewEdge,
    "A page of joint reviews."
);

/// Which joint reviews a list holds; everything that is given must apply.
#[derive(InputObject, Default)]
pub struct JointReviewFilter {
    /// Open, with a planned day at most so many days away (0 to 366); those already due or overdue are included.
    due_within_days: Option<i32>,
    /// Planned on this day or later.
    planned_from: Option<Date>,
    /// Planned on this day or earlier.
    planned_to: Option<Date>,
    /// Open ones alone.
    #[graphql(default)]
    open_only: bool,
    /// Open and overdue, or open and not overdue.
    is_overdue: Option<bool>,
    /// Of the cases whose professional one is, or stands in for.
    #[graphql(default)]
    mine: bool,
    /// Of this coordinating organisation.
    organisation_id: Option<Ref<OrganisationId>>,
    /// Of this support relationship.
    support_relationship_id: Option<Ref<SupportRelationshipId>>,
}

impl JointReviewFilter {
    /// As the domain asks.
    pub fn of(self) -> Filter {
        Filter {
            due_within_days: self.due_within_days,
            planned_from: self.planned_from.map(|on| on.0),
            planned_to: self.planned_to.map(|on| on.0),
            open_only: self.open_only,
            is_overdue: self.is_overdue,
            mine: self.mine,
            organisation: self.organisation_id.map(Ref::or_unknown),
            relationship: self.support_relationship_id.map(Ref::or_unknown),
        }
    }
}

/// What can be asked of joint reviews.
#[derive(Default)]
pub struct JointReviewQuery;

#[Object]
impl JointReviewQuery {
    /// One joint review; absent where it does not exist or is not one's own to see.
    async fn joint_review(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<JointReviewId>,
    ) -> Result<Answer<Option<JointReview>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, JointReview::load(ctx, id, Look::of(c)).await)
    }

    /// The joint reviews that one may see, by planned day, the earliest first.
    async fn joint_reviews(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which; all that one may see where it is not said.")] filter: Option<
            JointReviewFilter,
        >,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<JointReviewConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let (filter, nodes) = (filter.unwrap_or_default().of(), look.nodes());
            let mut page = match nodes.child("supportRelationship") {
                None => domain::list(ctx, &filter, args, JointReview::with(&nodes))
                    .await?
                    .map(|row| JointReview::of(row, ctx)),
                Some(below) => {
                    let with = (JointReview::with(&nodes), SupportRelationship::with(&below));
                    let page = support_relationships::with_reviews(ctx, &filter, args, with);
                    page.await?.map(|(row, relationship)| JointReview {
                        relationship: Some(Some(Box::new(relationship.into()))),
                        ..JointReview::of(row, ctx)
                    })
                }
            };
            fill(&mut page.rows, &nodes, ctx).await?;
            Ok(JointReviewConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }
}
