//! The table `caseload_moves`.

use sea_orm::entity::prelude::*;

use crate::ids::{CaseloadMoveId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "caseload_moves")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaseloadMoveId,
    pub from_id: PersonId,
    pub to_id: PersonId,
    pub moved_count: i32,
    pub version: i32,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_at: Option<DateTimeUtc>,
    pub cancelled_by: Option<PersonId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
