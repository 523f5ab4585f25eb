//! The table `expense_limits`.

use sea_orm::entity::prelude::*;

use crate::ids::{OrganisationId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expense_limits")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation_id: Option<OrganisationId>,
    pub from_year: i16,
    pub per_diem_days: i16,
    pub own_vehicle_cents: i32,
    pub added_by: Option<PersonId>,
    pub added_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
