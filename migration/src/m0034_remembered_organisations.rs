//! Level 34: organisations and partnerships raise the number of rights too.
//!
//! So a process may remember what it has read of them along with who asks. A new organisation is in nobody's reach yet.
//! Nothing that an earlier program does is otherwise, so this level serves those of level 31.

use sea_orm_migration::prelude::*;

use crate::m0033_rights::{Read, lower, raise};
use crate::{run_step, undo_tables};

const LEVEL: i32 = 34;

/// What an organisation is. Acts that begin something in it hold its row by writing its version as it was: no change.
const OF_ORGANISATION: &[&str] = &[
    "kind",
    "name",
    "is_name_neutral",
    "language",
    "county_code",
    "municipality_code",
    "mailbox",
    "max_active_default",
    "closed_on",
];

const READ: [Read; 2] = [
    ("organisations", OF_ORGANISATION, false),
    ("partnerships", &[], true),
];

/// Adds what raises the number.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[]).await?;
        raise(manager, &READ).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        lower(manager, &READ).await?;
        undo_tables(manager, LEVEL, "").await
    }
}
