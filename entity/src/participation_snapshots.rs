//! The table `participation_snapshots`.

use sea_orm::entity::prelude::*;

use crate::ids::ParticipationSnapshotId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "participation_snapshots")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ParticipationSnapshotId,
    pub taken_on: Date,
    pub taken_at: DateTimeUtc,
    pub threshold: i16,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
