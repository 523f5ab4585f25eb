//! Level 26: participation figures, as they are published.
//!
//! A program of an earlier level does not know the new tables, writes nothing to them, and goes on as before.

use sea_orm_migration::prelude::*;

use crate::{run_step, undo_tables};

const LEVEL: i32 = 26;
const SQL: &str = include_str!("sql/participation.sql");

/// Creates the tables, and the quarters of which there can be figures.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run_step(manager, LEVEL, &[SQL, &quarters()]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        undo_tables(manager, LEVEL, SQL).await
    }
}

/// The quarters from 2000 to 2060.
fn quarters() -> String {
    const ENDS: [(u8, &str, &str); 4] = [
        (1, "01-01", "03-31"),
        (2, "04-01", "06-30"),
        (3, "07-01", "09-30"),
        (4, "10-01", "12-31"),
    ];
    let quarters = (2000..=2060).flat_map(|year| {
        let before = year - 1;
        ENDS.map(|(no, first, last)| {
            format!("('{year}Q{no}', '{year}-{first}', '{year}-{last}', '{before}-{last}')")
        })
    });
    let quarters: Vec<String> = quarters.collect();
    format!(
        "INSERT INTO participation_periods (quarter, first_on, last_on, year_before) VALUES {}",
        quarters.join(", ")
    )
}
