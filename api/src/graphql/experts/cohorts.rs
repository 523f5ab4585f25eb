//! Cohorts of experts in training.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, ID, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::experts as domain;
use rinnalla_domain::ids::ExpertCohortId;
use rinnalla_domain::page::Cursor;

use crate::graphql::organisations::Organisation;
use crate::graphql::prefetch::{Look, Prefetch, fill, filled, unless_forbidden};
use crate::graphql::scalars::{Date, id};
use crate::graphql::written::{Written, written};

/// A training of experts that some take together (kokemusasiantuntijakoulutus).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct ExpertCohort {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Its name.
    name: String,
    /// Its first day.
    starts_on: Date,
    /// Its last day.
    ends_on: Date,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::ExpertCohort,
    #[graphql(skip)]
    trainer: Option<Option<Arc<Organisation>>>,
}

/// A training of experts that some take together (kokemusasiantuntijakoulutus).
#[written]
#[ComplexObject]
impl ExpertCohort {
    /// Who trains; absent where it is not one's own to know of.
    async fn trainer(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.trainer)?.as_deref())
    }
}

impl From<domain::ExpertCohort> for ExpertCohort {
    fn from(row: domain::ExpertCohort) -> Self {
        Self {
            id: id(row.id),
            name: row.name.clone(),
            starts_on: row.starts_on.into(),
            ends_on: row.ends_on.into(),
            version: row.version,
            row,
            trainer: None,
        }
    }
}

impl ExpertCohort {
    /// Where the row stands in a list.
    pub fn cursor(&self) -> Cursor {
        Cursor::of(self.row.id)
    }

    /// One cohort with what is selected below it.
    pub async fn load(ctx: &Ctx, id: ExpertCohortId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_cohort(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// The cohorts with these ids, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[ExpertCohortId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<ExpertCohortId, Self>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let found = domain::cohorts_for_ids(ctx, ids).await?;
        let mut found: Vec<Self> = found.into_values().map(Self::from).collect();
        fill(&mut found, look, ctx).await?;
        Ok(found.into_iter().map(|it| (it.row.id, it)).collect())
    }
}

impl Prefetch for ExpertCohort {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("trainer") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.trainer_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.trainer = Some(found.get(&node.row.trainer_id).cloned());
            }
        }
        Ok(())
    }
}

connection!(
    ExpertCohort,
    ExpertCohortConnection,
    ExpertCohortEdge,
    "A page of cohorts of experts."
);
