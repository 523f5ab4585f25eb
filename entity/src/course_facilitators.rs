//! The table `course_facilitators`.

use sea_orm::entity::prelude::*;

use crate::ids::{CourseFacilitatorId, CourseId, PersonId};
use crate::states::FacilitatorKind;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_facilitators")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseFacilitatorId,
    pub course_id: CourseId,
    pub person_id: PersonId,
    pub kind: FacilitatorKind,
    pub assigned_by: PersonId,
    pub assigned_at: DateTimeUtc,
    pub removed_by: Option<PersonId>,
    pub removed_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
