//! The database's schema, step by step. Imports nothing of the workspace, so that an old step never changes with the program.
//!
//! A step is plain SQL; the few types that differ between SQLite and PostgreSQL stand in braces and are filled in here.
//! Each step raises the schema's level by one and records the oldest level of program that it still serves
//! ([`STEPS`]), so that an old and a new version can run side by side: expand first, contract a release later.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait,
};

mod m0001_main_path;
mod m0002_programmes;
mod m0003_lighter_log;
mod m0004_finding_and_mending;
mod m0005_sessions;
mod m0006_directory;
mod m0007_successions;
mod m0008_moved_rows;
mod m0009_courses;
mod m0010_printed_texts;
mod m0011_packed_looks;
mod m0012_course_feeds;
mod m0013_course_costs;
mod m0014_course_feedback;
mod m0015_trainings;
mod m0016_experts;
mod m0017_expenses;
mod m0018_seen_to;
mod m0019_supervision;
mod m0020_drop_in_places;
mod m0021_assignment_targets;
mod m0022_ended_roles;
mod m0023_curricula;
mod m0024_merged_supervision;
mod m0025_wishes;
mod m0026_participation;
mod m0027_followed_curricula;
mod m0028_experts_as_support;
mod m0029_peer_groups;
mod m0030_house_meetings;
mod m0031_taken_back;
mod m0032_opening_areas;
mod m0033_rights;
mod m0034_remembered_organisations;

/// The schema level that this program was built for.
pub const LEVEL: i32 = 34;

/// For each level the oldest program level that it still serves.
const STEPS: [i32; 34] = [
    1, 2, 2, 2, 5, 5, 5, 5, 9, 9, 11, 11, 13, 13, 13, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 29, 30, 31, 31, 31, 31,
];

/// All steps, oldest first.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_main_path::Migration),
            Box::new(m0002_programmes::Migration),
            Box::new(m0003_lighter_log::Migration),
            Box::new(m0004_finding_and_mending::Migration),
            Box::new(m0005_sessions::Migration),
            Box::new(m0006_directory::Migration),
            Box::new(m0007_successions::Migration),
            Box::new(m0008_moved_rows::Migration),
            Box::new(m0009_courses::Migration),
            Box::new(m0010_printed_texts::Migration),
            Box::new(m0011_packed_looks::Migration),
            Box::new(m0012_course_feeds::Migration),
            Box::new(m0013_course_costs::Migration),
            Box::new(m0014_course_feedback::Migration),
            Box::new(m0015_trainings::Migration),
            Box::new(m0016_experts::Migration),
            Box::new(m0017_expenses::Migration),
            Box::new(m0018_seen_to::Migration),
            Box::new(m0019_supervision::Migration),
            Box::new(m0020_drop_in_places::Migration),
            Box::new(m0021_assignment_targets::Migration),
            Box::new(m0022_ended_roles::Migration),
            Box::new(m0023_curricula::Migration),
            Box::new(m0024_merged_supervision::Migration),
            Box::new(m0025_wishes::Migration),
            Box::new(m0026_participation::Migration),
            Box::new(m0027_followed_curricula::Migration),
            Box::new(m0028_experts_as_support::Migration),
            Box::new(m0029_peer_groups::Migration),
            Box::new(m0030_house_meetings::Migration),
            Box::new(m0031_taken_back::Migration),
            Box::new(m0032_opening_areas::Migration),
            Box::new(m0033_rights::Migration),
            Box::new(m0034_remembered_organisations::Migration),
        ]
    }
}

/// How a database and this program fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The database serves this program.
    Serves,
    /// The database is empty or older: `rinnalla migrate` brings it up.
    NeedsMigration,
    /// The database is newer and serves this program no longer: the program must be updated.
    TooNew,
}

/// Brings the database to [`LEVEL`]; one program at a time, even when several start at once.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    // PostgreSQL's advisory lock lives as long as its session, so it is taken in a transaction that outlives the steps.
    let guard = if db.get_database_backend() == DbBackend::Postgres {
        let tx = db.begin().await?;
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(7203114)")
            .await?;
        Some(tx)
    } else {
        None
    };
    if fit(db).await? == Fit::NeedsMigration {
        Migrator::up(db, None).await?;
    }
    if let Some(tx) = guard {
        tx.commit().await?;
    }
    Ok(())
}

/// Whether the database serves this program.
pub async fn fit(db: &DatabaseConnection) -> Result<Fit, DbErr> {
    let backend = db.get_database_backend();
    let exists = SchemaManager::new(db).has_table("schema_levels").await?;
    if !exists {
        return Ok(Fit::NeedsMigration);
    }
    let newest = db
        .query_one_raw(Statement::from_string(
            backend,
            "SELECT level, serves_from FROM schema_levels ORDER BY level DESC LIMIT 1",
        ))
        .await?;
    let Some(row) = newest else {
        return Ok(Fit::NeedsMigration);
    };
    let level: i32 = row.try_get("", "level")?;
    let serves_from: i32 = row.try_get("", "serves_from")?;
    Ok(if level < LEVEL {
        Fit::NeedsMigration
    } else if serves_from > LEVEL {
        Fit::TooNew
    } else {
        Fit::Serves
    })
}

/// Runs one step's SQL in the database's own dialect and records its level.
async fn run_step(manager: &SchemaManager<'_>, level: i32, sql: &[&str]) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        // A step over tables that are full may take longer than anybody would wait for an answer.
        db.execute_unprepared("SET LOCAL statement_timeout = 0")
            .await?;
    }
    for text in sql {
        db.execute_unprepared(&in_dialect(text, manager.get_database_backend()))
            .await?;
    }
    let serves_from = STEPS[(level - 1) as usize];
    db.execute_unprepared(&format!(
        "INSERT INTO schema_levels (level, serves_from) VALUES ({level}, {serves_from})"
    ))
    .await?;
    Ok(())
}

/// Takes one step's tables away again, the last one first, and its level with them.
async fn undo_tables(manager: &SchemaManager<'_>, level: i32, sql: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let tables = sql
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE TABLE "))
        .filter_map(|rest| rest.split_whitespace().next());
    for table in tables.collect::<Vec<_>>().into_iter().rev() {
        db.execute_unprepared(&format!("DROP TABLE {table}"))
            .await?;
    }
    db.execute_unprepared(&format!("DELETE FROM schema_levels WHERE level = {level}"))
        .await?;
    Ok(())
}

/// Fills in the types that differ. SQLite keeps UUIDs as 16-byte blobs and instants as UTC text.
fn in_dialect(sql: &str, backend: DbBackend) -> String {
    let (uuid, at, date, bytes, serial, new_id) = match backend {
        DbBackend::Postgres => (
            "uuid",
            "timestamptz",
            "date",
            "bytea",
            "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            "gen_random_uuid()",
        ),
        _ => (
            "blob",
            "text",
            "text",
            "blob",
            "integer PRIMARY KEY AUTOINCREMENT",
            "randomblob(16)",
        ),
    };
    sql.replace("{uuid}", uuid)
        .replace("{at}", at)
        .replace("{date}", date)
        .replace("{bytes}", bytes)
        .replace("{serial}", serial)
        .replace("{new_id}", new_id)
}

/// The triggers that keep a log append-only, whoever is signed in to the database.
fn append_only(table: &str, backend: DbBackend) -> String {
    match backend {
        DbBackend::Postgres => format!(
            "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION refuse_change();"
        ),
        _ => format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END;
             CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END;"
        ),
    }
}
