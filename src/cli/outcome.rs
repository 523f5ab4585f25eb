//! How a command ends: well, with wrong settings (exit code 2), or with a failure (exit code 1).

use std::fmt::Arguments;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use rinnalla_domain::error::Error;
use rinnalla_domain::texts::{self, Language};

use super::settings::Fault;

/// Says a line on the terminal, as `println!` does. Whoever listens may have heard enough, as `head` has after ten lines:
/// then the command ends without a word.
macro_rules! tell {
    ($($text:tt)*) => {
        $crate::cli::outcome::line(format_args!($($text)*))
    };
}
pub(super) use tell;

/// What [`tell`] says.
pub fn line(text: Arguments<'_>) {
    let said = writeln!(std::io::stdout().lock(), "{text}");
    if said.is_err_and(|fault| fault.kind() == ErrorKind::BrokenPipe) {
        std::process::exit(0);
    }
}

/// What a command returns.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Why a command ended otherwise than well.
#[derive(Debug)]
pub enum Failure {
    /// Settings that are wrong or missing, all of them.
    Settings(Vec<Fault>),
    /// A sentence for the administrator.
    Failed(String),
}

/// A failure, said in a sentence.
pub fn failed(what: impl Into<String>) -> Failure {
    Failure::Failed(what.into())
}

impl Failure {
    /// Tells it on the terminal.
    pub fn exit(self) -> ExitCode {
        match self {
            Self::Settings(faults) => {
                let number = match faults.len() {
                    1 => "a setting is".to_owned(),
                    n => format!("{n} settings are"),
                };
                eprintln!("rinnalla: {number} wrong; `rinnalla --help` lists them all");
                for fault in faults {
                    eprintln!("  {fault}");
                }
                ExitCode::from(2)
            }
            Self::Failed(what) => {
                eprintln!("rinnalla: {what}");
                ExitCode::FAILURE
            }
        }
    }
}

impl From<Vec<Fault>> for Failure {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Settings(faults)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Unavailable => failed("the database cannot be reached"),
            Error::NotFound => failed("there is no such thing"),
            Error::Invalid(violations) => failed(
                violations
                    .iter()
                    .map(|it| {
                        let sentence = texts::of_code(Language::En, it.code);
                        format!("{}: {sentence} ({})", it.field, it.code)
                    })
                    .collect::<Vec<_>>()
                    .join("\nrinnalla: "),
            ),
            other => failed(other.to_string()),
        }
    }
}
