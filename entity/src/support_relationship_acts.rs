//! The table `support_relationship_acts`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, SupportRelationshipActId, SupportRelationshipId};
use crate::states::{EndReason, HandoverException, SupportRelationshipActKind};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "support_relationship_acts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SupportRelationshipActId,
    pub organisation_id: OrganisationId,
    pub relationship_id: SupportRelationshipId,
    pub kind: SupportRelationshipActKind,
    pub on_date: Date,
    pub professional_present: Option<bool>,
    pub exception_reason: Option<HandoverException>,
    pub handover_by: Option<PersonId>,
    pub end_reason: Option<EndReason>,
    pub corrects_id: Option<SupportRelationshipActId>,
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
