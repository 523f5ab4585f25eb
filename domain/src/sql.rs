//! Where the two databases differ, and how a statement is sent.
//!
//! Statements are written once, in PostgreSQL's words, with `$1`-style parameters that SQLite takes as well. A few
//! marks stand for what differs:
//! - `= ANY_ID($1)` and `= ANY_TEXT($1)`: one of a bound list ([`ids`], [`texts`]); the text of a statement stays the
//!   same whatever the list's length, so it is prepared once;
//! - `NOW_MS`: the database's own clock in milliseconds, for leases alone;
//! - `NEW_ID`: a fresh UUID, ordered by time like version 7, for rows that one statement writes by the thousand;
//! - `FOR_UPDATE_SKIP_LOCKED`: nothing on SQLite, which has one writer.

use std::ops::RangeFrom;
use std::sync::OnceLock;

use rinnalla_entity::ids::Id;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, FromQueryResult, QueryResult, Statement, Value,
};

use crate::error::Result;
use crate::reach::Question;

/// A statement in both dialects, translated once.
pub(crate) struct Sql {
    text: &'static str,
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
}

impl Sql {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self {
            text,
            sqlite: OnceLock::new(),
            postgres: OnceLock::new(),
        }
    }

    fn on(&self, backend: DbBackend) -> &str {
        let cell = match backend {
            DbBackend::Postgres => &self.postgres,
            _ => &self.sqlite,
        };
        cell.get_or_init(|| translate(self.text, backend))
    }

    pub(crate) async fn all<T: FromQueryResult>(
        &self,
        db: &impl ConnectionTrait,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<T>> {
        all(db, self.on(db.get_database_backend()), values).await
    }

    pub(crate) async fn one<T: FromQueryResult>(
        &self,
        db: &impl ConnectionTrait,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<T>> {
        let backend = db.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, self.on(backend), values);
        let row = db.query_one_raw(statement).await?;
        Ok(row.map(|row| T::from_query_result(&row, "")).transpose()?)
    }

    pub(crate) async fn run(
        &self,
        db: &impl ConnectionTrait,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64> {
        run(db, self.on(db.get_database_backend()), values).await
    }
}

/// A row that is read by the places of its columns: looking each up by its name is a good part of what reading them costs.
pub(crate) trait Placed: Sized {
    /// What of it is asked for.
    type With: Copy;

    /// Adds its columns to a SELECT, after others.
    fn list(question: &mut Question, with: Self::With);

    /// Reads it from the columns that `places` names next; those that it took are used up.
    fn read(
        row: &QueryResult,
        places: &mut RangeFrom<usize>,
        with: Self::With,
    ) -> std::result::Result<Self, DbErr>;
}

/// No column more.
impl Placed for () {
    type With = ();

    fn list(_: &mut Question, (): ()) {}

    fn read(_: &QueryResult, _: &mut RangeFrom<usize>, (): ()) -> std::result::Result<Self, DbErr> {
        Ok(())
    }
}

/// Two rows beside each other.
impl<A: Placed, B: Placed> Placed for (A, B) {
    type With = (A::With, B::With);

    fn list(question: &mut Question, with: Self::With) {
        A::list(question, with.0);
        B::list(question, with.1);
    }

    fn read(
        row: &QueryResult,
        places: &mut RangeFrom<usize>,
        with: Self::With,
    ) -> std::result::Result<Self, DbErr> {
        Ok((A::read(row, places, with.0)?, B::read(row, places, with.1)?))
    }
}

/// The columns of a row: first those that are always read, then fields that are read `if` they are asked for, then parts
/// `of` a row of their own that are. What is not asked for is `None`.
macro_rules! columns {
    (
        $row:ident with $with:ty:
        $($field:ident = $column:literal),+
        $([$($maybe:ident = $more:literal if $asked:ident),+])?
        $({$part:ident of $part_row:ident})?
    ) => {
        impl $crate::sql::Placed for $row {
            type With = $with;

            #[allow(unused_variables)] // where nothing is left to be asked for
            fn list(question: &mut $crate::reach::Question, with: $with) {
                question$(.column($column))+;
                $($(
                    if with.$asked {
                        question.column($more);
                    }
                )+)?
                $(
                    if with.$part {
                        <$part_row as $crate::sql::Placed>::list(question, ());
                    }
                )?
            }

            #[allow(unused_variables)]
            fn read(
                row: &sea_orm::QueryResult,
                places: &mut std::ops::RangeFrom<usize>,
                with: $with,
            ) -> std::result::Result<Self, sea_orm::DbErr> {
                let mut place = || places.next().unwrap_or_default();
                Ok(Self {
                    $($field: row.try_get_by_index(place())?,)+
                    $($(
                        $maybe: match with.$asked {
                            true => row.try_get_by_index(place())?,
                            false => None,
                        },
                    )+)?
                    $(
                        $part: match with.$part {
                            true => Some(<$part_row as $crate::sql::Placed>::read(row, places, ())?),
                            false => None,
                        },
                    )?
                })
            }
        }
    };
}
pub(crate) use columns;

/// Sends a statement that is put together from parts; `sql` is translated already ([`translate`]).
pub(crate) async fn all<T: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<T>> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    named(&db.query_all_raw(statement).await?)
}

/// Reads rows by the names of their columns.
pub(crate) fn named<T: FromQueryResult>(rows: &[QueryResult]) -> Result<Vec<T>> {
    read(rows, |row| T::from_query_result(row, ""))
}

/// Reads rows by the places of their columns.
pub(crate) fn placed<T: Placed>(rows: &[QueryResult], with: T::With) -> Result<Vec<T>> {
    read(rows, |row| T::read(row, &mut (0..), with))
}

fn read<T>(
    rows: &[QueryResult],
    one: impl Fn(&QueryResult) -> std::result::Result<T, DbErr>,
) -> Result<Vec<T>> {
    Ok(rows
        .iter()
        .map(one)
        .collect::<std::result::Result<_, _>>()?)
}

/// The same for a statement that answers no rows; how many it wrote.
pub(crate) async fn run(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let done: ExecResult = db.execute_raw(statement).await?;
    Ok(done.rows_affected())
}

/// `NOW_MS` on PostgreSQL.
pub(crate) const NOW_MS_ON_POSTGRES: &str =
    "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/// Writes a statement in the database's dialect.
pub(crate) fn translate(sql: &str, backend: DbBackend) -> String {
    let postgres = backend == DbBackend::Postgres;
    let mut out = String::with_capacity(sql.len() + 64);
    let mut rest = sql;
    while let Some(at) = rest.find("= ANY_") {
        out.push_str(&rest[..at]);
        let (is_id, tail) = match rest[at..].strip_prefix("= ANY_ID(") {
            Some(tail) => (true, tail),
            None => (false, &rest[at + "= ANY_TEXT(".len()..]),
        };
        let (parameter, tail) = tail.split_once(')').unwrap_or((tail, ""));
        out.push_str(&match (postgres, is_id) {
            (true, _) => format!("= ANY({parameter})"),
            (false, true) => format!("IN (SELECT unhex(value) FROM json_each({parameter}))"),
            (false, false) => format!("IN (SELECT value FROM json_each({parameter}))"),
        });
        rest = tail;
    }
    out.push_str(rest);
    let (new_id, now_ms, skip_locked) = if postgres {
        (
            "(lpad(to_hex(NOW_MS), 12, '0') || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid",
            NOW_MS_ON_POSTGRES,
            "FOR UPDATE SKIP LOCKED",
        )
    } else {
        (
            "unhex(printf('%012x', NOW_MS) || '7' || substr(hex(randomblob(2)), 2) || '8' || substr(hex(randomblob(8)), 2))",
            "CAST(unixepoch('subsec') * 1000 AS integer)",
            "",
        )
    };
    out.replace("NEW_ID", new_id)
        .replace("NOW_MS", now_ms)
        .replace("FOR_UPDATE_SKIP_LOCKED", skip_locked)
}

/// SQLite binds at most 32,766 values in a statement, PostgreSQL twice as many.
const MOST_VALUES: usize = 30_000;

/// Writes rows of one table, in statements of many rows. `values` are the cells of all rows one after the other, each
/// of its column's type, in the order of `columns`.
pub(crate) async fn insert_many(
    db: &impl ConnectionTrait,
    table: &str,
    columns: &str,
    mut values: Vec<Value>,
) -> Result<()> {
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    let width = columns.split(',').count();
    while !values.is_empty() {
        let rows = (values.len() / width).min(MOST_VALUES / width);
        let rest = values.split_off(rows * width);
        let mut sql = format!("INSERT INTO {table} ({columns}) VALUES ");
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..width {
                sql.push_str(if column == 0 { "" } else { ", " });
                // SQLite looks a numbered parameter up among all those before it, which takes minutes.
                match is_postgres {
                    true => sql.push_str(&format!("${}", row * width + column + 1)),
                    false => sql.push('?'),
                }
            }
            sql.push(')');
        }
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        db.execute_raw(statement).await?;
        values = rest;
    }
    Ok(())
}

/// Binds a list of ids for `ANY_ID`.
pub(crate) fn ids<T: Id>(backend: DbBackend, ids: impl IntoIterator<Item = T>) -> Value {
    let ids = ids.into_iter().map(Id::uuid);
    match backend {
        DbBackend::Postgres => ids.collect::<Vec<_>>().into(),
        _ => json(ids.map(|id| id.simple().to_string())),
    }
}

/// Binds a list of byte strings for `ANY_ID`.
pub(crate) fn bytes(backend: DbBackend, list: impl IntoIterator<Item = Vec<u8>>) -> Value {
    match backend {
        DbBackend::Postgres => list.into_iter().collect::<Vec<_>>().into(),
        _ => json(list.into_iter().map(|bytes| hex(&bytes))),
    }
}

/// Bytes as SQLite's `unhex` reads them.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Binds a list of texts for `ANY_TEXT`.
pub(crate) fn texts(backend: DbBackend, texts: impl IntoIterator<Item = String>) -> Value {
    match backend {
        DbBackend::Postgres => texts.into_iter().collect::<Vec<_>>().into(),
        _ => json(texts),
    }
}

fn json(texts: impl IntoIterator<Item = String>) -> Value {
    serde_json::Value::from_iter(texts).to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_one_parameter_in_both_dialects() {
        let sql = "SELECT 1 WHERE a = ANY_ID($1) AND b = ANY_TEXT($2) AND c > NOW_MS";
        assert_eq!(
            translate(sql, DbBackend::Postgres),
            "SELECT 1 WHERE a = ANY($1) AND b = ANY($2) AND c > (extract(epoch FROM clock_timestamp()) * 1000)::bigint"
        );
        assert_eq!(
            translate(sql, DbBackend::Sqlite),
            "SELECT 1 WHERE a IN (SELECT unhex(value) FROM json_each($1)) AND b IN (SELECT value FROM json_each($2)) \
             AND c > CAST(unixepoch('subsec') * 1000 AS integer)"
        );
    }
}
