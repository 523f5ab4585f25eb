//! Appointments that everybody may come to, and whose calendar is for everybody to read: it says what and where too.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use icalendar::{Class, Component as _, Event, EventLike as _, EventStatus, Property};
use uuid::Uuid;

use super::{begun, in_helsinki, written};
use crate::calendar::helsinki_instant;

/// When something is open to everybody.
#[derive(Clone, Debug)]
pub struct OpenToAll {
    /// The same for as long as it exists.
    pub uid: Uuid,
    /// The day.
    pub on: NaiveDate,
    /// When it begins by Helsinki's clock.
    pub starts_at: NaiveTime,
    /// When it ends.
    pub ends_at: NaiveTime,
    /// Grows whenever something has changed.
    pub sequence: i32,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// Since when it is so.
    pub changed_at: DateTime<Utc>,
    /// What it is.
    pub summary: String,
    /// Where it is.
    pub location: String,
    /// What is done; empty where nothing is said.
    pub description: String,
}

/// The file of a feed that everybody may read.
pub fn feed(name: &str, of: &[OpenToAll]) -> String {
    let mut calendar = begun();
    calendar.name(name);
    let refresh = Property::new("REFRESH-INTERVAL", "PT1H")
        .add_parameter("VALUE", "DURATION")
        .done();
    calendar
        .append_property(refresh)
        .append_property(("X-PUBLISHED-TTL", "PT1H"));
    calendar.extend(of.iter().map(event));
    written(&calendar)
}

fn event(of: &OpenToAll) -> Event {
    let status = match of.is_cancelled {
        true => EventStatus::Cancelled,
        false => EventStatus::Confirmed,
    };
    let mut event = Event::new();
    event
        .uid(&of.uid.hyphenated().to_string())
        .timestamp(of.changed_at)
        .last_modified(of.changed_at)
        .sequence(u32::try_from(of.sequence).unwrap_or_default())
        .starts(in_helsinki(helsinki_instant(of.on, of.starts_at)))
        .ends(in_helsinki(helsinki_instant(of.on, of.ends_at)))
        .summary(&of.summary)
        .location(&of.location)
        .status(status)
        .class(Class::Public);
    if !of.description.is_empty() {
        event.description(&of.description);
    }
    event.done()
}
