//! The table `match_proposals`.

use sea_orm::entity::prelude::*;

use crate::ids::{MatchProposalId, OrganisationId, ReferralId, SupportPersonId};
use crate::states::MatchProposalStatus;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "match_proposals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MatchProposalId,
    pub organisation_id: OrganisationId,
    pub referral_id: ReferralId,
    pub support_person_id: SupportPersonId,
    pub status: MatchProposalStatus,
    pub reasons: String,
    pub score: i32,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
