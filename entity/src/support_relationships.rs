//! The table `support_relationships`.

use sea_orm::entity::prelude::*;

use crate::ids::{
    MatchProposalId, OrganisationId, ReferralId, SupportPersonId, SupportRelationshipId,
    SupportedCaseId,
};
use crate::states::{EndReason, SupportRelationshipStatus};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "support_relationships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupportRelationshipId,
    pub organisation_id: OrganisationId,
    pub referring_organisation_id: OrganisationId,
    pub case_id: SupportedCaseId,
    pub support_person_id: SupportPersonId,
    pub referral_id: ReferralId,
    pub proposal_id: MatchProposalId,
    pub status: SupportRelationshipStatus,
    pub proposed_on: Date,
    pub first_meeting_on: Option<Date>,
    pub starts_on: Option<Date>,
    pub agreed_until: Option<Date>,
    pub ended_on: Option<Date>,
    pub end_reason: Option<EndReason>,
    pub review_interval_months: i16,
    pub professional_follows: bool,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
