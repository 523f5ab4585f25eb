//! Notices to one person about something of their own: that they are invited to supervision in a week, and that wishes to the
//! place where they are a paid guide wait for an answer. They go to nobody in their place.

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    DropInPlaceId, Id as _, OutboxMessageId, PersonId, SupervisionInvitationId,
    SupervisionSessionId,
};
use rinnalla_entity::states::NoticeKind;
use sea_orm::{FromQueryResult, Value};

use super::resolve::{About, Decision, Mailing, first_name, mark};
use super::rules::{self, FLAGGED_BOUNCES};
use super::{Claimed, Reason, key_version, opt_outs};
use crate::appointments::Appointment;
use crate::calendar::{self, plus_days};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::people::{self, Contact};
use crate::sql::{self, Sql};
use crate::texts::Language;

/// Plans the invitations to supervision in the coming week; how many were new or planned again. One row for each invitation
/// and day: a session that is moved moves it. Run twice, or late, it changes nothing more.
pub async fn enqueue_invitations(ctx: &Ctx) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status,
           not_before, key_version, created_at)
         SELECT NEW_ID, s.organisation_id, 'SUPERVISION_COMING', i.id, 0, 'ONESELF', s.on_date, 'PLANNED', $3, $4, $5
         FROM supervision_invitations i JOIN supervision_sessions s ON s.id = i.session_id
         WHERE s.status = 'PLANNED' AND i.withdrawn_at IS NULL AND i.answer <> 'NOT_COMING' AND s.on_date > $1 AND s.on_date <= $2
         ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO UPDATE SET status = 'PLANNED', reason = NULL,
           ended_at = NULL, attempts = 0, available_ms = 0, not_before = excluded.not_before, created_at = excluded.created_at
         WHERE outbox_messages.status = 'CANCELLED'",
    );
    if !calendar::is_working_day(ctx.today) {
        return Ok(0);
    }
    let values: [Value; 5] = [
        ctx.today.into(),
        rules::invited_until(ctx.today).into(),
        rules::not_before(ctx.today).into(),
        key_version(ctx)?.into(),
        ctx.now.into(),
    ];
    SQL.run(ctx.store.writer(), values).await
}

/// Plans what paid guides hear of wishes that nobody has answered for a fortnight, on Monday or the next working day; how
/// many were new. One row for each guide of a place and week.
pub async fn enqueue_wish_notices(ctx: &Ctx) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status,
           not_before, key_version, created_at)
         SELECT NEW_ID, p.organisation_id, 'WISHES_UNANSWERED', t.id, 0, 'PAID_GUIDE', $2, 'PLANNED', $4, $5, $6
         FROM place_role_terms t JOIN drop_in_places p ON p.id = t.place_id
         WHERE t.role = 'PAID_GUIDE' AND t.cancelled_at IS NULL AND t.from_on <= $1 AND (t.to_on IS NULL OR t.to_on >= $1)
           AND EXISTS (SELECT 1 FROM wishes w WHERE w.place_id = p.id AND w.text IS NOT NULL AND w.answer IS NULL
             AND w.status <> 'DONE' AND w.received_on <= $3)
         ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO NOTHING",
    );
    let for_on = rules::digest_on(ctx.today);
    if ctx.today < for_on || !calendar::is_working_day(ctx.today) {
        return Ok(0);
    }
    let values: [Value; 6] = [
        ctx.today.into(),
        for_on.into(),
        plus_days(ctx.today, -rules::WISH_DAYS).into(),
        rules::not_before(for_on).into(),
        key_version(ctx)?.into(),
        ctx.now.into(),
    ];
    SQL.run(ctx.store.writer(), values).await
}

/// Whether a notice is about something of one person's own.
pub(super) fn is_personal(kind: NoticeKind) -> bool {
    matches!(
        kind,
        NoticeKind::SupervisionComing | NoticeKind::WishesUnanswered
    )
}

#[derive(FromQueryResult)]
struct Matter {
    message_id: OutboxMessageId,
    person_id: PersonId,
    is_reachable: bool,
    organisation_name: String,
    is_name_neutral: bool,
    organisation_language: String,
    invitation_id: Option<SupervisionInvitationId>,
    session_id: Option<SupervisionSessionId>,
    on_date: Option<NaiveDate>,
    starts_at: Option<i16>,
    minutes: Option<i16>,
    sequence: Option<i32>,
    takes_part: Option<bool>,
    place_id: Option<DropInPlaceId>,
    guides: Option<bool>,
    wishes: i64,
}

/// Looks at claimed notices anew: three statements, however many.
pub(super) async fn resolve(
    ctx: &Ctx,
    claimed: &[&Claimed],
) -> Result<HashMap<OutboxMessageId, Decision>> {
    static MATTERS: Sql = Sql::new(
        "SELECT m.id AS message_id, p.id AS person_id,
           (p.is_active AND p.erased_at IS NULL AND p.email_sealed IS NOT NULL AND p.email_bounces < $1) AS is_reachable,
           o.name AS organisation_name, o.is_name_neutral, o.language AS organisation_language, i.id AS invitation_id,
           s.id AS session_id, s.on_date, s.starts_at, s.minutes, s.version AS sequence,
           (i.withdrawn_at IS NULL AND i.answer <> 'NOT_COMING' AND s.status = 'PLANNED') AS takes_part, t.place_id,
           (t.cancelled_at IS NULL AND t.from_on <= $3 AND (t.to_on IS NULL OR t.to_on >= $3)) AS guides,
           (SELECT count(*) FROM wishes w WHERE w.place_id = t.place_id AND w.text IS NOT NULL AND w.answer IS NULL
             AND w.status <> 'DONE' AND w.received_on <= $4) AS wishes
         FROM outbox_messages m
         LEFT JOIN supervision_invitations i ON m.kind = 'SUPERVISION_COMING' AND i.id = m.subject_id
         LEFT JOIN supervision_sessions s ON s.id = i.session_id
         LEFT JOIN place_role_terms t ON m.kind = 'WISHES_UNANSWERED' AND t.id = m.subject_id
         JOIN people p ON p.id = coalesce(i.person_id, t.person_id)
         JOIN organisations o ON o.id = m.organisation_id WHERE m.id = ANY_ID($2)",
    );
    if claimed.is_empty() {
        return Ok(HashMap::new());
    }
    let db = ctx.store.reader();
    let values: [Value; 4] = [
        FLAGGED_BOUNCES.into(),
        sql::ids(ctx.store.backend(), claimed.iter().map(|it| it.id)),
        ctx.today.into(),
        plus_days(ctx.today, -rules::WISH_DAYS).into(),
    ];
    let rows: Vec<Matter> = MATTERS.all(db, values).await?;
    let matters: HashMap<OutboxMessageId, Matter> =
        rows.into_iter().map(|row| (row.message_id, row)).collect();
    let people: Vec<PersonId> = matters.values().map(|row| row.person_id).collect();
    let without = opt_outs::of_people(db, &people).await?;
    let contacts = people::contacts(&ctx.keys, db, &people).await?;
    let decide = |it: &Claimed| {
        let Some(matter) = matters.get(&it.id) else {
            return Decision::Cancel(Reason::Superseded);
        };
        match about(ctx, it, matter) {
            Err(reason) => Decision::Cancel(reason),
            Ok(_) if without.contains(&(matter.person_id, it.kind)) => {
                Decision::Skip(Reason::OptedOut)
            }
            Ok(about) => write(ctx, it, matter, (about, contacts.get(&matter.person_id))),
        }
    };
    Ok(claimed.iter().map(|it| (it.id, decide(it))).collect())
}

/// What a notice says as things stand now, or why it applies no longer.
fn about(ctx: &Ctx, claimed: &Claimed, matter: &Matter) -> std::result::Result<About, Reason> {
    if let Some(place) = matter.place_id {
        if matter.guides != Some(true) {
            return Err(Reason::NotTakingPart);
        }
        if claimed.for_on != rules::digest_on(ctx.today) {
            return Err(Reason::Superseded);
        }
        return match matter.wishes {
            0 => Err(Reason::NothingOpen),
            count => Ok(About::Count {
                count,
                opaque_id: place.encode(),
            }),
        };
    }
    let (Some(session), Some(invitation), Some(on), Some(starts_at), Some(minutes)) = (
        matter.session_id,
        matter.invitation_id,
        matter.on_date,
        matter.starts_at,
        matter.minutes,
    ) else {
        return Err(Reason::Superseded);
    };
    if matter.takes_part != Some(true) {
        return Err(Reason::NotTakingPart);
    }
    if on != claimed.for_on {
        return Err(Reason::DateMoved);
    }
    if on < ctx.today {
        return Err(Reason::SessionClosed);
    }
    Ok(About::Session {
        appointment: Appointment {
            uid: session.uuid(),
            on,
            starts_at: calendar::clock(starts_at),
            minutes,
            sequence: matter.sequence.unwrap_or_default(),
            is_cancelled: false,
            changed_at: claimed.created_at,
        },
        opaque_id: invitation.encode(),
    })
}

fn write(
    ctx: &Ctx,
    claimed: &Claimed,
    matter: &Matter,
    (about, contact): (About, Option<&Contact>),
) -> Decision {
    let reached = contact.filter(|_| matter.is_reachable);
    let Some((contact, email)) = reached.and_then(|it| Some((it, it.email.clone()?))) else {
        return Decision::Skip(Reason::NoRecipient);
    };
    let message_mac = match mark(ctx, claimed) {
        Ok(mark) => mark,
        Err(dead) => return dead,
    };
    let organisation_language = Language::of_code(&matter.organisation_language);
    let neutral = matter.is_name_neutral;
    Decision::Send(Box::new(Mailing {
        kind: claimed.kind,
        to: Some(matter.person_id),
        email,
        first_name: first_name(&contact.name),
        language: contact.language.readable(organisation_language),
        organisation_name: neutral.then(|| matter.organisation_name.clone()),
        about,
        message_mac,
        written_at: claimed.created_at,
    }))
}
