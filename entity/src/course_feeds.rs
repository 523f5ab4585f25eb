//! The table `course_feeds`.

use sea_orm::entity::prelude::*;

use crate::ids::{CourseFeedId, CourseId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_feeds")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseFeedId,
    pub course_id: CourseId,
    pub language: String,
    pub token_hash: Vec<u8>,
    pub key_version: i32,
    pub opened_by: PersonId,
    pub opened_at: DateTimeUtc,
    pub closed_by: Option<PersonId>,
    pub closed_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
