//! Forms: what one sends, read field by field with every fault noted, and how one is shown with what was typed.

use askama::Template;
use chrono::NaiveDate;
use poem::Request;
use poem::http::{StatusCode, header};
use rinnalla_domain::error::{Error, Result, Violation};
use rinnalla_domain::ids::Id as _;

use super::answer::Answer;
use super::texts::Texts;
use super::visit::{Frame, Visit};

/// The largest form, in bytes.
const MOST_BYTES: usize = 16 * 1024;
/// The most fields of a form.
const MOST_FIELDS: usize = 100;

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

    /// Yes or no, one of which must be said.
    pub fn must_say(&mut self, field: &'static str) -> Option<bool> {
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

/// A day as it stands in a field.
pub fn written(day: NaiveDate) -> String {
    day.format("%-d.%-m.%Y").to_string()
}

/// What is wrong with what a form sent, as it is told beside the fields.
#[derive(Clone, Debug, Default)]
pub struct Faults(Vec<Violation>);

impl Faults {
    /// The faults that the person can put right; everything else is not the form's to tell.
    ///
    /// # Errors
    /// The error, where it is of another kind.
    pub fn of(error: Error) -> Result<Self> {
        match error {
            Error::Invalid(violations) => Ok(Self(violations)),
            Error::Conflict(code) => Ok(Self(vec![Violation { field: "", code }])),
            other => Err(other),
        }
    }

    fn beside(&self, field: &str, texts: &Texts) -> Option<String> {
        let found = self.0.iter().find(|fault| fault.field == field);
        found.map(|fault| texts.fault(fault.code))
    }
}

/// One of several things to choose from.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

/// How a field is filled in.
pub enum Control {
    /// A line of text: a day.
    Day,
    /// A line of text: a number, with what it counts.
    Number(String),
    /// One of several.
    Choices(Vec<Choice>),
    /// Yes, or not.
    Tick(bool),
}

/// A field as it is shown.
pub struct Field {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub value: String,
    pub control: Control,
    pub fault: Option<String>,
    /// Ticks that belong together stand under one heading, which is told at the first.
    pub group: Option<String>,
}

/// Something told above a form: a name and what it is.
pub struct Fact {
    pub name: String,
    pub value: String,
}

/// A form with what was typed, or with what is likely.
#[derive(Template)]
#[template(path = "form.html")]
pub struct Form {
    frame: Frame,
    heading: String,
    intro: Option<String>,
    facts: Vec<Fact>,
    fields: Vec<Field>,
    /// What is wrong, each with the field it leads to; those of no field first.
    summary: Vec<(Option<&'static str>, String)>,
    submit: String,
    back: String,
    key: String,
    version: i32,
    name: &'static str,
    sent: Sent,
    faults: Faults,
}

impl Form {
    /// A form whose texts are named `name-…`: `name`, `name-intro` where there is one, `name-submit`, and of each field
    /// `name-field` and `name-field-hint`.
    pub fn new(visit: &Visit, name: &'static str, faults: Faults) -> Self {
        let texts = &visit.frame.texts;
        let heading = texts.say(name);
        Self {
            frame: visit.frame.titled(heading.clone()),
            heading,
            intro: texts.say_if(&format!("{name}-intro")),
            facts: Vec::new(),
            fields: Vec::new(),
            summary: Vec::new(),
            submit: texts.say(&format!("{name}-submit")),
            back: "/".to_owned(),
            key: visit.ctx.request.encode(),
            version: 0,
            name,
            sent: visit.sent.clone(),
            faults,
        }
    }

    /// What is told above the fields.
    pub fn about(mut self, facts: Vec<Fact>) -> Self {
        self.facts = facts;
        self
    }

    /// The version of the record that the form is about.
    pub fn version(mut self, version: i32) -> Self {
        self.version = version;
        self
    }

    /// Where the way back leads.
    pub fn back(mut self, path: String) -> Self {
        self.back = path;
        self
    }

    /// A day; `likely` stands there at first.
    pub fn day(self, name: &'static str, likely: Option<NaiveDate>) -> Self {
        let value = self.value(name, likely.map(written));
        self.field(name, value, Control::Day)
    }

    /// A whole number.
    pub fn number(self, name: &'static str, likely: Option<i32>) -> Self {
        let value = self.value(name, likely.map(|number| number.to_string()));
        let unit = self.text(name, "-unit").unwrap_or_default();
        self.field(name, value, Control::Number(unit))
    }

    /// One of several: codes with their names.
    pub fn choices(
        self,
        name: &'static str,
        choices: impl IntoIterator<Item = (String, String)>,
        likely: Option<String>,
    ) -> Self {
        let value = self.value(name, likely);
        let choices = choices
            .into_iter()
            .map(|(code, label)| Choice {
                is_chosen: code == value,
                value: code,
                label,
            })
            .collect();
        self.field(name, value, Control::Choices(choices))
    }

    /// Yes or no.
    pub fn yes_or_no(self, name: &'static str) -> Self {
        let texts = &self.frame.texts;
        let choices = ["yes", "no"].map(|code| (code.to_owned(), texts.say(code)));
        self.choices(name, choices, None)
    }

    /// A box to tick.
    pub fn tick(self, name: &'static str, is_likely: bool) -> Self {
        let is_ticked = match self.sent.is_empty() {
            true => is_likely,
            false => self.sent.get(name) == "yes",
        };
        self.field(name, String::new(), Control::Tick(is_ticked))
    }

    /// Puts the heading of a group before the last field.
    pub fn under(mut self, group: &str) -> Self {
        let group = self.frame.texts.say(group);
        if let Some(field) = self.fields.last_mut() {
            field.group = Some(group);
        }
        self
    }

    /// The page; with status 422 where something is wrong, 409 where somebody else was faster.
    ///
    /// # Errors
    /// A template that cannot be filled.
    pub fn answer(mut self) -> Result<Answer> {
        let texts = self.frame.texts;
        let is_own = |fault: &&Violation| self.fields.iter().any(|it| it.name == fault.field);
        let (own, other): (Vec<_>, Vec<_>) = self.faults.0.iter().partition(is_own);
        let mut summary: Vec<(Option<&'static str>, String)> = Vec::new();
        summary.extend(other.iter().map(|fault| (None, texts.fault(fault.code))));
        for field in &self.fields {
            let of_field = own.iter().filter(|fault| fault.field == field.name);
            summary.extend(of_field.map(|fault| (Some(field.name), texts.fault(fault.code))));
        }
        let status = match self.faults.0.as_slice() {
            [] => StatusCode::OK,
            [one] if one.code == "STALE_VERSION" => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        if !summary.is_empty() {
            self.frame.title = texts.with("title-with-faults", &[("title", self.heading.as_str())]);
        }
        self.summary = summary;
        Ok(Answer::page(&self)?.status(status))
    }

    fn value(&self, name: &str, likely: Option<String>) -> String {
        match self.sent.is_empty() {
            true => likely.unwrap_or_default(),
            false => self.sent.get(name).to_owned(),
        }
    }

    fn text(&self, field: &str, ending: &str) -> Option<String> {
        let field = kebab(field);
        let texts = &self.frame.texts;
        texts.say_if(&format!("{}-{field}{ending}", self.name))
    }

    fn field(mut self, name: &'static str, value: String, control: Control) -> Self {
        let texts = self.frame.texts;
        let field = Field {
            name,
            label: texts.say(&format!("{}-{}", self.name, kebab(name))),
            hint: self.text(name, "-hint"),
            fault: self.faults.beside(name, &texts),
            value,
            control,
            group: None,
        };
        self.fields.push(field);
        self
    }
}

/// `heldOn` as it stands in the names of texts: `held-on`.
fn kebab(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
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
        assert_eq!(day.map(written).as_deref(), Some("3.11.2026"));
    }

    #[test]
    fn what_is_not_text_is_no_form() {
        assert!(Sent::parse(b"a=%00").is_none());
        assert!(Sent::parse(b"a=%FF").is_none());
        assert!(Sent::parse("a=1&".repeat(101).as_bytes()).is_none());
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

    #[test]
    fn a_field_s_name_is_found_in_the_names_of_texts() {
        assert_eq!(kebab("nextIntervalMonths"), "next-interval-months");
    }
}
