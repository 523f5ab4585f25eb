//! Level 13: what courses cost and who paid; and that merging two records of a person moves their parts in courses.
//!
//! A program of an earlier level cannot read what such a merge did, so this level serves none.

use sea_orm_migration::prelude::*;

use crate::{in_dialect, run_step};

const LEVEL: i32 = 13;
const SQL: &str = include_str!("sql/course_costs.sql");
const UNDO: &str = include_str!("sql/course_costs_undo.sql");

/// Creates the tables and a code list, and lets a merge's entries be of two kinds more.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let undo = in_dialect(UNDO, manager.get_database_backend());
        manager.get_connection().execute_unprepared(&undo).await?;
        Ok(())
    }
}
