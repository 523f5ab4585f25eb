//! Level 17: what experts and support persons were paid for in a year, and what may be paid free of tax; and that entries
//! of experts and expenses change hands when two records of a person are merged.

use sea_orm_migration::prelude::*;

use crate::{in_dialect, run_step, undo_tables};

const LEVEL: i32 = 17;
const SQL: &str = include_str!("sql/expenses.sql");

pub(crate) const KINDS: &str = "'ROLE_ENDED', 'ROLE_CANCELLED', 'ROLE_GIVEN', 'ABSENCE_MOVED', 'STAND_IN_MOVED', 'ABSENCE_CANCELLED',
    'SUPPORT_PERSON_MOVED', 'REFERRAL_MOVED', 'TOKEN_REVOKED', 'SAVED_LIST_MOVED', 'ENROLMENT_MOVED',
    'FACILITATOR_MOVED'";

/// What merges did, with these kinds alone: SQLite cannot alter a CHECK, so the table is made anew.
pub(crate) fn merge_entries(kinds: &str) -> String {
    format!(
        "ALTER TABLE person_merge_entries RENAME TO person_merge_entries_before;
         CREATE TABLE person_merge_entries (
           merge_id {{uuid}} NOT NULL REFERENCES person_merges (id),
           kind varchar(32) NOT NULL,
           row_id {{uuid}} NOT NULL,
           former_to_on {{date}},
           PRIMARY KEY (merge_id, kind, row_id),
           CONSTRAINT person_merge_entries_kind CHECK (kind IN ({kinds}))
         );
         INSERT INTO person_merge_entries (merge_id, kind, row_id, former_to_on)
           SELECT merge_id, kind, row_id, former_to_on FROM person_merge_entries_before WHERE kind IN ({kinds});
         DROP TABLE person_merge_entries_before;"
    )
}

/// Creates the tables, with the limits as they are, and allows merges two kinds more.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entries = merge_entries(&format!("{KINDS}, 'EXPERT_MOVED', 'EXPENSE_MOVED'"));
        run_step(manager, LEVEL, &[SQL, &entries]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entries = in_dialect(&merge_entries(KINDS), manager.get_database_backend());
        manager
            .get_connection()
            .execute_unprepared(&entries)
            .await?;
        undo_tables(manager, LEVEL, SQL).await
    }
}
