//! Level 31: peer groups and grant targets that were added in error are taken back; they stay, cancelled.
//!
//! A program of level 30 would show them and record in them, so this level serves none.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 31;
const SQL: &str = include_str!("sql/taken_back.sql");

/// Adds two columns to two tables, all empty.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for table in ["peer_groups", "grant_targets"] {
            for column in ["cancelled_by", "cancelled_at"] {
                db.execute_unprepared(&format!("ALTER TABLE {table} DROP COLUMN {column}"))
                    .await?;
            }
        }
        undo_tables(manager, LEVEL, SQL).await
    }
}
