//! The house's own scalars, and typed ids.

use std::fmt;

use async_graphql::registry::Registry;
use async_graphql::{ID, InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, NaiveTime, SecondsFormat, Utc};
use rinnalla_domain::ids::Id;

const DATE: &str = "a date is written as 2026-11-23";
const TIME: &str = "a time of day is written as 17:30";
const INSTANT: &str = "an instant is written as 2026-11-23T07:00:00Z";

/// How values of the house's own scalars are written: whoever sent something else is told.
pub const WRITTEN: [(&str, &str); 3] = [("Date", DATE), ("LocalTime", TIME), ("DateTime", INSTANT)];

/// A day in Helsinki's calendar, as `2026-11-23`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A day in Helsinki's calendar, as `2026-11-23`.
#[Scalar(
    name = "Date",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
)]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let date = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok());
        // Dates far away are slips of the pen, and arithmetic on them leaves the calendar.
        date.flatten()
            .filter(|date| (1900..=2500).contains(&chrono::Datelike::year(date)))
            .map(Self)
            .ok_or_else(|| InputValueError::custom(DATE))
    }

    fn is_valid(value: &Value) -> bool {
        <Self as ScalarType>::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

/// A time of day by Helsinki's clock, as `17:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime(pub NaiveTime);

/// A time of day by Helsinki's clock, as `17:30`.
#[Scalar(name = "LocalTime")]
impl ScalarType for LocalTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        let time = (text.len() == 5).then(|| NaiveTime::parse_from_str(text, "%H:%M").ok());
        time.flatten()
            .map(Self)
            .ok_or_else(|| InputValueError::custom(TIME))
    }

    fn is_valid(value: &Value) -> bool {
        <Self as ScalarType>::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%H:%M"))
    }
}

/// An instant in UTC, as `2026-11-23T07:00:00.000000Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub chrono::DateTime<Utc>);

/// An instant in UTC, as `2026-11-23T07:00:00.000000Z`.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
)]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        chrono::DateTime::parse_from_rfc3339(text)
            .map(|instant| Self(instant.with_timezone(&Utc)))
            .map_err(|_| InputValueError::custom(INSTANT))
    }

    fn is_valid(value: &Value) -> bool {
        <Self as ScalarType>::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl From<chrono::DateTime<Utc>> for DateTime {
    fn from(instant: chrono::DateTime<Utc>) -> Self {
        Self(instant)
    }
}

/// An id as an argument. One that is malformed or of another type is taken for one that nothing has: so it is asked for,
/// refused and logged like any other that is absent or hidden, and nothing can be learnt from trying.
#[derive(Clone, Copy, Debug)]
pub struct Ref<T>(Option<T>);

impl<T: Id> Ref<T> {
    /// The id; where it refers to nothing, one that nothing has.
    pub fn or_unknown(self) -> T {
        self.0.unwrap_or_else(T::random)
    }
}

impl<T: Id> InputType for Ref<T> {
    type RawValueType = Self;

    fn type_name() -> std::borrow::Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let id = <ID as InputType>::parse(value).map_err(InputValueError::propagate)?;
        Ok(Self(T::decode(&id)))
    }

    fn to_value(&self) -> Value {
        self.0.map_or(Value::Null, |id| Value::String(id.encode()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

/// The opaque form of an id.
pub fn id(id: impl Id) -> ID {
    ID(id.encode())
}
