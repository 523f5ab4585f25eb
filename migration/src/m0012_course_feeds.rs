//! Level 12: addresses at which calendars read the sessions of a course.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 12;
const SQL: &str = include_str!("sql/course_feeds.sql");

/// Creates the table, empty, and a column that programs of an earlier level leave empty.
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
        db.execute_unprepared("ALTER TABLE course_sessions DROP COLUMN changed_at")
            .await?;
        Ok(())
    }
}
