//! What is asked about the outbox.

use rinnalla_entity::ids::{Id as _, OutboxMessageId};
use sea_orm::FromQueryResult;

use crate::access::{ReadNotices, Scope};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::notices::OPTED_OUT;
use crate::notices::reading::{Attempt, Filter, Notice};
use crate::page::PageArgs;
use crate::reach::Question;

type Reading = Scope<ReadNotices>;

const COLUMNS: &str = "SELECT m.id, m.organisation_id, m.kind, CASE WHEN m.kind LIKE 'REVIEW%' THEN m.subject_id END AS relationship_id, r.id AS review_id, m.recipient_role,
    m.for_on, m.status, m.reason, m.attempts, m.not_before, m.sent_to_id, m.created_at, m.ended_at,
    CASE m.recipient_role
      WHEN 'PROFESSIONAL' THEN (SELECT h.person_id FROM support_relationships s
        JOIN case_professionals h ON h.case_id = s.case_id AND h.to_on IS NULL AND h.is_responsible WHERE s.id = m.subject_id)
      WHEN 'PARTICIPANT' THEN (SELECT e.person_id FROM enrolments e WHERE e.id = m.subject_id)
      WHEN 'FACILITATOR' THEN (SELECT f.person_id FROM course_facilitators f WHERE f.id = m.subject_id)
    END AS meant_for_id, k.acknowledged_by AS acknowledged_by_id, k.acknowledged_at
    FROM outbox_messages m
    LEFT JOIN notice_acknowledgements k ON k.message_id = m.id
    LEFT JOIN joint_reviews r ON r.relationship_id = m.subject_id AND r.cycle_no = m.cycle_no WHERE ";

pub(in crate::notices) async fn list(
    ctx: &Ctx,
    scope: &Reading,
    filter: &Filter,
    page: &PageArgs,
) -> Result<Vec<Notice>> {
    let mut question = Question::new(ctx.store.backend(), COLUMNS);
    which(&mut question, scope, filter);
    if let Some(after) = page.after {
        question.words(" AND m.id < ").bind(after.id);
    }
    question
        .words(" ORDER BY m.id DESC LIMIT ")
        .bind(page.limit());
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
struct Count {
    rows: i64,
}

pub(in crate::notices) async fn count(ctx: &Ctx, scope: &Reading, filter: &Filter) -> Result<u64> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT count(*) AS rows FROM outbox_messages m WHERE ",
    );
    which(&mut question, scope, filter);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.rows.unsigned_abs()))
}

/// When somebody signs in concerns nobody else; that a mail with a link did not arrive, whoever looks after mail.
const NO_SIGN_INS: &str = " AND (m.kind <> 'SIGN_IN' OR m.status IN ('SKIPPED', 'DEAD'))";

fn which(question: &mut Question, scope: &Reading, filter: &Filter) {
    question
        .is_one_of("m.organisation_id", &scope.organisations())
        .words(NO_SIGN_INS);
    if filter.is_undelivered {
        // In the words of its index.
        question
            .words(" AND m.status IN ('SKIPPED', 'DEAD') AND m.reason <> ")
            .bind(OPTED_OUT)
            .words(" AND NOT EXISTS (SELECT 1 FROM notice_acknowledgements a WHERE a.message_id = m.id)");
    }
    if !filter.statuses.is_empty() {
        let codes = filter.statuses.iter().map(|status| status.code());
        question.words(" AND ").is_code_of("m.status", codes);
    }
    if !filter.kinds.is_empty() {
        let codes = filter.kinds.iter().map(|kind| kind.code());
        question.words(" AND ").is_code_of("m.kind", codes);
    }
    if let Some(relationship) = filter.relationship {
        question
            .words(" AND m.subject_id = ")
            .bind(relationship.uuid());
    }
}

pub(in crate::notices) async fn find(
    ctx: &Ctx,
    scope: &Reading,
    id: OutboxMessageId,
) -> Result<Option<Notice>> {
    let mut question = Question::new(ctx.store.backend(), COLUMNS);
    question
        .words("m.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .is_one_of("m.organisation_id", &scope.organisations())
        .words(NO_SIGN_INS);
    question.one(ctx.store.reader()).await
}

pub(in crate::notices) async fn attempts(
    ctx: &Ctx,
    scope: &Reading,
    of: &[OutboxMessageId],
) -> Result<Vec<Attempt>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT a.message_id, a.attempt, a.outcome, a.at
         FROM message_attempts a JOIN outbox_messages m ON m.id = a.message_id WHERE ",
    );
    question
        .is_one_of("a.message_id", of)
        .words(" AND ")
        .is_one_of("m.organisation_id", &scope.organisations())
        .words(" ORDER BY a.message_id, a.attempt, a.id");
    question.all(ctx.store.reader()).await
}
