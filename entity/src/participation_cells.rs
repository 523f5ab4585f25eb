//! The table `participation_cells`.

use sea_orm::entity::prelude::*;

use crate::ids::ParticipationPublicationId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "participation_cells")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub publication_id: ParticipationPublicationId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub by_rows: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub by_columns: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub column_code: String,
    pub row_name: Option<String>,
    pub column_name: Option<String>,
    pub how_many: Option<i64>,
    pub told_1: Option<f64>,
    pub told_2: Option<f64>,
    pub told_3: Option<f64>,
    pub is_hidden: bool,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
