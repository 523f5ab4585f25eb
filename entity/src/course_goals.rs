//! The table `course_goals`.

use sea_orm::entity::prelude::*;

use crate::ids::CourseId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_goals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: CourseId,
    pub list: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
