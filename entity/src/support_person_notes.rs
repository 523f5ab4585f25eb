//! The table `support_person_notes`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId, SupportPersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "support_person_notes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub support_person_id: SupportPersonId,
    pub organisation_id: OrganisationId,
    pub text_sealed: Vec<u8>,
    pub written_by: PersonId,
    pub written_at: DateTimeUtc,
    pub version: i32,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
