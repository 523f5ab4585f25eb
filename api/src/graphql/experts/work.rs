//! What experts do.

use std::sync::Arc;

use async_graphql::{ComplexObject, ID, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::experts as domain;
use rinnalla_domain::ids::ExpertAssignmentId;

use super::codes::{Compensation, Employment, FundingStatus};
use crate::graphql::organisations::Organisation;
use crate::graphql::prefetch::{Look, Prefetch, fill, filled, unless_forbidden};
use crate::graphql::referrals::RehabilitationPhase;
use crate::graphql::scalars::{Date, id};
use crate::graphql::written::{Written, written};

/// What an expert does, where, for how much of the working time and on what terms (kokemusasiantuntijan tehtävä).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct ExpertAssignment {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What is done: a code of the list `EXPERT_TASK`.
    task: String,
    /// Where, in a line.
    place: Option<String>,
    /// How much of the working time, 1 to 100 per cent.
    working_time_pct: i16,
    /// What is paid.
    compensation: Compensation,
    /// On what terms.
    employment: Employment,
    /// How its funding stands.
    funding: FundingStatus,
    /// Before or after whose rehabilitation: told of the service, never of the expert.
    phase: RehabilitationPhase,
    /// Its first day.
    from_on: Date,
    /// Its last day, where there is one.
    to_on: Option<Date>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::ExpertAssignment,
    #[graphql(skip)]
    host: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    target_groups: Option<Vec<String>>,
}

/// What an expert does, where, for how much of the working time and on what terms (kokemusasiantuntijan tehtävä).
#[written]
#[ComplexObject]
impl ExpertAssignment {
    /// The organisation that is worked for; absent where it is not one's own to know of.
    async fn host(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.host)?.as_deref())
    }

    /// Whom the work is for: codes of the list `TARGET_GROUP`; never told of anybody whom the expert meets.
    async fn target_groups(&self) -> Result<&[String]> {
        Ok(filled(&self.target_groups)?)
    }
}

impl From<domain::ExpertAssignment> for ExpertAssignment {
    fn from(row: domain::ExpertAssignment) -> Self {
        Self {
            id: id(row.id),
            task: row.task.clone(),
            place: row.place.clone(),
            working_time_pct: row.working_time_pct,
            compensation: row.compensation.into(),
            employment: row.employment.into(),
            funding: row.funding.into(),
            phase: row.phase.into(),
            from_on: row.from_on.into(),
            to_on: row.to_on.map(Date),
            version: row.version,
            row,
            host: None,
            target_groups: None,
        }
    }
}

impl ExpertAssignment {
    /// One assignment with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: ExpertAssignmentId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find_assignment(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for ExpertAssignment {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("host") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.host_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.host = Some(found.get(&node.row.host_id).cloned());
            }
        }
        if look.has("targetGroups") {
            let ids: Vec<ExpertAssignmentId> = nodes.iter().map(|node| node.row.id).collect();
            let mut found = domain::target_groups_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.target_groups = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        Ok(())
    }
}
