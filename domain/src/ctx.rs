//! Who asks, when, and what was looked at: everything that an act or a question is told besides its input.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, SubsecRound as _, Utc};
use rinnalla_entity::ids::{Id as _, OrganisationId, RequestId};
use uuid::Uuid;

use crate::access::{Actor, Known, Rights};
use crate::calendar;
use crate::error::{Error, Result};
use crate::kept::Kept;
use crate::keys::Keys;
use crate::reached::Reached;
use crate::senders::Senders;
use crate::store::Store;
use crate::texts::Language;

/// The clock: the machine's own, or one that stands still (demonstrations, trials, tests).
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Mutex<Option<DateTime<Utc>>>>);

impl Clock {
    /// A clock that stands at `at` until it is set again.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(Some(at))))
    }

    /// Sets a clock to stand at `at`.
    pub fn set(&self, at: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(|e| e.into_inner()) = Some(at);
    }

    /// Whether the clock stands still.
    pub fn is_fixed(&self) -> bool {
        self.0.lock().unwrap_or_else(|e| e.into_inner()).is_some()
    }

    /// Now, to the microsecond: the precision that both databases keep.
    #[allow(clippy::disallowed_methods)] // the one place where the machine's clock is read
    pub fn now(&self) -> DateTime<Utc> {
        let fixed = *self.0.lock().unwrap_or_else(|e| e.into_inner());
        fixed.unwrap_or_else(Utc::now).trunc_subsecs(6)
    }
}

/// The register as one process holds it. Cheap to clone.
#[derive(Clone)]
pub struct Register {
    /// The database.
    pub store: Store,
    /// The keys that open what is sealed in it.
    pub keys: Arc<Keys>,
    /// The clock that all rules go by.
    pub clock: Clock,
    /// Who has sent how much lately without being signed in.
    pub senders: Senders,
    /// What everybody was told lately.
    pub kept: Kept,
}

impl Register {
    /// A register in which nobody has sent or asked anything yet.
    pub fn new(store: Store, keys: Keys, clock: Clock) -> Self {
        Self {
            store,
            keys: Arc::new(keys),
            clock,
            senders: Senders::default(),
            kept: Kept::default(),
        }
    }
}

/// One request, or one run of a job.
#[derive(Clone)]
pub struct Ctx {
    pub(crate) store: Store,
    pub(crate) keys: Arc<Keys>,
    pub(crate) actor: Option<Arc<Actor>>,
    /// Where the actor is remembered and nobody has looked yet whether that holds: from when rights stood at this number.
    pub(crate) rights: Option<Rights>,
    pub(crate) senders: Senders,
    pub(crate) kept: Kept,
    pub(crate) address: Option<IpAddr>,
    pub(crate) seen: Arc<Mutex<Vec<crate::audit::Seen>>>,
    /// What the request's acts have changed, and the log says so already.
    pub(crate) changed: Arc<Mutex<HashSet<(OrganisationId, Uuid)>>>,
    /// What the request has brought within the actor's reach.
    pub(crate) reached: Arc<Reached>,
    /// The request's id, which every log line and log row of it carries.
    pub request: RequestId,
    /// The instant of the request, the same for everything in it.
    pub now: DateTime<Utc>,
    /// The day of the request in Helsinki; dates decide rules.
    pub today: NaiveDate,
    /// The language in which the actor is answered.
    pub language: Language,
}

impl Ctx {
    /// A request of `actor`, or of nobody.
    pub fn new(register: &Register, actor: Option<Actor>, language: Language) -> Self {
        let now = register.clock.now();
        Self {
            store: register.store.clone(),
            keys: register.keys.clone(),
            senders: register.senders.clone(),
            kept: register.kept.clone(),
            address: None,
            language: actor
                .as_ref()
                .map_or(language, |actor| actor.language.readable(language)),
            actor: actor.map(Arc::new),
            rights: None,
            seen: Arc::default(),
            changed: Arc::default(),
            reached: Arc::default(),
            request: RequestId::random(),
            now,
            today: calendar::helsinki_date(now),
        }
    }

    /// A question of somebody who is remembered ([`crate::access::remembered`]). Its answer goes out only after
    /// [`crate::audit::write_seen`] has looked whether the memory holds.
    pub fn of_remembered(register: &Register, known: Known, language: Language) -> Self {
        Self {
            rights: Some(known.rights),
            ..Self::new(register, Some(known.actor), language)
        }
    }

    /// The same request, from this network address: it is kept nowhere.
    pub fn from_address(mut self, address: Option<IpAddr>) -> Self {
        self.address = address;
        self
    }

    /// Whether whoever asks may send one thing more without being signed in.
    pub(crate) fn may_send(&self) -> bool {
        self.senders.may_send(self.address)
    }

    /// The person who asks.
    ///
    /// Errors: `Unauthenticated`.
    pub fn actor(&self) -> Result<&Actor> {
        self.actor.as_deref().ok_or(Error::Unauthenticated)
    }
}
