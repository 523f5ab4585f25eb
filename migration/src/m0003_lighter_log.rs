//! Level 3: the access log's objects are written without a look-up of their entry.
//!
//! Both are written by one statement and never change, so the reference could only ever be right. PostgreSQL looked the
//! entry up for every object all the same, which made up more than a third of what logging a page costs. SQLite, which
//! cannot drop a reference without writing the table anew, keeps it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::run_step;

const DROP: &str =
    "ALTER TABLE access_log_objects DROP CONSTRAINT access_log_objects_entry_id_fkey";
const ADD: &str = "ALTER TABLE access_log_objects ADD CONSTRAINT access_log_objects_entry_id_fkey
    FOREIGN KEY (entry_id) REFERENCES access_log (id)";

/// Drops the reference on PostgreSQL.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        run_step(manager, 3, if is_postgres { &[DROP] } else { &[] }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(ADD).await?;
        }
        db.execute_unprepared("DELETE FROM schema_levels WHERE level = 3")
            .await?;
        Ok(())
    }
}
