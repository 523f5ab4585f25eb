//! Level 30: house meetings of drop-in places, what places cost, and how word of them reached their visitors.
//!
//! And the role of whoever keeps an association's places. A program of an earlier level cannot read it, so this level serves
//! none.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 30;
const SQL: &str = include_str!("sql/house_meetings.sql");

/// Creates the tables, and a role.
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
        db.execute_unprepared("DELETE FROM role_grants WHERE role = 'PLACE_KEEPER'")
            .await?;
        db.execute_unprepared("DELETE FROM roles WHERE code = 'PLACE_KEEPER'")
            .await?;
        Ok(())
    }
}
