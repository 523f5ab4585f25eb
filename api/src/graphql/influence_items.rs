//! Work for influence: what was brought before which body, and what came of it.

mod acts;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::InfluenceItemId;
use rinnalla_domain::influence_items as domain;
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states;

pub use self::acts::InfluenceItemMutation;
use super::organisations::Organisation;
use super::payload::{answer, ctx};
use super::prefetch::{Look, Prefetch, fill, filled, unless_forbidden};
use super::scalars::{Date, Ref, id};
use super::written::{Answer, Written, written};

/// What was done for influence (vaikuttamisen laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::InfluenceKind")]
pub enum InfluenceKind {
    /// An initiative of a councillor or of others (aloite).
    Initiative,
    /// A panel of those who use services.
    CustomerPanel,
    /// Part in a procurement (hankinta).
    Procurement,
    /// A hearing (kuuleminen).
    Hearing,
    /// A statement (lausunto).
    Statement,
}

/// What came of work for influence (vaikuttamisen tulos).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::InfluenceOutcome")]
pub enum InfluenceOutcome {
    /// Nothing yet.
    Pending,
    /// What was proposed was accepted.
    Accepted,
    /// Some of it was.
    PartlyAccepted,
    /// It was noted for information (merkittiin tiedoksi).
    Noted,
    /// It was not accepted.
    Rejected,
}

/// Something that was done for influence (vaikuttamisteko).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct InfluenceItem {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What it was.
    kind: InfluenceKind,
    /// What it was about.
    title: String,
    /// The body that it was brought before, as a city board.
    body: String,
    /// The day.
    on: Date,
    /// The section of the body's minutes, as `§ 261`.
    section: Option<String>,
    /// The number under which the body keeps it.
    register_number: Option<String>,
    /// How many of the own people took part.
    participants: Option<i32>,
    /// What came of it.
    outcome: InfluenceOutcome,
    /// The same in words.
    outcome_told: Option<String>,
    /// The area of osallisuus: 1 in one's own life, 2 in communities and processes of influencing, 3 in the common good.
    area: Option<i16>,
    /// Whether it was recorded in error.
    is_cancelled: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::InfluenceItem,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
}

/// Something that was done for influence (vaikuttamisteko).
#[written]
#[ComplexObject]
impl InfluenceItem {
    /// The association that did it.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }
}

impl From<domain::InfluenceItem> for InfluenceItem {
    fn from(row: domain::InfluenceItem) -> Self {
        Self {
            id: id(row.id),
            kind: row.kind.into(),
            title: row.title.clone(),
            body: row.body.clone(),
            on: row.on_date.into(),
            section: row.section.clone(),
            register_number: row.register_number.clone(),
            participants: row.participants,
            outcome: row.outcome.into(),
            outcome_told: row.outcome_told.clone(),
            area: row.area,
            is_cancelled: row.is_cancelled,
            version: row.version,
            row,
            organisation: None,
        }
    }
}

impl InfluenceItem {
    /// One item with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: InfluenceItemId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Into::into).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// The items with these ids, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[InfluenceItemId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<InfluenceItemId, Self>> {
        let found = domain::for_ids(ctx, ids).await?;
        let mut found: Vec<Self> = found.into_values().map(Self::from).collect();
        fill(&mut found, look, ctx).await?;
        Ok(found.into_iter().map(|it| (it.row.id, it)).collect())
    }
}

impl Prefetch for InfluenceItem {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.organisation_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.row.organisation_id).cloned());
            }
        }
        Ok(())
    }
}

connection!(
    InfluenceItem,
    InfluenceItemConnection,
    InfluenceItemEdge,
    "A page of work for influence."
);

/// Which work for influence.
#[derive(InputObject)]
pub struct InfluenceItemFilter {
    /// Of this kind.
    kind: Option<InfluenceKind>,
    /// That has come to this.
    outcome: Option<InfluenceOutcome>,
}

/// What can be asked about work for influence.
#[derive(Default)]
pub struct InfluenceItemQuery;

#[Object]
impl InfluenceItemQuery {
    /// One thing that was done for influence; absent where it does not exist or is not one's own to see.
    async fn influence_item(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<InfluenceItemId>,
    ) -> Result<Answer<Option<InfluenceItem>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, InfluenceItem::load(ctx, id, Look::of(c)).await)
    }

    /// What the own association did for influence, the latest first; what was recorded in error is left out.
    async fn influence_items(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which; all where nothing is said.")] filter: Option<InfluenceItemFilter>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<InfluenceItemConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let filter = filter.map_or_else(domain::Filter::default, |told| domain::Filter {
            kind: told.kind.map(Into::into),
            outcome: told.outcome.map(Into::into),
        });
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::list(ctx, &filter, args).await?;
            let mut page = page.map(InfluenceItem::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(InfluenceItemConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }
}
