//! Who may be one person written down twice, and what becomes of roles and absences when the two records are merged.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use rinnalla_entity::ids::{AbsenceId, OrganisationId, PersonId, RoleGrantId};
use rinnalla_entity::states::Role;
use sea_orm::FromQueryResult;

use crate::people::rules::{Held, covers, overlap};
use crate::text;

/// Why two records may be one person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The same mail address.
    SameEmail,
    /// The same phone number.
    SamePhone,
    /// The same name, in whatever order.
    SameName,
    /// A name that differs by one letter.
    NearName,
}

/// A record to compare, in the forms in which it is compared.
pub struct Compared {
    /// The parts of the name in the order of the alphabet, without case and accents.
    name: String,
    email: Option<String>,
    phone: Option<String>,
}

impl Compared {
    /// Of what is told of a person.
    pub fn new(name: &str, email: Option<&str>, phone: Option<&str>) -> Self {
        let key = text::search_key(name);
        let mut parts: Vec<&str> = key.split([' ', '-']).filter(|it| !it.is_empty()).collect();
        parts.sort_unstable();
        Self {
            name: parts.join(" "),
            email: email.map(text::normal_email),
            phone: phone.map(text::normal_phone),
        }
    }
}

/// Every pair of records that may be one person's, by their places in the list, with the reasons. Names are compared by
/// way of what is left when one letter is taken out, so that a thousand people are a few thousand steps and not a million.
pub fn pairs(people: &[Compared]) -> Vec<(usize, usize, Vec<Reason>)> {
    let mut found: HashMap<(usize, usize), Vec<Reason>> = HashMap::new();
    let mut note = |one: usize, other: usize, reason| {
        let reasons = found.entry((one.min(other), one.max(other))).or_default();
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    };
    let all = || people.iter().enumerate();
    for (one, other) in alike(all().filter_map(|(at, it)| Some((it.email.clone()?, at)))) {
        note(one, other, Reason::SameEmail);
    }
    for (one, other) in alike(all().filter_map(|(at, it)| Some((it.phone.clone()?, at)))) {
        note(one, other, Reason::SamePhone);
    }
    let shortened = all().flat_map(|(at, it)| {
        let ways = shortened(&it.name).into_iter().map(move |key| (key, at));
        ways.collect::<Vec<_>>()
    });
    for (one, other) in alike(shortened) {
        let (name, other_name) = (&people[one].name, &people[other].name);
        if name == other_name {
            note(one, other, Reason::SameName);
        } else if is_near(name, other_name) {
            note(one, other, Reason::NearName);
        }
    }
    let mut pairs: Vec<_> = found
        .into_iter()
        .map(|((one, other), mut reasons)| {
            reasons.sort_unstable();
            (one, other, reasons)
        })
        .collect();
    pairs.sort_unstable_by_key(|(one, other, _)| (*one, *other));
    pairs
}

/// The places of every two that share a key.
fn alike(keys: impl Iterator<Item = (String, usize)>) -> Vec<(usize, usize)> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (key, at) in keys {
        let of_key = places.entry(key).or_default();
        if of_key.last() != Some(&at) {
            of_key.push(at);
        }
    }
    let mut pairs = Vec::new();
    for of_key in places.values() {
        for (n, one) in of_key.iter().enumerate() {
            pairs.extend(of_key[n + 1..].iter().map(|other| (*one, *other)));
        }
    }
    pairs
}

/// A name, and what is left of it when any one letter is taken out.
fn shortened(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let without = |at: usize| {
        let rest = chars.iter().enumerate().filter(|(place, _)| *place != at);
        rest.map(|(_, c)| *c).collect::<String>()
    };
    let mut ways: Vec<String> = (0..chars.len()).map(without).collect();
    ways.push(name.to_owned());
    ways.sort_unstable();
    ways.dedup();
    ways
}

/// Whether one letter was left out, added, changed, or two beside each other change places. Short names differ by a
/// letter too often to tell anything.
fn is_near(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 8;
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().min(other.len()) < SHORTEST {
        return false;
    }
    let same = |a: &char, b: &char| a == b;
    let begin = one
        .iter()
        .zip(&other)
        .take_while(|(a, b)| same(a, b))
        .count();
    let end = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| same(a, b))
        .count()
        .min(one.len().min(other.len()) - begin);
    let (left, right) = (
        &one[begin..one.len() - end],
        &other[begin..other.len() - end],
    );
    match (left, right) {
        ([_], [_]) | ([_], []) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// A role that is held today or later.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Grant {
    /// The grant.
    pub id: RoleGrantId,
    /// Where.
    pub organisation_id: OrganisationId,
    /// The role.
    pub role: Role,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_to: Option<NaiveDate>,
}

/// A role to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Give {
    /// Where.
    pub organisation: OrganisationId,
    /// The role.
    pub role: Role,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// What becomes of roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleChange {
    /// Grants that end yesterday, or today where they began today, with the day on which they would have ended.
    pub end: Vec<(RoleGrantId, Option<NaiveDate>)>,
    /// Grants that begin later: they are cancelled.
    pub cancel: Vec<RoleGrantId>,
    /// What the kept record is given, from today on.
    pub give: Vec<Give>,
}

/// The merged record's roles end, and the kept record is given them from today on, as far as it does not hold them. A
/// grant is never rewritten to be another's: the access log says by which grant somebody looked.
pub fn roles(of_merged: &[Grant], of_kept: &[Grant], today: NaiveDate) -> RoleChange {
    let mut change = RoleChange::default();
    for grant in of_merged {
        match grant.valid_from <= today {
            true => change.end.push((grant.id, grant.valid_to)),
            false => change.cancel.push(grant.id),
        }
        let from = grant.valid_from.max(today);
        let held: Vec<Held> = of_kept
            .iter()
            .filter(|kept| kept.organisation_id == grant.organisation_id)
            .map(|kept| Held {
                role: kept.role,
                from: kept.valid_from,
                to: kept.valid_to,
            })
            .collect();
        let last = grant.valid_to.unwrap_or(NaiveDate::MAX - Days::new(1));
        if !covers(&held, grant.role, from, last) {
            change.give.push(Give {
                organisation: grant.organisation_id,
                role: grant.role,
                from,
                to: grant.valid_to,
            });
        }
    }
    change
}

/// An absence of today or later.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Away {
    /// The absence.
    pub id: AbsenceId,
    /// Who is away.
    pub person_id: PersonId,
    /// Who stands in.
    pub substitute_id: PersonId,
    /// From which organisation's work.
    pub organisation_id: OrganisationId,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
}

/// What becomes of an absence of the merged record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbsenceFate {
    /// The kept record is away.
    Moved,
    /// The kept record stands in.
    StandsIn,
    /// It cannot be: nobody stands in for themselves, or is away twice.
    Cancelled,
}

/// What becomes of each absence of the merged record, as the absent one or as the substitute.
pub fn absences(of: &[Away], merged: PersonId, kept: PersonId) -> Vec<(AbsenceId, AbsenceFate)> {
    let own: Vec<&Away> = of.iter().filter(|away| away.person_id == kept).collect();
    let is_away_too = |away: &Away| {
        own.iter().any(|own| {
            own.organisation_id == away.organisation_id
                && overlap(own.from_on, Some(own.to_on), away.from_on, Some(away.to_on))
        })
    };
    let touched = of
        .iter()
        .filter(|away| away.person_id == merged || away.substitute_id == merged);
    touched
        .map(|away| {
            let fate = if away.person_id == merged {
                match away.substitute_id == kept || is_away_too(away) {
                    true => AbsenceFate::Cancelled,
                    false => AbsenceFate::Moved,
                }
            } else {
                match away.person_id == kept || is_away_too(away) {
                    true => AbsenceFate::Cancelled,
                    false => AbsenceFate::StandsIn,
                }
            };
            (away.id, fate)
        })
        .collect()
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
