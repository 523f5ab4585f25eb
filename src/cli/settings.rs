//! The settings, by flag or by environment. All that are wrong are told at once, a line each; a secret is never shown.

mod reading;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use rinnalla_domain::ctx::Clock;
use rinnalla_domain::participation::suppression::is_threshold;

use rinnalla_api::TrustedDocuments;
use rinnalla_worker::delivery::SettingsError;

pub use self::reading::helsinki_time;
use self::reading::{at_least, database, door, origins, yes_or_no};

/// What may be set, as it was written. Everything is text here, so that all faults can be told at once.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Settings")]
pub struct Written {
    /// Where the register is kept: `sqlite:PATH` or `postgres://USER@HOST/NAME` [default: sqlite in DATA_DIR]
    #[arg(long, env, global = true, hide_env_values = true, value_name = "URL")]
    database_url: Option<String>,
    /// The mail server: `smtp+starttls://USER:PASSWORD@HOST:587` or `smtps://…`; `smtp://` on this machine alone
    #[arg(long, env, global = true, hide_env_values = true, value_name = "URL")]
    smtp_url: Option<String>,
    /// A file of certificates (PEM) to trust instead of the machine's own, for the mail server
    #[arg(long, env, global = true, value_name = "FILE")]
    smtp_ca_file: Option<String>,
    /// The neutral address that mail comes from, as `no-reply@example.org`
    #[arg(long, env, global = true, value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// Where people reach the register; links in mail begin with it [default: http:// and LISTEN]
    #[arg(long, env, global = true, value_name = "URL")]
    public_url: Option<String>,
    /// Where the API listens [default: 127.0.0.1:8000]
    #[arg(long, env, global = true, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Where `/metrics` is shown: a door that is not the public one [default: nowhere]
    #[arg(long, env, global = true, value_name = "ADDRESS:PORT")]
    metrics_listen: Option<String>,
    /// The folder of the embedded database, its key file and its mail [default: ./data]
    #[arg(long, env, global = true, value_name = "FOLDER")]
    data_dir: Option<String>,
    /// The file of the keys that open names and addresses [default: `key` in DATA_DIR]
    #[arg(long, env, global = true, value_name = "FILE")]
    key_file: Option<String>,
    /// Web pages that may ask the API from a browser, as `https://app.example.org`; commas between
    #[arg(long, env, global = true, value_name = "ORIGINS")]
    allowed_origins: Option<String>,
    /// Serve GraphiQL at /graphiql, answer questions about the schema, and name what was probably meant: `true` or `false`
    /// [default: true in demo, false elsewhere]
    #[arg(long, env, global = true, value_name = "YES", num_args = 0..=1, default_missing_value = "true")]
    development: Option<String>,
    /// A folder of `.graphql` files, or a JSON file of documents: the API answers these alone [default: any]
    #[arg(long, env, global = true, value_name = "PATH")]
    trusted_documents: Option<String>,
    /// How much is logged: `error`, `warn`, `info`, `debug`, `trace` [default: info]
    #[arg(long, env, global = true, value_name = "LEVEL")]
    log_level: Option<String>,
    /// How a log line looks: `text` or `json` [default: text]
    #[arg(long, env, global = true, value_name = "FORMAT")]
    log_format: Option<String>,
    /// How often the worker looks for work, at least 1s [default: 10s]
    #[arg(long, env, global = true, value_name = "TIME")]
    worker_tick: Option<String>,
    /// How long a mail is one worker's own before another may take it up, at least 2s [default: 5m]
    #[arg(long, env, global = true, value_name = "TIME")]
    worker_lease: Option<String>,
    /// How long the worker waits before it tries a mail a second time [default: 1m]
    #[arg(long, env, global = true, value_name = "TIME")]
    worker_first_retry: Option<String>,
    /// Counts under this are hidden in figures for analysts, at least 3 [default: 5]
    #[arg(long, env, global = true, value_name = "COUNT")]
    figures_threshold: Option<String>,
    /// For trials: a clock that stands still at this time in Helsinki, as `2026-11-20T10:00`
    #[arg(long, env, global = true, value_name = "TIME")]
    clock: Option<String>,
}

/// How a log line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Which database.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A server; the address may hold a password.
    Postgres(String),
}

impl DatabaseUrl {
    /// As the store takes it.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite:{}", path.display()),
            Self::Postgres(url) => url.clone(),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite(_) => "Sqlite",
            Self::Postgres(_) => "Postgres",
        })
    }
}

/// The settings, checked. What was not set and depends on the command is `None`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the register is kept, where it was said.
    pub database: Option<DatabaseUrl>,
    /// The mail server's address, which may hold a password.
    pub smtp_url: Option<String>,
    /// Further certificates that the mail server may be signed by.
    pub smtp_ca_file: Option<PathBuf>,
    /// The sender of all mail.
    pub mail_from: Option<String>,
    /// Where people reach the register, without a slash at its end.
    pub public_url: Option<String>,
    /// Where the API listens.
    pub listen: Option<SocketAddr>,
    /// Where the numbers are shown.
    pub metrics_listen: Option<SocketAddr>,
    /// The data folder.
    pub data_dir: PathBuf,
    /// The key file.
    pub key_file: PathBuf,
    /// Web pages that may ask from a browser.
    pub allowed_origins: Vec<String>,
    /// Whether GraphiQL is served and introspection is on, where it was said.
    pub development: Option<bool>,
    /// The documents that the API answers alone.
    pub trusted_documents: Option<Arc<TrustedDocuments>>,
    /// How much is logged.
    pub log_level: Option<tracing::level_filters::LevelFilter>,
    /// How a log line looks.
    pub log_format: LogFormat,
    /// How often the worker looks for work.
    pub worker_tick: Option<Duration>,
    /// How long a claim holds.
    pub worker_lease: Option<Duration>,
    /// How long until the second try.
    pub worker_first_retry: Option<Duration>,
    /// Counts under this are hidden in figures for analysts.
    pub figures_threshold: Option<u64>,
    /// The clock stands here.
    pub clock: Option<DateTime<Utc>>,
}

/// What a command cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A database, or a place to make one.
    Database,
    /// A key file that is there.
    Keys,
    /// A way for mail to leave the house.
    Mail,
    /// What links in mail begin with.
    PublicUrl,
}

impl Need {
    fn settings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Database => &[(
                "DATABASE_URL",
                "needed: sqlite:PATH or postgres://USER@HOST/NAME",
            )],
            Self::Keys => &[(
                "KEY_FILE",
                "there is no such file; `rinnalla migrate` makes one for a new register",
            )],
            Self::Mail => &[
                (
                    "SMTP_URL",
                    "needed: the mail server, as smtp+starttls://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST",
                ),
                (
                    "MAIL_FROM",
                    "needed: the neutral address that mail comes from, as no-reply@example.org",
                ),
            ],
            Self::PublicUrl => &[(
                "PUBLIC_URL",
                "needed: links in mail begin with it, as https://rinnalla.example.org",
            )],
        }
    }
}

/// A setting that is wrong or missing.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The name in the environment, as `LISTEN`.
    pub name: &'static str,
    /// What was expected; it never holds a secret.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flag = self.name.to_lowercase().replace('_', "-");
        write!(f, "{} (--{flag}): {}", self.name, self.what)
    }
}

/// Where the API listens unless told otherwise: this machine alone.
pub const LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8000);
/// Where the numbers could be shown; nowhere unless told.
const METRICS_LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 9464);
/// The data folder unless told otherwise.
pub const DATA_DIR: &str = "data";

impl Written {
    /// Whether anything says that there is a register already.
    pub fn names_a_register(&self) -> bool {
        set(&self.database_url).is_some()
            || set(&self.data_dir).is_some()
            || Path::new(DATA_DIR).exists()
    }

    /// Checks every setting, and those that the command needs; all faults at once.
    pub fn check(&self, needs: &[Need]) -> Result<Settings, Vec<Fault>> {
        let mut faults = Faults(Vec::new());
        let data_dir = PathBuf::from(set(&self.data_dir).unwrap_or(DATA_DIR));
        let settings = Settings {
            database: faults.take("DATABASE_URL", &self.database_url, database),
            smtp_url: set(&self.smtp_url).map(str::to_owned),
            smtp_ca_file: set(&self.smtp_ca_file).map(PathBuf::from),
            mail_from: set(&self.mail_from).map(str::to_owned),
            public_url: set(&self.public_url).map(|url| url.trim_end_matches('/').to_owned()),
            listen: faults.take("LISTEN", &self.listen, |text| door(text, LISTEN)),
            metrics_listen: faults.take("METRICS_LISTEN", &self.metrics_listen, |text| {
                door(text, METRICS_LISTEN)
            }),
            key_file: set(&self.key_file).map_or_else(|| data_dir.join("key"), PathBuf::from),
            data_dir,
            allowed_origins: faults
                .take("ALLOWED_ORIGINS", &self.allowed_origins, origins)
                .unwrap_or_default(),
            development: faults.take("DEVELOPMENT", &self.development, yes_or_no),
            trusted_documents: faults.take("TRUSTED_DOCUMENTS", &self.trusted_documents, |text| {
                TrustedDocuments::read(Path::new(text)).map(Arc::new)
            }),
            log_level: faults.take("LOG_LEVEL", &self.log_level, |text| {
                text.parse()
                    .map_err(|_| "expected error, warn, info, debug or trace".to_owned())
            }),
            log_format: faults
                .take("LOG_FORMAT", &self.log_format, |text| {
                    LogFormat::from_str(text, true).map_err(|_| "expected text or json".to_owned())
                })
                .unwrap_or(LogFormat::Text),
            worker_tick: faults.take("WORKER_TICK", &self.worker_tick, |text| {
                at_least(text, Duration::from_secs(1))
            }),
            worker_lease: faults.take("WORKER_LEASE", &self.worker_lease, |text| {
                at_least(text, Duration::from_secs(2))
            }),
            worker_first_retry: faults.take(
                "WORKER_FIRST_RETRY",
                &self.worker_first_retry,
                |text| at_least(text, Duration::from_millis(1)),
            ),
            figures_threshold: faults.take("FIGURES_THRESHOLD", &self.figures_threshold, |text| {
                let told = text.parse().ok().filter(|it| is_threshold(*it));
                told.ok_or_else(|| "expected a whole number from 3 to 50".to_owned())
            }),
            clock: faults.take("CLOCK", &self.clock, helsinki_time),
        };
        faults.take_mail(&settings);
        let is_set = [
            (
                "DATABASE_URL",
                set(&self.database_url).is_some() || settings.file().exists(),
            ),
            ("KEY_FILE", settings.key_file.is_file()),
            ("SMTP_URL", set(&self.smtp_url).is_some()),
            ("MAIL_FROM", set(&self.mail_from).is_some()),
            ("PUBLIC_URL", set(&self.public_url).is_some()),
        ];
        let mut needs = needs.to_vec();
        if set(&self.smtp_url).is_some() {
            needs.extend([Need::Mail, Need::PublicUrl]);
        }
        needs.sort_unstable();
        needs.dedup();
        for (name, what) in needs.iter().flat_map(|need| need.settings()) {
            if is_set.contains(&(name, false)) {
                faults.add(name, *what);
            }
        }
        if faults.0.is_empty() {
            Ok(settings)
        } else {
            Err(faults.0)
        }
    }
}

impl Settings {
    /// The embedded database's file.
    pub fn file(&self) -> PathBuf {
        self.data_dir.join("rinnalla.sqlite")
    }

    /// The folder for mail where there is no mail server.
    pub fn mail_folder(&self) -> PathBuf {
        self.data_dir.join("mail")
    }

    /// The database that was said, else the embedded one.
    pub fn database_or_file(&self) -> DatabaseUrl {
        self.database
            .clone()
            .unwrap_or_else(|| DatabaseUrl::Sqlite(self.file()))
    }

    /// The clock that all rules go by.
    pub fn clock(&self) -> Clock {
        self.clock.map_or_else(Clock::default, Clock::fixed)
    }

    /// Where people reach the register.
    pub fn public_url(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| {
            let listen = self.listen.unwrap_or(LISTEN);
            match listen.ip().is_unspecified() {
                true => format!("http://localhost:{}", listen.port()),
                false => format!("http://{listen}"),
            }
        })
    }
}

struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, name: &'static str, what: impl Into<String>) {
        self.0.push(Fault {
            name,
            what: what.into(),
        });
    }

    fn take<T>(
        &mut self,
        name: &'static str,
        written: &Option<String>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let read = read(set(written)?);
        read.map_err(|what| self.add(name, what)).ok()
    }
}

impl Faults {
    /// What the worker would not follow.
    fn take_mail(&mut self, settings: &Settings) {
        let mut worker = settings.for_worker(None, None);
        // Without a mail server nobody outside reads the links and the sender.
        if settings.public_url.is_none() {
            worker.public_url = "https://rinnalla.example.org".to_owned();
        }
        for fault in worker.faults() {
            let name = match fault {
                SettingsError::From => "MAIL_FROM",
                SettingsError::CaFile | SettingsError::NoRoots => "SMTP_CA_FILE",
                SettingsError::PublicUrl => "PUBLIC_URL",
                // These are checked where they are read.
                SettingsError::Tick | SettingsError::Lease | SettingsError::Parallel => continue,
                _ => "SMTP_URL",
            };
            let what = fault.to_string();
            let bare = what
                .strip_prefix(name)
                .map_or(what.as_str(), str::trim_start);
            self.add(name, bare);
        }
        // A wrong mail server hides what is wrong with its certificates.
        let file = settings.smtp_ca_file.as_ref();
        let is_told = self.0.iter().any(|fault| fault.name == "SMTP_CA_FILE");
        if !is_told && file.is_some_and(|file| std::fs::File::open(file).is_err()) {
            self.add("SMTP_CA_FILE", SettingsError::CaFile.to_string());
        }
    }
}

/// What was set; an empty value counts as none, as compose files write it.
fn set(written: &Option<String>) -> Option<&str> {
    written
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
