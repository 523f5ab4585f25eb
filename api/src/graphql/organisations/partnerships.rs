//! Partnerships between organisations.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, PartnershipId};
use rinnalla_domain::organisations as domain;

use super::Organisation;
use crate::graphql::codes::PartnershipKind;
use crate::graphql::payload::{ctx, key};
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, Ref, id};
use crate::graphql::written::{Written, written};

/// A partnership: what one organisation does for another, from when until when (kumppanuus).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Partnership {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What the partner does.
    kind: PartnershipKind,
    /// The official code of the wellbeing services county that it is about, where it is about one.
    county_code: Option<String>,
    /// The first day.
    valid_from: Date,
    /// The last day; open where there is none.
    valid_to: Option<Date>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    sides: [OrganisationId; 2],
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    partner: Option<Option<Arc<Organisation>>>,
}

impl From<domain::Partnership> for Partnership {
    fn from(row: domain::Partnership) -> Self {
        Self {
            id: id(row.id),
            kind: row.kind.into(),
            county_code: row.county_code,
            valid_from: row.valid_from.into(),
            valid_to: row.valid_to.map(Date),
            version: row.version,
            sides: [row.organisation_id, row.partner_id],
            organisation: None,
            partner: None,
        }
    }
}

/// A partnership: what one organisation does for another, from when until when (kumppanuus).
#[written]
#[ComplexObject]
impl Partnership {
    /// The organisation that coordinates.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// Its partner.
    async fn partner(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.partner)?.as_deref())
    }
}

impl Partnership {
    /// One partnership with what is selected below it.
    pub async fn load(ctx: &Ctx, id: PartnershipId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_partnership(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for Partnership {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("organisation") {
            let ids: Vec<_> = nodes.iter().map(|node| node.sides[0]).collect();
            let found = Organisation::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                let one = found.get(&node.sides[0]).cloned();
                node.organisation = Some(one);
            }
        }
        if let Some(below) = look.child("partner") {
            let ids: Vec<_> = nodes.iter().map(|node| node.sides[1]).collect();
            let found = Organisation::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                let one = found.get(&node.sides[1]).cloned();
                node.partner = Some(one);
            }
        }
        Ok(())
    }
}

payload!(PartnershipPayload, partnership: Partnership, "What came of an act on a partnership.");

/// Begins a partnership.
#[derive(InputObject)]
pub struct PartnershipStartInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// One's own organisation, which coordinates.
    organisation_id: Ref<OrganisationId>,
    /// The partner: an organisation that one knows of.
    partner_id: Ref<OrganisationId>,
    /// What the partner does.
    kind: PartnershipKind,
    /// The official code of the wellbeing services county that it is about, two digits.
    county_code: Option<String>,
    /// The first day; today where it is not said.
    valid_from: Option<Date>,
    /// The last day; open where it is not said.
    valid_to: Option<Date>,
}

/// Ends a partnership, or corrects the day on which it ends.
#[derive(InputObject)]
pub struct PartnershipEndInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The partnership.
    partnership_id: Ref<PartnershipId>,
    /// Its version.
    version: i32,
    /// The last day.
    ends_on: Date,
}

/// What can be done with partnerships.
#[derive(Default)]
pub struct PartnershipMutation;

#[Object]
impl PartnershipMutation {
    /// Begins a partnership of one's own organisation with one that it knows of.
    async fn partnership_start(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The partnership.")] input: PartnershipStartInput,
    ) -> Result<PartnershipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let new = domain::PartnershipStart {
            organisation: input.organisation_id.or_unknown(),
            partner: input.partner_id.or_unknown(),
            kind: input.kind.into(),
            county_code: input.county_code,
            valid_from: input.valid_from.map(|date| date.0),
            valid_to: input.valid_to.map(|date| date.0),
        };
        let done = domain::start_partnership(ctx, &key, new).await;
        PartnershipPayload::of(c, done, Partnership::load).await
    }

    /// Ends a partnership of one's own organisation, or corrects the day on which it ends.
    async fn partnership_end(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, and when.")] input: PartnershipEndInput,
    ) -> Result<PartnershipPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let end = domain::PartnershipEnd {
                id: input.partnership_id.or_unknown(),
                version: input.version,
                ends_on: input.ends_on.0,
            };
            domain::end_partnership(ctx, &key, end).await
        };
        PartnershipPayload::of(c, done.await, Partnership::load).await
    }
}
