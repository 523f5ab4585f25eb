//! Level 32: an opening of a drop-in place says which area of osallisuus it serves.
//!
//! A program of level 31 leaves the area as it is, so this level serves that one too.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 32;
const SQL: &str = include_str!("sql/opening_areas.sql");

/// Adds a column, empty.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("ALTER TABLE openings DROP COLUMN area")
            .await?;
        undo_tables(manager, LEVEL, SQL).await
    }
}
