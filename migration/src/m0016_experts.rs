//! Level 16: experts by experience: who was trained, consents to be listed, assignments, and how many are planned.
//!
//! A worker of an earlier level does not know the notice of a consent that ends and would hold it until it is given up,
//! so this level serves none.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 16;
const SQL: &str = include_str!("sql/experts.sql");

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
        db.execute_unprepared("DELETE FROM codes WHERE list IN ('EXPERT_PURPOSE', 'EXPERT_TASK')")
            .await?;
        Ok(())
    }
}
