//! A few professionals of one workplace with their cases: the part that a large register is put together from.

use chrono::NaiveDate;
use rinnalla_entity::states::{Role, SupportPersonStatus};
use uuid::Uuid;

use super::finished_courses;
use super::referral::{self, Parties, Stage};
use super::relationship;
use super::story::{Asking, Fate, Story, Wish};
use super::supporters::{Supporter, ids};
use super::world::{Association, Referrer, Somebody, World};
use crate::calendar::{plus_days, previous_working_day};
use crate::error::{Error, Result};

/// A professional's caseload.
const CASES_A_PROFESSIONAL: u32 = 20;
/// Of a thousand relationships under way, so many have a notice that goes out today.
const DUE_TODAY: i64 = 51;

/// Of all relationships; most are under way.
const FATES: [(Fate, u32); 7] = [
    (Fate::Active, 815),
    (Fate::Ended, 120),
    (Fate::Paused, 22),
    (Fate::Agreed, 14),
    (Fate::Met, 11),
    (Fate::Proposed, 11),
    (Fate::Cancelled, 7),
];

const STAGES: [Stage; 11] = [
    Stage::Draft,
    Stage::Submitted,
    Stage::Waiting,
    Stage::Asked,
    Stage::Offered,
    Stage::Accepted,
    Stage::RefusedBySupportPerson,
    Stage::RefusedBySupported,
    Stage::Withdrawn,
    Stage::Declined,
    Stage::Expired,
];

/// Those who work together.
pub(super) struct Team<'a> {
    pub association: &'a Association,
    pub referrer: &'a Referrer,
    pub professionals: Vec<Somebody>,
    pub supporters: Vec<Supporter>,
    /// Whether no further support persons come.
    pub is_complete: bool,
}

/// Writes a team with so many relationships, and a few referrals beside them. In the first team something is due
/// today, however small it is.
pub(super) fn write(
    world: &mut World<'_>,
    association: &Association,
    size: u32,
    is_first: bool,
) -> Result<()> {
    let place = world.chance.weighted(&[60, 25, 15]);
    let referrer = &association.partners[place.min(association.partners.len() - 1)];
    let mut team = Team::of(
        world,
        association,
        referrer,
        size.div_ceil(CASES_A_PROFESSIONAL),
    )?;
    let weights = FATES.map(|(_, weight)| weight);
    for place in 0..size {
        let must_be_due = is_first && place == 0;
        let fate = match must_be_due {
            true => Fate::Active,
            false => FATES[world.chance.weighted(&weights)].0,
        };
        let wish = match must_be_due || world.chance.from(1, 1000) <= DUE_TODAY {
            true => Wish::AnyNotice,
            false => Wish::Quiet,
        };
        let story = Story::tell(&mut world.chance, world.today, fate, wish, 4);
        team.tell(world, &story)?;
    }
    for _ in 0..size.div_ceil(25) {
        let stage = world.chance.one_of(&STAGES);
        team.refer(world, stage)?;
    }
    team.finish(world);
    finished_courses::write(world, association, size)
}

impl<'a> Team<'a> {
    /// A team of so many professionals; the support persons come with the stories.
    pub(super) fn of(
        world: &mut World<'_>,
        association: &'a Association,
        referrer: &'a Referrer,
        professionals: u32,
    ) -> Result<Self> {
        let since = plus_days(world.today, -1450);
        let mut people = (0..professionals)
            .map(|_| world.person(referrer.id, Role::Professional, since))
            .collect::<Result<Vec<_>>>()?;
        if let [first, second, ..] = people.as_mut_slice()
            && world.chance.percent(5)
        {
            world.away(referrer.id, first, second);
        }
        Ok(Self {
            association,
            referrer,
            professionals: people,
            supporters: Vec::new(),
            is_complete: false,
        })
    }

    /// Writes what a story tells, with a support person who has room for it.
    pub(super) fn tell(&mut self, world: &mut World<'_>, story: &Story) -> Result<()> {
        let is_open = !matches!(story.fate, Fate::Ended | Fate::Cancelled);
        let place = self.supporter(world, is_open)?;
        let asking = &story.asking;
        self.note(place, asking.asked_on, is_open, story.ended_on);
        let earlier = asking.refused.map(|on| self.somebody_else(place, on));
        let yesterday = plus_days(world.today, -1);
        let stage = match story.fate {
            Fate::Proposed => (Stage::Disclosed, None),
            Fate::Cancelled => {
                let on = plus_days(asking.disclosed_on, 2).min(yesterday);
                (Stage::TakenBack, Some(on))
            }
            Fate::Ended if world.chance.percent(70) => {
                let closed_on = story.ended_on.map(|on| plus_days(on, 5).min(yesterday));
                (Stage::Closed, closed_on)
            }
            _ => (Stage::HandedOver, None),
        };
        let parties = self.parties(world, asking);
        let supporter = &self.supporters[place];
        let earlier = earlier.flatten().map(|place| &self.supporters[place]);
        let from = referral::write(world, &parties, Some(supporter), earlier, asking, stage);
        relationship::write(world, &parties, supporter, story, &from)
    }

    /// Writes a referral that no relationship has come of.
    pub(super) fn refer(&mut self, world: &mut World<'_>, stage: Stage) -> Result<()> {
        let is_open = matches!(stage, Stage::Asked | Stage::Offered | Stage::Accepted);
        let is_refused = matches!(
            stage,
            Stage::RefusedBySupportPerson | Stage::RefusedBySupported
        );
        let is_over = matches!(stage, Stage::Withdrawn | Stage::Declined | Stage::Expired);
        let ago = world.chance.from(1, if is_over { 400 } else { 9 });
        let last_on = previous_working_day(plus_days(world.today, -ago));
        let asking = Asking::before(&mut world.chance, last_on);
        let place = match is_open || is_refused {
            true => {
                let place = self.supporter(world, is_open)?;
                self.note(place, asking.asked_on, is_open, None);
                Some(place)
            }
            false => None,
        };
        let parties = self.parties(world, &asking);
        let supporter = place.map(|place| &self.supporters[place]);
        referral::write(world, &parties, supporter, None, &asking, (stage, None));
        Ok(())
    }

    /// Writes the support persons, whose states follow from the stories they are in.
    pub(super) fn finish(self, world: &mut World<'_>) {
        for supporter in &self.supporters {
            let status = match supporter.open {
                0 => [
                    SupportPersonStatus::Active,
                    SupportPersonStatus::Paused,
                    SupportPersonStatus::Ended,
                ][world.chance.weighted(&[75, 15, 10])],
                _ => SupportPersonStatus::Active,
            };
            supporter.write(world, self.association, status);
        }
    }

    /// The professional who is due the most notices today.
    pub(super) fn busiest_professional(&self, world: &World<'_>) -> Result<Uuid> {
        let notices = |it: &&Somebody| world.due.iter().filter(|due| **due == it.email).count();
        let busiest = self.professionals.iter().rev().max_by_key(notices);
        busiest
            .map(|it| it.id)
            .ok_or_else(|| Error::internal("a team without professionals"))
    }

    /// The support person with the most relationships under way.
    pub(super) fn busiest_supporter(&self) -> Result<Uuid> {
        let busiest = self.supporters.iter().rev().max_by_key(|it| it.open);
        busiest
            .map(|it| it.person.id)
            .ok_or_else(|| Error::internal("a team without support persons"))
    }

    fn supporter(&mut self, world: &mut World<'_>, is_open: bool) -> Result<usize> {
        let free: Vec<usize> = (0..self.supporters.len())
            .filter(|place| {
                let it = &self.supporters[*place];
                let has_time = it.taken < 3 || self.is_complete;
                has_time && (!is_open || it.open < it.max_active)
            })
            .collect();
        if !free.is_empty() && (self.is_complete || world.chance.percent(55)) {
            return Ok(world.chance.one_of(&free));
        }
        let max_active = [1, 2, 3][world.chance.weighted(&[15, 65, 20])];
        let supporter = Supporter::of(world, self.association, max_active)?;
        self.supporters.push(supporter);
        Ok(self.supporters.len() - 1)
    }

    /// Another support person, who was asked before and said no.
    fn somebody_else(&mut self, than: usize, on: NaiveDate) -> Option<usize> {
        let place = (0..self.supporters.len()).find(|place| *place != than)?;
        let it = &mut self.supporters[place];
        it.needed_from = Some(it.needed_from.map_or(on, |from| from.min(on)));
        Some(place)
    }

    fn note(
        &mut self,
        place: usize,
        asked_on: NaiveDate,
        is_open: bool,
        ended_on: Option<NaiveDate>,
    ) {
        let it = &mut self.supporters[place];
        it.taken += 1;
        it.open += i64::from(is_open);
        it.needed_from = Some(it.needed_from.map_or(asked_on, |from| from.min(asked_on)));
        let free_from = ended_on.unwrap_or(asked_on);
        it.free_from = Some(it.free_from.map_or(free_from, |from| from.max(free_from)));
    }

    fn parties(&self, world: &mut World<'_>, asking: &Asking) -> Parties<'_> {
        let people = self.professionals.len() as i64;
        let place = world.chance.from(0, people - 1);
        let next = (place + 1) % people;
        let at = |place: i64| &self.professionals[usize::try_from(place).unwrap_or(0)];
        let until = plus_days(asking.submitted_on, world.chance.from(5, 40));
        let colleague = match world.chance.weighted(&[91, 6, 3]) {
            1 => Some((at(next), None)),
            2 if until < world.today => Some((at(next), Some(until))),
            _ => None,
        };
        Parties {
            association: self.association,
            referrer: self.referrer,
            professional: at(place),
            colleague: colleague.filter(|_| people > 1),
            coordinator: world.chance.one_of(&ids(&self.association.coordinators)),
        }
    }
}
