//! What may be told of a person, who may give which role, and who may stand in for whom.

use chrono::{Days, NaiveDate};
use rinnalla_entity::states::Role;

use crate::access::{Permission as _, RecordOwnAbsence};
use crate::error::Violations;
use crate::personal::Personal;
use crate::text::{self, TextFault};

use super::Details;

/// The longest absence: a parent's leave with some to spare. Our own choice, against slips of the pen.
pub const ABSENCE_MAX_DAYS: i64 = 3 * 366;

/// How long an access token may be good for. Our own choice: a year, so that each is thought about again.
pub const TOKEN_DAYS: std::ops::RangeInclusive<u32> = 1..=366;

/// The longest name that an access token may be given.
pub const TOKEN_LABEL_MAX_CHARS: usize = 80;

/// Roles that only an administrator gives and ends, because they look over or into the work of others.
pub fn is_oversight(role: Role) -> bool {
    matches!(role, Role::Admin | Role::Dpo | Role::Analyst)
}

/// Roles that carry daily work, which somebody must do while their holder is away.
pub fn is_daily_work(role: Role) -> bool {
    RecordOwnAbsence::ROLES.contains(&role)
}

/// Checks and cleans what is told; every fault is noted. `None` where something could not be taken.
pub(crate) fn check(told: &Details, faults: &mut Violations) -> Option<Details> {
    let name = text::clean_name(told.name.reveal()).map_err(TextFault::code);
    let name = faults.take("name", name).map(Personal::from);
    let mut optional = |field, text: &Option<Personal<String>>, clean: Clean| match text {
        Some(text) => faults
            .take(field, clean(text.reveal()).map_err(TextFault::code))
            .map(|text| Some(Personal::from(text))),
        None => Some(None),
    };
    let email = optional("email", &told.email, text::clean_email);
    let phone = optional("phone", &told.phone, text::clean_phone);
    Some(Details {
        name: name?,
        email: email?,
        phone: phone?,
        language: told.language,
    })
}

type Clean = fn(&str) -> Result<String, TextFault>;

/// A role held for some days in the organisation in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The role.
    pub role: Role,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; open where there is none.
    pub to: Option<NaiveDate>,
}

/// Whether somebody may stand in for an absent person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandIn {
    /// Yes.
    Fits,
    /// The absent person has no daily work there on those days.
    NothingToDo,
    /// The substitute lacks a role of the absent person on one of the days.
    LacksRole,
}

/// The substitute does what the absent person would have done, so must hold each role of daily work that the absent
/// person holds there, on each of the days on which the absent person holds it. Otherwise an absence would be a way
/// to rights that nobody gave.
pub fn may_stand_in(
    absent: &[Held],
    substitute: &[Held],
    from: NaiveDate,
    to: NaiveDate,
) -> StandIn {
    let mut work = absent
        .iter()
        .filter(|held| is_daily_work(held.role) && held.from <= to)
        .filter(|held| held.to.is_none_or(|end| end >= from))
        .peekable();
    if work.peek().is_none() {
        return StandIn::NothingToDo;
    }
    let fits = work.all(|held| {
        let first = held.from.max(from);
        let last = held.to.map_or(to, |end| end.min(to));
        covers(substitute, held.role, first, last)
    });
    if fits {
        StandIn::Fits
    } else {
        StandIn::LacksRole
    }
}

/// Whether a role is held on each day, by one grant or by several that follow each other.
pub fn covers(held: &[Held], role: Role, first: NaiveDate, last: NaiveDate) -> bool {
    let mut day = first;
    loop {
        let reach = held
            .iter()
            .filter(|held| held.role == role && held.from <= day)
            .map(|held| held.to.unwrap_or(NaiveDate::MAX))
            .max();
        match reach {
            Some(end) if end >= last => return true,
            Some(end) if end >= day => match end.checked_add_days(Days::new(1)) {
                Some(next) => day = next,
                None => return true,
            },
            _ => return false,
        }
    }
}

/// Whether two periods share a day.
pub fn overlap(
    from: NaiveDate,
    to: Option<NaiveDate>,
    other_from: NaiveDate,
    other_to: Option<NaiveDate>,
) -> bool {
    other_to.is_none_or(|end| end >= from) && to.is_none_or(|end| end >= other_from)
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
