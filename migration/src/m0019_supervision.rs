//! Level 19: the supervision log: sessions, invitations, attendance, and peers who ask to be contacted.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 19;
const SQL: &str = include_str!("sql/supervision.sql");

/// Creates the tables and a code list; nothing that stands in the register changes, and the level before is served on.
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
        db.execute_unprepared("DELETE FROM codes WHERE list = 'SUPERVISION_THEME'")
            .await?;
        Ok(())
    }
}
