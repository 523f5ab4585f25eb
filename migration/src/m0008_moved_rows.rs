//! What was moved in from a file, so that the same file changes nothing.

use sea_orm_migration::prelude::*;

use crate::run_step;

/// Creates the table of moved rows.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, 8, &[include_str!("sql/moved_rows.sql")]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("DROP TABLE moved_rows").await?;
        db.execute_unprepared("DELETE FROM schema_levels WHERE level = 8")
            .await?;
        Ok(())
    }
}
