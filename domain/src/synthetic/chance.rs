//! Chance that comes out the same for the same seed.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use uuid::Uuid;

use crate::calendar;
use crate::case_code::CaseCode;

/// Draws everything that is left to chance.
pub(super) struct Chance {
    rng: StdRng,
    codes: HashSet<CaseCode>,
}

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            rng: StdRng::seed_from_u64(seed),
            codes: HashSet::new(),
        }
    }

    /// Begins anew from another seed; case codes stay different from all before.
    pub(super) fn reseed(&mut self, seed: u64) {
        self.rng = StdRng::seed_from_u64(seed);
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn from(&mut self, least: i64, most: i64) -> i64 {
        self.rng.random_range(least..=most.max(least))
    }

    /// Whether something of so many in a hundred happens.
    pub(super) fn percent(&mut self, percent: u32) -> bool {
        self.rng.random_range(0..100) < percent
    }

    pub(super) fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.rng.random_range(0..list.len())]
    }

    /// An index, drawn by weight.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.rng.random_range(0..weights.iter().sum::<u32>().max(1));
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// Up to `most` different ones of a list.
    pub(super) fn some_of<T: Copy + PartialEq>(&mut self, list: &[T], most: i64) -> Vec<T> {
        let mut chosen = Vec::new();
        for _ in 0..self.from(0, most) {
            let one = self.one_of(list);
            if !chosen.contains(&one) {
                chosen.push(one);
            }
        }
        chosen
    }

    /// An instant of a day's office hours in Helsinki.
    pub(super) fn at(&mut self, on: NaiveDate) -> DateTime<Utc> {
        let second = self.rng.random_range(8 * 3600..16 * 3600);
        let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0);
        calendar::helsinki_instant(on, time.unwrap_or_default())
    }

    /// An id ordered by time, as it would have been given at an instant.
    pub(super) fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        let mut bytes = [0; 10];
        self.rng.fill_bytes(&mut bytes);
        let millis = at.timestamp_millis().unsigned_abs();
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    /// An id that tells nothing of time.
    pub(super) fn case_id(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        self.rng.fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A case code that was not drawn before.
    pub(super) fn case_code(&mut self) -> String {
        loop {
            let code = CaseCode::draw(&mut self.rng);
            if self.codes.insert(code.clone()) {
                return code.as_str().to_owned();
            }
        }
    }
}
