//! What the mails say. One variant a mail, one folder of `templates/` a variant, three languages a
//! folder.
//!
//! A mail may be read over someone's shoulder, forwarded, or open on a shared screen. So it names no
//! one but its reader, and tells a case code, a date and where to sign in; what the matter is about
//! is told only after signing in. No link holds a secret, save the one that somebody asked for in
//! order to sign in. A variant's fields are all that its texts can say: there is no
//! other way for a word to get in.

mod dates;
mod samples;
mod texts;
pub(crate) mod tokens;

#[cfg(test)]
mod tests;

use askama::Template;
use chrono::NaiveDate;
use rinnalla_domain::appointments::Appointment;
use rinnalla_domain::appointments::days::Deadline;

use crate::language::Language;
use texts::Texts;
pub use tokens::{CaseCode, FirstName, Link, OrganisationName, TokenError};

/// A mail with everything it needs in order to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// A review comes up in about two weeks.
    ReviewComing {
        /// Who reads it.
        reader: Reader,
        /// Which case.
        case: CaseCode,
        /// The day the review is planned on.
        planned_on: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// A review has fallen due.
    ReviewDue {
        /// Who reads it.
        reader: Reader,
        /// Which case.
        case: CaseCode,
        /// The last day of the review's window.
        open_until: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// Half of the time for a review has gone.
    ReviewNudge {
        /// Who reads it.
        reader: Reader,
        /// Which case.
        case: CaseCode,
        /// The last day of the review's window.
        open_until: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// The time for a review has passed.
    ReviewOverdue {
        /// Who reads it.
        reader: Reader,
        /// In which wording: it is the same matter, but not the same thing to do.
        wording: OverdueWording,
        /// Which case.
        case: CaseCode,
        /// What was the last day of the review's window.
        open_until: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// A review has fallen due and no professional follows the case: to the coordinator.
    ReviewDueNoProfessional {
        /// Who reads it.
        reader: Reader,
        /// Which case.
        case: CaseCode,
        /// The last day of the review's window.
        open_until: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// The day booked for a review is three working days away.
    ReviewBooked {
        /// Who reads it.
        reader: Reader,
        /// Which case.
        case: CaseCode,
        /// The booked day.
        booked_for: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// Somebody asked for a link to sign in with: the one mail whose link holds a secret.
    SignIn {
        /// Who reads it.
        reader: Reader,
        /// The link to sign in with.
        link: Link,
    },
    /// A session of a course is two working days away. Nothing tells that it is one.
    SessionComing {
        /// Who reads it.
        reader: Reader,
        /// When.
        appointment: Appointment,
        /// Where to sign in.
        link: Link,
    },
    /// A session of a course was moved, or takes place after all.
    SessionMoved {
        /// Who reads it.
        reader: Reader,
        /// When it is from now on.
        appointment: Appointment,
        /// Where to sign in.
        link: Link,
    },
    /// A session of a course was cancelled.
    SessionCancelled {
        /// Who reads it.
        reader: Reader,
        /// When it would have been.
        appointment: Appointment,
        /// Where to sign in.
        link: Link,
    },
    /// A consent comes to its end. Nothing tells to what it was given.
    ListingConsentEnds {
        /// Who reads it.
        reader: Reader,
        /// Its last day.
        deadline: Deadline,
        /// Where to sign in.
        link: Link,
    },
    /// At the beginning of a week: how much is open.
    WeeklyDigest {
        /// Who reads it.
        reader: Reader,
        /// How much.
        counts: Counts,
        /// Where to sign in.
        link: Link,
    },
}

/// How much is open, by kind: numbers and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reviews whose time has passed.
    pub overdue: i64,
    /// Reviews that are due and that nobody follows.
    pub unfollowed: i64,
    /// Referrals that wait.
    pub referrals: i64,
    /// Proposals that wait.
    pub proposals: i64,
    /// Cases without a responsible professional.
    pub given_up: i64,
    /// Messages that reached nobody.
    pub undelivered: i64,
}

impl Counts {
    /// Each kind's text and number, those that there are none of left out.
    fn items(&self) -> impl Iterator<Item = (&'static str, i64)> {
        let items = [
            ("item-overdue", self.overdue),
            ("item-unfollowed", self.unfollowed),
            ("item-referrals", self.referrals),
            ("item-proposals", self.proposals),
            ("item-given-up", self.given_up),
            ("item-undelivered", self.undelivered),
        ];
        items.into_iter().filter(|(_, count)| *count > 0)
    }
}

/// How the reader is greeted, and in whose name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The reader's own first name; without one the greeting is plain.
    pub first_name: Option<FirstName>,
    /// The organisation that writes, only where its name tells nothing of the matter.
    pub organisation: Option<OrganisationName>,
}

/// To whom it is said that a review is overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverdueWording {
    /// To the professional, who can hold the review or record it.
    Professional,
    /// To the coordinator, who can ask how things stand.
    Coordinator,
}

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

impl Mail {
    /// The mail's folder of texts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ReviewComing { .. } => "review_coming",
            Self::ReviewDue { .. } => "review_due",
            Self::ReviewNudge { .. } => "review_nudge",
            Self::ReviewOverdue { .. } => "review_overdue",
            Self::ReviewDueNoProfessional { .. } => "review_due_no_professional",
            Self::ReviewBooked { .. } => "review_booked",
            Self::SignIn { .. } => "sign_in",
            Self::SessionComing { .. } => "session_coming",
            Self::SessionMoved { .. } => "session_moved",
            Self::SessionCancelled { .. } => "session_cancelled",
            Self::ListingConsentEnds { .. } => "listing_consent_ends",
            Self::WeeklyDigest { .. } => "weekly_digest",
        }
    }

    fn parts(&self) -> Parts<'_> {
        let (body, reader, case, day, link) = match self {
            Self::ReviewComing {
                reader,
                case,
                planned_on: day,
                link,
            }
            | Self::ReviewDue {
                reader,
                case,
                open_until: day,
                link,
            }
            | Self::ReviewNudge {
                reader,
                case,
                open_until: day,
                link,
            }
            | Self::ReviewDueNoProfessional {
                reader,
                case,
                open_until: day,
                link,
            }
            | Self::ReviewBooked {
                reader,
                case,
                booked_for: day,
                link,
            } => ("body", reader, case, day, link),
            Self::SessionComing {
                reader,
                appointment,
                link,
            }
            | Self::SessionMoved {
                reader,
                appointment,
                link,
            }
            | Self::SessionCancelled {
                reader,
                appointment,
                link,
            } => {
                return Parts {
                    appointment: Some(appointment),
                    ..Parts::plain(reader, link)
                };
            }
            Self::ListingConsentEnds {
                reader,
                deadline,
                link,
            } => {
                return Parts {
                    deadline: Some(deadline),
                    ..Parts::plain(reader, link)
                };
            }
            Self::WeeklyDigest {
                reader,
                counts,
                link,
            } => {
                return Parts {
                    counts: *counts,
                    ..Parts::plain(reader, link)
                };
            }
            Self::ReviewOverdue {
                reader,
                wording,
                case,
                open_until: day,
                link,
            } => {
                let body = match wording {
                    OverdueWording::Professional => "body-professional",
                    OverdueWording::Coordinator => "body-coordinator",
                };
                (body, reader, case, day, link)
            }
            Self::SignIn { reader, link } => {
                return Parts {
                    link_intro: "sign-in-intro",
                    link_hint: "sign-in-intro",
                    button: "sign-in-button",
                    ..Parts::plain(reader, link)
                };
            }
        };
        Parts {
            body,
            matter: Some((case, *day)),
            ..Parts::plain(reader, link)
        }
    }
}

/// What every mail has: the names of its texts, and what may fill them.
struct Parts<'a> {
    body: &'static str,
    reader: &'a Reader,
    /// The case and the day, where it is about one.
    matter: Option<(&'a CaseCode, NaiveDate)>,
    /// When somebody is to be somewhere, where it is about that.
    appointment: Option<&'a Appointment>,
    /// The day on which something ends, where it is about that.
    deadline: Option<&'a Deadline>,
    counts: Counts,
    link: &'a Link,
    link_intro: &'static str,
    link_hint: &'static str,
    button: &'static str,
}

impl<'a> Parts<'a> {
    /// A mail that says nothing of its own but its body.
    fn plain(reader: &'a Reader, link: &'a Link) -> Self {
        Self {
            body: "body",
            reader,
            matter: None,
            appointment: None,
            deadline: None,
            counts: Counts::default(),
            link,
            link_intro: "link-intro",
            link_hint: "link-hint",
            button: "button",
        }
    }
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
