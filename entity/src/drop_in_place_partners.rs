//! The table `drop_in_place_partners`.

use sea_orm::entity::prelude::*;

use crate::ids::{DropInPlaceId, OrganisationId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "drop_in_place_partners")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub place_id: DropInPlaceId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
