//! Appointments as calendars read them (RFC 5545): what a feed holds, and what comes with a mail.
//!
//! A calendar is shown to whoever looks over a shoulder, and copied to whoever runs it. So an appointment says when it is
//! and nothing else: not what it is about, who arranges it, where it is or who else comes.

pub mod days;
pub mod open_to_all;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use icalendar::{
    Calendar, CalendarDateTime, Class, Component as _, Event, EventLike as _, EventStatus, Property,
};
use uuid::Uuid;

use crate::calendar::{TIME_ZONE, helsinki_instant};
use crate::texts::{self, Language};

/// Who made the file: a word that tells nothing.
const MADE_BY: &str = "-//Kalenteri//FI";

/// Summer time as the European Union has had it since 1996. Written here, since the library stamps every component with a
/// time and an id of its own, which a time zone must not have.
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Helsinki\r\n\
    BEGIN:DAYLIGHT\r\nDTSTART:19960331T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
    TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0300\r\nTZNAME:EEST\r\nEND:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\nDTSTART:19961027T040000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n\
    TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0200\r\nTZNAME:EET\r\nEND:STANDARD\r\n\
    END:VTIMEZONE\r\n";

/// When somebody is to be somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// The same for as long as it exists, however often it is moved.
    pub uid: Uuid,
    /// The day.
    pub on: NaiveDate,
    /// When it begins by Helsinki's clock.
    pub starts_at: NaiveTime,
    /// How long it lasts.
    pub minutes: i16,
    /// Grows whenever it is moved, cancelled, or takes place after all: of two files the one with the higher number holds.
    pub sequence: i32,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// Since when it is so.
    pub changed_at: DateTime<Utc>,
}

/// Between whom an appointment is mailed.
#[derive(Clone, Copy, Debug)]
pub struct Between<'a> {
    /// The name of the sender.
    pub sender: &'a str,
    /// The sender's address.
    pub from: &'a str,
    /// The reader's address.
    pub to: &'a str,
}

impl Appointment {
    /// An invented one, that was moved once.
    pub fn sample(is_cancelled: bool) -> Self {
        Self {
            uid: Uuid::from_u128(7),
            on: NaiveDate::from_ymd_opt(2026, 3, 12).unwrap_or_default(),
            starts_at: NaiveTime::from_hms_opt(16, 30, 0).unwrap_or_default(),
            minutes: 240,
            sequence: if is_cancelled { 3 } else { 2 },
            is_cancelled,
            changed_at: DateTime::from_timestamp(1_773_302_400, 0).unwrap_or_default(),
        }
    }

    /// What a mail asks of the reader's calendar: `REQUEST` or `CANCEL` (RFC 5546).
    pub fn method(&self) -> &'static str {
        match self.is_cancelled {
            true => "CANCEL",
            false => "REQUEST",
        }
    }

    /// The file that comes with a mail: a calendar takes the appointment up, moves it or takes it off.
    pub fn mailed(&self, language: Language, between: Between<'_>) -> String {
        let mut calendar = begun();
        calendar.append_property(("METHOD", self.method()));
        let organizer = Property::new("ORGANIZER", mailto(between.from))
            // A name in a parameter may hold every sign but this (RFC 5545 § 3.2).
            .add_parameter("CN", &between.sender.replace('"', "'"))
            .done();
        let attendee = Property::new("ATTENDEE", mailto(between.to))
            .add_parameter("PARTSTAT", "NEEDS-ACTION")
            .add_parameter("ROLE", "REQ-PARTICIPANT")
            // Nobody reads what a calendar would answer.
            .add_parameter("RSVP", "FALSE")
            .done();
        let mut event = self.event(language);
        event
            .append_property(organizer)
            .append_multi_property(attendee);
        calendar.push(event);
        written(&calendar)
    }

    fn event(&self, language: Language) -> Event {
        let begins = helsinki_instant(self.on, self.starts_at);
        let ends = begins + TimeDelta::minutes(self.minutes.into());
        let status = match self.is_cancelled {
            true => EventStatus::Cancelled,
            false => EventStatus::Confirmed,
        };
        let sequence = u32::try_from(self.sequence).unwrap_or_default();
        Event::new()
            .uid(&self.uid.hyphenated().to_string())
            .timestamp(self.changed_at)
            .last_modified(self.changed_at)
            .sequence(sequence)
            .starts(in_helsinki(begins))
            .ends(in_helsinki(ends))
            .summary(&texts::text(language, "appointment", None))
            .status(status)
            .class(Class::Private)
            .done()
    }
}

/// The file of a feed.
pub fn feed(of: &[Appointment], language: Language) -> String {
    let mut calendar = begun();
    calendar.name(&texts::text(language, "appointments", None));
    let refresh = Property::new("REFRESH-INTERVAL", "PT6H")
        .add_parameter("VALUE", "DURATION")
        .done();
    calendar
        .append_property(refresh)
        .append_property(("X-PUBLISHED-TTL", "PT6H"));
    calendar.extend(of.iter().map(|one| one.event(language)));
    written(&calendar)
}

fn begun() -> Calendar {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", MADE_BY))
        .append_property(("CALSCALE", "GREGORIAN"));
    calendar
}

fn written(calendar: &Calendar) -> String {
    let text = calendar.to_string();
    let first = text.find("BEGIN:VEVENT").unwrap_or(text.len());
    let (head, events) = text.split_at(first);
    [head, ZONE, events].concat()
}

fn in_helsinki(instant: DateTime<Utc>) -> CalendarDateTime {
    let date_time: NaiveDateTime = instant.with_timezone(&TIME_ZONE).naive_local();
    CalendarDateTime::WithTimezone {
        date_time,
        tzid: TIME_ZONE.name().to_owned(),
    }
}

fn mailto(address: &str) -> String {
    format!("mailto:{address}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_tells_when_and_nothing_else() {
        let text = feed(&[Appointment::sample(false)], Language::Sv);
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        let (head, rest) = lines.split_at(8);
        assert_eq!(
            head,
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Kalenteri//FI",
                "CALSCALE:GREGORIAN",
                "NAME:Möten",
                "X-WR-CALNAME:Möten",
                "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
                "X-PUBLISHED-TTL:PT6H",
            ]
        );
        let zone = ZONE.split_terminator("\r\n").count();
        let (zone, event) = rest.split_at(zone);
        assert_eq!(
            (zone[0], zone[zone.len() - 1]),
            ("BEGIN:VTIMEZONE", "END:VTIMEZONE")
        );
        assert_eq!(
            event,
            [
                "BEGIN:VEVENT",
                "CLASS:PRIVATE",
                "DTEND;TZID=Europe/Helsinki:20260312T203000",
                "DTSTAMP:20260312T080000Z",
                "DTSTART;TZID=Europe/Helsinki:20260312T163000",
                "LAST-MODIFIED:20260312T080000Z",
                "SEQUENCE:2",
                "STATUS:CONFIRMED",
                "SUMMARY:Möte",
                "UID:00000000-0000-0000-0000-000000000007",
                "END:VEVENT",
                "END:VCALENDAR",
            ]
        );
    }

    #[test]
    fn a_mailed_appointment_is_asked_for_or_cancelled_under_the_same_name() {
        let between = Between {
            sender: "Muistutukset",
            from: "noreply@example.org",
            to: "venla@example.org",
        };
        let asked = Appointment::sample(false).mailed(Language::Fi, between);
        let cancelled = Appointment::sample(true).mailed(Language::Fi, between);
        let has = |text: &str, line: &str| text.lines().any(|it| it.trim_end() == line);
        for line in [
            "METHOD:REQUEST",
            "SEQUENCE:2",
            "STATUS:CONFIRMED",
            "SUMMARY:Tapaaminen",
        ] {
            assert!(has(&asked, line), "{line}: {asked}");
        }
        for line in ["METHOD:CANCEL", "SEQUENCE:3", "STATUS:CANCELLED"] {
            assert!(has(&cancelled, line), "{line}: {cancelled}");
        }
        for text in [asked, cancelled] {
            assert!(has(&text, "UID:00000000-0000-0000-0000-000000000007"));
            assert!(has(
                &text,
                "ORGANIZER;CN=Muistutukset:mailto:noreply@example.org"
            ));
        }
    }
}
