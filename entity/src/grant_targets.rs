//! The table `grant_targets`.

use sea_orm::entity::prelude::*;

use crate::ids::{GrantTargetId, OrganisationId, PersonId};
use crate::states::GrantKind;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grant_targets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GrantTargetId,
    pub organisation_id: OrganisationId,
    pub list: String,
    pub funder: String,
    pub code: String,
    pub name: String,
    pub kind: GrantKind,
    pub from_on: Date,
    pub to_on: Option<Date>,
    pub counts_encounters: bool,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
