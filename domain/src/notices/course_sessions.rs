//! Notices of course sessions: two working days before, and at once when one is moved or cancelled. They go to those who
//! take part and want them, and to those who lead the course; to nobody in their place.
//!
//! A reminder is one row for each person, session number and day, so a session that is moved moves it: what is planned for
//! the former day is cancelled by the act, and the job plans it for the new one. A change is one row for each person and
//! count of the course's changes: a later change of the same session takes the place of an earlier one that is unsent.

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, Timelike as _};
use rinnalla_entity::ids::{
    CourseId, CourseSessionId, EnrolmentId, Id as _, OutboxMessageId, PersonId,
};
use rinnalla_entity::states::NoticeKind;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::resolve::{About, Decision, Mailing, first_name, mark};
use super::rules::{self, FLAGGED_BOUNCES};
use super::{Claimed, Reason, key_version, opt_outs};
use crate::appointments::Appointment;
use crate::calendar;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::people::{self, Contact};
use crate::sql::{self, Sql};
use crate::texts::Language;

/// Whoever may hear of a course's sessions.
macro_rules! readers {
    () => {
        "(SELECT e.id AS subject_id, e.course_id, e.person_id, 'PARTICIPANT' AS role FROM enrolments e
           WHERE e.status = 'ENROLLED' AND e.wants_reminders
          UNION ALL SELECT f.id, f.course_id, f.person_id, 'FACILITATOR' FROM course_facilitators f
           WHERE f.removed_at IS NULL)"
    };
}

/// Plans the reminders of sessions that are due and not planned yet; how many were new or planned again. Run twice, or
/// late, it changes nothing more. On a day on which nobody works it does nothing.
pub async fn enqueue_session_reminders(ctx: &Ctx) -> Result<u64> {
    // Whoever was told in the days before a session that it was moved has been reminded.
    static SQL: Sql = Sql::new(concat!(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status,
           not_before, key_version, created_at)
         SELECT NEW_ID, c.organisation_id, 'SESSION_COMING', t.subject_id, s.no, t.role, s.remind_on, 'PLANNED', $3, $4, $5
         FROM course_sessions s JOIN courses c ON c.id = s.course_id AND c.status IN ('OPEN', 'RUNNING')
         JOIN ",
        readers!(),
        " t ON t.course_id = c.id
         WHERE s.status IN ('SCHEDULED', 'MOVED') AND s.remind_on <= $1
           AND (s.on_date > $1 OR (s.on_date = $1 AND s.starts_at > $2))
           AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'SESSION_COMING' AND m.subject_id = t.subject_id
             AND m.cycle_no = s.no AND m.recipient_role = t.role AND m.for_on = s.remind_on AND m.status <> 'CANCELLED')
           AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'SESSION_MOVED' AND m.subject_id = t.subject_id
             AND m.cycle_no = s.sequence AND m.recipient_role = t.role AND m.for_on >= s.remind_on)
         ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO UPDATE SET status = 'PLANNED', reason = NULL,
           ended_at = NULL, attempts = 0, available_ms = 0, not_before = excluded.not_before, created_at = excluded.created_at
         WHERE outbox_messages.status = 'CANCELLED'"
    ));
    if !calendar::is_working_day(ctx.today) {
        return Ok(0);
    }
    let local = ctx.now.with_timezone(&calendar::TIME_ZONE).time();
    let minutes = i32::try_from(local.num_seconds_from_midnight() / 60).unwrap_or_default();
    let values: [Value; 5] = [
        ctx.today.into(),
        minutes.into(),
        rules::not_before(ctx.today).into(),
        key_version(ctx)?.into(),
        ctx.now.into(),
    ];
    SQL.run(ctx.store.writer(), values).await
}

/// Tells of a session that was moved, or takes place after all (`SessionMoved`), or that was cancelled
/// (`SessionCancelled`): everybody who may hear of it but whoever did it.
pub(crate) async fn tell_of_session(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    session: CourseSessionId,
    kind: NoticeKind,
) -> Result<u64> {
    static SQL: Sql = Sql::new(concat!(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status,
           not_before, key_version, created_at)
         SELECT NEW_ID, c.organisation_id, $2, t.subject_id, s.sequence, t.role, $3, 'PLANNED', $4, $5, $6
         FROM course_sessions s JOIN courses c ON c.id = s.course_id AND c.opened_at IS NOT NULL
         JOIN ",
        readers!(),
        " t ON t.course_id = c.id AND t.person_id <> $7
         WHERE s.id = $1
         ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO NOTHING"
    ));
    let for_on = calendar::next_working_day(ctx.today);
    let values: [Value; 7] = [
        session.0.into(),
        kind.code().into(),
        for_on.into(),
        rules::not_before(for_on).into(),
        key_version(ctx)?.into(),
        ctx.now.into(),
        ctx.actor()?.person.0.into(),
    ];
    SQL.run(db, values).await
}

/// Cancels the planned reminders of a session (`no` of its course) that are not for the day `still`.
pub(crate) async fn cancel_reminders(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    (course, no): (CourseId, i16),
    still: Option<NaiveDate>,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE outbox_messages SET status = 'CANCELLED', reason = $3, ended_at = $4
         WHERE status = 'PLANNED' AND kind = 'SESSION_COMING' AND cycle_no = $2 AND for_on <> $5
           AND subject_id IN (SELECT e.id FROM enrolments e WHERE e.course_id = $1
             UNION ALL SELECT f.id FROM course_facilitators f WHERE f.course_id = $1)",
    );
    let reason = match still {
        Some(_) => Reason::DateMoved,
        None => Reason::SessionClosed,
    };
    let values: [Value; 5] = [
        course.0.into(),
        i32::from(no).into(),
        reason.code().into(),
        ctx.now.into(),
        still.unwrap_or(FAR_AWAY).into(),
    ];
    SQL.run(db, values).await
}

/// A day on which no session is.
const FAR_AWAY: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Whether a notice tells of a session.
pub(super) fn is_of_session(kind: NoticeKind) -> bool {
    matches!(
        kind,
        NoticeKind::SessionComing | NoticeKind::SessionMoved | NoticeKind::SessionCancelled
    )
}

#[derive(FromQueryResult)]
struct Matter {
    message_id: OutboxMessageId,
    session_id: CourseSessionId,
    enrolment_id: Option<EnrolmentId>,
    on_date: NaiveDate,
    starts_at: i16,
    minutes: i16,
    sequence: i32,
    is_to_come: bool,
    is_dated: bool,
    takes_part: bool,
    person_id: PersonId,
    is_reachable: bool,
    organisation_name: String,
    is_name_neutral: bool,
    organisation_language: String,
}

/// Looks at claimed notices of sessions anew: three statements, however many.
pub(super) async fn resolve(
    ctx: &Ctx,
    claimed: &[&Claimed],
) -> Result<HashMap<OutboxMessageId, Decision>> {
    static MATTERS: Sql = Sql::new(
        "SELECT m.id AS message_id, s.id AS session_id, e.id AS enrolment_id, s.on_date, s.starts_at, s.minutes,
           s.sequence, (s.status IN ('SCHEDULED', 'MOVED') AND c.status <> 'CANCELLED') AS is_to_come, s.remind_on = m.for_on AS is_dated,
           coalesce(e.status = 'ENROLLED' AND e.wants_reminders, f.removed_at IS NULL) AS takes_part, p.id AS person_id,
           (p.is_active AND p.erased_at IS NULL AND p.email_sealed IS NOT NULL AND p.email_bounces < $1) AS is_reachable,
           o.name AS organisation_name, o.is_name_neutral, o.language AS organisation_language
         FROM outbox_messages m
         LEFT JOIN enrolments e ON m.recipient_role = 'PARTICIPANT' AND e.id = m.subject_id
         LEFT JOIN course_facilitators f ON m.recipient_role = 'FACILITATOR' AND f.id = m.subject_id
         JOIN courses c ON c.id = coalesce(e.course_id, f.course_id)
         JOIN course_sessions s ON s.course_id = c.id
           AND ((m.kind = 'SESSION_COMING' AND s.no = m.cycle_no AND s.status <> 'CANCELLED')
             OR (m.kind <> 'SESSION_COMING' AND s.sequence = m.cycle_no))
         JOIN people p ON p.id = coalesce(e.person_id, f.person_id)
         JOIN organisations o ON o.id = c.organisation_id
         WHERE m.id = ANY_ID($2)",
    );
    if claimed.is_empty() {
        return Ok(HashMap::new());
    }
    let db = ctx.store.reader();
    let ids = sql::ids(ctx.store.backend(), claimed.iter().map(|it| it.id));
    let rows: Vec<Matter> = MATTERS.all(db, [FLAGGED_BOUNCES.into(), ids]).await?;
    let matters: HashMap<OutboxMessageId, Matter> =
        rows.into_iter().map(|row| (row.message_id, row)).collect();
    let people: BTreeSet<PersonId> = matters.values().map(|row| row.person_id).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let without = opt_outs::of_people(db, &people).await?;
    let contacts = people::contacts(&ctx.keys, db, &people).await?;
    let decide = |it: &Claimed| {
        let Some(matter) = matters.get(&it.id) else {
            return Decision::Cancel(Reason::Superseded);
        };
        if let Some(reason) = no_longer(ctx, it, matter) {
            return Decision::Cancel(reason);
        }
        match without.contains(&(matter.person_id, it.kind)) {
            true => Decision::Skip(Reason::OptedOut),
            false => write(ctx, it, matter, contacts.get(&matter.person_id)),
        }
    };
    Ok(claimed.iter().map(|it| (it.id, decide(it))).collect())
}

/// Why a notice applies no longer, where that is so.
fn no_longer(ctx: &Ctx, claimed: &Claimed, matter: &Matter) -> Option<Reason> {
    if !matter.takes_part {
        return Some(Reason::NotTakingPart);
    }
    let is_past = matter.on_date < ctx.today;
    match claimed.kind {
        NoticeKind::SessionCancelled => matter.is_to_come.then_some(Reason::Superseded),
        _ if is_past || !matter.is_to_come => Some(Reason::SessionClosed),
        NoticeKind::SessionComing if !matter.is_dated => Some(Reason::DateMoved),
        _ => None,
    }
}

fn write(ctx: &Ctx, claimed: &Claimed, matter: &Matter, contact: Option<&Contact>) -> Decision {
    let reached = contact.filter(|_| matter.is_reachable);
    let Some((contact, email)) = reached.and_then(|it| Some((it, it.email.clone()?))) else {
        return Decision::Skip(Reason::NoRecipient);
    };
    let message_mac = match mark(ctx, claimed) {
        Ok(mark) => mark,
        Err(dead) => return dead,
    };
    let organisation_language = Language::of_code(&matter.organisation_language);
    Decision::Send(Box::new(Mailing {
        kind: claimed.kind,
        to: Some(matter.person_id),
        email,
        first_name: first_name(&contact.name),
        language: contact.language.readable(organisation_language),
        organisation_name: matter
            .is_name_neutral
            .then(|| matter.organisation_name.clone()),
        about: About::Session {
            appointment: Appointment {
                uid: matter.session_id.uuid(),
                on: matter.on_date,
                starts_at: calendar::clock(matter.starts_at),
                minutes: matter.minutes,
                sequence: matter.sequence,
                is_cancelled: claimed.kind == NoticeKind::SessionCancelled,
                // The same over all attempts, as everything in a mail.
                changed_at: claimed.created_at,
            },
            opaque_id: match matter.enrolment_id {
                Some(own) => own.encode(),
                None => matter.session_id.encode(),
            },
        },
        message_mac,
        written_at: claimed.created_at,
    }))
}
