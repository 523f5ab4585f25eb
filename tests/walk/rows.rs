//! All that a database holds, to see whether anything changed.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};

use crate::support::App;
use crate::support::databases::Kind;

pub struct Rows {
    db: DatabaseConnection,
    sql: String,
}

impl Rows {
    /// Every table that there is; of the access log, what was changed: that something was refused is written down.
    pub async fn of(app: &App) -> Self {
        let db = app.db().await;
        let tables = match app.database.kind {
            Kind::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            }
            Kind::Postgres => {
                "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'"
            }
        };
        let mut parts = Vec::new();
        for table in names(&db, tables).await {
            if matches!(table.as_str(), "access_log" | "access_log_looks") {
                continue;
            }
            let row = match app.database.kind {
                Kind::Postgres => "t::text".to_owned(),
                Kind::Sqlite => {
                    let columns = format!("SELECT name FROM pragma_table_info('{table}')");
                    let columns = names(&db, &columns).await.into_iter();
                    columns
                        .map(|name| format!("quote({name})"))
                        .collect::<Vec<_>>()
                        .join(" || ',' || ")
                }
            };
            parts.push(format!(
                "SELECT '{table}: ' || {row} AS name FROM {table} t"
            ));
        }
        assert!(parts.len() > 30, "the tables were not found");
        let sql = parts.join(" UNION ALL ");
        Self { db, sql }
    }

    pub async fn read(&self) -> BTreeSet<String> {
        names(&self.db, &self.sql).await.into_iter().collect()
    }

    /// What is in one alone.
    pub fn difference(before: &BTreeSet<String>, after: &BTreeSet<String>) -> Vec<String> {
        let gone = before.difference(after).map(|row| format!("- {row}"));
        let new = after.difference(before).map(|row| format!("+ {row}"));
        gone.chain(new).collect()
    }
}

async fn names(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql.to_owned());
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect()
}
