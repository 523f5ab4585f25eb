//! Recording a meeting, putting it right, cancelling it.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, MeetingId, OrganisationId, SupportRelationshipId};
use rinnalla_entity::states::MeetingChannel;
use sea_orm::{FromQueryResult, Value};

use super::{MINUTES, Meeting};
use crate::access::{RecordMeetings, Scope, require};
use crate::act::{Act, AtOnce, Begun, ChangeKind, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::reach::Question;
use crate::sql::Sql;

/// What there is to say of a meeting.
#[derive(Clone, Debug)]
pub struct WhatHappened {
    /// The day.
    pub met_on: NaiveDate,
    /// How long it lasted, in minutes.
    pub minutes: i32,
    /// A code of the list `ACTIVITY`.
    pub activity: String,
    /// How they met.
    pub channel: MeetingChannel,
}

/// Records a meeting.
#[derive(Clone, Debug)]
pub struct RecordMeeting {
    /// The relationship.
    pub relationship: SupportRelationshipId,
    /// What happened.
    pub what: WhatHappened,
}

/// Puts a meeting right.
#[derive(Clone, Debug)]
pub struct CorrectMeeting {
    /// The meeting.
    pub meeting: MeetingId,
    /// Its version.
    pub version: i32,
    /// What really happened.
    pub what: WhatHappened,
}

/// Cancels a meeting that was recorded by mistake.
#[derive(Clone, Debug)]
pub struct CancelMeeting {
    /// The meeting.
    pub meeting: MeetingId,
    /// Its version.
    pub version: i32,
}

/// What came of recording a meeting.
#[derive(Clone, Debug)]
pub enum Recorded {
    /// The meeting as it was written.
    Now(Meeting),
    /// It had been recorded before under the same key, and may have been changed since.
    Before(MeetingId),
}

const RECORD: AtOnce = AtOnce {
    name: "meetingRecord",
    object: ObjectKind::SupportRelationship,
    change: ChangeKind::SupportRelationship,
};

/// Records a meeting of a relationship whose first meeting was held, up to its end.
///
/// Errors: `Invalid` (`metOn`, `minutes`, `activity`; `WRONG_STATE`), `NotFound`.
pub async fn record(ctx: &Ctx, key: &IdempotencyKey, input: RecordMeeting) -> Result<Recorded> {
    let scope = require::<RecordMeetings>(ctx)?;
    let what = check(ctx, input.what)?;
    let (id, relationship, actor) = (MeetingId::random(), input.relationship, ctx.actor()?.person);
    let recorded = |organisation_id| {
        Recorded::Now(Meeting {
            id,
            organisation_id,
            relationship_id: relationship,
            met_on: what.met_on,
            minutes: what.minutes,
            activity: what.activity.clone(),
            channel: what.channel,
            version: 1,
            replaces_id: None,
            recorded_by: actor,
            recorded_at: ctx.now,
            cancelled_at: None,
        })
    };
    let write =
        |question: &mut Question| insertion(question, ctx, &scope, id, relationship, &what, None);
    let at_once = RECORD.run(ctx, &scope, key, (id, relationship), write, |_| ());
    if let Some(organisation) = at_once.await? {
        return Ok(recorded(organisation));
    }
    let mut act = match ctx.begin(RECORD.name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return Ok(Recorded::Before(MeetingId::from_uuid(id))),
    };
    let organisation = add(&act, &scope, id, relationship, &what, None).await?;
    act.changed(
        &scope,
        organisation,
        ObjectKind::SupportRelationship,
        relationship,
    );
    act.done().await?;
    Ok(recorded(organisation))
}

/// Puts a meeting right: the mistaken one stays, marked, and another takes its place. Answers the new one.
///
/// Errors: as [`record`], and `Conflict`.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: CorrectMeeting) -> Result<MeetingId> {
    let scope = require::<RecordMeetings>(ctx)?;
    let what = check(ctx, input.what)?;
    let id = MeetingId::random();
    let mut act = match ctx.begin("meetingCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return Ok(MeetingId::from_uuid(id)),
    };
    let of = strike(&act, &scope, input.meeting, input.version).await?;
    let relationship = of.relationship_id;
    let organisation = add(&act, &scope, id, relationship, &what, Some(input.meeting)).await?;
    act.changed(
        &scope,
        organisation,
        ObjectKind::SupportRelationship,
        relationship,
    );
    act.done().await?;
    Ok(id)
}

/// Cancels a meeting: it stays, marked, and counts no more.
///
/// Errors: `Invalid` (`ALREADY_CANCELLED`), `NotFound`, `Conflict`.
pub async fn cancel(ctx: &Ctx, key: &IdempotencyKey, input: CancelMeeting) -> Result<MeetingId> {
    let scope = require::<RecordMeetings>(ctx)?;
    let mut act = match ctx.begin("meetingCancel", key, input.meeting).await? {
        Begun::Fresh(act) => act,
        Begun::Done(id) => return Ok(MeetingId::from_uuid(id)),
    };
    let of = strike(&act, &scope, input.meeting, input.version).await?;
    act.changed(
        &scope,
        of.organisation_id,
        ObjectKind::SupportRelationship,
        of.relationship_id,
    );
    act.done().await?;
    Ok(input.meeting)
}

/// A meeting that was checked as far as the input alone tells.
struct Checked {
    met_on: NaiveDate,
    minutes: i16,
    activity: String,
    channel: MeetingChannel,
}

fn check(ctx: &Ctx, what: WhatHappened) -> Result<Checked> {
    let minutes = Some(what.minutes).filter(|minutes| MINUTES.contains(minutes));
    let minutes = minutes.and_then(|minutes| i16::try_from(minutes).ok());
    let is_code = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    Violations::default()
        .check(what.met_on <= ctx.today, "metOn", "DATE_IN_FUTURE")
        .check(minutes.is_some(), "minutes", "OUT_OF_RANGE")
        .check(
            what.activity.chars().all(is_code),
            "activity",
            "UNKNOWN_CODE",
        )
        .done()?;
    Ok(Checked {
        met_on: what.met_on,
        minutes: minutes.unwrap_or_default(),
        activity: what.activity,
        channel: what.channel,
    })
}

/// Writes a meeting if everything about it holds, in one statement; only where nothing was written is it asked why.
async fn add(
    act: &Act<'_>,
    scope: &Scope<RecordMeetings>,
    id: MeetingId,
    relationship: SupportRelationshipId,
    what: &Checked,
    replaces: Option<MeetingId>,
) -> Result<OrganisationId> {
    #[derive(FromQueryResult)]
    struct Written {
        organisation_id: OrganisationId,
    }
    let mut question = Question::new(act.ctx.store.backend(), "");
    insertion(
        &mut question,
        act.ctx,
        scope,
        id,
        relationship,
        what,
        replaces,
    );
    let written: Option<Written> = question.one(&act.tx).await?;
    match written {
        Some(written) => Ok(written.organisation_id),
        None => Err(why_not(act, scope, relationship, what).await?),
    }
}

/// The INSERT of a meeting, if everything about it holds.
fn insertion(
    question: &mut Question,
    ctx: &Ctx,
    scope: &Scope<RecordMeetings>,
    id: MeetingId,
    relationship: SupportRelationshipId,
    what: &Checked,
    replaces: Option<MeetingId>,
) {
    question.words(
        "INSERT INTO meetings (id, met_on, minutes, channel, replaces_id, recorded_by, recorded_at, activity, organisation_id,
           relationship_id) SELECT ",
    );
    let values: [Value; 7] = [
        id.uuid().into(),
        what.met_on.into(),
        what.minutes.into(),
        code(what.channel),
        replaces.map(|replaced| replaced.uuid()).into(),
        scope.actor().uuid().into(),
        ctx.now.into(),
    ];
    for value in values {
        question.bind(value).words(", ");
    }
    question
        .words("c.code, r.organisation_id, r.id FROM ")
        .words_of_many("asked a CROSS JOIN ")
        .words("support_relationships r JOIN codes c ON c.list = 'ACTIVITY' AND c.is_active AND c.code = ")
        .bind(what.activity.clone())
        .words(" WHERE r.id = ")
        .bind(relationship.uuid())
        .words(" AND r.status <> 'CANCELLED' AND r.first_meeting_on <= ")
        .bind(what.met_on)
        .words(" AND (r.ended_on IS NULL OR r.ended_on >= ")
        .bind(what.met_on)
        .words(") AND ")
        .reaches_relationship(scope)
        // The first meeting and the end stay as they are until the meeting stands.
        .words_on(" FOR SHARE OF r", "")
        .words_of_many(" SKIP LOCKED")
        .words(" RETURNING id AS of, organisation_id, relationship_id AS object_id");
}

async fn why_not(
    act: &Act<'_>,
    scope: &Scope<RecordMeetings>,
    relationship: SupportRelationshipId,
    what: &Checked,
) -> Result<Error> {
    #[derive(FromQueryResult)]
    struct Found {
        is_cancelled: bool,
        first_meeting_on: Option<NaiveDate>,
        ended_on: Option<NaiveDate>,
        is_known: bool,
    }
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT r.status = 'CANCELLED' AS is_cancelled, r.first_meeting_on, r.ended_on,
           EXISTS (SELECT 1 FROM codes c WHERE c.list = 'ACTIVITY' AND c.is_active AND c.code = ",
    );
    question
        .bind(what.activity.clone())
        .words(") AS is_known FROM support_relationships r WHERE r.id = ")
        .bind(relationship.uuid())
        .words(" AND ")
        .reaches_relationship(scope);
    let found: Option<Found> = question.one(&act.tx).await?;
    let Some(found) = found else {
        act.ctx
            .refuse(scope, ObjectKind::SupportRelationship, relationship);
        return Ok(Error::NotFound);
    };
    let Some(first_meeting_on) = found.first_meeting_on.filter(|_| !found.is_cancelled) else {
        return Ok(Error::invalid("", "WRONG_STATE"));
    };
    let faults = Violations::default()
        .check(
            first_meeting_on <= what.met_on && found.ended_on.is_none_or(|on| what.met_on <= on),
            "metOn",
            "DATES_OUT_OF_ORDER",
        )
        .check(found.is_known, "activity", "UNKNOWN_CODE")
        .done();
    Ok(faults.err().unwrap_or(Error::Unavailable))
}

#[derive(FromQueryResult)]
struct Of {
    organisation_id: OrganisationId,
    relationship_id: SupportRelationshipId,
    is_cancelled: bool,
}

/// Marks a meeting as cancelled.
async fn strike(
    act: &Act<'_>,
    scope: &Scope<RecordMeetings>,
    meeting: MeetingId,
    version: i32,
) -> Result<Of> {
    static STRIKE: Sql = Sql::new(
        "UPDATE meetings SET cancelled_at = $3, cancelled_by = $4, version = version + 1 WHERE id = $1 AND version = $2",
    );
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT m.organisation_id, m.relationship_id, m.cancelled_at IS NOT NULL AS is_cancelled
         FROM meetings m JOIN support_relationships r ON r.id = m.relationship_id WHERE m.id = ",
    );
    question
        .bind(meeting.uuid())
        .words(" AND ")
        .reaches_relationship(scope);
    let found: Option<Of> = question.one(&act.tx).await?;
    let Some(found) = found else {
        act.ctx
            .refuse(scope, ObjectKind::SupportRelationship, meeting);
        return Err(Error::NotFound);
    };
    let values: [Value; 4] = [
        meeting.uuid().into(),
        version.into(),
        act.ctx.now.into(),
        act.ctx.actor()?.person.uuid().into(),
    ];
    if STRIKE.run(&act.tx, values).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    if found.is_cancelled {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    Ok(found)
}
