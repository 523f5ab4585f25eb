//! The table `referrals`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, ReferralId, SupportedCaseId};
use crate::states::{ReferralStatus, RehabilitationPhase, SupportForm};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "referrals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReferralId,
    pub organisation_id: OrganisationId,
    pub referring_organisation_id: OrganisationId,
    pub case_id: SupportedCaseId,
    pub professional_id: PersonId,
    pub form: SupportForm,
    pub phase: RehabilitationPhase,
    pub information_source_list: String,
    pub information_source: Option<String>,
    pub status: ReferralStatus,
    pub submitted_at: Option<DateTimeUtc>,
    pub proposal_count: i16,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
