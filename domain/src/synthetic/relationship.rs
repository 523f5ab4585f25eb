//! Writes a relationship with its entries, agreement, meetings, reviews and the notices that went out about them.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use rinnalla_entity::states::{
    EndReason, JointReviewStatus, NoticeKind, RecipientRole, SupportRelationshipActKind as Act,
    SupportRelationshipStatus as Status,
};
use uuid::Uuid;

use super::referral::{Parties, Written};
use super::rows::{Cell, Table};
use super::story::{Closing, Cycle, Fate, Story};
use super::supporters::{Supporter, after};
use super::world::World;
use crate::calendar::{helsinki_instant, plus_days, previous_working_day};
use crate::error::{Error, Result};

const RHYTHMS: [(&str, i64); 4] = [
    ("WEEKLY", 9),
    ("EVERY_TWO_WEEKS", 17),
    ("MONTHLY", 34),
    ("AGREED_EACH_TIME", 25),
];

struct Ids {
    relationship: Uuid,
    organisation: Uuid,
    professional: Uuid,
    support_person: Uuid,
}

/// Writes what a story tells. The mail addresses that are due a notice are noted.
pub(super) fn write(
    world: &mut World<'_>,
    parties: &Parties<'_>,
    supporter: &Supporter,
    story: &Story,
    from: &Written,
) -> Result<()> {
    let created_at = from
        .disclosed_at
        .ok_or_else(|| Error::internal("a relationship without a disclosure"))?;
    let ids = Ids {
        relationship: world.chance.id(created_at),
        organisation: parties.association.id,
        professional: parties.professional.id,
        support_person: supporter.person.id,
    };
    let status = match story.fate {
        Fate::Proposed => Status::Proposed,
        Fate::Met => Status::FirstMeetingHeld,
        Fate::Agreed => Status::Agreed,
        Fate::Active => Status::Active,
        Fate::Paused => Status::Paused,
        Fate::Ended => Status::Ended,
        Fate::Cancelled => Status::Cancelled,
    };
    let end_reason = story.ended_on.map(|_| {
        let reasons = [
            EndReason::TermCompleted,
            EndReason::ByAgreement,
            EndReason::BySupported,
            EndReason::BySupportPerson,
            EndReason::Moved,
            EndReason::Other,
        ];
        reasons[world.chance.weighted(&[40, 25, 15, 8, 7, 5])].code()
    });
    let has_agreement = story.signed_on.is_some();
    let changes = story.cycles.len() + 2 * story.pauses.len() + 2;
    world.batch.add(
        Table::SupportRelationships,
        [
            ids.relationship.into(),
            ids.organisation.into(),
            parties.referrer.id.into(),
            from.case.into(),
            supporter.id.into(),
            from.referral.into(),
            from.proposal.into(),
            status.code().into(),
            story.asking.disclosed_on.into(),
            story.first_meeting_on.into(),
            story.starts_on.into(),
            story.agreed_until.filter(|_| has_agreement).into(),
            story.ended_on.into(),
            end_reason.clone().into(),
            Cell::from(if has_agreement {
                story.interval_months
            } else {
                3
            }),
            (!has_agreement || story.follows).into(),
            i64::try_from(changes).unwrap_or(1).into(),
            created_at.into(),
        ],
    );
    // Entries are ordered by the time of recording: one clock for all of them.
    let mut last_at = Some(created_at);
    write_beginning(world, &ids, story, &mut last_at);
    write_reviews(world, parties, &ids, story, end_reason, &mut last_at)?;
    write_meetings(world, &ids, story);
    Ok(())
}

fn write_beginning(
    world: &mut World<'_>,
    ids: &Ids,
    story: &Story,
    last_at: &mut Option<DateTime<Utc>>,
) {
    let Some(met_on) = story.first_meeting_on else {
        return;
    };
    write_act(world, ids, (Act::FirstMeetingHeld, met_on), None, last_at);
    let (Some(signed_on), Some(starts_on)) = (story.signed_on, story.starts_on) else {
        return;
    };
    let at = after(world.chance.at(signed_on), last_at);
    let id = world.chance.id(at);
    let rhythm = RHYTHMS[world.chance.weighted(&[10, 35, 40, 15])].0;
    let ends_on = story.agreed_until;
    world.batch.add(
        Table::SupportAgreements,
        [
            id.into(),
            ids.organisation.into(),
            ids.relationship.into(),
            1_i64.into(),
            starts_on.into(),
            ends_on.into(),
            ends_on.is_none().into(),
            rhythm.into(),
            story.interval_months.into(),
            story.follows.into(),
            signed_on.into(),
            ids.professional.into(),
            at.into(),
        ],
    );
    let places = [
        "CAFE",
        "OUTDOORS",
        "LIBRARY",
        "ASSOCIATION",
        "SERVICE",
        "HOME",
        "REMOTE",
        "AGREED_EACH_TIME",
    ];
    let mut chosen = world.chance.some_of(&places, 3);
    if chosen.is_empty() {
        chosen.push("CAFE");
    }
    for place in chosen {
        let row = [id.into(), place.into()];
        world.batch.add(Table::SupportAgreementPlaces, row);
    }
}

fn write_act(
    world: &mut World<'_>,
    ids: &Ids,
    (kind, on): (Act, NaiveDate),
    end_reason: Option<String>,
    last_at: &mut Option<DateTime<Utc>>,
) {
    let at = after(world.chance.at(on), last_at);
    let id = world.chance.id(at);
    let is_meeting = kind == Act::FirstMeetingHeld;
    let was_there = !world.chance.percent(3);
    world.batch.add(
        Table::SupportRelationshipActs,
        [
            id.into(),
            ids.organisation.into(),
            ids.relationship.into(),
            kind.code().into(),
            on.into(),
            is_meeting.then_some(was_there).into(),
            (is_meeting && !was_there).then_some("DISTANCE").into(),
            is_meeting.then_some(ids.professional).into(),
            end_reason.into(),
            ids.professional.into(),
            at.into(),
        ],
    );
}

fn write_reviews(
    world: &mut World<'_>,
    parties: &Parties<'_>,
    ids: &Ids,
    story: &Story,
    end_reason: Option<String>,
    last_at: &mut Option<DateTime<Utc>>,
) -> Result<()> {
    let mut opened_at = last_at.unwrap_or(world.now);
    for (cycle_no, cycle) in (1_u32..).zip(&story.cycles) {
        let review = world.chance.id(opened_at);
        write_review(world, ids, story, (review, cycle_no), cycle, opened_at);
        if let Some(on) = cycle.half_held_on {
            let on = on.max(story.signed_on.unwrap_or(on));
            let held = Some((on, false));
            write_record(world, ids, (review, held, false), on, last_at);
        }
        match cycle.closing {
            Closing::Held { on, is_joint } => {
                let held = Some((on, is_joint));
                write_record(world, ids, (review, held, true), cycle.recorded_on, last_at);
            }
            Closing::NotHeld => {
                write_record(world, ids, (review, None, true), cycle.recorded_on, last_at);
            }
            Closing::CutByPause { on } => {
                write_act(world, ids, (Act::Paused, on), None, last_at);
                let resumed_on = story.pauses.iter().find(|(from, _)| *from == on);
                if let Some(on) = resumed_on.and_then(|(_, to)| *to) {
                    write_act(world, ids, (Act::Resumed, on), None, last_at);
                }
            }
            Closing::CutByEnd { on } => {
                write_act(world, ids, (Act::Ended, on), end_reason.clone(), last_at);
            }
            Closing::Open if story.fate == Fate::Active => {
                write_notices(world, parties, story, (ids.relationship, cycle_no), cycle)?;
            }
            Closing::Open => {}
        }
        opened_at = last_at.unwrap_or(opened_at);
    }
    Ok(())
}

fn write_review(
    world: &mut World<'_>,
    ids: &Ids,
    story: &Story,
    (review, cycle_no): (Uuid, u32),
    cycle: &Cycle,
    opened_at: DateTime<Utc>,
) {
    let it = cycle.window(story);
    let dates = cycle.notices(story);
    let is_open = cycle.closing == Closing::Open;
    let (status, reason, held) = match cycle.closing {
        Closing::Held { on, is_joint } => (JointReviewStatus::Held, None, Some((on, is_joint))),
        Closing::NotHeld => (JointReviewStatus::NotHeld, None, None),
        Closing::CutByPause { .. } => (JointReviewStatus::Cancelled, Some("PAUSED"), None),
        Closing::CutByEnd { .. } => (JointReviewStatus::Cancelled, Some("ENDED"), None),
        Closing::Open => (JointReviewStatus::Planned, None, None),
    };
    let open = |on: Option<NaiveDate>| Cell::from(on.filter(|_| is_open));
    let to_professional = |on: Option<NaiveDate>| open(on.filter(|_| story.follows));
    world.batch.add(
        Table::JointReviews,
        [
            review.into(),
            ids.organisation.into(),
            ids.relationship.into(),
            cycle_no.into(),
            status.code().into(),
            reason.into(),
            story.interval_months.into(),
            it.base.into(),
            it.raw_planned_on.into(),
            it.raw_window_end_on.into(),
            it.window_start_on.into(),
            it.planned_on.into(),
            it.window_end_on.into(),
            cycle.booked_for.into(),
            to_professional(dates.coming_on),
            open(dates.due_on),
            to_professional(dates.nudge_on),
            open(Some(dates.overdue_on)),
            open(Some(dates.overdue_again_on)),
            to_professional(dates.booked_reminder_on),
            held.map(|(on, _)| on).into(),
            held.map(|(_, is_joint)| is_joint).into(),
            1_i64.into(),
            opened_at.into(),
        ],
    );
}

/// A record of a review: held (all three there, or two), or not held.
fn write_record(
    world: &mut World<'_>,
    ids: &Ids,
    (review, held, settles): (Uuid, Option<(NaiveDate, bool)>, bool),
    recorded_on: NaiveDate,
    last_at: &mut Option<DateTime<Utc>>,
) {
    let at = after(world.chance.at(recorded_on), last_at);
    let id = world.chance.id(at);
    let is_joint = held.is_some_and(|(_, is_joint)| is_joint);
    let supported_alone = world.chance.percent(50);
    let channel = if world.chance.percent(75) {
        "IN_PERSON"
    } else {
        "REMOTE"
    };
    let progress =
        ["WELL", "VARYING", "WITH_DIFFICULTY", "NOT_SAID"][world.chance.weighted(&[60, 28, 7, 5])];
    let reason = world.chance.one_of(&[
        "NOT_REACHED",
        "POSTPONED",
        "NOT_WANTED",
        "PROFESSIONAL_AWAY",
    ]);
    let if_held = |cell: Cell| if held.is_some() { cell } else { Cell::Null };
    world.batch.add(
        Table::JointReviewRecords,
        [
            id.into(),
            ids.organisation.into(),
            review.into(),
            if held.is_some() { "HELD" } else { "NOT_HELD" }.into(),
            held.map(|(on, _)| on).into(),
            if_held(true.into()),
            if_held((is_joint || supported_alone).into()),
            if_held((is_joint || !supported_alone).into()),
            if_held(channel.into()),
            if_held(progress.into()),
            if_held("CONTINUE".into()),
            if_held(settles.into()),
            Cell::Null,
            held.is_none().then_some(reason).into(),
            recorded_on.into(),
            ids.professional.into(),
            at.into(),
        ],
    );
}

/// The notices that the worker has sent until yesterday, and who is due one today.
fn write_notices(
    world: &mut World<'_>,
    parties: &Parties<'_>,
    story: &Story,
    (relationship, cycle_no): (Uuid, u32),
    cycle: &Cycle,
) -> Result<()> {
    let dates = cycle.notices(story);
    let to_professional = |on: Option<NaiveDate>| on.filter(|_| story.follows);
    let due = match story.follows {
        true => NoticeKind::ReviewDue,
        false => NoticeKind::ReviewDueNoProfessional,
    };
    let booked = dates
        .booked_reminder_on
        .filter(|_| dates.booked_for.is_some_and(|day| day >= world.today));
    let mut series: Vec<(NoticeKind, NaiveDate)> = [
        (NoticeKind::ReviewComing, to_professional(dates.coming_on)),
        (due, dates.due_on),
        (NoticeKind::ReviewNudge, to_professional(dates.nudge_on)),
        (NoticeKind::ReviewBooked, to_professional(booked)),
        (NoticeKind::ReviewOverdue, Some(dates.overdue_on)),
        (NoticeKind::ReviewOverdue, Some(dates.overdue_again_on)),
    ]
    .into_iter()
    .filter_map(|(kind, on)| Some((kind, on.filter(|on| *on <= world.today)?)))
    .collect();
    series.sort_by_key(|(_, on)| *on);
    let mail_day = previous_working_day(world.today);
    // Of what falls on one day the later kind goes out, as in the rule.
    let today = series.pop_if(|(_, on)| *on == mail_day);
    let coordinator = parties.association.first_coordinator()?;
    let professional = parties.professional;
    let mut to = Vec::new();
    for (kind, for_on) in series.iter().filter(|(_, on)| *on < mail_day) {
        to.clear();
        to.extend(roles(*kind, story.follows));
        for role in &to {
            let person = match role {
                RecipientRole::Professional => professional.id,
                _ => coordinator.id,
            };
            write_sent(
                world,
                parties,
                (relationship, cycle_no),
                (*kind, *for_on),
                (*role, person),
            );
        }
    }
    if let Some((kind, _)) = today {
        for role in roles(kind, story.follows) {
            world.due.push(match role {
                RecipientRole::Professional => match &professional.substitute {
                    Some((_, email)) => email.clone(),
                    None => professional.email.clone(),
                },
                _ => coordinator.email.clone(),
            });
        }
    }
    Ok(())
}

fn roles(kind: NoticeKind, follows: bool) -> Vec<RecipientRole> {
    match (kind, follows) {
        (NoticeKind::ReviewOverdue, true) => {
            vec![RecipientRole::Professional, RecipientRole::Coordinator]
        }
        (_, true) => vec![RecipientRole::Professional],
        (_, false) => vec![RecipientRole::Coordinator],
    }
}

fn write_sent(
    world: &mut World<'_>,
    parties: &Parties<'_>,
    (relationship, cycle_no): (Uuid, u32),
    (kind, for_on): (NoticeKind, NaiveDate),
    (role, person): (RecipientRole, Uuid),
) {
    let nine = helsinki_instant(for_on, NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default());
    let sent_at = nine + TimeDelta::seconds(world.chance.from(2, 90));
    let id = world.chance.id(nine);
    let key_version = world.register.keys.current_version();
    world.batch.add(
        Table::OutboxMessages,
        [
            id.into(),
            parties.association.id.into(),
            kind.code().into(),
            relationship.into(),
            cycle_no.into(),
            role.code().into(),
            for_on.into(),
            "SENT".into(),
            nine.into(),
            1_i64.into(),
            person.into(),
            key_version.into(),
            nine.into(),
            sent_at.into(),
        ],
    );
}

/// Meetings from the first meeting until yesterday or the end, none in a pause, some weeks left out.
fn write_meetings(world: &mut World<'_>, ids: &Ids, story: &Story) {
    let (Some(met_on), Some(_)) = (story.first_meeting_on, story.signed_on) else {
        return;
    };
    let yesterday = plus_days(world.today, -1);
    let until = story.ended_on.unwrap_or(yesterday);
    let (_, days) = RHYTHMS[world.chance.weighted(&[10, 35, 40, 15])];
    let mut on = met_on;
    loop {
        on = plus_days(on, world.chance.from(days * 3 / 5, days * 7 / 5));
        if on > until {
            return;
        }
        let rests = |(from, to): &(NaiveDate, Option<NaiveDate>)| {
            *from <= on && to.is_none_or(|to| on < to)
        };
        if story.pauses.iter().any(rests) {
            continue;
        }
        let activity = [
            "CONVERSATION",
            "COFFEE",
            "NATURE_WALK",
            "FISHING",
            "SPORT",
            "ERRANDS",
            "CULTURE",
            "OTHER",
        ][world.chance.weighted(&[35, 30, 15, 4, 6, 4, 4, 2])];
        let channel =
            ["IN_PERSON", "PHONE", "VIDEO", "MESSAGE"][world.chance.weighted(&[78, 12, 6, 4])];
        let by = match world.chance.percent(70) {
            true => ids.support_person,
            false => ids.professional,
        };
        let later = world.chance.from(0, 2);
        let at = world.chance.at(plus_days(on, later).min(yesterday));
        let id = world.chance.id(at);
        let minutes = 15 * world.chance.from(2, 12);
        world.batch.add(
            Table::Meetings,
            [
                id.into(),
                ids.organisation.into(),
                ids.relationship.into(),
                on.into(),
                minutes.into(),
                activity.into(),
                channel.into(),
                by.into(),
                at.into(),
            ],
        );
    }
}
