//! Forms as they are shown: with what was typed, or with what is likely, and with what is wrong beside each field.

use askama::Template;
use chrono::NaiveDate;
use poem::http::StatusCode;
use rinnalla_domain::error::{Error, Result, Violation};
use rinnalla_domain::ids::Id as _;

use super::answer::Answer;
use super::sent::Sent;
use super::visit::{Frame, Visit};

/// What every form sends along by itself; no field may be called so.
const OWN: [&str; 3] = ["form", "key", "version"];

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

    /// The codes of all of them.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|fault| fault.code)
    }

    fn beside(&self, field: &str) -> Option<&Violation> {
        self.0.iter().find(|fault| fault.field == field)
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
    /// A line of text of at most so many characters.
    Line(usize),
    /// Lines of text, each of which counts by itself.
    Lines,
    /// A line of text: a number, with what it counts.
    Number(String),
    /// One of several.
    Choices(Vec<Choice>),
    /// One of many, which opens on a press; none of them is chosen at first.
    Select(Vec<Choice>),
    /// Some of several.
    Several(Vec<Choice>),
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
    /// Where else one may want to go first: where, and what is there.
    links: Vec<(String, String)>,
    key: String,
    version: i32,
    hidden: Vec<(&'static str, String)>,
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
            links: Vec::new(),
            key: visit.ctx.request.encode(),
            version: 0,
            hidden: Vec::new(),
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

    /// What the form sends along, unseen.
    pub fn hidden(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }

    /// Where the way back leads.
    pub fn back(mut self, path: String) -> Self {
        self.back = path;
        self
    }

    /// Another heading and introduction, where one form serves for adding and for changing.
    pub fn headed(mut self, name: &str) -> Self {
        self.heading = self.frame.texts.say(name);
        self.intro = self.frame.texts.say_if(&format!("{name}-intro"));
        self.frame.title.clone_from(&self.heading);
        self
    }

    /// What the button says, where it is not the form's usual word.
    pub fn submitting(mut self, text: &str) -> Self {
        self.submit = self.frame.texts.say(text);
        self
    }

    /// Leads to something to print or to put right first, beside what is told above the fields.
    pub fn link(mut self, path: String, text: &str) -> Self {
        self.links.push((path, self.frame.texts.say(text)));
        self
    }

    /// A day; `likely` stands there at first.
    pub fn day(self, name: &'static str, likely: Option<NaiveDate>) -> Self {
        let value = self.value(name, likely.map(written));
        self.field(name, value, Control::Day)
    }

    /// A short line of text.
    pub fn line(self, name: &'static str, likely: Option<String>) -> Self {
        self.long_line(name, likely, 80)
    }

    /// A line of text of at most so many characters.
    pub fn long_line(self, name: &'static str, likely: Option<String>, most: usize) -> Self {
        let value = self.value(name, likely);
        self.field(name, value, Control::Line(most))
    }

    /// Lines of text, each of which counts by itself.
    pub fn lines(self, name: &'static str, likely: &[String]) -> Self {
        let value = self.value(name, Some(likely.join("\n\n")));
        self.field(name, value, Control::Lines)
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
        let choices = offered(choices, |code| *code == value);
        self.field(name, value, Control::Choices(choices))
    }

    /// One of many, or none: codes with their names.
    pub fn select(
        self,
        name: &'static str,
        choices: impl IntoIterator<Item = (String, String)>,
        likely: Option<String>,
    ) -> Self {
        let value = self.value(name, likely);
        let choices = offered(choices, |code| *code == value);
        self.field(name, value, Control::Select(choices))
    }

    /// Some of several: codes with their names.
    pub fn several(
        self,
        name: &'static str,
        choices: impl IntoIterator<Item = (String, String)>,
        likely: Vec<String>,
    ) -> Self {
        let chosen = match self.sent.is_empty() {
            true => likely,
            false => self.sent.all(name),
        };
        let choices = offered(choices, |code| chosen.contains(code));
        self.field(name, String::new(), Control::Several(choices))
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

    /// Puts a heading that was put together before the last field.
    pub fn grouped(mut self, heading: String) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.group = Some(heading);
        }
        self
    }

    /// Calls the last field otherwise than by its name: several of a kind stand in one form.
    pub fn called(mut self, label: String) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.label = label;
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
        summary.extend(other.iter().map(|fault| (None, self.sentence(fault))));
        for field in &self.fields {
            let of_field = own.iter().filter(|fault| fault.field == field.name);
            // Beside the field it is clear what is meant; above the form the field is named.
            let label = field.label.trim_end_matches(['?', '.']);
            summary.extend(of_field.map(|fault| {
                let text = format!("{label}: {}", self.sentence(fault));
                (Some(field.name), text)
            }));
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

    /// The sentence for a fault: the form's own where it has one, `name-field-code`, or `name-code` for what is of no field.
    fn sentence(&self, fault: &Violation) -> String {
        let code = fault.code.to_lowercase().replace('_', "-");
        let own = match fault.field {
            "" => self.frame.texts.say_if(&format!("{}-{code}", self.name)),
            field => self.text(field, &format!("-{code}")),
        };
        own.unwrap_or_else(|| self.frame.texts.fault(fault.code))
    }

    fn field(mut self, name: &'static str, value: String, control: Control) -> Self {
        debug_assert!(!OWN.contains(&name), "{name} is the form's own");
        let texts = self.frame.texts;
        let field = Field {
            name,
            label: texts.say(&format!("{}-{}", self.name, kebab(name))),
            hint: self.text(name, "-hint"),
            fault: self.faults.beside(name).map(|it| self.sentence(it)),
            value,
            control,
            group: None,
        };
        self.fields.push(field);
        self
    }
}

fn offered(
    choices: impl IntoIterator<Item = (String, String)>,
    is_chosen: impl Fn(&String) -> bool,
) -> Vec<Choice> {
    choices
        .into_iter()
        .map(|(code, label)| Choice {
            is_chosen: is_chosen(&code),
            value: code,
            label,
        })
        .collect()
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
    fn a_day_stands_in_its_field_as_people_write_it() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 3);
        assert_eq!(day.map(written).as_deref(), Some("3.11.2026"));
    }

    #[test]
    fn a_field_s_name_is_found_in_the_names_of_texts() {
        assert_eq!(kebab("nextIntervalMonths"), "next-interval-months");
    }
}
