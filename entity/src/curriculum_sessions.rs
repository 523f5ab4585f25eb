//! The table `curriculum_sessions`.

use sea_orm::entity::prelude::*;

use crate::ids::CurriculumId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "curriculum_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub curriculum_id: CurriculumId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub no: i16,
    pub theme: String,
    pub methods: Option<String>,
    pub materials: Option<String>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
