//! The table `people`.

use sea_orm::entity::prelude::*;

use crate::ids::PersonId;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "people")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    pub language: String,
    pub data_key_sealed: Vec<u8>,
    pub name_sealed: Vec<u8>,
    pub email_sealed: Option<Vec<u8>>,
    pub phone_sealed: Option<Vec<u8>>,
    pub email_lookup: Option<Vec<u8>>,
    pub phone_lookup: Option<Vec<u8>>,
    pub is_active: bool,
    pub erased_at: Option<DateTimeUtc>,
    pub email_bounces: i16,
    pub version: i32,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
