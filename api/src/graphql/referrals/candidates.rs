//! Whom the association could propose.

use std::sync::Arc;

use async_graphql::{Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::referrals as domain;

use super::{MatchProposalStatus, MatchReason};
use crate::graphql::prefetch::{Look, Prefetch, filled};
use crate::graphql::support_persons::SupportPerson;
use crate::graphql::written::written;

/// Somebody who could be proposed for a referral (ehdokas).
pub struct MatchCandidate {
    row: domain::Candidate,
    support_person: Option<Option<Arc<SupportPerson>>>,
}

impl From<domain::Candidate> for MatchCandidate {
    fn from(row: domain::Candidate) -> Self {
        Self {
            row,
            support_person: None,
        }
    }
}

/// Somebody who could be proposed for a referral (ehdokas).
#[written]
#[Object]
impl MatchCandidate {
    /// Who.
    async fn support_person(&self) -> Result<Option<&SupportPerson>> {
        Ok(filled(&self.support_person)?.as_deref())
    }

    /// The sum of the reasons' weights; only its order means something.
    async fn score(&self) -> u32 {
        self.row.score
    }

    /// What speaks for them.
    async fn reasons(&self) -> Vec<MatchReason> {
        self.row.reasons.iter().cloned().map(Into::into).collect()
    }

    /// What became of it when they were proposed for this referral before, the latest last.
    async fn earlier_proposals(&self) -> Vec<MatchProposalStatus> {
        self.row.earlier.iter().map(|it| (*it).into()).collect()
    }
}

impl Prefetch for MatchCandidate {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("supportPerson") {
            let of: Vec<_> = nodes
                .iter()
                .map(|node| node.row.support_person_id)
                .collect();
            let found = SupportPerson::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.support_person = Some(found.get(&node.row.support_person_id).cloned());
            }
        }
        Ok(())
    }
}
