//! A day to keep in mind, as a calendar reads it: the whole of it, for the reader alone, and nobody is asked to anything.

use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Class, Component as _, Event, EventLike as _, EventStatus, Property};
use uuid::Uuid;

use super::{begun, mailto};
use crate::texts::{self, Language};

/// A day on which something comes to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The same for as long as there is such a day, however often it is put off.
    pub uid: Uuid,
    /// The day.
    pub on: NaiveDate,
    /// Grows whenever it is put off: of two files the one with the higher number holds.
    pub sequence: i32,
    /// Since when it is so.
    pub changed_at: DateTime<Utc>,
}

impl Deadline {
    /// An invented one, that was put off once.
    pub fn sample() -> Self {
        Self {
            uid: Uuid::from_u128(9),
            on: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap_or_default(),
            sequence: 1,
            changed_at: DateTime::from_timestamp(1_773_302_400, 0).unwrap_or_default(),
        }
    }

    /// The file that comes with a mail: told, and nothing is asked (`PUBLISH`, RFC 5546 § 3.2.1, which names no reader).
    pub fn mailed(&self, language: Language, sender: &str, from: &str) -> String {
        let mut calendar = begun();
        calendar.append_property(("METHOD", "PUBLISH"));
        let organizer = Property::new("ORGANIZER", mailto(from))
            // A name in a parameter may hold every sign but this (RFC 5545 § 3.2).
            .add_parameter("CN", &sender.replace('"', "'"))
            .done();
        let mut event = Event::new()
            .uid(&self.uid.hyphenated().to_string())
            .timestamp(self.changed_at)
            .last_modified(self.changed_at)
            .sequence(u32::try_from(self.sequence).unwrap_or_default())
            .all_day(self.on)
            .summary(&texts::text(language, "deadline", None))
            .status(EventStatus::Confirmed)
            .class(Class::Private)
            .done();
        // Nobody is busy for it.
        event
            .append_property(("TRANSP", "TRANSPARENT"))
            .append_property(organizer);
        calendar.push(event);
        calendar.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_a_whole_day_of_which_nothing_is_told() {
        let text = Deadline::sample().mailed(Language::Fi, "Muistutukset", "noreply@example.org");
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        for line in [
            "METHOD:PUBLISH",
            "DTSTART;VALUE=DATE:20261231",
            "SEQUENCE:1",
            "STATUS:CONFIRMED",
            "SUMMARY:Tarkistettava asia",
            "TRANSP:TRANSPARENT",
            "UID:00000000-0000-0000-0000-000000000009",
            "ORGANIZER;CN=Muistutukset:mailto:noreply@example.org",
        ] {
            assert!(lines.contains(&line), "{line}: {text}");
        }
        assert!(
            !text.contains("ATTENDEE") && !text.contains("VTIMEZONE"),
            "{text}"
        );
    }
}
