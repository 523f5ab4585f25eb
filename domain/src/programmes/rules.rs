//! What a programme asks for before somebody acts as a support person in it.
//!
//! The default programme asks for three gates: the one-year criterion, two weekends of training (or a training completed
//! earlier or elsewhere) and a confidentiality undertaking, as the support-person model of Kainuu does. An association
//! may define programmes that ask for less, or for more: further gates of its own, attested by a coordinator. What is
//! asked for changes on a day; what somebody did on a day is held against what was asked for on that day.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use rinnalla_entity::ids::{GateId, ProgrammeId};

/// How many weekends the training takes, on as many dates: two in the support-person model of Kainuu.
pub const TRAINING_WEEKENDS: usize = 2;

/// How many weekends a programme may ask for: our own choice, as the database holds it too.
pub const MOST_WEEKENDS: i32 = 20;

/// How many further gates a programme may ask for: our own choice, far above need.
pub const MOST_GATES: usize = 20;

/// What is asked for before somebody may act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirements {
    /// The one-year criterion.
    pub asks_criterion: bool,
    /// How many training weekends; no training where it is none.
    pub training_weekends: usize,
    /// Whether a training completed earlier or elsewhere stands for the weekends.
    pub accepts_earlier_training: bool,
    /// Whether experts by experience are taken: their own completed training stands for the weekends.
    pub takes_experts: bool,
    /// The confidentiality undertaking.
    pub asks_confidentiality: bool,
    /// Gates of the association's own.
    pub further: BTreeSet<GateId>,
}

impl Requirements {
    /// The three gates of the default programme.
    pub fn three_gates() -> Self {
        Self {
            asks_criterion: true,
            training_weekends: TRAINING_WEEKENDS,
            accepts_earlier_training: true,
            takes_experts: false,
            asks_confidentiality: true,
            further: BTreeSet::new(),
        }
    }
}

/// What programmes ask for, each from some days on.
#[derive(Clone, Debug, Default)]
pub struct AskedBy(HashMap<ProgrammeId, Vec<(NaiveDate, Requirements)>>);

impl AskedBy {
    /// Notes what a programme asks for from a day on.
    pub fn note(&mut self, programme: ProgrammeId, from: NaiveDate, asked: Requirements) {
        let steps = self.0.entry(programme).or_default();
        steps.push((from, asked));
        steps.sort_by_key(|(from, _)| *from);
    }

    /// What a programme asks for on a day. Before its first day it asks for what it asks for then. Somebody without a
    /// programme, or in one that is not known, is asked for the three gates.
    pub fn on(&self, programme: Option<ProgrammeId>, day: NaiveDate) -> Requirements {
        let steps = programme.and_then(|id| self.0.get(&id));
        let step = steps.and_then(|steps| {
            let by_then = steps.iter().rev().find(|(from, _)| *from <= day);
            by_then.or(steps.first())
        });
        step.map_or_else(Requirements::three_gates, |(_, asked)| asked.clone())
    }

    /// The days on which something else is asked for than before.
    pub fn days(&self) -> BTreeSet<NaiveDate> {
        let steps = self.0.values().flatten();
        steps.map(|(from, _)| *from).collect()
    }
}

#[cfg(test)]
mod tests {
    use rinnalla_entity::ids::Id as _;

    use super::*;
    use crate::calendar::day;

    #[test]
    fn a_programme_asks_for_what_it_asked_for_on_the_day_in_question() {
        let programme = ProgrammeId::random();
        let asking = |weekends| Requirements {
            training_weekends: weekends,
            ..Requirements::three_gates()
        };
        let mut asked = AskedBy::default();
        asked.note(programme, day("1.9.2026"), asking(3));
        asked.note(programme, day("1.1.2026"), asking(1));
        let weekends = |on: &str| asked.on(Some(programme), day(on)).training_weekends;
        assert_eq!(weekends("31.12.2025"), 1, "before the first day");
        assert_eq!(weekends("1.1.2026"), 1);
        assert_eq!(weekends("31.8.2026"), 1);
        assert_eq!(weekends("1.9.2026"), 3);
        assert_eq!(asked.days().len(), 2);
    }

    #[test]
    fn whoever_has_no_programme_is_asked_for_the_three_gates() {
        let asked = AskedBy::default();
        for programme in [None, Some(ProgrammeId::random())] {
            let three = asked.on(programme, day("23.11.2026"));
            assert!(three.asks_criterion && three.asks_confidentiality && three.further.is_empty());
            assert_eq!(three.training_weekends, 2);
        }
    }
}
