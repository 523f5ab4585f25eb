//! The table `support_agreements`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, SupportAgreementId, SupportRelationshipId};
use crate::states::MeetingRhythm;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "support_agreements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupportAgreementId,
    pub organisation_id: OrganisationId,
    pub relationship_id: SupportRelationshipId,
    pub version_no: i16,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
    pub is_open_ended: bool,
    pub rhythm: MeetingRhythm,
    pub review_interval_months: i16,
    pub professional_follows: bool,
    pub signed_on: Date,
    pub corrects_id: Option<SupportAgreementId>,
    pub corrects_at: Option<DateTimeUtc>,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
