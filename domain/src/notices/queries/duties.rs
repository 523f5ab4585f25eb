//! Which notice of a review applies today, in SQL, so that a hundred thousand open reviews cost one statement a kind.
//!
//! The conditions are written once and used twice: when the job writes the rows, and again just before a row is sent.
//! They say what `joint_reviews::rules::reminders::latest_applicable` says, from the stored dates; a test holds the
//! two together. In all of them `r` is the review, `s` its relationship, `$1` is today.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::states::NoticeKind;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::error::Result;
use crate::reach::Question;
use crate::sql::Sql;

/// The relationship goes on.
macro_rules! relationship_stands {
    () => {
        "s.status = 'ACTIVE'"
    };
}

/// A consent that is withdrawn takes its referral with it.
macro_rules! consent_stands {
    () => {
        "EXISTS (SELECT 1 FROM referrals f WHERE f.id = s.referral_id AND f.status <> 'WITHDRAWN' LIMIT 1 OFFSET 0)"
    };
}

/// A notice's day is still to come, or it has none.
macro_rules! not_yet {
    ($column:literal) => {
        concat!("(r.", $column, " IS NULL OR r.", $column, " > $1)")
    };
}

/// No reminder of a booked day is the later one. Of two on one day, the overdue notice goes before it, the others not.
macro_rules! no_booked {
    ($is_earlier:literal) => {
        concat!(
            "(NOT s.professional_follows OR r.booked_notice_on IS NULL OR r.booked_notice_on > $1
              OR r.booked_for IS NULL OR r.booked_for < $1 OR r.booked_notice_on ",
            $is_earlier,
            ")"
        )
    };
}

/// Announced, due, nudged, overdue, overdue again: of these the days are always in this order.
macro_rules! applies {
    (REVIEW_COMING) => {
        concat!(
            "s.professional_follows AND r.coming_notice_on <= $1 AND ",
            not_yet!("due_notice_on"), " AND ", not_yet!("nudge_notice_on"), " AND ", not_yet!("overdue_notice_on"),
            " AND ", no_booked!("< r.coming_notice_on")
        )
    };
    (REVIEW_DUE) => {
        concat!(
            "s.professional_follows AND r.due_notice_on <= $1 AND ",
            not_yet!("nudge_notice_on"), " AND ", not_yet!("overdue_notice_on"),
            " AND ", no_booked!("< r.due_notice_on")
        )
    };
    (REVIEW_DUE_NO_PROFESSIONAL) => {
        concat!("NOT s.professional_follows AND r.due_notice_on <= $1 AND ", not_yet!("overdue_notice_on"))
    };
    (REVIEW_NUDGE) => {
        concat!(
            "s.professional_follows AND r.nudge_notice_on <= $1 AND ", not_yet!("overdue_notice_on"),
            " AND ", no_booked!("< r.nudge_notice_on")
        )
    };
    (REVIEW_BOOKED) => {
        "s.professional_follows AND r.booked_notice_on <= $1 AND r.booked_for >= $1
         AND (r.coming_notice_on IS NULL OR r.coming_notice_on > $1 OR r.coming_notice_on <= r.booked_notice_on)
         AND (r.due_notice_on IS NULL OR r.due_notice_on > $1 OR r.due_notice_on <= r.booked_notice_on)
         AND (r.nudge_notice_on IS NULL OR r.nudge_notice_on > $1 OR r.nudge_notice_on <= r.booked_notice_on)
         AND (r.overdue_notice_on IS NULL OR r.overdue_notice_on > $1 OR r.overdue_notice_on < r.booked_notice_on)
         AND (r.overdue_again_notice_on IS NULL OR r.overdue_again_notice_on > $1
              OR r.overdue_again_notice_on < r.booked_notice_on)"
    };
    (REVIEW_OVERDUE) => {
        concat!(
            "r.overdue_notice_on <= $1 AND ",
            no_booked!("<= CASE WHEN r.overdue_again_notice_on <= $1 THEN r.overdue_again_notice_on ELSE r.overdue_notice_on END")
        )
    };
}

/// The day that a notice which applies today is for.
macro_rules! for_on {
    (REVIEW_COMING) => { "r.coming_notice_on" };
    (REVIEW_DUE) => { "r.due_notice_on" };
    (REVIEW_DUE_NO_PROFESSIONAL) => { "r.due_notice_on" };
    (REVIEW_NUDGE) => { "r.nudge_notice_on" };
    (REVIEW_BOOKED) => { "r.booked_notice_on" };
    (REVIEW_OVERDUE) => {
        "CASE WHEN r.overdue_again_notice_on <= $1 THEN r.overdue_again_notice_on ELSE r.overdue_notice_on END"
    };
}

/// The columns of one kind's `CASE`, for rows of any kind: `m` is the outbox row.
macro_rules! for_each_kind {
    ($what:ident) => {
        concat!(
            "CASE m.kind WHEN 'REVIEW_COMING' THEN ",
            $what!(REVIEW_COMING),
            " WHEN 'REVIEW_DUE' THEN ",
            $what!(REVIEW_DUE),
            " WHEN 'REVIEW_DUE_NO_PROFESSIONAL' THEN ",
            $what!(REVIEW_DUE_NO_PROFESSIONAL),
            " WHEN 'REVIEW_NUDGE' THEN ",
            $what!(REVIEW_NUDGE),
            " WHEN 'REVIEW_BOOKED' THEN ",
            $what!(REVIEW_BOOKED),
            " WHEN 'REVIEW_OVERDUE' THEN ",
            $what!(REVIEW_OVERDUE),
            " END"
        )
    };
}

/// One kind's statement. A duty that is written already costs one look at the outbox's index; one that was cancelled
/// and applies again is revived, with the same id and so the same Message-ID. One that was past when its relationship
/// was moved in stays as it is.
///
/// `LIMIT 1 OFFSET 0` keeps PostgreSQL from making a join of a look: with figures from before the day's first rows it
/// chose joins that took a hundred times as long.
macro_rules! enqueue {
    ($kind:ident, $to:literal) => {
        Sql::new(concat!(
            "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status,
               not_before, key_version, created_at)
             SELECT NEW_ID, r.organisation_id, '", stringify!($kind), "', r.relationship_id, r.cycle_no, t.role, ", for_on!($kind),
            ", 'PLANNED', $2, $3, $4
             FROM joint_reviews r
             JOIN support_relationships s ON s.id = r.relationship_id
             JOIN (", $to, ") t ON t.role = 'COORDINATOR' OR s.professional_follows
             WHERE r.status = 'PLANNED' AND ", applies!($kind),
            " AND ", relationship_stands!(), " AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = '", stringify!($kind),
            "' AND m.subject_id = r.relationship_id AND m.cycle_no = r.cycle_no AND m.recipient_role = t.role AND m.for_on = ",
            for_on!($kind), " AND (m.status <> 'CANCELLED' OR m.reason = 'MOVED_IN') LIMIT 1 OFFSET 0) AND ", consent_stands!(), "
             LIMIT $5
             ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO UPDATE SET status = 'PLANNED',
               reason = NULL, ended_at = NULL, attempts = 0, available_ms = 0, not_before = excluded.not_before,
               created_at = excluded.created_at
             WHERE outbox_messages.status = 'CANCELLED' AND outbox_messages.reason <> 'MOVED_IN'"
        ))
    };
}

static ENQUEUE: [(NoticeKind, Sql); 6] = [
    (
        NoticeKind::ReviewComing,
        enqueue!(REVIEW_COMING, "SELECT 'PROFESSIONAL' AS role"),
    ),
    (
        NoticeKind::ReviewDue,
        enqueue!(REVIEW_DUE, "SELECT 'PROFESSIONAL' AS role"),
    ),
    (
        NoticeKind::ReviewDueNoProfessional,
        enqueue!(REVIEW_DUE_NO_PROFESSIONAL, "SELECT 'COORDINATOR' AS role"),
    ),
    (
        NoticeKind::ReviewNudge,
        enqueue!(REVIEW_NUDGE, "SELECT 'PROFESSIONAL' AS role"),
    ),
    (
        NoticeKind::ReviewBooked,
        enqueue!(REVIEW_BOOKED, "SELECT 'PROFESSIONAL' AS role"),
    ),
    (
        NoticeKind::ReviewOverdue,
        enqueue!(
            REVIEW_OVERDUE,
            "SELECT 'PROFESSIONAL' AS role UNION ALL SELECT 'COORDINATOR'"
        ),
    ),
];

/// One kind of a notice of moved reviews: whose day has passed.
macro_rules! past {
    ($kind:literal, $role:literal, $column:literal, $condition:literal) => {
        concat!(
            "SELECT r.organisation_id, r.relationship_id, r.cycle_no, ", $kind, " AS kind, '", $role, "' AS role, r.",
            $column, " AS for_on FROM joint_reviews r JOIN support_relationships s ON s.id = r.relationship_id
             WHERE r.status = 'PLANNED' AND r.", $column, " < $2 AND r.relationship_id = ANY_ID($1)", $condition
        )
    };
}

/// Marks the notices of relationships that were moved in, as far as their day had passed by then, as not to be sent.
pub(in crate::notices) async fn leave_out_past(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    now: DateTime<Utc>,
    key_version: i32,
    relationships: Value,
) -> Result<u64> {
    static SQL: Sql = Sql::new(concat!(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status, reason,
           not_before, key_version, created_at, ended_at)
         SELECT NEW_ID, p.organisation_id, p.kind, p.relationship_id, p.cycle_no, p.role, p.for_on, 'CANCELLED', 'MOVED_IN',
           $3, $4, $3, $3
         FROM (",
        past!("'REVIEW_COMING'", "PROFESSIONAL", "coming_notice_on", " AND s.professional_follows"),
        " UNION ALL ",
        past!("'REVIEW_DUE'", "PROFESSIONAL", "due_notice_on", " AND s.professional_follows"),
        " UNION ALL ",
        past!("'REVIEW_DUE_NO_PROFESSIONAL'", "COORDINATOR", "due_notice_on", " AND NOT s.professional_follows"),
        " UNION ALL ",
        past!("'REVIEW_NUDGE'", "PROFESSIONAL", "nudge_notice_on", " AND s.professional_follows"),
        " UNION ALL ",
        past!("'REVIEW_OVERDUE'", "PROFESSIONAL", "overdue_notice_on", " AND s.professional_follows"),
        " UNION ALL ",
        past!("'REVIEW_OVERDUE'", "COORDINATOR", "overdue_notice_on", ""),
        " UNION ALL ",
        past!("'REVIEW_OVERDUE'", "PROFESSIONAL", "overdue_again_notice_on", " AND s.professional_follows"),
        " UNION ALL ",
        past!("'REVIEW_OVERDUE'", "COORDINATOR", "overdue_again_notice_on", ""),
        ") p WHERE true
         ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO UPDATE SET reason = 'MOVED_IN'
         WHERE outbox_messages.status = 'CANCELLED'"
    ));
    let values = [relationships, today.into(), now.into(), key_version.into()];
    SQL.run(db, values).await
}

/// Rows that one statement writes at most, so that none runs into its time limit after a long outage.
const ROWS: u64 = 10_000;

/// Writes the notices that apply on a day, one statement a kind (another only after [`ROWS`]); how many of each were
/// new or revived.
pub(in crate::notices) async fn enqueue(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    not_before: DateTime<Utc>,
    key_version: i32,
    now: DateTime<Utc>,
) -> Result<Vec<(NoticeKind, u64)>> {
    let limit = ROWS as i64;
    let mut written = Vec::with_capacity(ENQUEUE.len());
    for (kind, sql) in &ENQUEUE {
        let mut of_kind = 0;
        loop {
            let values = [
                today.into(),
                not_before.into(),
                key_version.into(),
                now.into(),
                limit.into(),
            ];
            let rows = sql.run(db, values).await?;
            of_kind += rows;
            if rows < ROWS {
                break;
            }
        }
        written.push((*kind, of_kind));
    }
    Ok(written)
}

/// Of a claimed row: whether its day is still one of its review's, and whether it is the notice of today.
macro_rules! still {
    () => {
        concat!(
            "(m.recipient_role = 'COORDINATOR' OR s.professional_follows) AND coalesce(m.for_on = ", for_each_kind!(for_on),
            ", false) AND coalesce(", for_each_kind!(applies), ", false) AS is_latest,
             coalesce(CASE m.kind WHEN 'REVIEW_OVERDUE' THEN m.for_on IN (r.overdue_notice_on, r.overdue_again_notice_on)
               ELSE m.for_on = ", for_each_kind!(for_on), " END, false) AS is_dated, ",
            relationship_stands!(), " AS relationship_stands, ", consent_stands!(), " AS consent_stands"
        )
    };
}
pub(super) use {
    applies, consent_stands, for_each_kind, for_on, no_booked, not_yet, relationship_stands, still,
};

pub(in crate::notices) fn cancelling(
    question: &mut Question,
    now: DateTime<Utc>,
    subject: Uuid,
    still: &[(NoticeKind, i32, NaiveDate)],
) {
    let still = still
        .iter()
        .map(|(kind, cycle_no, for_on)| format!("{} {cycle_no} {for_on}", kind.code()));
    question
        .words("UPDATE outbox_messages SET status = 'CANCELLED', reason = 'NO_LONGER_DUE', ended_at = ")
        .bind(now)
        .words_of_many(" FROM done a")
        .words(" WHERE status = 'PLANNED' AND subject_id = ")
        .bind(subject)
        .words(" AND NOT ")
        .is_code_of(
            "(kind || ' ' || CAST(cycle_no AS text) || ' ' || CAST(for_on AS text))",
            still,
        );
}
