//! Level 23: what courses teach, in versions, the workshops that worked them out, and what a course does otherwise.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 23;
const SQL: &str = include_str!("sql/curricula.sql");

/// Creates the tables, empty, and a column that programs of an earlier level leave empty.
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
            "DROP INDEX courses_by_curriculum",
            "ALTER TABLE courses DROP COLUMN curriculum_id",
        ] {
            db.execute_unprepared(undo).await?;
        }
        undo_tables(manager, LEVEL, SQL).await
    }
}
