//! Level 9: courses for peer guides, with their sessions, participants and attendance.
//!
//! A worker of an earlier level does not know the notices of sessions and would hold them until they are given up, so
//! this level serves none.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 9;
const SQL: &str = include_str!("sql/courses.sql");

/// Creates the tables and two code lists; nothing that stands in the register changes.
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
        db.execute_unprepared("DELETE FROM codes WHERE list IN ('COURSE_GOAL', 'NEXT_STEP')")
            .await?;
        Ok(())
    }
}
