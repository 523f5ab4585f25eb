//! Recording that a session was held, who was there and how long it took; and taking that back.

use std::collections::BTreeMap;

use rinnalla_entity::ids::{PersonId, SupervisionSessionId};
use rinnalla_entity::states::{SupervisionPresence, SupervisionStatus};
use sea_orm::Value;

use super::planning::{OnSession, checked_minutes, done, is_one_of, take};
use super::{queries, rules};
use crate::access::{Supervise, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql;

/// Whether somebody was there.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Who.
    pub person: PersonId,
    /// Whether.
    pub status: SupervisionPresence,
}

/// How a session was held: everything as it should be.
#[derive(Clone, Debug)]
pub struct Record {
    /// The session.
    pub session: SupervisionSessionId,
    /// The version that it was recorded on.
    pub version: i32,
    /// How long it lasted, in minutes.
    pub minutes: i32,
    /// Who was there, invited or not, and who was not.
    pub marks: Vec<Mark>,
}

/// Records that a session was held, on its day or later. What was recorded wrongly is recorded again.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`minutes OUT_OF_RANGE`, `marks EMPTY`, `OUT_OF_RANGE`,
/// `SAME_TWICE`, `TOO_MANY`, `NOT_A_PEER_THERE`; `DATE_IN_FUTURE`, `WRONG_STATE`).
pub async fn record(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: Record,
) -> Result<SupervisionSessionId> {
    let scope = require::<Supervise>(ctx)?;
    let given = input.marks.iter().map(|it| (it.person, it.status));
    let marks: BTreeMap<PersonId, SupervisionPresence> = given.collect();
    let mut faults = Violations::default();
    let minutes = faults.take("minutes", checked_minutes(input.minutes));
    faults
        .check(!marks.is_empty(), "marks", "EMPTY")
        .check(
            input.marks.len() <= 2 * rules::MOST_PEOPLE,
            "marks",
            "OUT_OF_RANGE",
        )
        .check(marks.len() == input.marks.len(), "marks", "SAME_TWICE")
        .done()?;
    let id = input.session;
    let act = match ctx.begin("supervisionSessionRecord", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionSessionId(done)),
    };
    let held = take(&act, &scope, id, input.version).await?;
    is_one_of(
        &held,
        &[SupervisionStatus::Planned, SupervisionStatus::Held],
    )?;
    if held.on_date > ctx.today {
        return Err(Error::invalid("", "DATE_IN_FUTURE"));
    }
    let is_there = |it: &&SupervisionPresence| **it == SupervisionPresence::Attended;
    let there = marks.values().filter(is_there).count();
    let people: Vec<PersonId> = marks.keys().copied().collect();
    let of = held.organisation_id;
    let are_peers = queries::are_peers(&act.tx, of, held.on_date, &people).await?;
    Violations::default()
        .check(there <= rules::most_people(held.form), "marks", "TOO_MANY")
        .check(are_peers, "marks", "NOT_A_PEER_THERE")
        .done()?;
    queries::cancel_marks(&act, id).await?;
    write(&act, id, input.version + 1, &marks).await?;
    queries::set_status(&act.tx, id, SupervisionStatus::Held, minutes).await?;
    done(act, &scope, &held).await
}

/// Takes back that a session was held: it is planned again, and nobody was there.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`).
pub async fn record_cancel(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnSession,
) -> Result<SupervisionSessionId> {
    let scope = require::<Supervise>(ctx)?;
    let id = input.session;
    let name = "supervisionSessionRecordCancel";
    let act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionSessionId(done)),
    };
    let held = take(&act, &scope, id, input.version).await?;
    is_one_of(&held, &[SupervisionStatus::Held])?;
    queries::cancel_marks(&act, id).await?;
    queries::set_status(&act.tx, id, SupervisionStatus::Planned, None).await?;
    done(act, &scope, &held).await
}

async fn write(
    act: &Act<'_>,
    id: SupervisionSessionId,
    version: i32,
    marks: &BTreeMap<PersonId, SupervisionPresence>,
) -> Result<()> {
    let (by, now) = (act.ctx.actor()?.person, act.ctx.now);
    let rows = marks.iter().flat_map(|(person, mark)| {
        [
            Value::from(id.0),
            person.0.into(),
            version.into(),
            code(*mark),
            by.0.into(),
            now.into(),
        ]
    });
    let columns = "session_id, person_id, session_version, status, recorded_by, recorded_at";
    sql::insert_many(&act.tx, "supervision_attendances", columns, rows.collect()).await
}
