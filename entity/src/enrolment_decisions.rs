//! The table `enrolment_decisions`.

use sea_orm::entity::prelude::*;

use crate::ids::{EnrolmentDecisionId, EnrolmentId, PersonId};
use crate::states::EnrolmentDecisionKind;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment_decisions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EnrolmentDecisionId,
    pub enrolment_id: EnrolmentId,
    pub kind: EnrolmentDecisionKind,
    pub on_date: Date,
    pub recorded_by: PersonId,
    pub recorded_at: DateTimeUtc,
    pub cancelled_by: Option<PersonId>,
    pub cancelled_at: Option<DateTimeUtc>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
