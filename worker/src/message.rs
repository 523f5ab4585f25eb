//! A written mail as the message that leaves: who it is from and to, when it was written, and an id
//! that is the same however often it is sent.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use rinnalla_domain::appointments::Between;
use rinnalla_domain::texts;

use crate::delivery::SettingsError;
use crate::language::Language;
use crate::mail::{Entry, Rendered};

/// Who mails are from: an address nobody reads, and a name that tells nothing.
#[derive(Clone, Debug)]
pub struct Sender {
    name: Option<String>,
    address: Address,
}

/// A message's id. It tells nothing of anyone and is the same over retries, workers and restarts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageId {
    hex: String,
    domain: String,
}

/// A message ready to be handed over: the same bytes each time it is made of the same parts.
#[derive(Clone)]
pub struct Letter {
    pub(crate) id: MessageId,
    pub(crate) envelope: Envelope,
    pub(crate) bytes: Vec<u8>,
}

/// Why a message could not be made. Tells no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// The address is not one that mail can be sent to.
    #[error("the recipient's address is not one that mail can be sent to")]
    Address,
    /// A part does not fit a message.
    #[error("a part of the mail does not fit a message")]
    Content,
}

impl LetterError {
    /// A short stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Address => "ADDRESS",
            Self::Content => "CONTENT",
        }
    }
}

impl Sender {
    /// Reads `noreply@example.org` or `Muistutukset <noreply@example.org>`; without a name, each
    /// mail's own language gives one.
    ///
    /// # Errors
    /// Neither of the two.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        if text.chars().any(char::is_control) {
            return Err(SettingsError::From);
        }
        let mailbox = Mailbox::from_str(text.trim()).map_err(|_| SettingsError::From)?;
        let address = ascii(mailbox.email.as_ref()).ok_or(SettingsError::From)?;
        Ok(Self {
            name: mailbox.name.filter(|name| !name.trim().is_empty()),
            address,
        })
    }

    /// The domain of the address.
    pub fn domain(&self) -> &str {
        self.address.domain()
    }
}

impl MessageId {
    /// The id of a row's mail, from the row's keyed hash: nobody can tell the row from it.
    pub fn of_mac(mac: &[u8; 32], sender: &Sender) -> Self {
        Self {
            hex: mac[..16].iter().map(|byte| format!("{byte:02x}")).collect(),
            domain: sender.domain().to_owned(),
        }
    }

    /// Its 32 hexadecimal digits.
    pub fn hex(&self) -> &str {
        &self.hex
    }
}

impl std::fmt::Display for MessageId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}@{}>", self.hex, self.domain)
    }
}

impl Letter {
    /// Puts a mail into its envelope. `written_at` is when the duty to send it arose, not now.
    ///
    /// # Errors
    /// An address that mail cannot be sent to, or content that would break a header.
    pub fn new(
        id: MessageId,
        sender: &Sender,
        to: &str,
        mail: &Rendered,
        written_at: DateTime<Utc>,
    ) -> Result<Self, LetterError> {
        let to = ascii(to).ok_or(LetterError::Address)?;
        if mail
            .subject
            .chars()
            .chain(mail.sender.chars())
            .any(char::is_control)
        {
            return Err(LetterError::Content);
        }
        let name = sender.name.clone().unwrap_or_else(|| mail.sender.clone());
        let mut bodies = MultiPart::alternative()
            .boundary(&id.hex)
            .singlepart(SinglePart::plain(mail.text.clone()))
            .singlepart(SinglePart::html(mail.html.clone()));
        if let Some(entry) = &mail.entry {
            let between = Between {
                sender: &name,
                from: sender.address.as_ref(),
                to: to.as_ref(),
            };
            bodies = bodies.singlepart(calendar(entry, mail.language, between)?);
        }
        let message = Message::builder()
            .message_id(Some(id.to_string()))
            .date(written_at.into())
            .from(Mailbox::new(Some(name), sender.address.clone()))
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            .multipart(bodies)
            .map_err(|_| LetterError::Content)?;
        let bytes = message.formatted();
        if !bytes.is_ascii() {
            return Err(LetterError::Content);
        }
        Ok(Self {
            id,
            envelope: message.envelope().clone(),
            bytes,
        })
    }

    /// Its id.
    pub fn id(&self) -> &MessageId {
        &self.id
    }

    /// The whole message.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Letter({})", self.id)
    }
}

/// The part that a mail program shows as an invitation or a note, and puts into the reader's calendar.
fn calendar(
    entry: &Entry,
    language: Language,
    between: Between<'_>,
) -> Result<SinglePart, LetterError> {
    let kind = format!("text/calendar; method={}; charset=utf-8", entry.method());
    let kind = ContentType::parse(&kind).map_err(|_| LetterError::Content)?;
    let language = texts::Language::of_code(language.code());
    let text = match entry {
        Entry::Appointment(appointment) => appointment.mailed(language, between),
        Entry::Deadline(deadline) => deadline.mailed(language, between.sender, between.from),
    };
    Ok(SinglePart::builder().header(kind).body(text))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// An address that every server understands: the domain of one with letters beyond ASCII is written
/// in its ASCII form, such letters before the @ are refused.
fn ascii(text: &str) -> Option<Address> {
    let (user, domain) = text.trim().rsplit_once('@')?;
    if !user.is_ascii() || text.len() > 254 {
        return None;
    }
    let domain = match url::Host::parse(domain).ok()? {
        url::Host::Domain(domain) => domain,
        url::Host::Ipv4(_) | url::Host::Ipv6(_) => return None,
    };
    Address::new(user, domain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{Mail, render};

    const MAC: [u8; 32] = [
        0xc4, 0x7a, 0x84, 0xc9, 0x5e, 0x43, 0x0e, 0x8d, 0x0a, 0x21, 0x1e, 0x6c, 0xf3, 0x04, 0x3c,
        0xeb, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    fn letter(to: &str) -> Result<Letter, LetterError> {
        let sender = Sender::parse("noreply@example.org").unwrap();
        let id = MessageId::of_mac(&MAC, &sender);
        let mail = render(&Mail::samples()[1], Language::Fi).unwrap();
        Letter::new(
            id,
            &sender,
            to,
            &mail,
            DateTime::from_timestamp(1_773_302_400, 0).unwrap(),
        )
    }

    #[test]
    fn a_message_keeps_its_bytes_however_often_it_is_made() {
        let (one, other) = (
            letter("a@example.org").unwrap(),
            letter("a@example.org").unwrap(),
        );
        assert_eq!(one.bytes(), other.bytes());
        insta::assert_snapshot!(String::from_utf8(one.bytes).unwrap().replace("\r\n", "\n"));
    }

    #[test]
    fn a_mail_of_an_appointment_brings_it_for_the_readers_calendar() {
        let sender = Sender::parse("noreply@example.org").unwrap();
        let methods = Mail::samples().into_iter().filter_map(|mail| {
            let mail = render(&mail, Language::En).unwrap();
            let id = MessageId::of_mac(&MAC, &sender);
            let made = Letter::new(id, &sender, "a@example.org", &mail, DateTime::UNIX_EPOCH);
            let text = String::from_utf8(made.unwrap().bytes).unwrap();
            let method = text.split("Content-Type: text/calendar; method=").nth(1)?;
            Some(method.split(';').next()?.to_owned())
        });
        let methods: Vec<String> = methods.collect();
        assert_eq!(
            methods,
            ["REQUEST", "REQUEST", "CANCEL", "PUBLISH", "REQUEST"]
        );
    }

    #[test]
    fn the_id_is_the_rows_mark_at_the_senders_domain() {
        let sender = Sender::parse("Muistutukset <noreply@example.org>").unwrap();
        assert_eq!(
            MessageId::of_mac(&MAC, &sender).to_string(),
            "<c47a84c95e430e8d0a211e6cf3043ceb@example.org>"
        );
    }

    #[test]
    fn the_senders_name_is_the_settings_or_the_languages() {
        let from = |sender: &str| {
            let sender = Sender::parse(sender).unwrap();
            let mail = render(&Mail::samples()[1], Language::Sv).unwrap();
            let id = MessageId::of_mac(&MAC, &sender);
            let letter = Letter::new(id, &sender, "a@example.org", &mail, DateTime::UNIX_EPOCH);
            let text = String::from_utf8(letter.unwrap().bytes).unwrap();
            text.lines()
                .find(|line| line.starts_with("From:"))
                .unwrap()
                .to_owned()
        };
        assert_eq!(
            from("Ilmoitukset <n@example.org>"),
            "From: Ilmoitukset <n@example.org>"
        );
        assert!(from("n@example.org").contains("<n@example.org>"));
        assert!(from("n@example.org").contains("=?utf-8?b?UMOlbWlubmVsc2Vy?="));
    }

    #[test]
    fn an_address_cannot_start_a_header_or_name_two_people() {
        for bad in [
            "",
            "a",
            "a@",
            "@example.org",
            "a@example.org\r\nBcc: b@example.org",
            "a@example.org, b@example.org",
            "a@example.org\0",
            "A <a@example.org>",
            "päivi@example.org",
            "a@[127.0.0.1]",
            "a@exa mple.org",
        ] {
            assert_eq!(letter(bad).unwrap_err(), LetterError::Address, "{bad:?}");
        }
        let idn = letter("paivi@ääkköset.example").unwrap();
        assert_eq!(
            idn.envelope.to()[0].to_string(),
            "paivi@xn--kkset-fraa0m.example"
        );
    }

    #[test]
    fn a_line_break_cannot_get_into_a_subject() {
        let sender = Sender::parse("noreply@example.org").unwrap();
        let id = MessageId::of_mac(&MAC, &sender);
        let mut mail = render(&Mail::samples()[1], Language::Fi).unwrap();
        mail.subject = "Muistutus\r\nBcc: b@example.org".to_owned();
        let made = Letter::new(id, &sender, "a@example.org", &mail, DateTime::UNIX_EPOCH);
        assert_eq!(made.unwrap_err(), LetterError::Content);
        assert!(Sender::parse("Muistutus\nBcc: b@example.org <a@example.org>").is_err());
    }
}
