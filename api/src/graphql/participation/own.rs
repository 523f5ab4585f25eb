//! The own organisation's exact figures.

use async_graphql::{Context, Object, Result};
use rinnalla_domain::ids::OrganisationId;
use rinnalla_domain::participation as domain;

use super::codes::{ParticipationBreakdown, ParticipationMeasure};
use super::{ParticipationTable, asked};
use crate::graphql::payload::{ctx, for_client};
use crate::graphql::scalars::Ref;
use crate::graphql::written::Answer;

/// What a coordinator can ask of the own organisation's figures.
#[derive(Default)]
pub struct OwnParticipationQuery;

#[Object]
impl OwnParticipationQuery {
    /// A table of the own organisation as of now: exact, nothing is hidden, and so for its own use alone. The running period
    /// may be asked for as well. Who asked is written into the access log. For its coordinators; null for any other.
    async fn own_participation(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The organisation.")] organisation_id: Ref<OrganisationId>,
        #[graphql(desc = "What is counted.")] measure: ParticipationMeasure,
        #[graphql(desc = "The period, as `2026`, `2026H1` or `2026Q3`.")] period: String,
        #[graphql(default, desc = "By what; two at most.")] by: Vec<ParticipationBreakdown>,
    ) -> Result<Answer<Option<ParticipationTable>>> {
        let ctx = ctx(c)?;
        let table = domain::own_table(
            ctx,
            organisation_id.or_unknown(),
            &asked(measure, period, by),
        )
        .await;
        Ok(Answer(for_client(ctx, table)?.map(Into::into)))
    }
}
