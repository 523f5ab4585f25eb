//! Level 7: an organisation's successor takes over.

use sea_orm_migration::prelude::*;

use crate::run_step;

const LEVEL: i32 = 7;

/// Creates the successions, none made.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[include_str!("sql/successions.sql")]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(
            "DROP TABLE succession_entries; DROP TABLE successions; ALTER TABLE organisations DROP COLUMN closed_on;",
        )
        .await?;
        db.execute_unprepared(&format!("DELETE FROM schema_levels WHERE level = {LEVEL}"))
            .await?;
        Ok(())
    }
}
