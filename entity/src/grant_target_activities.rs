//! The table `grant_target_activities`.

use sea_orm::entity::prelude::*;

use crate::ids::{
    CourseId, DropInPlaceId, GrantTargetId, InfluenceItemId, PeerGroupId, ProgrammeId,
};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grant_target_activities")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub grant_target_id: GrantTargetId,
    pub course_id: Option<CourseId>,
    pub drop_in_place_id: Option<DropInPlaceId>,
    pub peer_group_id: Option<PeerGroupId>,
    pub programme_id: Option<ProgrammeId>,
    pub influence_item_id: Option<InfluenceItemId>,
}

/// Foreign keys stand in the migration; reads join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
