//! Courses of a large register: held and finished, with whoever took part and a mark for each session.

use chrono::NaiveDate;
use rinnalla_entity::ids::EnrolmentId;
use rinnalla_entity::states::Role;
use uuid::Uuid;

use super::names;
use super::rows::Table;
use super::world::{Association, Somebody, World};
use crate::calendar::plus_days;
use crate::courses::{self, rules};
use crate::error::Result;
use crate::personal::Personal;

/// So many relationships are worth a course beside them: ten participants with eight marks each make somewhat more than three
/// marks for two relationships, as in the register that speed is measured on.
const RELATIONSHIPS_A_COURSE: u32 = 50;

/// A course starts at noon and lasts four hours, with a lunch of three quarters of an hour.
const STARTS_AT: i16 = 720;
const LUNCH_MINUTES: i16 = 45;

/// Writes the courses that go with so many relationships, led by two people of their own.
pub(super) fn write(
    world: &mut World<'_>,
    association: &Association,
    relationships: u32,
) -> Result<()> {
    let since = plus_days(world.today, -1440);
    let leaders = [
        world.person(association.id, Role::Facilitator, since)?,
        world.person(association.id, Role::Facilitator, since)?,
    ];
    for _ in 0..relationships.div_ceil(RELATIONSHIPS_A_COURSE) {
        course(world, association, &leaders)?;
    }
    Ok(())
}

fn course(world: &mut World<'_>, association: &Association, leaders: &[Somebody; 2]) -> Result<()> {
    let by = association.first_coordinator()?.id;
    let days = days(plus_days(world.today, -world.chance.from(100, 1400)));
    let opened = world.chance.at(plus_days(days[0], -14));
    let id = world.chance.id(opened);
    world.batch.add(
        Table::Courses,
        [
            id.into(),
            association.id.into(),
            "Vertaisohjaajakurssi".into(),
            days[0].into(),
            STARTS_AT.into(),
            LUNCH_MINUTES.into(),
            "FINISHED".into(),
            opened.into(),
            by.into(),
            opened.into(),
        ],
    );
    for leader in leaders {
        let row = world.chance.id(opened);
        let cells = [
            row.into(),
            id.into(),
            leader.id.into(),
            "PROFESSIONAL".into(),
            by.into(),
            opened.into(),
        ];
        world.batch.add(Table::CourseFacilitators, cells);
    }
    let mut sessions = Vec::with_capacity(days.len());
    for (no, on) in (1_i16..).zip(&days) {
        let session = world.chance.id(opened);
        world.batch.add(
            Table::CourseSessions,
            [
                session.into(),
                id.into(),
                no.into(),
                (*on).into(),
                STARTS_AT.into(),
                (*on).into(),
                rules::remind_on(*on).into(),
                STARTS_AT.into(),
                240_i16.into(),
                "HELD".into(),
            ],
        );
        sessions.push((session, *on));
    }
    for _ in 0..world.chance.from(6, 14) {
        participant(world, id, leaders[0].id, &sessions)?;
    }
    Ok(())
}

/// Eight days, a week or, round holidays, more apart.
fn days(from: NaiveDate) -> Vec<NaiveDate> {
    let weeks = (0..).map(|week| plus_days(from, 7 * week));
    let working = weeks.filter(|on| rules::day_off(*on).is_none());
    working.take(8).collect()
}

fn participant(
    world: &mut World<'_>,
    course: Uuid,
    by: Uuid,
    sessions: &[(Uuid, NaiveDate)],
) -> Result<()> {
    let (first_on, last_on) = (sessions[0].1, sessions[sessions.len() - 1].1);
    let added = world.chance.at(plus_days(first_on, -7));
    let id = world.chance.id(added);
    let is_pseudonym = world.chance.percent(25);
    let (first, surname) = names::person(&mut world.chance);
    let name = match is_pseudonym {
        true => format!("{first}-nimimerkki"),
        false => format!("{first} {surname}"),
    };
    let sealed = courses::seal_name(&world.register.keys, EnrolmentId(id), &Personal::from(name))?;
    // 28 of 41, as in the source.
    let is_graduate = world.chance.percent(68);
    let decision = if is_graduate {
        "GRADUATED"
    } else {
        "INTERRUPTED"
    };
    world.batch.add(
        Table::Enrolments,
        [
            id.into(),
            course.into(),
            sealed.name.into(),
            sealed.data_key.into(),
            is_pseudonym.into(),
            decision.into(),
            false.into(),
            plus_days(first_on, -7).into(),
            by.into(),
            added.into(),
        ],
    );
    for (session, on) in sessions {
        let present = if is_graduate { 88 } else { 45 };
        let mark = match world.chance.weighted(&[present, 5, 6, 99 - present]) {
            0 => "PRESENT",
            1 => "PARTLY",
            2 => "EXCUSED",
            _ => "ABSENT",
        };
        let at = world.chance.at(*on);
        let cells = [
            (*session).into(),
            id.into(),
            1_i16.into(),
            mark.into(),
            by.into(),
            at.into(),
        ];
        world.batch.add(Table::Attendances, cells);
    }
    let at = world.chance.at(last_on);
    let row = world.chance.id(at);
    let cells = [
        row.into(),
        id.into(),
        decision.into(),
        last_on.into(),
        by.into(),
        at.into(),
    ];
    world.batch.add(Table::EnrolmentDecisions, cells);
    Ok(())
}
