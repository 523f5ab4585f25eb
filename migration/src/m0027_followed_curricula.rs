//! Level 27: of which version of a curriculum a course does something otherwise.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 27;
const SQL: &str = include_str!("sql/followed_curricula.sql");

/// Adds a column that programs of an earlier level leave empty.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for undo in ["ALTER TABLE course_changes DROP COLUMN curriculum_id"] {
            db.execute_unprepared(undo).await?;
        }
        undo_tables(manager, LEVEL, SQL).await
    }
}
