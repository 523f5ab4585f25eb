//! Level 6: the public directory.

use sea_orm_migration::prelude::*;

use crate::run_step;

const LEVEL: i32 = 6;

/// Creates the entries of the directory, none listed.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[include_str!("sql/directory.sql")]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("DROP TABLE directory_counties; DROP TABLE directory_entries;")
            .await?;
        db.execute_unprepared(&format!("DELETE FROM schema_levels WHERE level = {LEVEL}"))
            .await?;
        Ok(())
    }
}
