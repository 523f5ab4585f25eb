//! The values of many questions as one parameter: a JSON array, whose objects PostgreSQL reads as rows.

use sea_orm::Value;
use sea_orm::sea_query::ArrayType;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use crate::sql::hex;

/// Rows of values as one parameter, and the columns that they are on PostgreSQL by `json_to_recordset`: `n`, the row's number
/// from 0, and the values as `v1`, `v2`, …. `None` where a value has no place in JSON, or the rows are not alike.
pub(super) fn json_rows<'a>(
    rows: impl IntoIterator<Item = &'a [Value]>,
) -> Option<(String, Value)> {
    let rows: Vec<_> = rows.into_iter().collect();
    let kinds = |row: &[Value]| row.iter().map(kind_in_json).collect::<Option<Vec<_>>>();
    let columns = kinds(rows.first()?)?;
    if !rows.iter().all(|row| kinds(row).as_ref() == Some(&columns)) {
        return None;
    }
    let names: Vec<_> = (1..=columns.len()).map(|n| format!("v{n}")).collect();
    let mut listed = String::from("n integer");
    for (name, kind) in names.iter().zip(&columns) {
        listed.extend([", ", name, " ", kind]);
    }
    let row = |(n, values)| JsonRow {
        names: &names,
        n,
        values,
    };
    let rows: Vec<_> = rows.into_iter().enumerate().map(row).collect();
    Some((listed, serde_json::to_string(&rows).ok()?.into()))
}

/// Whether all of these can be in a row.
pub(super) fn have_a_place(values: &[Value]) -> bool {
    values.iter().all(|value| kind_in_json(value).is_some())
}

/// What a value of JSON is read as; `None` for a text with U+0000, and for types that no such row has had yet.
fn kind_in_json(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::Bool(_) => "boolean",
        Value::SmallInt(_) => "smallint",
        Value::Int(_) => "integer",
        Value::BigInt(_) => "bigint",
        Value::String(it) if it.as_ref().is_some_and(|it| it.contains('\0')) => return None,
        Value::String(_) => "text",
        Value::Bytes(_) => "bytea",
        Value::Uuid(_) => "uuid",
        Value::ChronoDate(_) => "date",
        Value::ChronoDateTimeUtc(_) => "timestamptz",
        Value::Array(ArrayType::Int, Some(_)) => "integer[]",
        Value::Array(ArrayType::Uuid, Some(_)) => "uuid[]",
        Value::Array(ArrayType::String, Some(all)) => {
            all.iter().try_for_each(|it| kind_in_json(it).map(|_| ()))?;
            "text[]"
        }
        _ => return None,
    })
}

struct JsonRow<'a> {
    names: &'a [String],
    n: usize,
    values: &'a [Value],
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_map(None)?;
        row.serialize_entry("n", &self.n)?;
        for (name, value) in self.names.iter().zip(self.values) {
            // What is absent is NULL too, and costs nothing.
            if *value != value.as_null() {
                row.serialize_entry(name, &InJson(value))?;
            }
        }
        row.end()
    }
}

struct InJson<'a>(&'a Value);

impl Serialize for InJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self.0 {
            Value::Bool(it) => it.serialize(serializer),
            Value::SmallInt(it) => it.serialize(serializer),
            Value::Int(it) => it.serialize(serializer),
            Value::BigInt(it) => it.serialize(serializer),
            Value::String(it) => it.serialize(serializer),
            Value::Bytes(Some(it)) => serializer.collect_str(&format_args!("\\x{}", hex(it))),
            Value::Uuid(it) => it.serialize(serializer),
            Value::ChronoDate(it) => it.serialize(serializer),
            Value::ChronoDateTimeUtc(it) => it.serialize(serializer),
            Value::Array(_, Some(all)) => serializer.collect_seq(all.iter().map(InJson)),
            _ => serializer.serialize_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_values_is_columns_and_json() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 15);
        let noon = day.unwrap().and_hms_micro_opt(12, 0, 0, 5).unwrap();
        let values: [Value; 7] = [
            7_i16.into(),
            None::<String>.into(),
            "\"ä\"".into(),
            day.into(),
            noon.and_utc().into(),
            vec![0_u8, 255].into(),
            vec![1_i32, 2].into(),
        ];
        let (columns, rows) = json_rows([&values[..], &values[..]]).unwrap();
        assert_eq!(
            columns,
            "n integer, v1 smallint, v2 text, v3 text, v4 date, v5 timestamptz, v6 bytea, v7 integer[]"
        );
        let Value::String(Some(rows)) = rows else {
            panic!("{rows:?}");
        };
        let read: serde_json::Value = serde_json::from_str(&rows).unwrap();
        let row = |n: usize| {
            serde_json::json!({ "n": n, "v1": 7, "v3": "\"ä\"", "v4": "2026-12-15",
            "v5": "2026-12-15T12:00:00.000005Z", "v6": "\\x00ff", "v7": [1, 2] })
        };
        assert_eq!(read, serde_json::json!([row(0), row(1)]));
        assert_eq!(json_rows([&[Value::from("a\0b")][..]]), None);
        assert_eq!(json_rows([&values[..], &values[1..]]), None);
    }
}
