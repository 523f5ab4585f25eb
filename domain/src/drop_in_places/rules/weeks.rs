//! Each ISO week held against what the place has said of itself: on how many days it is open, how long, with how many paid
//! guides; and where it falls short, why.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, IsoWeek, NaiveDate};
use rinnalla_entity::ids::PersonId;
use rinnalla_entity::states::ClosedReason;

use super::{Closure, Days, Slot, whole_weeks};
use crate::calendar::plus_days;

/// What a week is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Model {
    /// On how many days the place is open.
    pub days: i16,
    /// How long a day must be open to count, in minutes.
    pub least_minutes: i16,
    /// How many paid guides it has.
    pub guides: i16,
}

/// From when to when somebody is a paid guide at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GuideTerm {
    /// Who.
    pub person: PersonId,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day; open where none is said.
    pub to_on: Option<NaiveDate>,
}

/// Days on which somebody is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// Who.
    pub person: PersonId,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
}

/// A paid guide who could not come to an opening, and in whose place nobody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The day.
    pub on: NaiveDate,
    /// Who.
    pub person: PersonId,
}

/// Why a week falls short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Short {
    /// The place was to be open on the day, and is not.
    Closed(NaiveDate, Closure),
    /// It is open on the day, and not long enough to count.
    TooShort(NaiveDate),
    /// Fewer days were planned than are needed.
    TooFewPlanned,
    /// Fewer people are paid guides at the place than are needed.
    TooFewGuides,
    /// A paid guide is away on all the days on which the place is open.
    Away(PersonId),
    /// A paid guide could not come to an opening, and nobody came instead.
    Missed(NaiveDate, PersonId),
}

/// A week from Monday to Sunday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: NaiveDate,
    /// On how many days the place is open long enough.
    pub open_days: i16,
    /// How long it is open, all days together, in minutes.
    pub open_minutes: i32,
    /// How many paid guides it has, those away all the time left out.
    pub guides: i16,
    /// Whether it is open on fewer days than it should be.
    pub is_below_days: bool,
    /// Whether it has fewer paid guides than it should have.
    pub is_below_guides: bool,
    /// Why it falls short; empty where it does not.
    pub reasons: Vec<Short>,
}

impl Week {
    /// Its Sunday.
    pub fn sunday(&self) -> NaiveDate {
        plus_days(self.monday, 6)
    }

    /// Its number and year, by ISO 8601.
    pub fn iso(&self) -> IsoWeek {
        self.monday.iso_week()
    }
}

/// What the weeks of a place are made of.
pub struct Weeks<'a> {
    /// The calendar.
    pub slots: &'a [Slot],
    /// Who are its paid guides.
    pub guides: &'a [GuideTerm],
    /// Which of them are away.
    pub away: &'a [Away],
    /// Which of them could not come to an opening.
    pub missed: &'a [Missed],
}

/// Each week of some days, which are whole weeks.
pub fn weeks(model: Model, of: &Weeks<'_>, within: &Days) -> Vec<Week> {
    let mondays = within.start().iter_days().step_by(7);
    mondays
        .take_while(|monday| monday <= within.end())
        .map(|monday| week(model, of, monday))
        .collect()
}

/// The weeks that lie within some days as a whole; none where the days hold no whole week.
pub fn weeks_within(days: &Days) -> Days {
    let (first, last) = (plus_days(*days.start(), 6), plus_days(*days.end(), -6));
    *whole_weeks(first, first).start()..=*whole_weeks(last, last).end()
}

/// The Mondays of the weeks in which a public holiday closed the place on a day.
pub fn closed_by_holiday(slots: &[Slot]) -> BTreeSet<NaiveDate> {
    let is_holiday = |it: &&Slot| {
        matches!(
            it.closure,
            Some(
                Closure::Holiday(_)
                    | Closure::ClosedDay(ClosedReason::Holiday)
                    | Closure::Cancelled(ClosedReason::Holiday)
            )
        )
    };
    let closed = slots.iter().filter(is_holiday);
    closed
        .map(|it| *whole_weeks(it.on, it.on).start())
        .collect()
}

fn week(model: Model, of: &Weeks<'_>, monday: NaiveDate) -> Week {
    let sunday = plus_days(monday, 6);
    let is_within = |on: &NaiveDate| (monday..=sunday).contains(on);
    let mut days: BTreeMap<NaiveDate, Vec<Slot>> = BTreeMap::new();
    for slot in of.slots.iter().filter(|it| is_within(&it.on)) {
        days.entry(slot.on).or_default().push(*slot);
    }
    let minutes: BTreeMap<_, _> = days
        .iter()
        .map(|(on, it)| (*on, open_minutes(it)))
        .collect();
    let counts = |minutes: &i32| *minutes >= i32::from(model.least_minutes);
    let open_days = count(minutes.values().filter(|it| counts(it)).count());
    let open_on: Vec<NaiveDate> = minutes
        .iter()
        .filter_map(|(on, minutes)| (*minutes > 0).then_some(*on))
        .collect();
    let (guides, away) = guides(of, (monday, sunday), &open_on);
    let (is_below_days, is_below_guides) = (open_days < model.days, guides < model.guides);
    let mut reasons = Vec::new();
    if is_below_days {
        if count(days.len()) < model.days {
            reasons.push(Short::TooFewPlanned);
        }
        for (on, slots) in &days {
            let open = minutes.get(on).copied().unwrap_or_default();
            match slots.iter().find_map(|slot| slot.closure) {
                _ if counts(&open) => {}
                Some(closure) => reasons.push(Short::Closed(*on, closure)),
                None => reasons.push(Short::TooShort(*on)),
            }
        }
    }
    if is_below_guides {
        if guides + count(away.len()) < model.guides {
            reasons.push(Short::TooFewGuides);
        }
        reasons.extend(away.into_iter().map(Short::Away));
    }
    if is_below_days || is_below_guides {
        let missed = of.missed.iter().filter(|it| is_within(&it.on));
        reasons.extend(missed.map(|it| Short::Missed(it.on, it.person)));
    }
    Week {
        monday,
        open_days,
        open_minutes: minutes.values().sum(),
        guides,
        is_below_days,
        is_below_guides,
        reasons,
    }
}

/// How many paid guides there are, and which others are away on all the days on which the place is open, or on the whole
/// week where it is not.
fn guides(
    of: &Weeks<'_>,
    (monday, sunday): (NaiveDate, NaiveDate),
    open_on: &[NaiveDate],
) -> (i16, Vec<PersonId>) {
    let is_of_week =
        |it: &&GuideTerm| it.from_on <= sunday && it.to_on.is_none_or(|to| to >= monday);
    let people: BTreeSet<PersonId> = of
        .guides
        .iter()
        .filter(is_of_week)
        .map(|it| it.person)
        .collect();
    let week: Vec<NaiveDate> = monday.iter_days().take(7).collect();
    let needed = if open_on.is_empty() {
        &week[..]
    } else {
        open_on
    };
    let is_away = |person: &PersonId| {
        needed.iter().all(|on| {
            let mut away = of.away.iter();
            away.any(|it| it.person == *person && (it.from_on..=it.to_on).contains(on))
        })
    };
    let (away, there): (Vec<_>, Vec<_>) = people.into_iter().partition(is_away);
    (count(there.len()), away)
}

/// How long a place is open on a day: what overlaps is counted once.
fn open_minutes(of_day: &[Slot]) -> i32 {
    let mut open: Vec<(i16, i16)> = of_day
        .iter()
        .filter(|slot| slot.closure.is_none())
        .map(|slot| (slot.starts_at, slot.ends_at))
        .collect();
    open.sort_unstable();
    let (mut minutes, mut until) = (0, 0);
    for (starts_at, ends_at) in open {
        minutes += i32::from((ends_at - starts_at.max(until)).max(0));
        until = until.max(ends_at);
    }
    minutes
}

fn count(n: usize) -> i16 {
    i16::try_from(n).unwrap_or(i16::MAX)
}
