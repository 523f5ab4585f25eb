//! The table `sealed_labels`.

use sea_orm::entity::prelude::*;

use crate::ids::{SealedLabelId, SupportRelationshipId, SupportedCaseId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sealed_labels")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SealedLabelId,
    pub case_id: Option<SupportedCaseId>,
    pub relationship_id: Option<SupportRelationshipId>,
    pub data_key_sealed: Vec<u8>,
    pub text_sealed: Vec<u8>,
    pub version: i32,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
