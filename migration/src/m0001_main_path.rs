//! Level 1: from a referral to the delivered reminder.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::{append_only, run_step};

/// The logs that nobody may change: who looked, and what was given to whom.
const APPEND_ONLY: [&str; 4] = [
    "access_log",
    "access_log_objects",
    "access_log_seals",
    "disclosures",
];

const REFUSE_CHANGE: &str = "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'append-only'; END $$;";

/// Creates every table of the main path and its code lists.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let db = manager.get_connection();
        db.execute_unprepared(
            "CREATE TABLE schema_levels (level integer PRIMARY KEY, serves_from integer NOT NULL)",
        )
        .await?;
        run_step(
            manager,
            1,
            &[
                include_str!("sql/main_path.sql"),
                include_str!("sql/main_path_codes.sql"),
            ],
        )
        .await?;
        if backend == DbBackend::Postgres {
            db.execute_unprepared(REFUSE_CHANGE).await?;
        }
        for table in APPEND_ONLY {
            db.execute_unprepared(&append_only(table, backend)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = include_str!("sql/main_path.sql")
            .lines()
            .filter_map(|line| line.strip_prefix("CREATE TABLE "))
            .filter_map(|rest| rest.split_whitespace().next())
            .collect::<Vec<_>>();
        let db = manager.get_connection();
        for table in tables.iter().rev().chain(&["schema_levels"]) {
            db.execute_unprepared(&format!("DROP TABLE {table}"))
                .await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("DROP FUNCTION refuse_change()")
                .await?;
        }
        Ok(())
    }
}
