//! Acts that invented people do by themselves, each on its day, through the same doors as anybody.

use chrono::{NaiveDate, NaiveTime};
use rinnalla_entity::ids::PersonId;

use super::touches::as_player;
use crate::act::IdempotencyKey;
use crate::calendar::{helsinki_date, helsinki_instant};
use crate::ctx::{Clock, Ctx, Register};
use crate::error::Result;

/// At four in the afternoon what the day brought is written down.
const WRITTEN_AT: NaiveTime = match NaiveTime::from_hms_opt(16, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Who acts, when, and under which key.
pub(super) struct Acting<'a> {
    register: &'a Register,
    pub today: NaiveDate,
    about: &'static str,
    keys: u32,
}

impl<'a> Acting<'a> {
    pub(super) fn new(register: &'a Register, about: &'static str) -> Self {
        Self {
            register,
            today: helsinki_date(register.clock.now()),
            about,
            keys: 0,
        }
    }

    /// Somebody, as they were signed in on a day; today, as they are now.
    pub(super) async fn as_on(&self, person: PersonId, on: NaiveDate) -> Result<Ctx> {
        let at = helsinki_instant(on, WRITTEN_AT).min(self.register.clock.now());
        let then = Register {
            clock: Clock::fixed(at),
            ..self.register.clone()
        };
        as_player(&then, person).await
    }

    pub(super) fn key(&mut self) -> IdempotencyKey {
        self.keys += 1;
        IdempotencyKey {
            key: format!("demonstration-{}-{}", self.about, self.keys),
            input: Vec::new(),
        }
    }
}
