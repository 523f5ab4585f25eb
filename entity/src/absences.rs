//! The table `absences`.

use sea_orm::entity::prelude::*;

use crate::ids::{AbsenceId, OrganisationId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "absences")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AbsenceId,
    pub person_id: PersonId,
    pub organisation_id: OrganisationId,
    pub substitute_id: PersonId,
    pub from_on: Date,
    pub to_on: Date,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
