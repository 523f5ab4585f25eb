//! How the domain's errors reach a client: what the person can put right becomes the payload's `userErrors`; the rest
//! are top-level errors with `extensions.code`. Whatever has no code here is `INTERNAL`; its cause is for the log alone.

use async_graphql::{Error as GraphqlError, ErrorExtensions as _};
use rinnalla_domain::error::Error;
use rinnalla_domain::texts::{self, Language};

/// A top-level error.
pub fn top_level(error: Error, language: Language) -> GraphqlError {
    let code = match &error {
        Error::Invalid(violations) => {
            let first = violations.first();
            let (field, code) = first.map_or(("", "BAD_USER_INPUT"), |v| (v.field, v.code));
            return GraphqlError::new(texts::of_code(language, code)).extend_with(|_, e| {
                e.set("code", "BAD_USER_INPUT");
                e.set("field", field);
                e.set("reason", code);
            });
        }
        Error::NotFound => "NOT_FOUND",
        Error::Forbidden => "FORBIDDEN",
        Error::Unauthenticated => "UNAUTHENTICATED",
        Error::Conflict(reason) => {
            let reason = *reason;
            return GraphqlError::new(texts::of_code(language, reason)).extend_with(|_, e| {
                e.set("code", "CONFLICT");
                e.set("reason", reason);
            });
        }
        Error::Unavailable | Error::Outdated => "UNAVAILABLE",
        Error::Internal(cause) => return GraphqlError::new(cause.to_string()),
    };
    GraphqlError::new(texts::of_code(language, code)).extend_with(|_, e| e.set("code", code))
}
