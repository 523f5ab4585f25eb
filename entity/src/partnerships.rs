//! The table `partnerships`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PartnershipId};
use crate::states::PartnershipKind;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "partnerships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnershipId,
    pub organisation_id: OrganisationId,
    pub partner_id: OrganisationId,
    pub kind: PartnershipKind,
    pub county_code: Option<String>,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
