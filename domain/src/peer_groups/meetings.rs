//! How many came to the meetings of a peer group: heads, and nobody's name.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, PeerGroupId, PeerGroupMeetingId};
use sea_orm::Value;

use super::queries::{self, About};
use super::rules;
use crate::access::{LeadPeerGroups, require};
use crate::act::{Begun, IdempotencyKey, take_version};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::sql::Sql;

/// A meeting that was held.
#[derive(Clone, Copy, Debug)]
pub struct RecordMeeting {
    /// The group.
    pub group: PeerGroupId,
    /// The day.
    pub on: NaiveDate,
    /// How long it was.
    pub minutes: i32,
    /// How many came.
    pub heads: i32,
    /// How many of them for the first time, where it was asked.
    pub first_timers: Option<i32>,
}

/// A meeting that was recorded in error.
#[derive(Clone, Copy, Debug)]
pub struct CancelMeeting {
    /// The meeting.
    pub meeting: PeerGroupMeetingId,
    /// The version that this is based on.
    pub version: i32,
}

/// Records how many came to a meeting.
///
/// Errors: `NotFound`, `Invalid` (`on DATE_IN_FUTURE`, `OUT_OF_RANGE` where the group was not yet or no longer, or too long
/// ago; `minutes`, `heads`, `firstTimers OUT_OF_RANGE`; `ALREADY_CANCELLED` where the group was added in error).
pub async fn record_meeting(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: RecordMeeting,
) -> Result<PeerGroupMeetingId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO peer_group_meetings (id, peer_group_id, on_date, minutes, heads, first_timers, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let scope = require::<LeadPeerGroups>(ctx)?;
    let mut faults = Violations::default();
    if let Some(fault) = rules::day_fault(input.on, ctx.today) {
        faults.check(false, "on", fault);
    }
    let (heads, first) = (input.heads, input.first_timers);
    faults
        .check(
            rules::MINUTES.contains(&input.minutes),
            "minutes",
            "OUT_OF_RANGE",
        )
        .check(rules::HEADS.contains(&heads), "heads", "OUT_OF_RANGE")
        .check(
            first.is_none_or(|n| (0..=heads).contains(&n)),
            "firstTimers",
            "OUT_OF_RANGE",
        )
        .done()?;
    let id = PeerGroupMeetingId::random();
    let mut act = match ctx.begin("peerGroupMeetingRecord", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PeerGroupMeetingId(done)),
    };
    let held = queries::hold(&act, &scope, About::Group(input.group)).await?;
    if held.is_cancelled {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    let is_within = input.on >= held.from_on && held.to_on.is_none_or(|to| input.on <= to);
    if !is_within {
        return Err(Error::invalid("on", "OUT_OF_RANGE"));
    }
    let values: [Value; 8] = [
        id.0.into(),
        held.id.0.into(),
        input.on.into(),
        input.minutes.into(),
        heads.into(),
        first.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::PeerGroup, held.id);
    act.done().await.map(PeerGroupMeetingId)
}

/// Takes a meeting back that was recorded in error; it stays, cancelled.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`ALREADY_CANCELLED`).
pub async fn cancel_meeting(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: CancelMeeting,
) -> Result<PeerGroupMeetingId> {
    static SQL: Sql = Sql::new(
        "UPDATE peer_group_meetings SET cancelled_by = $2, cancelled_at = $3 WHERE id = $1 AND cancelled_at IS NULL",
    );
    let scope = require::<LeadPeerGroups>(ctx)?;
    let id = input.meeting;
    let mut act = match ctx.begin("peerGroupMeetingCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PeerGroupMeetingId(done)),
    };
    let held = queries::hold(&act, &scope, About::Meeting(id)).await?;
    take_meeting(&act.tx, id, input.version).await?;
    let by = [id.0.into(), scope.actor().0.into(), ctx.now.into()];
    if SQL.run(&act.tx, by).await? == 0 {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    act.changed(&scope, held.organisation_id, ObjectKind::PeerGroup, held.id);
    act.done().await.map(PeerGroupMeetingId)
}

take_version!(take_meeting, "peer_group_meetings", PeerGroupMeetingId);
