//! Which counts stay hidden, so that nobody is given away: pure functions over counts.
//!
//! A count under the threshold is hidden, and with it whatever it could be worked out from. What is published of one
//! population is kept simple enough to prove that nothing can: the tables of two breakdowns form a tree, so that (as for
//! decomposable models) any tables that agree with the published one-way tables can be those of one register, and each can
//! be looked at by itself; small categories are put together before tables of two are made, so that each of their sums is
//! shown; and of such a table whole rows are hidden. The hidden rows then are all that is not known, and what is known of
//! them is each row's sum and each column's rest: a hidden cell can be anything from `max(0, row + rest - all)` to
//! `min(row, rest)`, exactly. This hides more than would have to be. It needs no solver, and can be told in a sentence.

use std::collections::BTreeSet;

/// The threshold unless the house has set another (F-0).
pub const THRESHOLD_DEFAULT: u64 = 5;
/// No house may set a lower one (F-0).
pub const LEAST_THRESHOLD: u64 = 3;
/// Nor one with which nothing would be left to read. Our own choice.
pub const MOST_THRESHOLD: u64 = 50;

/// Whether a house may set a threshold.
pub fn is_threshold(threshold: u64) -> bool {
    (LEAST_THRESHOLD..=MOST_THRESHOLD).contains(&threshold)
}

/// How many, and how many people or cases are behind it at least: one person can be behind many meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub n: u64,
    /// Behind it.
    pub behind: u64,
}

impl Count {
    /// Everyone counted once.
    pub fn each(n: u64) -> Self {
        Self { n, behind: n }
    }

    /// Whether it may not be shown: there is something, and too few are behind it.
    pub fn is_small(self, threshold: u64) -> bool {
        self.n > 0 && self.n.min(self.behind) < threshold
    }
}

/// What becomes of a table of one breakdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OneWay {
    /// These of its categories are hidden (none, where everything is shown).
    Hiding(BTreeSet<usize>),
    /// All of it is withheld, its categories as well: to name them would tell too much.
    Withheld,
}

/// Whether counts that are hidden together hide each other. Their sum is known, and that each is at least one: so each can
/// be anything from one to the sum less one for each other.
fn hide_each_other(hidden: impl Iterator<Item = u64> + Clone, threshold: u64) -> bool {
    let (how_many, sum) = (hidden.clone().count() as u64, hidden.sum::<u64>());
    how_many >= 2 && sum + 1 >= threshold + how_many
}

/// Which categories of a table of one breakdown are hidden: the small ones, and the next smallest until they hide each other.
/// `as_a_whole`: all of it is withheld as soon as one is small.
pub fn one_way(counts: &[Count], threshold: u64, as_a_whole: bool) -> OneWay {
    let is_small = |at: &usize| counts[*at].is_small(threshold);
    let mut hidden: BTreeSet<usize> = (0..counts.len()).filter(is_small).collect();
    if hidden.is_empty() {
        return OneWay::Hiding(hidden);
    }
    if as_a_whole {
        return OneWay::Withheld;
    }
    let mut shown: Vec<usize> = (0..counts.len()).collect();
    shown.retain(|at| counts[*at].n > 0 && !hidden.contains(at));
    shown.sort_by_key(|at| (counts[*at].n, *at));
    let mut further = shown.into_iter();
    while !hide_each_other(hidden.iter().map(|at| counts[*at].n), threshold) {
        let Some(next) = further.next() else {
            return OneWay::Withheld;
        };
        hidden.insert(next);
    }
    OneWay::Hiding(hidden)
}

/// Which rows of a table of two breakdowns are hidden, given that every sum of a row and of a column is shown: those with a
/// small count, and the next smallest until no column's rest says anything. `None` where that is all of them.
pub fn rows(table: &[Vec<Count>], threshold: u64) -> Option<BTreeSet<usize>> {
    let sum = |row: &[Count]| row.iter().map(|it| it.n).sum::<u64>();
    let has_small = |at: &usize| table[*at].iter().any(|it| it.is_small(threshold));
    let mut hidden: BTreeSet<usize> = (0..table.len()).filter(has_small).collect();
    if hidden.is_empty() {
        return Some(hidden);
    }
    let mut shown: Vec<usize> = (0..table.len()).collect();
    shown.retain(|at| !hidden.contains(at));
    shown.sort_by_key(|at| (sum(&table[*at]), *at));
    let columns = table.first().map_or(0, Vec::len);
    let says_nothing = |hidden: &BTreeSet<usize>| {
        let rests = (0..columns).map(|column| hidden.iter().map(|at| table[*at][column].n).sum());
        let rests: Vec<u64> = rests.collect();
        let all: u64 = rests.iter().sum();
        let is_wide = |rest: &u64| *rest == 0 || (*rest >= threshold && all - rest >= threshold);
        hidden.len() >= 2 && rests.iter().all(is_wide)
    };
    let mut further = shown.into_iter();
    while !says_nothing(&hidden) {
        hidden.insert(further.next()?);
    }
    Some(hidden)
}

/// Something of each period of a year, where what happened in its quarters adds up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Year<T> {
    /// Of its quarters.
    pub quarters: [T; 4],
    /// Of its halves.
    pub halves: [T; 2],
    /// Of all of it.
    pub year: T,
}

/// Which sums of a year are shown. Quarters are published one after the other, so what is decided of one depends on those
/// before it alone: a small one is hidden, and then the next one that is not empty, until they hide each other. A half-year
/// or year is shown where no hidden quarter can be worked out from it.
pub fn year(of: &Year<Count>, threshold: u64) -> Year<bool> {
    let hide = |hidden: &[usize]| {
        let counts = hidden.iter().map(|at| of.quarters[*at].n);
        hidden.is_empty() || hide_each_other(counts, threshold)
    };
    let mut hidden: Vec<usize> = Vec::new();
    for (at, count) in of.quarters.iter().enumerate() {
        if count.is_small(threshold) || (count.n > 0 && !hide(&hidden)) {
            hidden.push(at);
        }
    }
    let in_half = |half: usize| -> Vec<usize> {
        let hidden = hidden.iter().copied();
        hidden.filter(|at| at / 2 == half).collect()
    };
    let is_shown = |half: usize| hide(&in_half(half)) && !of.halves[half].is_small(threshold);
    let (first, second) = (is_shown(0), is_shown(1));
    // The first half is published before the second is known. Where it is hidden, the year and the second half would give
    // it away together: then the year is shown where it can be, and the second half is not.
    let year = match first {
        true => second,
        false => hide(&hidden) && !in_half(1).is_empty(),
    };
    let year = year && !of.year.is_small(threshold);
    Year {
        quarters: [0, 1, 2, 3].map(|at| !hidden.contains(&at)),
        halves: [first, second && (first || !year)],
        year,
    }
}

#[cfg(test)]
#[path = "suppression_tests.rs"]
mod tests;
