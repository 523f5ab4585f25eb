//! How the worker is set up, and whether that can be followed.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rinnalla_domain::participation::suppression::THRESHOLD_DEFAULT;

use crate::delivery::{self, Post, SettingsError};
use crate::mail::Link;
use crate::message::Sender;
use crate::smtp::Limits;

/// A mail that has just been handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Its Message-ID, which tells nothing of anyone.
    pub message_id: String,
    /// Its file, where mail is written into a folder.
    pub file: Option<PathBuf>,
}

/// Told of every mail that was handed over.
pub type OnDelivered = Arc<dyn Fn(&Delivered) + Send + Sync>;

/// One run of a job, as it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRun {
    /// The job.
    pub name: &'static str,
    /// What came of it.
    pub result: RunResult,
    /// When it ended, by the register's clock.
    pub ended_at: DateTime<Utc>,
    /// How long it took.
    pub took: Duration,
}

/// What came of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunResult {
    /// Done, with the number of what the job counts.
    Done(u64),
    /// Left out: another worker was running it.
    Elsewhere,
    /// It failed, and is tried again.
    Failed,
}

/// Told of every run of a job.
pub type OnRun = Arc<dyn Fn(&JobRun) + Send + Sync>;

/// How the worker is set up.
#[derive(Clone)]
pub struct Settings {
    /// The mail server, as `smtp+starttls://user:password@mail.example.org:587`; without one, mail goes into files.
    pub smtp_url: Option<String>,
    /// Who mails are from, as `Muistutukset <noreply@example.org>`.
    pub mail_from: String,
    /// Where people sign in; the links in mails begin with it.
    pub public_url: String,
    /// The folder for `.eml` files where there is no mail server.
    pub mail_folder: PathBuf,
    /// A file of certificates (PEM) to trust instead of the system's.
    pub smtp_ca_file: Option<PathBuf>,
    /// How often the worker looks what is due; at least a second.
    pub tick: Duration,
    /// How long a claimed mail is this worker's; at least two seconds. Another worker takes over a mail of one that
    /// died when this has passed.
    pub lease: Duration,
    /// The wait before the second attempt; it doubles from there.
    pub first_retry: Duration,
    /// How many mails are handed over at a time.
    pub parallel: usize,
    /// Counts under this are hidden in the figures that are published.
    pub figures_threshold: u64,
    /// Told of every mail that was handed over.
    pub on_delivered: Option<OnDelivered>,
    /// Told of every run of a job.
    pub on_run: Option<OnRun>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            smtp_url: None,
            mail_from: "noreply@localhost".to_owned(),
            public_url: "http://localhost:8080".to_owned(),
            mail_folder: PathBuf::from("data/mail"),
            smtp_ca_file: None,
            tick: Duration::from_secs(10),
            lease: Duration::from_secs(300),
            first_retry: Duration::from_secs(60),
            parallel: Limits::default().connections,
            figures_threshold: THRESHOLD_DEFAULT,
            on_delivered: None,
            on_run: None,
        }
    }
}

/// The least time between two looks at what is due: the scheduler knows whole seconds.
const LEAST_TICK: Duration = Duration::from_secs(1);
/// The least lease: a mail must be handed over within half of it.
const LEAST_LEASE: Duration = Duration::from_secs(2);

impl Settings {
    /// Everything that is wrong with the settings.
    pub fn faults(&self) -> Vec<SettingsError> {
        self.opened().err().unwrap_or_default()
    }

    /// The sender and the way out; connects to nothing yet.
    pub(crate) fn opened(&self) -> Result<(Sender, Post), Vec<SettingsError>> {
        let mut faults = Vec::new();
        if Link::parse(&self.link_to("x")).is_err() {
            faults.push(SettingsError::PublicUrl);
        }
        if self.tick < LEAST_TICK {
            faults.push(SettingsError::Tick);
        }
        if self.lease < LEAST_LEASE {
            faults.push(SettingsError::Lease);
        }
        if self.parallel == 0 {
            faults.push(SettingsError::Parallel);
        }
        let sender = Sender::parse(&self.mail_from);
        // A server's address is looked at also where the sender's is wrong: all faults are told at once.
        let post = sender
            .as_ref()
            .map_or_else(
                |_| Sender::parse("noreply@example.org"),
                |it| Ok(it.clone()),
            )
            .and_then(|from| self.post(&from));
        match (sender, post) {
            (Ok(sender), Ok(post)) if faults.is_empty() => return Ok((sender, post)),
            (sender, post) => faults.extend([sender.err(), post.err()].into_iter().flatten()),
        }
        Err(faults)
    }

    fn post(&self, from: &Sender) -> Result<Post, SettingsError> {
        let usual = Limits::default();
        Post::from_settings(delivery::Settings {
            from,
            smtp_url: self.smtp_url.as_deref(),
            smtp_ca_file: self.smtp_ca_file.as_deref(),
            folder: &self.mail_folder,
            limits: Limits {
                connections: self.parallel,
                send: usual.send.min(self.lease / 2),
                connect: usual.connect.min(self.lease / 4),
                ..usual
            },
        })
    }

    /// The address at which a link for signing in is used.
    pub(crate) fn sign_in_link(&self, secret: &str) -> String {
        format!("{}/sign-in/{secret}", self.public_url.trim_end_matches('/'))
    }

    /// The address behind which an object is seen after signing in.
    pub(crate) fn link_to(&self, opaque_id: &str) -> String {
        format!("{}/r/{opaque_id}", self.public_url.trim_end_matches('/'))
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The server's address holds a password.
        f.write_str("Settings(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_settings_can_be_followed() {
        assert!(Settings::default().faults().is_empty());
    }

    #[test]
    fn all_wrong_settings_are_told_at_once_without_the_password() {
        let wrong = Settings {
            smtp_url: Some("smtp://user:secret@mail.example.org".to_owned()),
            mail_from: "nobody".to_owned(),
            public_url: "http://rinnalla.example.org".to_owned(),
            tick: Duration::from_millis(999),
            lease: Duration::from_secs(1),
            parallel: 0,
            ..Settings::default()
        };
        let faults = wrong.faults();
        assert_eq!(faults.len(), 6, "{faults:?}");
        assert!(!format!("{faults:?} {wrong:?}").contains("secret"));
    }
}
