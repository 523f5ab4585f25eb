//! How a letter leaves the house, and what became of it.

use std::path::{Path, PathBuf};

use crate::eml::Files;
use crate::message::{Letter, Sender};
use crate::smtp::{Limits, Smtp};

/// What became of a letter, and what the queue is to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody has taken charge of it.
    Sent,
    /// Not now: try again later, with the same letter.
    Retry(Code),
    /// Refused for good: show it to an administrator.
    Dead(Code),
    /// Our own settings are in the way, and would be for every letter: pause the queue, fail none.
    ConfigurationTrouble(Code),
}

/// Why, in a word that stays the same over the years: it is stored, shown and counted. Never holds
/// what a server said, since that can quote an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The server's reply, `SMTP_450`.
    Smtp(u16),
    /// No answer within the limit, before the text was on its way.
    Timeout,
    /// Nobody listens at the address.
    Refused,
    /// The server's name or network was not to be reached.
    Unreachable,
    /// The connection broke off before the text was on its way.
    Lost,
    /// The connection broke off, or went silent, when the text was on its way: it may have arrived.
    LostAfterData,
    /// The server could not prove who it is, or TLS failed otherwise.
    Tls,
    /// The server offers no TLS, and we send nothing without.
    TlsRequired,
    /// The server does not accept our sign-in.
    Auth,
    /// The folder for files cannot be written to.
    Folder,
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Smtp(reply) => write!(f, "SMTP_{reply}"),
            Self::Timeout => f.write_str("TIMEOUT"),
            Self::Refused => f.write_str("REFUSED"),
            Self::Unreachable => f.write_str("UNREACHABLE"),
            Self::Lost => f.write_str("LOST"),
            Self::LostAfterData => f.write_str("LOST_AFTER_DATA"),
            Self::Tls => f.write_str("TLS"),
            Self::TlsRequired => f.write_str("TLS_REQUIRED"),
            Self::Auth => f.write_str("AUTH"),
            Self::Folder => f.write_str("FOLDER"),
        }
    }
}

/// Where letters go, as the settings say.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// Who mails are from; its domain is also what we call ourselves to the server.
    pub from: &'a Sender,
    /// The mail server, `smtp+starttls://user:password@mail.example.org:587`.
    pub smtp_url: Option<&'a str>,
    /// A file of certificates (PEM) to trust instead of the system's.
    pub smtp_ca_file: Option<&'a Path>,
    /// The folder to write `.eml` files into where no server is named.
    pub folder: &'a Path,
    /// How long and how much at a time.
    pub limits: Limits,
}

/// What is wrong with the settings, for whoever wrote them. Repeats nothing of them: the address of a
/// server holds a password.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Not a sender.
    #[error("MAIL_FROM is not an address such as noreply@example.org")]
    From,
    /// Not an address of a server.
    #[error(
        "SMTP_URL is not an address such as smtp+starttls://user:password@mail.example.org:587 \
         (write special characters of the password as %XX)"
    )]
    Address,
    /// An unknown scheme.
    #[error(
        "SMTP_URL must begin with smtp+starttls://, smtps:// or, on this machine only, smtp://"
    )]
    Scheme,
    /// Something after the `?` that we do not know.
    #[error("SMTP_URL may end in ?tls=required and in nothing else; TLS is never merely tried")]
    Query,
    /// Plain text to another machine.
    #[error("SMTP_URL would send mail and password in the clear: use smtp+starttls:// or smtps://")]
    Clear,
    /// Half of a sign-in.
    #[error("SMTP_URL has a user without a password, or a password without a user")]
    HalfSignIn,
    /// Certificates that cannot be read.
    #[error("SMTP_CA_FILE cannot be read as certificates in PEM form")]
    CaFile,
    /// No certificates.
    #[error("this system trusts no certificates: install ca-certificates, or set SMTP_CA_FILE")]
    NoRoots,
    /// TLS cannot be set up.
    #[error("TLS cannot be set up for the mail server")]
    Tls,
    /// Not an address that a mail may point to.
    #[error("PUBLIC_URL must be an https address without a search (http on this machine only)")]
    PublicUrl,
    /// Too short a tick.
    #[error("the worker's tick is at least one second")]
    Tick,
    /// Too short a lease.
    #[error("the worker's lease is at least two seconds")]
    Lease,
    /// No mail at a time.
    #[error("at least one mail at a time must be sent")]
    Parallel,
}

/// The way out.
#[derive(Debug)]
pub enum Post {
    /// By SMTP.
    Smtp(Box<Smtp>),
    /// Into files.
    Files(Files),
}

impl Post {
    /// The way that the settings name. Connects to nothing yet.
    ///
    /// # Errors
    /// Settings that cannot be followed.
    pub fn from_settings(settings: Settings<'_>) -> Result<Self, SettingsError> {
        let Some(url) = given(settings.smtp_url) else {
            return Ok(Self::Files(Files::new(settings.folder)));
        };
        let smtp = Smtp::new(url, settings.smtp_ca_file, settings.from, settings.limits)?;
        Ok(Self::Smtp(Box::new(smtp)))
    }

    /// Hands a letter over. Ends within the limits, whatever the other side does; a second more where
    /// a connection is at its end and is left politely.
    pub async fn send(&self, letter: &Letter) -> Outcome {
        match self {
            Self::Smtp(smtp) => smtp.send(letter).await,
            Self::Files(files) => files.send(letter).await,
        }
    }

    /// The file that a letter is written into, where letters become files.
    pub fn file_of(&self, letter: &Letter) -> Option<PathBuf> {
        match self {
            Self::Smtp(_) => None,
            Self::Files(files) => Some(files.file_of(letter)),
        }
    }

    /// How many letters it is worth sending at once. More of them only wait, and their leases run.
    pub fn at_once(&self) -> usize {
        match self {
            Self::Smtp(smtp) => smtp.limits().connections,
            Self::Files(_) => 1,
        }
    }

    /// Takes leave of the server. For when the queue is empty, and before stopping; sending again
    /// connects again.
    pub async fn rest(&self) {
        if let Self::Smtp(smtp) = self {
            smtp.rest().await;
        }
    }
}

fn given(setting: Option<&str>) -> Option<&str> {
    setting.map(str::trim).filter(|setting| !setting.is_empty())
}
