//! The table `course_organisers`.

use sea_orm::entity::prelude::*;

use crate::ids::{CourseId, OrganisationId};
use crate::states::CourseOrganiserKind;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_organisers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: CourseId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    pub kind: CourseOrganiserKind,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
