//! When somebody may act as a support person.
//!
//! A support person has recovered from substance dependence, or is the recovered next of kin of somebody dependent;
//! substance-free time has lasted at least a year; the training takes two weekends (the support-person model of
//! Kainuu). Together with a confidentiality undertaking these are the three gates of the default programme; other
//! programmes may ask for less or more ([`crate::programmes::rules`]). A coordinator attests each; nobody acts as a
//! support person on a day on which one of them is open.
//!
//! For somebody with a next of kin's background the coordinator may attest that the one-year criterion does not apply.
//! A training completed earlier or elsewhere is attested instead of the weekends; in a programme that takes experts by
//! experience so is their own training, for as long as the register of experts has it so. A pause has no reason: a relapse is
//! nothing that this register knows of.
//!
//! What somebody is today follows from what was recorded and still stands, and from what the programme asked for on the
//! day in question. A gate that is cancelled takes the ground from under an activation: it stays in the history, and has
//! no effect. Whoever moves to a programme that asks for more, or whose programme does from a day on, is active no longer
//! from that day until the gates are met and they are activated again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rinnalla_entity::ids::{ExpertProfileId, GateId, ProgrammeId, SupportPersonActId};
use rinnalla_entity::states::{
    SupportBackground, SupportPersonActKind as Kind, SupportPersonStatus as Status,
};

use crate::calendar::{add_months, plus_days};
use crate::programmes::rules::{AskedBy, Requirements};

/// How long substance-free time has lasted at least: one year in the support-person model of Kainuu, counted as
/// Act 150/1930 § 3 counts years.
pub const SUBSTANCE_FREE_MONTHS: i32 = 12;

/// Something that was recorded and still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The entry.
    pub id: SupportPersonActId,
    /// What happened.
    pub kind: Kind,
    /// The day on which it happened.
    pub on: NaiveDate,
    /// Which further gate it attests, where it attests one.
    pub gate: Option<GateId>,
    /// Which programme it moves the support person to, where it does.
    pub programme: Option<ProgrammeId>,
    /// Whose training as an expert by experience it attests, where the earlier training that it attests is one.
    pub expert: Option<ExpertProfileId>,
}

/// What a support person's entries are held against.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The ground of the peerness.
    pub background: SupportBackground,
    /// The programme that the support person began in; that of the three gates where there is none.
    pub first_programme: Option<ProgrammeId>,
    /// What programmes ask for.
    pub asked: AskedBy,
}

impl Ground {
    /// The programme that somebody is in at the end of a day.
    fn programme_on(&self, entries: &[Entry], day: NaiveDate) -> Option<ProgrammeId> {
        let moves = entries
            .iter()
            .filter(|it| it.programme.is_some() && it.on <= day);
        // The last of those of the latest day: entries come in the order of recording.
        moves
            .max_by_key(|it| it.on)
            .map_or(self.first_programme, |it| it.programme)
    }
}

/// What is attested about a support person by some day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gates {
    /// What the programme of that day asks for.
    pub asked: Requirements,
    /// When the one-year criterion was attested as met.
    pub criterion_met_on: Option<NaiveDate>,
    /// When it was attested that the criterion does not apply.
    pub criterion_not_applicable_on: Option<NaiveDate>,
    /// How many training weekends were attended, each on its own date.
    pub weekends: usize,
    /// When the training became complete: the last weekend that is asked for, or the attestation of an earlier training
    /// where that is accepted.
    pub training_complete_on: Option<NaiveDate>,
    /// When the confidentiality undertaking was signed.
    pub confidentiality_signed_on: Option<NaiveDate>,
    /// When each further gate was attested.
    pub further: BTreeMap<GateId, NaiveDate>,
}

impl Gates {
    /// The gate of the one-year criterion.
    pub fn has_criterion(&self) -> bool {
        !self.asked.asks_criterion
            || self.criterion_met_on.is_some()
            || self.criterion_not_applicable_on.is_some()
    }

    /// The gate of the training.
    pub fn has_training(&self) -> bool {
        self.asked.training_weekends == 0 || self.training_complete_on.is_some()
    }

    /// The gate of the confidentiality undertaking.
    pub fn has_confidentiality(&self) -> bool {
        !self.asked.asks_confidentiality || self.confidentiality_signed_on.is_some()
    }

    /// The further gates that are asked for, or attested.
    pub fn named(&self) -> impl Iterator<Item = GateId> {
        let asked = self.asked.further.iter().copied();
        asked.chain(self.further.keys().copied())
    }

    /// Every further gate that is asked for.
    pub fn has_further(&self) -> bool {
        let mut asked = self.asked.further.iter();
        asked.all(|gate| self.further.contains_key(gate))
    }

    /// Whether everything that is asked for is met.
    pub fn are_all_met(&self) -> bool {
        self.has_criterion()
            && self.has_training()
            && self.has_confidentiality()
            && self.has_further()
    }
}

/// How a support person stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state.
    pub status: Status,
    /// The gates, with everything that is attested.
    pub gates: Gates,
    /// The programme.
    pub programme: Option<ProgrammeId>,
    /// Entries that change nothing where they stand: an activation whose gate was cancelled, and what followed on it.
    pub without_effect: BTreeSet<SupportPersonActId>,
}

/// Whether substance-free time since a day has lasted the year that is asked for, on a day.
pub fn is_criterion_met(substance_free_since: NaiveDate, on: NaiveDate) -> bool {
    add_months(substance_free_since, SUBSTANCE_FREE_MONTHS) <= on
}

/// The gates as they stand at the end of a day.
pub fn gates_on(ground: &Ground, entries: &[Entry], day: NaiveDate) -> Gates {
    let asked = ground.asked.on(ground.programme_on(entries, day), day);
    let earliest = |kind: Kind| {
        let of_kind = entries.iter().filter(|it| it.kind == kind && it.on <= day);
        of_kind.map(|it| it.on).min()
    };
    let weekends: BTreeSet<NaiveDate> = entries
        .iter()
        .filter(|it| it.kind == Kind::TrainingWeekendAttended && it.on <= day)
        .map(|it| it.on)
        .collect();
    let needed = asked.training_weekends.checked_sub(1);
    let last_needed = needed.and_then(|last| weekends.iter().nth(last).copied());
    let attested = entries
        .iter()
        .filter(|it| it.kind == Kind::EarlierTrainingAttested && it.on <= day)
        .filter(|it| match it.expert {
            Some(_) => asked.takes_experts,
            None => asked.accepts_earlier_training,
        });
    let attested = attested.map(|it| it.on).min();
    let mut further = BTreeMap::new();
    for entry in entries.iter().filter(|it| it.on <= day) {
        if let Some(gate) = entry.gate {
            let first = further.entry(gate).or_insert(entry.on);
            *first = entry.on.min(*first);
        }
    }
    Gates {
        criterion_met_on: earliest(Kind::CriterionMet),
        criterion_not_applicable_on: earliest(Kind::CriterionNotApplicable)
            .filter(|_| ground.background == SupportBackground::NextOfKin),
        weekends: weekends.len(),
        training_complete_on: last_needed.into_iter().chain(attested).min(),
        confidentiality_signed_on: earliest(Kind::ConfidentialitySigned),
        further,
        asked,
    }
}

/// Works out how a support person stands. `entries` come in the order of recording; days decide, and among acts of
/// one day the order of recording. What is asked for from a day on counts before that day's entries.
pub fn fold(ground: &Ground, entries: &[Entry]) -> Standing {
    let mut by_day: Vec<&Entry> = entries.iter().collect();
    by_day.sort_by_key(|it| it.on);
    let mut changes = ground.asked.days();
    let mut without_effect = BTreeSet::new();
    let mut walk = Walk {
        started: false,
        role: Role::NotYet,
    };
    for entry in by_day {
        let later = changes.split_off(&plus_days(entry.on, 1));
        for day in std::mem::replace(&mut changes, later) {
            walk.hold_against(ground, entries, day);
        }
        if !walk.take(ground, entries, entry) {
            without_effect.insert(entry.id);
        }
        if entry.programme.is_some() {
            walk.hold_against(ground, entries, entry.on);
        }
    }
    for day in changes {
        walk.hold_against(ground, entries, day);
    }
    let gates = gates_on(ground, entries, NaiveDate::MAX);
    Standing {
        status: walk.status(&gates),
        programme: ground.programme_on(entries, NaiveDate::MAX),
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
    /// Whoever lacks what is asked for from this day on is active no longer. A pause goes on, and cannot end so.
    fn hold_against(&mut self, ground: &Ground, all: &[Entry], day: NaiveDate) {
        if self.role == Role::Active && !gates_on(ground, all, day).are_all_met() {
            self.role = Role::NotYet;
        }
    }

    /// Takes one entry; `false` where it changes nothing.
    fn take(&mut self, ground: &Ground, all: &[Entry], entry: &Entry) -> bool {
        let has_gates = || gates_on(ground, all, entry.on).are_all_met();
        let (may, to) = match entry.kind {
            Kind::TrainingStarted => {
                let before = gates_on(ground, all, plus_days(entry.on, -1));
                let is_trained = before.training_complete_on.is_some();
                let is_first = !self.started && before.weekends == 0 && !is_trained;
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
            | Kind::ConfidentialitySigned
            | Kind::GateAttested
            | Kind::ProgrammeChanged => (self.role != Role::Ended, self.role),
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
            Role::NotYet if gates.training_complete_on.is_some() => Status::Trained,
            Role::NotYet if self.started || gates.weekends > 0 => Status::InTraining,
            Role::NotYet => Status::Applicant,
        }
    }
}

/// Whether an entry attests something, as against changing what somebody is.
pub fn is_gate(kind: Kind) -> bool {
    use Kind::{
        ConfidentialitySigned, CriterionMet, CriterionNotApplicable, EarlierTrainingAttested,
        GateAttested, TrainingWeekendAttended,
    };
    matches!(
        kind,
        CriterionMet
            | CriterionNotApplicable
            | TrainingWeekendAttended
            | EarlierTrainingAttested
            | ConfidentialitySigned
            | GateAttested
    )
}

/// Whether the gates are worked out anew by an entry. What rested on them stays in the history, and has no effect.
fn is_about_gates(kind: Kind) -> bool {
    is_gate(kind) || kind == Kind::ProgrammeChanged
}

/// Why an act is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The support person's state on that day does not allow it.
    WrongState,
    /// A gate is open on that day.
    GatesOpen,
    /// The same is attested already, or the support person is in that programme already.
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
pub fn record(ground: &Ground, before: &[Entry], new: &Entry) -> Result<Standing, Fault> {
    let after: Vec<Entry> = before.iter().chain([new]).copied().collect();
    place(ground, before, &after, new)
}

/// How a support person stands with an entry put right: `new` has the place of `old`.
///
/// Errors: why it cannot stand.
pub fn correct(
    ground: &Ground,
    before: &[Entry],
    old: SupportPersonActId,
    new: &Entry,
) -> Result<Standing, Fault> {
    let put_right = |it: &Entry| if it.id == old { *new } else { *it };
    let after: Vec<Entry> = before.iter().map(put_right).collect();
    place(ground, before, &after, new)
}

/// How a support person stands without an entry. A gate or a change of programme can always be cancelled, whatever was
/// built on it.
///
/// Errors: `LaterEntriesStandOnIt`.
pub fn cancel(
    ground: &Ground,
    before: &[Entry],
    cancelled: SupportPersonActId,
) -> Result<Standing, Fault> {
    let (gone, after): (Vec<Entry>, Vec<Entry>) = before.iter().partition(|it| it.id == cancelled);
    let was_gate = gone.iter().any(|it| is_about_gates(it.kind));
    still_stand(ground, before, fold(ground, &after), was_gate)
}

fn place(
    ground: &Ground,
    before: &[Entry],
    after: &[Entry],
    new: &Entry,
) -> Result<Standing, Fault> {
    let is_kin = ground.background == SupportBackground::NextOfKin;
    if new.kind == Kind::CriterionNotApplicable && !is_kin {
        return Err(Fault::CriterionApplies);
    }
    let is_attested = after.iter().any(|it| {
        it.id != new.id
            && (it.kind, it.gate, it.expert.is_some()) == (new.kind, new.gate, new.expert.is_some())
            && is_gate(it.kind)
            && (it.on == new.on || it.kind != Kind::TrainingWeekendAttended)
    });
    let before_it: Vec<Entry> = after.iter().filter(|it| it.id != new.id).copied().collect();
    let is_there =
        new.programme.is_some() && ground.programme_on(&before_it, new.on) == new.programme;
    if is_attested || is_there {
        return Err(Fault::AlreadyRecorded);
    }
    let standing = fold(ground, after);
    if standing.without_effect.contains(&new.id) {
        let wants_gates = new.kind == Kind::Activated;
        let has_gates = gates_on(ground, after, new.on).are_all_met();
        return Err(match wants_gates && !has_gates {
            true => Fault::GatesOpen,
            false => Fault::WrongState,
        });
    }
    still_stand(ground, before, standing, is_about_gates(new.kind))
}

/// Whatever had effect before still has it, unless it was a gate that changed.
fn still_stand(
    ground: &Ground,
    before: &[Entry],
    after: Standing,
    is_about_gate: bool,
) -> Result<Standing, Fault> {
    let had_none = fold(ground, before).without_effect;
    if is_about_gate || after.without_effect.is_subset(&had_none) {
        Ok(after)
    } else {
        Err(Fault::LaterEntriesStandOnIt)
    }
}

#[cfg(test)]
mod tests;
