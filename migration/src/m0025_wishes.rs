//! Level 25: wishes to drop-in places, with what came of them.
//!
//! A program of an earlier level does not know the new table and column, writes nothing to them, and goes on as before.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 25;
const SQL: &str = include_str!("sql/wishes.sql");

/// Creates the table; the places that there are take no wishes until somebody says so.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        undo_tables(manager, LEVEL, SQL).await?;
        let db = manager.get_connection();
        db.execute_unprepared("ALTER TABLE drop_in_places DROP COLUMN takes_wishes")
            .await?;
        Ok(())
    }
}
