//! Level 18: what waits for a coordinator until it is seen to: notices that reached nobody, cases that were given up.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 18;
const SQL: &str = include_str!("sql/seen_to.sql");

/// Creates a table and a column, both empty.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("DROP INDEX supported_cases_given_up")
            .await?;
        db.execute_unprepared("ALTER TABLE supported_cases DROP COLUMN given_up_on")
            .await?;
        undo_tables(manager, LEVEL, SQL).await
    }
}
