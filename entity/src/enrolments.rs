//! The table `enrolments`.

use sea_orm::entity::prelude::*;

use crate::ids::{CourseId, EnrolmentId, PersonId};
use crate::states::EnrolmentStatus;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EnrolmentId,
    pub course_id: CourseId,
    pub person_id: Option<PersonId>,
    pub name_sealed: Option<Vec<u8>>,
    pub data_key_sealed: Option<Vec<u8>>,
    pub is_pseudonym: bool,
    pub status: EnrolmentStatus,
    pub wants_reminders: bool,
    pub applied_on: Date,
    pub version: i32,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
