//! The table `training_attendances`.

use sea_orm::entity::prelude::*;

use crate::ids::{SupportPersonActId, TrainingParticipantId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_attendances")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub participant_id: TrainingParticipantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub weekend: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub act_id: SupportPersonActId,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
