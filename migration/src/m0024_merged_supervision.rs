//! Level 24: merging two records of a person moves their parts in supervision as well.
//!
//! A program of an earlier level cannot read what such a merge did, so this level serves none.

use sea_orm_migration::prelude::*;

use crate::m0017_expenses::{KINDS, merge_entries};
use crate::{in_dialect, run_step};

const LEVEL: i32 = 24;

/// Allows merges two kinds more.
#[derive(DeriveMigrationName)]
pub struct Migration;

fn kinds_before() -> String {
    format!("{KINDS}, 'EXPERT_MOVED', 'EXPENSE_MOVED'")
}

/// What a merge may have done from this level on.
pub(crate) fn kinds() -> String {
    format!(
        "{}, 'SUPERVISION_MOVED', 'CONTACT_REQUEST_MOVED'",
        kinds_before()
    )
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[&merge_entries(&kinds())]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entries = merge_entries(&kinds_before());
        let undo = in_dialect(&entries, manager.get_database_backend());
        let db = manager.get_connection();
        db.execute_unprepared(&undo).await?;
        db.execute_unprepared(&format!("DELETE FROM schema_levels WHERE level = {LEVEL}"))
            .await?;
        Ok(())
    }
}
