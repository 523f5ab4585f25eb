//! Who the bearers of tokens were when they last signed in, as this process remembers them.
//!
//! A memory alone lets nobody in. Everything that a sign-in reads is under one number, which the database raises with every
//! change of it (the table `rights`); a memory holds while the number is what it was. Whether it is, is looked at before an
//! answer goes out, in the statement that writes what the question has looked at ([`crate::audit::write_seen`]), and before
//! an act begins. So a token that is revoked, or a role that ends, is refused at once, in every process, as if nothing
//! were remembered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};

use super::Actor;
use crate::tokens::TokenHash;

/// The number of changes of who may sign in and do what.
pub(crate) type Rights = i64;

/// Bearers that a process remembers at most; then it begins anew.
const MOST: usize = 10_000;

/// Somebody as they signed in.
#[derive(Clone, Debug)]
pub struct Known {
    pub(crate) actor: Actor,
    pub(crate) rights: Rights,
    /// The day whose roles these are.
    pub(crate) on: NaiveDate,
    /// When the token ends.
    pub(crate) until: DateTime<Utc>,
}

/// Bearers by the hashes of their tokens.
#[derive(Clone, Default)]
pub(crate) struct Remembered(Arc<Mutex<HashMap<TokenHash, Known>>>);

impl Remembered {
    fn all(&self) -> MutexGuard<'_, HashMap<TokenHash, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody whose memory may still hold: on the same day, before the token's end.
    pub fn find(&self, token: &TokenHash, on: NaiveDate, now: DateTime<Utc>) -> Option<Known> {
        let all = self.all();
        let known = all.get(token)?;
        (known.on == on && now < known.until).then(|| known.clone())
    }

    /// What a sign-in found, or that it found nobody.
    pub fn keep(&self, token: TokenHash, found: Option<&Known>) {
        let mut all = self.all();
        let Some(known) = found else {
            all.remove(&token);
            return;
        };
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(token, known.clone());
    }
}

impl std::fmt::Debug for Remembered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} remembered", self.all().len())
    }
}
