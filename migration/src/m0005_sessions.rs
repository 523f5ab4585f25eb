//! Level 5: sign-in by a link in a mail, and sessions.

use sea_orm_migration::prelude::*;

use crate::run_step;

/// Creates the links and the sessions.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, 5, &[include_str!("sql/sessions.sql")]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        // An older program knows no mail of this kind.
        for sql in [
            "DELETE FROM message_attempts WHERE message_id IN (SELECT id FROM outbox_messages WHERE kind = 'SIGN_IN')",
            "DELETE FROM outbox_messages WHERE kind = 'SIGN_IN'",
            "DROP INDEX outbox_messages_at_once",
            "DROP TABLE sessions",
            "DROP TABLE sign_in_links",
            "DELETE FROM schema_levels WHERE level = 5",
        ] {
            db.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
