//! The table `person_merge_entries`.

use sea_orm::entity::prelude::*;

use crate::ids::PersonMergeId;
use crate::states::PersonMergeEntryKind;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person_merge_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub merge_id: PersonMergeId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: PersonMergeEntryKind,
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: Uuid,
    pub former_to_on: Option<Date>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
