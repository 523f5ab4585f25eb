//! Programmes: what an association offers, and what it asks for before somebody acts as a support person.

mod acts;
mod gates;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, ProgrammeId};
use rinnalla_domain::programmes as domain;

pub use self::acts::ProgrammeMutation;
pub use self::gates::{Gate, GateMutation};
use super::organisations::Organisation;
use super::payload::{answer, ctx};
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled};
use super::scalars::{Date, Ref, id};
use super::written::{Answer, Written, written};

/// What an association offers under one name, with gates of its own (ohjelma).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Programme {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The name in the reader's language.
    name: String,
    /// The Finnish name.
    name_fi: String,
    /// The Swedish name.
    name_sv: String,
    /// The English name.
    name_en: String,
    /// Whether it is the one that everybody is in of whom nothing else was said; it keeps the three gates.
    is_default: bool,
    /// The first day on which somebody may join it.
    valid_from: Date,
    /// The last such day; open where there is none. Whoever is in it then stays.
    valid_to: Option<Date>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    key: ProgrammeId,
    #[graphql(skip)]
    of: OrganisationId,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    offer: Option<domain::Offer>,
    #[graphql(skip)]
    requirements: Option<Vec<ProgrammeRequirements>>,
}

impl Programme {
    fn of(row: domain::Programme, ctx: &Ctx) -> Self {
        Self {
            id: id(row.id),
            name: row.names.read_in(ctx.language).to_owned(),
            name_fi: row.names.name_fi,
            name_sv: row.names.name_sv,
            name_en: row.names.name_en,
            is_default: row.is_default,
            valid_from: row.valid_from.into(),
            valid_to: row.valid_to.map(Date),
            version: row.version,
            key: row.id,
            of: row.organisation_id,
            organisation: None,
            offer: None,
            requirements: None,
        }
    }

    /// One programme with what is selected below it.
    pub async fn load(ctx: &Ctx, id: ProgrammeId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(|row| Self::of(row, ctx)).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// Those among `ids` that may be seen, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[ProgrammeId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<ProgrammeId, Self>> {
        let found = domain::for_ids(ctx, ids).await?.into_iter();
        let mut found: HashMap<_, _> = found.map(|(id, row)| (id, Self::of(row, ctx))).collect();
        fill_refs(found.values_mut().collect(), look, ctx).await?;
        Ok(found)
    }

    /// The programmes of organisations, with what is selected below them.
    pub async fn for_organisations(
        ctx: &Ctx,
        of: &[OrganisationId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<OrganisationId, Vec<Self>>> {
        let found = domain::for_organisations(ctx, of).await?.into_iter();
        let read = |rows: Vec<domain::Programme>| rows.into_iter().map(|row| Self::of(row, ctx));
        let mut found: HashMap<_, Vec<Self>> =
            found.map(|(of, rows)| (of, read(rows).collect())).collect();
        fill_refs(found.values_mut().flatten().collect(), look, ctx).await?;
        Ok(found)
    }
}

/// What a programme asks for before somebody acts as a support person in it, from a day on (ohjelman edellytykset).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct ProgrammeRequirements {
    /// From which day on.
    from_on: Date,
    /// The one-year criterion.
    asks_criterion: bool,
    /// How many training weekends; no training where it is 0.
    training_weekends: i32,
    /// Whether a training completed earlier or elsewhere stands for the weekends.
    accepts_earlier_training: bool,
    /// Whether experts by experience are taken: their own completed training stands for the weekends.
    takes_experts: bool,
    /// The confidentiality undertaking.
    asks_confidentiality: bool,
    #[graphql(skip)]
    asked: domain::rules::Requirements,
    #[graphql(skip)]
    gates: Option<Vec<Gate>>,
}

impl From<domain::Asked> for ProgrammeRequirements {
    fn from(row: domain::Asked) -> Self {
        let asked = row.requirements;
        Self {
            from_on: row.from_on.into(),
            asks_criterion: asked.asks_criterion,
            training_weekends: i32::try_from(asked.training_weekends).unwrap_or(i32::MAX),
            accepts_earlier_training: asked.accepts_earlier_training,
            takes_experts: asked.takes_experts,
            asks_confidentiality: asked.asks_confidentiality,
            asked,
            gates: None,
        }
    }
}

/// What a programme asks for before somebody acts as a support person in it, from a day on (ohjelman edellytykset).
#[written]
#[ComplexObject]
impl ProgrammeRequirements {
    /// Gates of the association's own.
    async fn gates(&self) -> Result<&[Gate]> {
        Ok(filled(&self.gates)?)
    }
}

impl Prefetch for ProgrammeRequirements {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if look.has("gates") {
            let all = domain::gates_in(nodes.iter().map(|node| &node.asked));
            let found = Gate::for_ids(ctx, &all).await?;
            for node in nodes.iter_mut() {
                let gates = node.asked.further.iter();
                node.gates = Some(gates.filter_map(|id| found.get(id).cloned()).collect());
            }
        }
        Ok(())
    }
}

/// What an association offers under one name, with gates of its own (ohjelma).
#[written]
#[ComplexObject]
impl Programme {
    /// The association.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// Codes of the target groups that it is for.
    async fn target_groups(&self) -> Result<&[String]> {
        Ok(&filled(&self.offer)?.target_groups)
    }

    /// Codes of the forms in which it supports people.
    async fn forms(&self) -> Result<&[String]> {
        Ok(&filled(&self.offer)?.forms)
    }

    /// Codes of the languages in which it does.
    async fn languages(&self) -> Result<&[String]> {
        Ok(&filled(&self.offer)?.languages)
    }

    /// What it asks for and asked for, the latest first.
    async fn requirements(&self) -> Result<&[ProgrammeRequirements]> {
        Ok(filled(&self.requirements)?)
    }
}

impl Prefetch for Programme {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<ProgrammeId> = nodes.iter().map(|node| node.key).collect();
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.of).collect();
            let found = Organisation::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.of).cloned());
            }
        }
        if ["targetGroups", "forms", "languages"]
            .iter()
            .any(|field| look.has(field))
        {
            let mut found = domain::offers_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.offer = Some(found.remove(&node.key).unwrap_or_default());
            }
        }
        if let Some(below) = look.child("requirements") {
            let mut found = domain::asked_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.key).unwrap_or_default();
                node.requirements = Some(rows.into_iter().map(Into::into).collect());
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.requirements.as_mut());
            fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

/// What can be asked of programmes.
#[derive(Default)]
pub struct ProgrammeQuery;

#[Object]
impl ProgrammeQuery {
    /// One programme; absent where it does not exist or its organisation is not one's own to know of.
    async fn programme(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<ProgrammeId>,
    ) -> Result<Answer<Option<Programme>>> {
        let ctx = ctx(c)?;
        answer(
            ctx,
            Programme::load(ctx, id.or_unknown(), Look::of(c)).await,
        )
    }
}
