//! The demonstration's trainings of support persons: one that is over, and one between its two weekends. Whoever takes
//! part applied for it, so their state comes of the weekends that they were at.

use chrono::{Datelike as _, NaiveDate};
use rinnalla_entity::ids::{OrganisationId, PersonId, SupportPersonId, TrainingId};
use rinnalla_entity::states::SupportBackground;

use super::acting::Acting;
use crate::calendar::plus_days;
use crate::ctx::Register;
use crate::error::Result;
use crate::support_persons::{self, ProfileInput};
use crate::trainings::{
    self, Create, Details, Mark, OnParticipant, RecordAttendance, Weekend, record_attendance,
};

/// How many come to each.
pub(super) const TRAINEES: [usize; 2] = [4, 3];

/// Who has to do with trainings.
pub(super) struct Trainees<'a> {
    pub association: OrganisationId,
    pub county: &'a str,
    pub trainer: OrganisationId,
    pub coordinator: PersonId,
    pub people: [Vec<PersonId>; 2],
}

/// A training: its name, how many days ago it began, and how many of the last in its list missed the second weekend.
struct Told(&'static str, i64, usize);

const TOLD: [Told; 2] = [
    Told("Kevään tukihenkilökoulutus", 190, 1),
    Told("Talven tukihenkilökoulutus", 9, 0),
];

/// From one weekend to the other.
const BETWEEN: i64 = 14;

/// Adds them.
pub(super) async fn add(register: &Register, who: &Trainees<'_>) -> Result<()> {
    let mut acting = Acting::new(register, "training");
    for (told, people) in TOLD.iter().zip(&who.people) {
        training(&mut acting, who, told, people).await?;
    }
    Ok(())
}

async fn training(
    acting: &mut Acting<'_>,
    who: &Trainees<'_>,
    told: &Told,
    people: &[PersonId],
) -> Result<()> {
    let Told(name, days, missed) = *told;
    let first_on = saturday(plus_days(acting.today, -days));
    let second_on = plus_days(first_on, BETWEEN);
    let ctx = acting
        .as_on(who.coordinator, plus_days(first_on, -30))
        .await?;
    let create = Create {
        organisation: who.association,
        details: Details {
            name: name.to_owned(),
            trainer: who.trainer,
            first_on,
            second_on,
        },
    };
    let training = trainings::create(&ctx, &acting.key(), create).await?;
    let mut trainees = Vec::with_capacity(people.len());
    for (version, person) in (1..).zip(people) {
        let add = support_persons::Add {
            organisation: who.association,
            person: *person,
            programme: None,
            profile: profile(who.county, version),
        };
        let trainee = support_persons::add(&ctx, &acting.key(), add).await?;
        trainees.push(trainee);
        let part = OnParticipant {
            training,
            version,
            support_person: trainee,
        };
        trainings::add(&ctx, &acting.key(), part).await?;
    }
    let came = [trainees.len(), trainees.len() - missed];
    let weekends = [(Weekend::First, first_on), (Weekend::Second, second_on)];
    for (there, (weekend, on)) in came.into_iter().zip(weekends) {
        // What began on a Saturday is written down on the Monday after it.
        let written_on = plus_days(on, 2);
        if written_on <= acting.today {
            let about = (who.coordinator, written_on);
            record(acting, about, (training, weekend), (&trainees, there)).await?;
        }
    }
    Ok(())
}

async fn record(
    acting: &mut Acting<'_>,
    (coordinator, on): (PersonId, NaiveDate),
    (training, weekend): (TrainingId, Weekend),
    (trainees, there): (&[SupportPersonId], usize),
) -> Result<()> {
    let ctx = acting.as_on(coordinator, on).await?;
    let version = trainings::find(&ctx, training).await?;
    let version = version.map_or(1, |found| found.version);
    let mark = |(place, support_person): (usize, &SupportPersonId)| Mark {
        support_person: *support_person,
        was_there: place < there,
    };
    let record = RecordAttendance {
        training,
        version,
        weekend,
        marks: trainees.iter().enumerate().map(mark).collect(),
    };
    record_attendance(&ctx, &acting.key(), record).await?;
    Ok(())
}

fn profile(county: &str, place: i32) -> ProfileInput {
    ProfileInput {
        background: match place % 3 {
            0 => SupportBackground::NextOfKin,
            _ => SupportBackground::OwnRecovery,
        },
        county_code: county.to_owned(),
        birth_decade: Some(1960 + 10 * (place % 4)),
        weekdays: None,
        max_active: None,
        interests: vec!["COFFEE".to_owned(), "NATURE".to_owned()],
        languages: vec!["fi".to_owned()],
        municipalities: Vec::new(),
    }
}

/// The Saturday on a day or before it.
fn saturday(on: NaiveDate) -> NaiveDate {
    let since = (on.weekday().num_days_from_monday() + 2) % 7;
    plus_days(on, -i64::from(since))
}
