//! Level 20: drop-in places, with their rules of opening, who is there, and counts of visits.
//!
//! A program of an earlier level does not know the new tables, writes nothing to them, and goes on as before.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 20;
const SQL: &str = include_str!("sql/drop_in_places.sql");

/// Creates the tables and a code list; nothing that stands in the register changes.
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
        db.execute_unprepared("DELETE FROM codes WHERE list = 'PLACE_ACTIVITY'")
            .await?;
        Ok(())
    }
}
