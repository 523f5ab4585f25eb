//! Level 15: trainings of support persons, with their participants and who was there.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 15;
const SQL: &str = include_str!("sql/trainings.sql");

/// Creates the tables; nothing that stands in the register changes.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        undo_tables(manager, LEVEL, SQL).await
    }
}
