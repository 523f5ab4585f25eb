//! When somebody may act as a support person.
//!
//! A support person has recovered from substance dependence, or is the recovered next of kin of somebody dependent;
//! substance-free time has lasted at least a year; the training takes two weekends (the support-person model of
//! Kainuu). Together with a confidentiality undertaking these are the three gates. A coordinator attests each;
//! nobody acts as a support person on a day on which one of them is open.
//!
//! For somebody with a next of kin's background the coordinator may attest that the one-year criterion does not apply.
//! A training completed earlier or elsewhere is attested instead of the weekends. A pause has no reason: a relapse is
//! nothing that this register knows of.
//!
//! What somebody is today follows from what was recorded and still stands. A gate that is cancelled takes the ground
//! from under an activation: it stays in the history, and has no effect.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rinnalla_entity::ids::SupportPersonActId;
use rinnalla_entity::states::{
    SupportBackground, SupportPersonActKind as Kind, SupportPersonStatus as Status,
};

use crate::calendar::{add_months, plus_days};

/// How long substance-free time has lasted at least: one year in the support-person model of Kainuu, counted as
/// Act 150/1930 § 3 counts years.
pub const SUBSTANCE_FREE_MONTHS: i32 = 12;

/// How many weekends the training takes, on as many dates: two in the support-person model of Kainuu.
pub const TRAINING_WEEKENDS: usize = 2;

/// Something that was recorded and still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The entry.
    pub id: SupportPersonActId,
    /// What happened.
    pub kind: Kind,
    /// The day on which it happened.
    pub on: NaiveDate,
}

/// What is attested about a support person by some day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Gates {
    /// When the one-year criterion was attested as met.
    pub criterion_met_on: Option<NaiveDate>,
    /// When it was attested that the criterion does not apply.
    pub criterion_not_applicable_on: Option<NaiveDate>,
    /// How many training weekends were attended, each on its own date.
    pub weekends: usize,
    /// When the training became complete: the second weekend, or the attestation of an earlier training.
    pub training_complete_on: Option<NaiveDate>,
    /// When the confidentiality undertaking was signed.
    pub confidentiality_signed_on: Option<NaiveDate>,
}

impl Gates {
    /// The gate of the one-year criterion.
    pub fn has_criterion(&self) -> bool {
        self.criterion_met_on.is_some() || self.criterion_not_applicable_on.is_some()
    }

    /// The gate of the training.
    pub fn has_training(&self) -> bool {
        self.training_complete_on.is_some()
    }

    /// The gate of the confidentiality undertaking.
    pub fn has_confidentiality(&self) -> bool {
        self.confidentiality_signed_on.is_some()
    }

    /// Whether all three are open to walk through.
    pub fn are_all_met(&self) -> bool {
        self.has_criterion() && self.has_training() && self.has_confidentiality()
    }
}

/// How a support person stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub status: Status,
    /// The gates, with everything that is attested.
    pub gates: Gates,
    /// Entries that change nothing where they stand: an activation whose gate was cancelled, and what followed on it.
    pub without_effect: BTreeSet<SupportPersonActId>,
}

/// Whether substance-free time since a day has lasted the year that is asked for, on a day.
pub fn is_criterion_met(substance_free_since: NaiveDate, on: NaiveDate) -> bool {
    add_months(substance_free_since, SUBSTANCE_FREE_MONTHS) <= on
}

/// The gates as they stand at the end of a day.
pub fn gates_on(background: SupportBackground, entries: &[Entry], day: NaiveDate) -> Gates {
    let earliest = |kind: Kind| {
        let of_kind = entries.iter().filter(|it| it.kind == kind && it.on <= day);
        of_kind.map(|it| it.on).min()
    };
    let weekends: BTreeSet<NaiveDate> = entries
        .iter()
        .filter(|it| it.kind == Kind::TrainingWeekendAttended && it.on <= day)
        .map(|it| it.on)
        .collect();
    let last_needed = weekends.iter().nth(TRAINING_WEEKENDS - 1).copied();
    let attested = earliest(Kind::EarlierTrainingAttested);
    Gates {
        criterion_met_on: earliest(Kind::CriterionMet),
        criterion_not_applicable_on: earliest(Kind::CriterionNotApplicable)
            .filter(|_| background == SupportBackground::NextOfKin),
        weekends: weekends.len(),
        training_complete_on: last_needed.into_iter().chain(attested).min(),
        confidentiality_signed_on: earliest(Kind::ConfidentialitySigned),
    }
}

/// Works out how a support person stands. `entries` come in the order of recording; days decide, and among acts of
/// one day the order of recording.
pub fn fold(background: SupportBackground, entries: &[Entry]) -> Standing {
    let mut by_day: Vec<&Entry> = entries.iter().collect();
    by_day.sort_by_key(|it| it.on);
    let mut without_effect = BTreeSet::new();
    let mut walk = Walk {
        started: false,
        role: Role::NotYet,
    };
    for entry in by_day {
        if !walk.take(background, entries, entry) {
            without_effect.insert(entry.id);
        }
    }
    let gates = gates_on(background, entries, NaiveDate::MAX);
    Standing {
        status: walk.status(&gates),
        gates,
        without_effect,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    NotYet,
    Active,
    Paused,
    Ended,
}

struct Walk {
    started: bool,
    role: Role,
}

impl Walk {
    /// Takes one entry; `false` where it changes nothing.
    fn take(&mut self, background: SupportBackground, all: &[Entry], entry: &Entry) -> bool {
        let has_gates = || gates_on(background, all, entry.on).are_all_met();
        let (may, to) = match entry.kind {
            Kind::TrainingStarted => {
                let before = gates_on(background, all, plus_days(entry.on, -1));
                let is_first = !self.started && before.weekends == 0 && !before.has_training();
                self.started |= self.role == Role::NotYet;
                (is_first && self.role == Role::NotYet, self.role)
            }
            Kind::Activated => (self.role == Role::NotYet && has_gates(), Role::Active),
            Kind::Paused => (self.role == Role::Active, Role::Paused),
            Kind::Resumed => (self.role == Role::Paused && has_gates(), Role::Active),
            Kind::Ended => (self.role != Role::Ended, Role::Ended),
            // What the gates change they say themselves; after the end nothing is left to attest.
            Kind::CriterionMet
            | Kind::CriterionNotApplicable
            | Kind::TrainingWeekendAttended
            | Kind::EarlierTrainingAttested
            | Kind::ConfidentialitySigned => (self.role != Role::Ended, self.role),
        };
        if may {
            self.role = to;
        }
        may
    }

    fn status(&self, gates: &Gates) -> Status {
        match self.role {
            Role::Ended => Status::Ended,
            Role::Active => Status::Active,
            Role::Paused => Status::Paused,
            Role::NotYet if gates.has_training() => Status::Trained,
            Role::NotYet if self.started || gates.weekends > 0 => Status::InTraining,
            Role::NotYet => Status::Applicant,
        }
    }
}

/// Whether an entry attests something, as against changing what somebody is.
pub fn is_gate(kind: Kind) -> bool {
    use Kind::{
        ConfidentialitySigned, CriterionMet, CriterionNotApplicable, EarlierTrainingAttested,
        TrainingWeekendAttended,
    };
    matches!(
        kind,
        CriterionMet
            | CriterionNotApplicable
            | TrainingWeekendAttended
            | EarlierTrainingAttested
            | ConfidentialitySigned
    )
}

/// Why an act is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The support person's state on that day does not allow it.
    WrongState,
    /// A gate is open on that day.
    GatesOpen,
    /// The same is attested already.
    AlreadyRecorded,
    /// The criterion applies to whoever has recovered from dependence.
    CriterionApplies,
    /// Something that was recorded for a later day rests on it.
    LaterEntriesStandOnIt,
}

impl Fault {
    /// The code that a client is told.
    pub fn code(self) -> &'static str {
        match self {
            Self::WrongState => "WRONG_STATE",
            Self::GatesOpen => "GATES_OPEN",
            Self::AlreadyRecorded => "ALREADY_RECORDED",
            Self::CriterionApplies => "CRITERION_APPLIES",
            Self::LaterEntriesStandOnIt => "LATER_ENTRIES_STAND_ON_IT",
        }
    }
}

/// How a support person stands with one more entry.
///
/// Errors: why it cannot stand.
pub fn record(
    background: SupportBackground,
    before: &[Entry],
    new: &Entry,
) -> Result<Standing, Fault> {
    let after: Vec<Entry> = before.iter().chain([new]).copied().collect();
    place(background, before, &after, new)
}

/// How a support person stands with an entry put right: `new` has the place of `old`.
///
/// Errors: why it cannot stand.
pub fn correct(
    background: SupportBackground,
    before: &[Entry],
    old: SupportPersonActId,
    new: &Entry,
) -> Result<Standing, Fault> {
    let put_right = |it: &Entry| if it.id == old { *new } else { *it };
    let after: Vec<Entry> = before.iter().map(put_right).collect();
    place(background, before, &after, new)
}

/// How a support person stands without an entry. A gate can always be cancelled, whatever was built on it.
///
/// Errors: `LaterEntriesStandOnIt`.
pub fn cancel(
    background: SupportBackground,
    before: &[Entry],
    cancelled: SupportPersonActId,
) -> Result<Standing, Fault> {
    let (gone, after): (Vec<Entry>, Vec<Entry>) = before.iter().partition(|it| it.id == cancelled);
    let was_gate = gone.iter().any(|it| is_gate(it.kind));
    still_stand(background, before, fold(background, &after), was_gate)
}

fn place(
    background: SupportBackground,
    before: &[Entry],
    after: &[Entry],
    new: &Entry,
) -> Result<Standing, Fault> {
    if new.kind == Kind::CriterionNotApplicable && background != SupportBackground::NextOfKin {
        return Err(Fault::CriterionApplies);
    }
    let is_attested = after.iter().any(|it| {
        it.id != new.id
            && it.kind == new.kind
            && is_gate(it.kind)
            && (it.on == new.on || it.kind != Kind::TrainingWeekendAttended)
    });
    if is_attested {
        return Err(Fault::AlreadyRecorded);
    }
    let standing = fold(background, after);
    if standing.without_effect.contains(&new.id) {
        let wants_gates = new.kind == Kind::Activated;
        let has_gates = gates_on(background, after, new.on).are_all_met();
        return Err(match wants_gates && !has_gates {
            true => Fault::GatesOpen,
            false => Fault::WrongState,
        });
    }
    still_stand(background, before, standing, is_gate(new.kind))
}

/// Whatever had effect before still has it, unless it was a gate that changed.
fn still_stand(
    background: SupportBackground,
    before: &[Entry],
    after: Standing,
    is_about_gate: bool,
) -> Result<Standing, Fault> {
    let had_none = fold(background, before).without_effect;
    if is_about_gate || after.without_effect.is_subset(&had_none) {
        Ok(after)
    } else {
        Err(Fault::LaterEntriesStandOnIt)
    }
}

#[cfg(test)]
mod tests;
