//! The table `expenses`.

use sea_orm::entity::prelude::*;

use crate::ids::{ExpenseId, OrganisationId, PersonId};
use crate::states::ExpenseKind;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expenses")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExpenseId,
    pub organisation_id: OrganisationId,
    pub person_id: PersonId,
    pub year: i16,
    pub kind: ExpenseKind,
    pub kilometres: Option<i32>,
    pub days: Option<i32>,
    pub cents: i32,
    pub version: i32,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
