//! The table `sign_in_links`.

use sea_orm::entity::prelude::*;

use crate::ids::{PersonId, SignInLinkId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SignInLinkId,
    pub person_id: Option<PersonId>,
    pub account_mac: Vec<u8>,
    pub address_mac: Vec<u8>,
    pub browser_hash: Vec<u8>,
    pub token_hash: Vec<u8>,
    pub key_version: i32,
    pub leads_to: String,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
