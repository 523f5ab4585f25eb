//! Who was at a weekend, for a whole training in one act.

use std::collections::BTreeMap;

use rinnalla_entity::ids::{
    Id as _, SupportPersonActId, SupportPersonId, TrainingId, TrainingParticipantId,
};
use sea_orm::Value;

use super::queries::{self, Held, Part};
use super::rules::MOST_PARTICIPANTS;
use crate::access::{ManageTrainings, RecordTrainings, require};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql;
use crate::support_persons::{self, Weekend as Change};

/// Which of the two weekends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weekend {
    /// The first.
    First,
    /// The second.
    Second,
}

impl Weekend {
    fn no(self) -> i16 {
        match self {
            Self::First => 1,
            Self::Second => 2,
        }
    }

    pub(super) fn of(self, held: &Held) -> chrono::NaiveDate {
        match self {
            Self::First => held.first_on,
            Self::Second => held.second_on,
        }
    }

    pub(super) fn entry_of(self, part: &Part) -> Option<SupportPersonActId> {
        match self {
            Self::First => part.first_act_id,
            Self::Second => part.second_act_id,
        }
    }
}

/// Whether somebody was there.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Who.
    pub support_person: SupportPersonId,
    /// Whether: for the whole of the weekend.
    pub was_there: bool,
}

/// Who was at a weekend.
#[derive(Clone, Debug)]
pub struct RecordAttendance {
    /// The training.
    pub training: TrainingId,
    /// Its version.
    pub version: i32,
    /// Which weekend.
    pub weekend: Weekend,
    /// The marks; whoever is not named stays as they were.
    pub marks: Vec<Mark>,
}

/// Records who was at a weekend, on its day or later: the association's coordinator, or a facilitator of the organisation that
/// gives the training. Whoever was at as many weekends as their programme asks for is
/// through the gate of the training; a mark that is taken back takes the gate back.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`marks EMPTY`, `OUT_OF_RANGE`, `SAME_TWICE`, `UNKNOWN`,
/// `WRONG_STATE` (ended); `weekend DATE_IN_FUTURE`; `WRONG_STATE` of a cancelled training).
pub async fn record_attendance(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: RecordAttendance,
) -> Result<TrainingId> {
    let scope = require::<RecordTrainings>(ctx)?;
    let given = input
        .marks
        .iter()
        .map(|it| (it.support_person, it.was_there));
    let marks: BTreeMap<SupportPersonId, bool> = given.collect();
    Violations::default()
        .check(!marks.is_empty(), "marks", "EMPTY")
        .check(
            input.marks.len() <= MOST_PARTICIPANTS,
            "marks",
            "OUT_OF_RANGE",
        )
        .check(marks.len() == input.marks.len(), "marks", "SAME_TWICE")
        .done()?;
    let id = input.training;
    let mut act = match ctx.begin("trainingRecordAttendance", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(TrainingId(done)),
    };
    let held = queries::hold(&act, &scope, id, input.version).await?;
    let day = input.weekend.of(&held);
    let parts = queries::parts(&act.tx, id).await?;
    let parts: BTreeMap<SupportPersonId, Part> = parts
        .into_iter()
        .map(|it| (it.support_person_id, it))
        .collect();
    let are_known = marks.keys().all(|of| parts.contains_key(of));
    Violations::default()
        .check(!held.is_cancelled, "", "WRONG_STATE")
        .check(day <= ctx.today, "weekend", "DATE_IN_FUTURE")
        .check(are_known, "marks", "UNKNOWN")
        .done()?;
    let change = |(of, was_there): (&SupportPersonId, &bool)| {
        let entry = parts.get(of).and_then(|part| input.weekend.entry_of(part));
        let change = match (entry, was_there) {
            (None, true) => Change::Attended(day),
            (Some(entry), false) => Change::Missed(entry),
            _ => return None,
        };
        Some((*of, change))
    };
    let changes: BTreeMap<_, _> = marks.iter().filter_map(change).collect();
    let of = held.organisation_id;
    let entries = support_persons::record_weekends(&mut act, &scope, of, &changes, "marks").await?;
    let there = entries
        .into_iter()
        .filter_map(|(of, entry)| Some((parts.get(&of)?.id, entry)));
    link(&act, input.weekend, there).await?;
    act.changed(&scope, of, ObjectKind::Training, id);
    act.done().await.map(TrainingId)
}

/// Notes which entries say that somebody was there.
pub(super) async fn link(
    act: &Act<'_>,
    weekend: Weekend,
    entries: impl Iterator<Item = (TrainingParticipantId, SupportPersonActId)>,
) -> Result<()> {
    let cells = entries.flat_map(|(part, entry)| {
        [
            Value::from(part.uuid()),
            weekend.no().into(),
            entry.uuid().into(),
        ]
    });
    let columns = "participant_id, weekend, act_id";
    sql::insert_many(&act.tx, "training_attendances", columns, cells.collect()).await
}

/// The marks of a weekend that has moved to another day move with it.
///
/// Errors: `Invalid` (`field`) where an entry cannot stand on that day.
pub(super) async fn follow(
    act: &mut Act<'_>,
    scope: &crate::access::Scope<ManageTrainings>,
    (held, parts): (&Held, &[Part]),
    (weekend, to, field): (Weekend, chrono::NaiveDate, &'static str),
) -> Result<()> {
    if weekend.of(held) == to {
        return Ok(());
    }
    let moved: BTreeMap<_, _> = parts
        .iter()
        .filter_map(|part| {
            let entry = weekend.entry_of(part)?;
            Some((part.support_person_id, Change::Moved(entry, to)))
        })
        .collect();
    if !moved.is_empty() && to > act.ctx.today {
        return Err(Error::invalid(field, "DATE_IN_FUTURE"));
    }
    let of = held.organisation_id;
    let entries = support_persons::record_weekends(act, scope, of, &moved, field).await?;
    let there = parts
        .iter()
        .filter_map(|part| Some((part.id, *entries.get(&part.support_person_id)?)));
    link(act, weekend, there).await
}
