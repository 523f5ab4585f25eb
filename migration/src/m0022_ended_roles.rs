//! Level 22: an index of the professionals whose role has ended, since their cases wait for somebody else.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 22;
const SQL: &str = include_str!("sql/ended_roles.sql");

/// Creates an index; nothing that stands in the register changes.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("DROP INDEX role_grants_ended")
            .await?;
        undo_tables(manager, LEVEL, SQL).await
    }
}
