//! What a form sends: read field by field, with every fault noted.

use chrono::{NaiveDate, NaiveTime};
use poem::Request;
use poem::http::{StatusCode, header};
use rinnalla_domain::error::{Error, Result, Violation};
use rinnalla_domain::ids::Id;

/// The largest form, in bytes: an agreement's terms, each letter of them written as six.
const MOST_BYTES: usize = 128 * 1024;
/// The most fields of a form: every activity of a grant target is one that is ticked.
const MOST_FIELDS: usize = 1000;

/// What a form, or the part of an address after its question mark, sent.
#[derive(Clone, Debug, Default)]
pub struct Sent(Vec<(String, String)>);

impl Sent {
    /// Reads `a=b&c=d`; `None` where it is not text, or has too many fields.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(bytes)
            .take(MOST_FIELDS + 1)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        let is_text = |text: &str| !text.contains(['\0', char::REPLACEMENT_CHARACTER]);
        let is_fit = pairs.len() <= MOST_FIELDS
            && pairs
                .iter()
                .all(|(name, value)| is_text(name) && is_text(value));
        is_fit.then_some(Self(pairs))
    }

    /// A field's text; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Every text of a field of which several may be chosen.
    pub fn all(&self, name: &str) -> Vec<String> {
        let found = self.0.iter().filter(|(key, _)| key == name);
        found.map(|(_, value)| value.trim().to_owned()).collect()
    }

    /// Whether anything was sent at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everything but the session's proof, in one form: what makes a form the same when it is sent again.
    pub fn in_one_form(&self, path: &str) -> Vec<u8> {
        let mut pairs: Vec<_> = self.0.iter().filter(|(name, _)| name != "form").collect();
        pairs.sort();
        serde_json::to_vec(&(path, pairs)).unwrap_or_default()
    }
}

/// Reads a request's form.
pub async fn read(request: &mut Request) -> std::result::Result<Sent, StatusCode> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let body = request.take_body().into_bytes_limit(MOST_BYTES).await;
    let body = body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    Sent::parse(&body).ok_or(StatusCode::BAD_REQUEST)
}

/// Reads fields, and notes what is wrong with each.
pub struct Reading<'a> {
    sent: &'a Sent,
    faults: Vec<Violation>,
}

impl<'a> Reading<'a> {
    pub fn of(sent: &'a Sent) -> Self {
        Self {
            sent,
            faults: Vec::new(),
        }
    }

    /// A day that must be told.
    pub fn day(&mut self, field: &'static str) -> Option<NaiveDate> {
        match self.sent.get(field) {
            "" => self.fault(field, "REQUIRED"),
            text => match day_of(text) {
                Some(day) => Some(day),
                None => self.fault(field, "NOT_A_DAY"),
            },
        }
    }

    /// A day that may be told.
    pub fn day_if(&mut self, field: &'static str) -> Option<NaiveDate> {
        match self.sent.get(field) {
            "" => None,
            _ => self.day(field),
        }
    }

    /// A time of day that must be told.
    pub fn time(&mut self, field: &'static str) -> Option<NaiveTime> {
        match self.sent.get(field) {
            "" => self.fault(field, "REQUIRED"),
            text => match time_of(text) {
                Some(time) => Some(time),
                None => self.fault(field, "NOT_A_TIME"),
            },
        }
    }

    /// A sum that must be told, in cents.
    pub fn cents(&mut self, field: &'static str) -> Option<i32> {
        match self.sent.get(field) {
            "" => self.fault(field, "REQUIRED"),
            text => match cents_of(text) {
                Some(cents) => Some(cents),
                None => self.fault(field, "NOT_A_SUM"),
            },
        }
    }

    /// A whole number that must be told.
    pub fn number(&mut self, field: &'static str) -> Option<i32> {
        match self.sent.get(field) {
            "" => self.fault(field, "REQUIRED"),
            text => match text.parse() {
                Ok(number) => Some(number),
                Err(_) => self.fault(field, "NOT_A_NUMBER"),
            },
        }
    }

    /// One of a closed set that must be chosen.
    pub fn choice<T: Copy>(
        &mut self,
        field: &'static str,
        all: &[T],
        code: impl Fn(T) -> String,
    ) -> Option<T> {
        match self.sent.get(field) {
            "" => self.fault(field, "REQUIRED"),
            sent => match all.iter().find(|one| code(**one) == sent) {
                Some(one) => Some(*one),
                None => self.fault(field, "UNKNOWN_CODE"),
            },
        }
    }

    /// A text that must be told, as it was typed.
    pub fn text(&mut self, field: &'static str) -> Option<String> {
        match self.sent.get(field) {
            "" => self.fault(field, "REQUIRED"),
            text => Some(text.to_owned()),
        }
    }

    /// A text that may be told.
    pub fn text_if(&self, field: &str) -> Option<String> {
        Some(self.sent.get(field).to_owned()).filter(|text| !text.is_empty())
    }

    /// The lines of a text, those that are empty left out.
    pub fn lines(&self, field: &str) -> Vec<String> {
        let lines = self.sent.get(field).lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    }

    /// A whole number that may be told.
    pub fn number_if(&mut self, field: &'static str) -> Option<i32> {
        match self.sent.get(field) {
            "" => None,
            _ => self.number(field),
        }
    }

    /// An id that must be chosen.
    pub fn id<T: Id>(&mut self, field: &'static str) -> Option<T> {
        match self.sent.get(field) {
            "" => self.fault(field, "REQUIRED"),
            text => match T::decode(text) {
                Some(id) => Some(id),
                None => self.fault(field, "UNKNOWN"),
            },
        }
    }

    /// An id that may be chosen.
    pub fn id_if<T: Id>(&mut self, field: &'static str) -> Option<T> {
        match self.sent.get(field) {
            "" => None,
            _ => self.id(field),
        }
    }

    /// Every id that is ticked.
    pub fn ids<T: Id>(&mut self, field: &'static str) -> Vec<T> {
        let told = self.sent.all(field);
        let ids: Vec<T> = told.iter().filter_map(|text| T::decode(text)).collect();
        if ids.len() != told.len() {
            self.faults.push(Violation {
                field,
                code: "UNKNOWN",
            });
        }
        ids
    }

    /// Codes of which one at least must be ticked.
    pub fn some(&mut self, field: &'static str) -> Option<Vec<String>> {
        match self.sent.all(field) {
            none if none.is_empty() => self.fault(field, "REQUIRED"),
            some => Some(some),
        }
    }

    /// Yes or no, one of which must be said.
    pub fn needed_answer(&mut self, field: &'static str) -> Option<bool> {
        match self.yes_or_no(field) {
            None => self.fault(field, "REQUIRED"),
            said => said,
        }
    }

    /// Whether a box is ticked.
    pub fn tick(&self, field: &str) -> bool {
        self.sent.get(field) == "yes"
    }

    /// Yes or no, or neither.
    pub fn yes_or_no(&self, field: &str) -> Option<bool> {
        match self.sent.get(field) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    /// Notes a fault.
    pub fn fault<T>(&mut self, field: &'static str, code: &'static str) -> Option<T> {
        self.faults.push(Violation { field, code });
        None
    }

    /// What was read, if nothing was wrong with any of it.
    ///
    /// # Errors
    /// `Invalid` with every fault.
    pub fn done<T>(self, read: Option<T>) -> Result<T> {
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            _ => Err(Error::Invalid(self.faults)),
        }
    }
}

/// A day as people write it: `23.11.2026`, with any signs between, `23112026`, or as browsers do, `2026-11-23`.
fn day_of(text: &str) -> Option<NaiveDate> {
    let groups: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .collect();
    let (day, month, year) = match groups[..] {
        [year, month, day] if year.len() == 4 => (day, month, year),
        [day, month, year] if year.len() == 4 => (day, month, year),
        [all] if all.len() == 8 => (&all[..2], &all[2..4], &all[4..]),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// A time of day as people write it: `17.30`, `17:30`, `1730`, `17`.
fn time_of(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = match text.split_once(['.', ':']) {
        Some(parts) => parts,
        None if text.len() == 4 && text.is_char_boundary(2) => text.split_at(2),
        None => (text, "0"),
    };
    NaiveTime::from_hms_opt(digits(hour)?, digits(minute)?, 0)
}

/// A sum in euros as people write it: `12,50`, `12.5`, `1 200`, `12 €`.
fn cents_of(text: &str) -> Option<i32> {
    let text = text.trim_start_matches('€').trim_end_matches('€');
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (euros, cents) = text.split_once([',', '.']).unwrap_or((&text, "0"));
    let cents = match cents.len() {
        1 => digits(cents)? * 10,
        2 => digits(cents)?,
        _ => return None,
    };
    let all = digits(euros)?.checked_mul(100)?.checked_add(cents)?;
    i32::try_from(all).ok()
}

fn digits(text: &str) -> Option<u32> {
    let are_digits = text.chars().all(|c| c.is_ascii_digit());
    are_digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_however_people_write_it() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 3);
        for text in [
            "3.11.2026",
            "03.11.2026",
            "3. 11. 2026",
            "3/11/2026",
            "3,11,2026",
            "03112026",
            "2026-11-03",
        ] {
            assert_eq!(day_of(text), day, "{text}");
        }
        for text in [
            "",
            "x",
            "31.2.2026",
            "3.11.26",
            "3.11.",
            "2026",
            "1.2.3.2026",
        ] {
            assert_eq!(day_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_of_day_is_read_however_people_write_it() {
        let time = NaiveTime::from_hms_opt(17, 30, 0);
        for text in ["17.30", "17:30", "1730"] {
            assert_eq!(time_of(text), time, "{text}");
        }
        assert_eq!(time_of("9"), NaiveTime::from_hms_opt(9, 0, 0));
        for text in [
            "", "x", "24.00", "17.60", "17.", "1.2.3", "-1", "ä1ö", "123456",
        ] {
            assert_eq!(time_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_sum_is_read_in_euros_and_cents() {
        for (text, cents) in [
            ("12,50", 1250),
            ("12.5", 1250),
            ("1 200", 120_000),
            ("12 €", 1200),
            ("0,05", 5),
        ] {
            assert_eq!(cents_of(text), Some(cents), "{text}");
        }
        for text in ["", "x", "-5", "12,505", "1,2,3", "99999999999", ",", "5,"] {
            assert_eq!(cents_of(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_not_text_is_no_form() {
        assert!(Sent::parse(b"a=%00").is_none());
        assert!(Sent::parse(b"a=%FF").is_none());
        assert!(Sent::parse("a=1&".repeat(1001).as_bytes()).is_none());
        let sent = Sent::parse(b"a=+1+&b=%C3%A4&a=2").unwrap();
        assert_eq!(
            (sent.get("a"), sent.get("b"), sent.get("c")),
            ("1", "ä", "")
        );
    }

    #[test]
    fn a_form_that_is_sent_again_is_the_same_whatever_the_order() {
        let of = |text: &str| Sent::parse(text.as_bytes()).unwrap().in_one_form("/x");
        assert_eq!(of("a=1&b=2&form=p"), of("b=2&form=q&a=1"));
        assert_ne!(of("a=1"), of("a=2"));
    }

    #[test]
    fn every_fault_of_a_form_is_told_at_once() {
        let sent = Sent::parse(b"on=31.2.2026&n=x").unwrap();
        let mut reading = Reading::of(&sent);
        let read = (reading.day("on"), reading.number("n"), reading.number("m"));
        assert_eq!(read, (None, None, None));
        let Err(Error::Invalid(faults)) = reading.done(Some(())) else {
            panic!("it was taken")
        };
        let codes: Vec<_> = faults.iter().map(|it| (it.field, it.code)).collect();
        assert_eq!(
            codes,
            [
                ("on", "NOT_A_DAY"),
                ("n", "NOT_A_NUMBER"),
                ("m", "REQUIRED")
            ]
        );
    }
}
