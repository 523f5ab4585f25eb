//! What may stand on the agenda of a house meeting, and when it may be.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

/// The most matters of one meeting, wishes included: an evening.
pub const MOST_ITEMS: usize = 30;

/// The longest matter, in characters.
pub const TOPIC_MAX_CHARS: usize = 200;
/// The longest decision: as long as the answer to a wish.
pub const DECISION_MAX_CHARS: usize = 500;

/// How many may come.
pub const HEADS: RangeInclusive<i32> = 0..=1000;

/// How far from today a meeting may be.
const FAR: Days = Days::new(366);

/// The days on which a meeting may have been, or will be.
pub fn near(today: NaiveDate) -> RangeInclusive<NaiveDate> {
    today - FAR..=today + FAR
}

/// Whether an agenda is one: something on it, not too much, no wish twice.
///
/// Errors: a code.
pub fn agenda<W: Ord>(wishes: &[W], topics: usize) -> Result<(), &'static str> {
    let once: std::collections::BTreeSet<&W> = wishes.iter().collect();
    match (wishes.len() + topics, once.len() == wishes.len()) {
        (0, _) => Err("EMPTY"),
        (n, _) if n > MOST_ITEMS => Err("OUT_OF_RANGE"),
        (_, false) => Err("SAME_TWICE"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agenda_holds_something_and_each_wish_once() {
        assert_eq!(agenda::<u8>(&[], 0), Err("EMPTY"));
        assert_eq!(agenda(&[1, 2, 1], 0), Err("SAME_TWICE"));
        assert_eq!(agenda(&[1, 2], 28), Ok(()));
        assert_eq!(agenda(&[1, 2], 29), Err("OUT_OF_RANGE"));
    }
}
