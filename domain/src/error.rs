//! What can go wrong, sorted by what the caller can do about it.

use std::fmt;

/// One thing that the person can put right: a stable code, and the input field that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The path of the input field, as `heldOn`; empty where it concerns the act as a whole.
    pub field: &'static str,
    /// The stable code, as `DATE_IN_FUTURE`; its text stands in `locales/*.ftl`.
    pub code: &'static str,
}

/// Why an act or a question was not answered.
#[derive(Debug)]
pub enum Error {
    /// The person can put it right; all faults at once.
    Invalid(Vec<Violation>),
    /// Absent, or not yours to know of: the two are told alike.
    NotFound,
    /// The actor holds no role that may do this anywhere.
    Forbidden,
    /// Nobody is signed in, or the token is no longer good.
    Unauthenticated,
    /// Someone else changed it first (`STALE_VERSION`), or the key was used for something else (`KEY_REUSED`).
    Conflict(&'static str),
    /// The database cannot be reached in time, or its answer to a commit was lost: try again.
    Unavailable,
    /// What was remembered of the actor holds no more: the same is to be asked again, by a sign-in of now.
    Outdated,
    /// Everything else; the cause is for the log alone.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// One violation of one field.
    pub fn invalid(field: &'static str, code: &'static str) -> Self {
        Self::Invalid(vec![Violation { field, code }])
    }

    /// An internal fault described by a sentence that holds no personal data.
    pub fn internal(what: impl Into<String>) -> Self {
        Self::Internal(what.into().into())
    }
}

/// Cannot be: whatever of an input could not be taken was noted as a fault.
pub(crate) fn unchecked() -> Error {
    Error::internal("an input was neither taken nor refused")
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => {
                f.write_str("invalid:")?;
                violations
                    .iter()
                    .try_for_each(|v| write!(f, " {} {}", v.field, v.code))
            }
            Self::NotFound => f.write_str("not found"),
            Self::Forbidden => f.write_str("forbidden"),
            Self::Unauthenticated => f.write_str("unauthenticated"),
            Self::Conflict(code) => write!(f, "conflict: {code}"),
            Self::Unavailable => f.write_str("unavailable"),
            Self::Outdated => f.write_str("outdated"),
            Self::Internal(cause) => write!(f, "internal: {cause}"),
        }
    }
}

impl std::error::Error for Error {}

/// Collects every violation of an input before the act is refused.
#[derive(Debug, Default)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Notes a violation unless `holds`.
    pub fn check(&mut self, holds: bool, field: &'static str, code: &'static str) -> &mut Self {
        if !holds {
            self.0.push(Violation { field, code });
        }
        self
    }

    /// Takes the value out of a check that may have failed; a failure is noted under `field`.
    pub fn take<T>(
        &mut self,
        field: &'static str,
        checked: std::result::Result<T, &'static str>,
    ) -> Option<T> {
        checked
            .map_err(|code| self.0.push(Violation { field, code }))
            .ok()
    }

    /// Refuses the act if anything was noted.
    pub fn done(&mut self) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(std::mem::take(&mut self.0)))
        }
    }
}

/// Constraints that a person can run into although the act was checked: the database is the last guard.
/// PostgreSQL reports a constraint's name; SQLite the name of a CHECK, and a unique index by its columns.
const CONSTRAINTS: &[(&str, &str, &str, &str)] = &[
    (
        "people_email",
        "people.email_lookup",
        "email",
        "EMAIL_IN_USE",
    ),
    (
        "support_persons_once",
        "support_persons.organisation_id, support_persons.person_id",
        "personId",
        "ALREADY_SUPPORT_PERSON",
    ),
    (
        "support_relationships_one_open",
        "support_relationships.case_id, support_relationships.support_person_id",
        "proposalId",
        "RELATIONSHIP_ALREADY_OPEN",
    ),
    (
        "match_proposals_one_open",
        "match_proposals.referral_id",
        "referralId",
        "PROPOSAL_ALREADY_OPEN",
    ),
    (
        "drop_in_places_slug",
        "drop_in_places.slug",
        "slug",
        "SLUG_IN_USE",
    ),
    (
        "case_professionals_once",
        "case_professionals.case_id, case_professionals.person_id",
        "personId",
        "ALREADY_ON_THE_CASE",
    ),
];

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        use sea_orm::{DbErr, RuntimeErr};
        if matches!(&error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) {
            return Self::Unavailable;
        }
        let text = match &error {
            DbErr::Exec(RuntimeErr::SqlxError(e)) | DbErr::Query(RuntimeErr::SqlxError(e)) => {
                match e.as_database_error() {
                    Some(db) => {
                        let code = db.code().unwrap_or_default();
                        // A lost connection, a shutdown, a serialisation failure, a deadlock, a statement over its time
                        // (on SQLite 9).
                        if code.starts_with("08")
                            || ["57P01", "57014", "40001", "40P01", "9"].contains(&code.as_ref())
                        {
                            return Self::Unavailable;
                        }
                        db.constraint()
                            .map_or_else(|| db.message().to_owned(), str::to_owned)
                    }
                    None => return Self::Unavailable,
                }
            }
            _ => String::new(),
        };
        for (name, columns, field, code) in CONSTRAINTS {
            if text == *name || text.ends_with(columns) {
                return Self::invalid(field, code);
            }
        }
        Self::Internal(Box::new(error))
    }
}
