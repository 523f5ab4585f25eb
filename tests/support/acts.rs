//! Acts as a client sends them.

use serde_json::{Value, json};

use super::{Actor, Answer, App};

impl Actor {
    /// Does one act. The input's type is the mutation's name and `Input`; a fresh key is added where it has none.
    /// `object` is what is asked of the payload besides the user errors, as `person { id }`.
    pub async fn does(&self, app: &App, mutation: &str, object: &str, mut input: Value) -> Answer {
        if input.get("idempotencyKey").is_none() {
            input["idempotencyKey"] = json!(app.key());
        }
        let (head, tail) = mutation.split_at(1);
        let head = head.to_uppercase();
        let query = format!(
            "mutation($input: {head}{tail}Input!) {{ {mutation}(input: $input) {{ {object} userErrors {{ field code message }} }} }}"
        );
        self.ask(app, &query, json!({ "input": input })).await
    }

    /// Tries an act again and again, each time with a part of the input changed. Each must be refused with the errors
    /// that stand beside it, and with a sentence for each; nothing may come of any.
    pub async fn tries(
        &self,
        app: &App,
        mutation: &str,
        object: &str,
        good: &Value,
        bad: &[(Value, &[&str])],
    ) {
        for (change, expected) in bad {
            let mut input = good.clone();
            for (field, value) in change.as_object().unwrap() {
                input[field] = value.clone();
            }
            let answer = self.does(app, mutation, object, input).await;
            assert_eq!(answer.user_errors(), *expected, "{mutation} with {change}");
            let errors = answer.payload()["userErrors"].as_array().unwrap();
            for error in errors {
                let message = error["message"].as_str().unwrap();
                assert!(!message.starts_with("error-"), "{message} has no sentence");
            }
        }
    }
}

impl App {
    /// What the database holds, as bytes: SQLite's files whole, on PostgreSQL the rows of some tables.
    pub async fn raw(&self, tables: &[&str]) -> Vec<u8> {
        if self.database.kind == super::databases::Kind::Sqlite {
            let path = self.database.url.trim_start_matches("sqlite:");
            let mut bytes = std::fs::read(path).unwrap();
            bytes.extend(std::fs::read(format!("{path}-wal")).unwrap_or_default());
            return bytes;
        }
        self.rows(tables).await.join("\n").into_bytes()
    }

    /// Every row of some tables as text, to see whether anything changed.
    pub async fn rows(&self, tables: &[&str]) -> Vec<String> {
        use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
        let db = self.db().await;
        let on = db.get_database_backend();
        let mut rows = Vec::new();
        for table in tables {
            let sql = match on {
                DbBackend::Postgres => format!("SELECT t::text AS row FROM {table} AS t"),
                _ => {
                    let columns: Vec<String> = db
                        .query_all_raw(Statement::from_string(
                            on,
                            format!("SELECT name FROM pragma_table_info('{table}')"),
                        ))
                        .await
                        .unwrap()
                        .iter()
                        .map(|row| format!("quote({})", row.try_get::<String>("", "name").unwrap()))
                        .collect();
                    format!("SELECT {} AS row FROM {table}", columns.join(" || ',' || "))
                }
            };
            let found = db.query_all_raw(Statement::from_string(on, sql)).await;
            for row in found.unwrap() {
                rows.push(format!(
                    "{table}: {}",
                    row.try_get::<String>("", "row").unwrap()
                ));
            }
        }
        db.close().await.unwrap();
        rows.sort();
        rows
    }
}
