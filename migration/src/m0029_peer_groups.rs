//! Level 29: peer groups and talks, work for influence, grant targets, and survey waves; and that parts in drop-in places and
//! groups change hands when two records of a person are merged.
//!
//! A program of an earlier level cannot read what such a merge did, so this level serves none.

use sea_orm_migration::prelude::*;

use crate::m0017_expenses::merge_entries;
use crate::m0024_merged_supervision::kinds;
use crate::{in_dialect, run_step, undo_tables};

const LEVEL: i32 = 29;
const SQL: &str = concat!(
    include_str!("sql/peer_groups.sql"),
    include_str!("sql/influence_items.sql"),
    include_str!("sql/grant_targets.sql"),
    include_str!("sql/survey_waves.sql"),
);

/// Creates the tables and code lists, and allows merges three kinds more.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entries = merge_entries(&format!(
            "{}, 'PLACE_TERM_MOVED', 'SHIFT_MOVED', 'GROUP_LEADER_MOVED'",
            kinds()
        ));
        run_step(manager, LEVEL, &[SQL, &entries]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entries = in_dialect(&merge_entries(&kinds()), manager.get_database_backend());
        let db = manager.get_connection();
        db.execute_unprepared(&entries).await?;
        undo_tables(manager, LEVEL, SQL).await?;
        db.execute_unprepared(
            "DELETE FROM codes WHERE list IN ('GROUP_AUDIENCE', 'ENCOUNTER_KIND')",
        )
        .await?;
        Ok(())
    }
}
