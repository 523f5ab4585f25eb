//! The weekly digest in SQL: which organisations are due one, and how much of what is open there.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rinnalla_entity::ids::OrganisationId;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use crate::calendar::{helsinki_instant, plus_days};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::notices::Open;
use crate::notices::rules::{ANSWER_DAYS, FAILED_NOTICE_DAYS};
use crate::sql::{self, Sql};

/// Writes the week's row of each organisation that had a coordinator by that morning; how many were new.
pub(in crate::notices) async fn enqueue(
    db: &impl ConnectionTrait,
    for_on: NaiveDate,
    not_before: DateTime<Utc>,
    key_version: i32,
    now: DateTime<Utc>,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status,
           not_before, key_version, created_at)
         SELECT NEW_ID, o.id, 'WEEKLY_DIGEST', o.id, 0, 'COORDINATOR', $1, 'PLANNED', $2, $3, $4 FROM organisations o
         WHERE o.created_at < $2
           AND EXISTS (SELECT 1 FROM role_grants g WHERE g.organisation_id = o.id AND g.role = 'COORDINATOR'
             AND g.cancelled_at IS NULL AND g.valid_from <= $1 AND (g.valid_to IS NULL OR g.valid_to >= $1))
           AND NOT EXISTS (SELECT 1 FROM outbox_messages m WHERE m.kind = 'WEEKLY_DIGEST' AND m.subject_id = o.id
             AND m.cycle_no = 0 AND m.recipient_role = 'COORDINATOR' AND m.for_on = $1)
         ON CONFLICT (kind, subject_id, cycle_no, recipient_role, for_on) DO NOTHING",
    );
    let values: [Value; 4] = [
        for_on.into(),
        not_before.into(),
        key_version.into(),
        now.into(),
    ];
    SQL.run(db, values).await
}

/// An organisation that is to hear what is open.
#[derive(FromQueryResult)]
pub(in crate::notices) struct Matter {
    pub id: OrganisationId,
    pub name: String,
    pub is_name_neutral: bool,
    pub language: String,
    pub mailbox: Option<String>,
    #[sea_orm(nested)]
    pub open: Open,
}

/// What is open in each organisation: the same that waits in its coordinators' lists. One statement.
pub(in crate::notices) async fn matters(
    ctx: &Ctx,
    of: impl IntoIterator<Item = OrganisationId>,
) -> Result<Vec<Matter>> {
    static SQL: Sql = Sql::new(
        "SELECT o.id, o.name, o.is_name_neutral, o.language, o.mailbox,
           (SELECT count(*) FROM joint_reviews r WHERE r.organisation_id = o.id AND r.status = 'PLANNED'
             AND r.window_end_on < $2) AS reviews_overdue,
           (SELECT count(*) FROM joint_reviews r JOIN support_relationships s ON s.id = r.relationship_id
             WHERE r.organisation_id = o.id AND r.status = 'PLANNED' AND r.planned_on <= $2 AND r.window_end_on >= $2
               AND (NOT s.professional_follows OR NOT EXISTS (SELECT 1 FROM case_professionals h
                 WHERE h.case_id = s.case_id AND h.to_on IS NULL))) AS reviews_unfollowed,
           (SELECT count(*) FROM referrals f WHERE f.organisation_id = o.id AND f.status IN ('SUBMITTED', 'WAITING'))
             AS referrals,
           (SELECT count(*) FROM referrals f
             JOIN match_proposals p ON p.referral_id = f.id AND p.status IN ('ASKED', 'OFFERED', 'ACCEPTED')
             JOIN referral_acts a ON a.proposal_id = p.id AND a.cancelled_at IS NULL AND a.kind = CASE p.status
               WHEN 'ASKED' THEN 'SUPPORT_PERSON_ASKED' WHEN 'OFFERED' THEN 'SUPPORT_PERSON_AGREED' ELSE 'SUPPORTED_AGREED' END
             WHERE f.organisation_id = o.id AND f.status IN ('PROPOSED', 'ACCEPTED')
               AND (p.status = 'ACCEPTED' OR (p.status = 'ASKED' AND a.channel = 'PHONE') OR a.on_date <= $3)) AS proposals,
           (SELECT count(*) FROM outbox_messages m WHERE m.organisation_id = o.id AND m.status IN ('SKIPPED', 'DEAD')
             AND coalesce(m.reason, '') <> 'OPTED_OUT' AND m.ended_at >= $4
             AND NOT EXISTS (SELECT 1 FROM notice_acknowledgements k WHERE k.message_id = m.id)) AS notices,
           (SELECT count(*) FROM supported_cases c
             LEFT JOIN case_professionals h ON h.case_id = c.id AND h.to_on IS NULL AND h.is_responsible
             WHERE c.organisation_id = o.id
             AND (c.given_up_on IS NOT NULL AND h.id IS NULL
               OR h.person_id IN (SELECT g.person_id FROM role_grants g
                 WHERE g.role = 'PROFESSIONAL' AND (g.valid_to IS NOT NULL OR g.cancelled_at IS NOT NULL)
                   AND NOT EXISTS (SELECT 1 FROM role_grants n WHERE n.person_id = g.person_id AND n.role = 'PROFESSIONAL'
                     AND n.cancelled_at IS NULL AND n.valid_from <= $2 AND (n.valid_to IS NULL OR n.valid_to >= $2))))
             AND (EXISTS (SELECT 1 FROM support_relationships r WHERE r.case_id = c.id AND r.status NOT IN ('ENDED', 'CANCELLED'))
               OR EXISTS (SELECT 1 FROM referrals f WHERE f.case_id = c.id
                 AND f.status IN ('SUBMITTED', 'WAITING', 'PROPOSED', 'ACCEPTED')))) AS cases_given_up
         FROM organisations o WHERE o.id = ANY_ID($1)",
    );
    let since = helsinki_instant(plus_days(ctx.today, -FAILED_NOTICE_DAYS), NaiveTime::MIN);
    let values: [Value; 4] = [
        sql::ids(ctx.store.backend(), of),
        ctx.today.into(),
        plus_days(ctx.today, -ANSWER_DAYS).into(),
        since.into(),
    ];
    SQL.all(ctx.store.reader(), values).await
}
