//! The table `printed_texts`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, PrintedTextId};
use crate::states::PrintedTextKind;

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "printed_texts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PrintedTextId,
    pub organisation_id: OrganisationId,
    pub kind: PrintedTextKind,
    pub language: String,
    pub version_no: i32,
    pub body: String,
    pub published_by: PersonId,
    pub published_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
