//! The table `curricula`.

use sea_orm::entity::prelude::*;

use crate::ids::{CurriculumId, OrganisationId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "curricula")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CurriculumId,
    pub organisation_id: OrganisationId,
    pub name: String,
    pub no: i32,
    pub version: i32,
    pub created_by: PersonId,
    pub created_at: DateTimeUtc,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
