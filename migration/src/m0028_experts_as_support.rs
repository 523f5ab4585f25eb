//! Level 28: experts by experience as support persons, where a programme takes them.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 28;
const SQL: &str = include_str!("sql/experts_as_support.sql");

/// Adds columns that programs of an earlier level leave as they are: no programme takes experts.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for undo in [
            "DROP INDEX support_person_acts_by_expert",
            "ALTER TABLE support_person_acts DROP COLUMN expert_id",
            "ALTER TABLE programme_requirements DROP COLUMN takes_experts",
        ] {
            db.execute_unprepared(undo).await?;
        }
        undo_tables(manager, LEVEL, SQL).await
    }
}
