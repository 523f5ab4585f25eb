//! A mail in words: its texts, filled with what the mail says, laid out as plain text and as HTML.

use askama::Template;
use rinnalla_domain::appointments::Appointment;
use rinnalla_domain::appointments::days::Deadline;

use super::texts::Texts;
use super::{Mail, OrganisationName, dates};
use crate::language::Language;

/// A mail as it is read.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The name shown as the sender, where the settings give none.
    pub sender: String,
    /// The subject, one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The same as a web page without foreign parts.
    pub html: String,
    /// In which language.
    pub language: Language,
    /// What comes for the reader's calendar.
    pub entry: Option<Entry>,
}

/// What comes with a mail for its reader's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// To be taken up, moved or taken off.
    Appointment(Appointment),
    /// To be kept in mind.
    Deadline(Deadline),
}

impl Entry {
    /// Under which method it is sent (RFC 5546).
    pub fn method(&self) -> &'static str {
        match self {
            Self::Appointment(appointment) => appointment.method(),
            Self::Deadline(_) => "PUBLISH",
        }
    }
}

impl std::fmt::Debug for Rendered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rendered(…)")
    }
}

/// Why a mail could not be written. Always our own fault, never the data's.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A file of texts is not what Fluent reads.
    #[error("the texts of {mail} in {language} cannot be read")]
    Syntax {
        /// The mail's folder.
        mail: &'static str,
        /// The language's code.
        language: &'static str,
    },
    /// A text is missing.
    #[error("{mail} in {language} has no text `{message}`")]
    MissingMessage {
        /// The mail's folder.
        mail: &'static str,
        /// The language's code.
        language: &'static str,
        /// The text's name.
        message: &'static str,
    },
    /// A text asks for something the mail does not say.
    #[error("`{message}` of {mail} in {language} asks for what the mail does not say")]
    MissingVariable {
        /// The mail's folder.
        mail: &'static str,
        /// The language's code.
        language: &'static str,
        /// The text's name.
        message: &'static str,
    },
    /// The layout could not be filled.
    #[error("the layout of {mail} in {language} cannot be filled")]
    Layout {
        /// The mail's folder.
        mail: &'static str,
        /// The language's code.
        language: &'static str,
    },
}

#[derive(Template)]
#[template(path = "layout.txt")]
struct Plain<'a> {
    greeting: &'a str,
    paragraphs: &'a [String],
    link_intro: &'a str,
    link: &'a str,
    closing: &'a str,
    organisation: Option<&'a str>,
    no_reply: &'a str,
}

#[derive(Template)]
#[template(path = "layout.html")]
struct Page<'a> {
    language: &'a str,
    subject: &'a str,
    greeting: &'a str,
    paragraphs: &'a [String],
    button: &'a str,
    link_hint: &'a str,
    link: &'a str,
    closing: &'a str,
    organisation: Option<&'a str>,
    no_reply: &'a str,
}

/// Writes a mail in a language.
///
/// # Errors
/// A text that is missing, unreadable or asks for more than the mail says.
pub fn render(mail: &Mail, language: Language) -> Result<Rendered, RenderError> {
    let parts = mail.parts();
    let first_name = parts.reader.first_name.as_ref();
    let organisation = parts
        .reader
        .organisation
        .as_ref()
        .map(OrganisationName::as_str);
    let mut texts = Texts::open(mail.name(), language)?;
    if let Some((case, day)) = parts.matter {
        texts.say("case", case.as_str());
        texts.say("date", dates::written(day, language));
    }
    if let Some(when) = parts.appointment {
        texts.say("date", dates::written(when.on, language));
        texts.say("time", dates::clock(when.starts_at, language));
    }
    if let Some(deadline) = parts.deadline {
        texts.say("date", dates::written(deadline.on, language));
    }
    if let Some(day) = parts.day {
        texts.say("date", dates::written(day, language));
    }
    if let Some(count) = parts.count {
        texts.say("count", count.to_string());
    }
    if let Some(first_name) = first_name {
        texts.say("first_name", first_name.as_str());
    }

    let greeting = if first_name.is_some() {
        "greeting"
    } else {
        "greeting-unnamed"
    };
    let closing = if organisation.is_some() {
        "closing"
    } else {
        "closing-unsigned"
    };
    let subject = texts.line("subject")?;
    let greeting = texts.line(greeting)?;
    let closing = texts.line(closing)?;
    let no_reply = texts.line("no-reply")?;
    let mut paragraphs = texts.paragraphs(parts.body)?;
    for (item, count) in parts.counts.items() {
        texts.say("count", count.to_string());
        paragraphs.push(texts.line(item)?);
    }
    let link = parts.link.as_str();

    let text = Plain {
        greeting: &greeting,
        paragraphs: &paragraphs,
        link_intro: &texts.line(parts.link_intro)?,
        link,
        closing: &closing,
        organisation,
        no_reply: &no_reply,
    }
    .render();
    let html = Page {
        language: language.code(),
        subject: &subject,
        greeting: &greeting,
        paragraphs: &paragraphs,
        button: &texts.line(parts.button)?,
        link_hint: &texts.line(parts.link_hint)?,
        link,
        closing: &closing,
        organisation,
        no_reply: &no_reply,
    }
    .render();
    let (Ok(text), Ok(html)) = (text, html) else {
        return Err(RenderError::Layout {
            mail: mail.name(),
            language: language.code(),
        });
    };
    Ok(Rendered {
        sender: texts.line("sender")?,
        subject,
        text,
        html,
        language,
        entry: parts
            .appointment
            .cloned()
            .map(Entry::Appointment)
            .or(parts.deadline.copied().map(Entry::Deadline)),
    })
}
