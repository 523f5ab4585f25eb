//! Level 2: programmes with gates of their own, and the codes of target groups.
//!
//! A program of level 1 would let people act who lack what their programme asks for, so this level serves none.

use sea_orm_migration::prelude::*;

use crate::{in_dialect, run_step};

const LEVEL: i32 = 2;

/// Creates the programmes, and gives every association that has support persons its default one.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let steps = [
            include_str!("sql/programmes.sql"),
            include_str!("sql/programmes_codes.sql"),
        ];
        run_step(manager, LEVEL, &steps).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let undo = in_dialect(
            include_str!("sql/programmes_undo.sql"),
            manager.get_database_backend(),
        );
        let db = manager.get_connection();
        db.execute_unprepared(&undo).await?;
        db.execute_unprepared(&format!("DELETE FROM schema_levels WHERE level = {LEVEL}"))
            .await?;
        Ok(())
    }
}
