//! Invented support persons, with the entries from which their state follows.

use chrono::NaiveDate;
use rinnalla_entity::states::{
    Role, SupportBackground, SupportPersonActKind as Act, SupportPersonStatus as Status,
};
use uuid::Uuid;

use super::rows::Table;
use super::world::{Association, Somebody, World};
use crate::calendar::plus_days;
use crate::error::Result;

const INTERESTS: [&str; 12] = [
    "COFFEE",
    "FISHING",
    "NATURE",
    "SPORT",
    "MUSIC",
    "CRAFTS",
    "COOKING",
    "READING",
    "GAMES",
    "ANIMALS",
    "STUDY",
    "FAMILY_LIFE",
];

/// Interests for anybody.
pub(super) fn interests(world: &mut World<'_>, most: i64) -> Vec<&'static str> {
    world.chance.some_of(&INTERESTS, most)
}

/// A support person as stories need one.
#[derive(Clone, Debug)]
pub(super) struct Supporter {
    pub id: Uuid,
    pub person: Somebody,
    pub background: SupportBackground,
    pub max_active: i64,
    /// Relationships and open proposals so far.
    pub taken: i64,
    /// Those of them that are open.
    pub open: i64,
    /// The first day on which somebody was in need of them.
    pub needed_from: Option<NaiveDate>,
    /// The last day on which a relationship of theirs ended.
    pub free_from: Option<NaiveDate>,
}

impl Supporter {
    /// Somebody with room for so many; rows follow when the stories are known.
    pub(super) fn of(
        world: &mut World<'_>,
        association: &Association,
        max_active: i64,
    ) -> Result<Self> {
        let since = plus_days(world.today, -1400);
        let person = world.person(association.id, Role::SupportPerson, since)?;
        let at = world.chance.at(since);
        Ok(Self {
            id: world.chance.id(at),
            person,
            background: match world.chance.percent(72) {
                true => SupportBackground::OwnRecovery,
                false => SupportBackground::NextOfKin,
            },
            max_active,
            taken: 0,
            open: 0,
            needed_from: None,
            free_from: None,
        })
    }

    /// Writes the rows of somebody who stands like this today.
    pub(super) fn write(&self, world: &mut World<'_>, association: &Association, status: Status) {
        let yesterday = plus_days(world.today, -1);
        let days = world.chance.from(20, 200);
        let active_on = plus_days(self.needed_from.unwrap_or(yesterday), -days);
        let mut acts = self.gates(world, active_on, status);
        if matches!(status, Status::Active | Status::Paused) || self.taken > 0 {
            acts.push((Act::Activated, active_on));
        }
        let free_from = self.free_from.unwrap_or(active_on);
        let days = world.chance.from(1, 60);
        let later = plus_days(free_from, days).min(yesterday).max(active_on);
        match status {
            Status::Paused => acts.push((Act::Paused, later)),
            Status::Ended => acts.push((Act::Ended, later)),
            _ => {}
        }
        self.write_self(world, association, status, acts.len());
        let coordinator = world.chance.one_of(&ids(&association.coordinators));
        let mut last_at = None;
        for (seq, (kind, on)) in (1_u32..).zip(acts) {
            let at = after(world.chance.at(on), &mut last_at);
            let id = world.chance.id(at);
            world.batch.add(
                Table::SupportPersonActs,
                [
                    id.into(),
                    association.id.into(),
                    self.id.into(),
                    kind.code().into(),
                    on.into(),
                    seq.into(),
                    coordinator.into(),
                    at.into(),
                ],
            );
        }
    }

    /// The gates of somebody who could begin on a day, as far as the state says that they are through them.
    fn gates(
        &self,
        world: &mut World<'_>,
        begins_on: NaiveDate,
        status: Status,
    ) -> Vec<(Act, NaiveDate)> {
        let before = |days: i64| plus_days(begins_on, -days);
        let criterion = match self.background {
            SupportBackground::NextOfKin => Act::CriterionNotApplicable,
            SupportBackground::OwnRecovery => Act::CriterionMet,
        };
        let started = (Act::TrainingStarted, before(60));
        let first = (Act::TrainingWeekendAttended, before(48));
        let second = (Act::TrainingWeekendAttended, before(20));
        match status {
            Status::Applicant => Vec::new(),
            Status::InTraining => vec![started, first],
            Status::Trained => vec![started, first, second],
            _ if world.chance.percent(12) => vec![
                (criterion, before(30)),
                (Act::EarlierTrainingAttested, before(30)),
                (Act::ConfidentialitySigned, before(7)),
            ],
            _ => vec![
                started,
                (criterion, before(55)),
                first,
                second,
                (Act::ConfidentialitySigned, before(7)),
            ],
        }
    }

    fn write_self(
        &self,
        world: &mut World<'_>,
        association: &Association,
        status: Status,
        acts: usize,
    ) {
        let at = world.chance.at(plus_days(world.today, -1390));
        let decade = world.chance.one_of(&[1950_i16, 1960, 1970, 1980, 1990]);
        let weekdays = world.chance.one_of(&[127_i16, 31, 96, 127, 85]);
        world.batch.add(
            Table::SupportPersons,
            [
                self.id.into(),
                association.id.into(),
                self.person.id.into(),
                self.background.code().into(),
                status.code().into(),
                world.chance.percent(90).then_some(decade).into(),
                association.county.into(),
                weekdays.into(),
                self.max_active.into(),
                i64::try_from(acts + 1).unwrap_or(1).into(),
                at.into(),
                association.programme.into(),
                association.programme.into(),
            ],
        );
        for interest in interests(world, 4) {
            world.batch.add(
                Table::SupportPersonInterests,
                [self.id.into(), interest.into()],
            );
        }
        let other = world.chance.percent(20);
        let languages = ["fi", "en", "sv"];
        for language in &languages[..if other { 2 } else { 1 }] {
            let row = [self.id.into(), (*language).into()];
            world.batch.add(Table::SupportPersonLanguages, row);
        }
        if world.chance.percent(50) {
            let code = world.chance.one_of(&["091", "205", "398", "837", "853"]);
            let row = [self.id.into(), code.into()];
            world.batch.add(Table::SupportPersonMunicipalities, row);
        }
    }
}

/// The ids of people.
pub(super) fn ids(people: &[Somebody]) -> Vec<Uuid> {
    people.iter().map(|somebody| somebody.id).collect()
}

/// An instant that is later than the last one, which it becomes: entries of one day keep their order.
pub(super) fn after(
    at: chrono::DateTime<chrono::Utc>,
    last: &mut Option<chrono::DateTime<chrono::Utc>>,
) -> chrono::DateTime<chrono::Utc> {
    let at = last.map_or(at, |last| at.max(last + chrono::TimeDelta::seconds(7)));
    *last = Some(at);
    at
}
