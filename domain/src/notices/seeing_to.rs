//! What a coordinator does about a notice that reached nobody: has it sent anew, once the address is mended, or says that
//! the matter is seen to otherwise. Either way it waits no more. Sent anew it is looked at as any other: what no longer
//! applies by then is cancelled, and what fails again waits again.

use rinnalla_entity::ids::{OrganisationId, OutboxMessageId, SupportRelationshipId};
use sea_orm::{FromQueryResult, Value};

use super::OPTED_OUT;
use crate::access::{self, HandleNotices, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::reach::Question;
use crate::sql::Sql;

/// Says that somebody has seen to the matter of a notice that reached nobody: who, and when.
///
/// Errors: `NotFound`; `Invalid` (`noticeId WRONG_STATE` where it reached somebody, or is seen to already).
pub async fn acknowledge(
    ctx: &Ctx,
    key: &IdempotencyKey,
    id: OutboxMessageId,
) -> Result<OutboxMessageId> {
    static ADD: Sql = Sql::new(
        "INSERT INTO notice_acknowledgements (message_id, acknowledged_by, acknowledged_at) VALUES ($1, $2, $3)
         ON CONFLICT (message_id) DO NOTHING",
    );
    let scope = access::require::<HandleNotices>(ctx)?;
    let mut act = match ctx.begin("noticeAcknowledge", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OutboxMessageId(done)),
    };
    let found = find(&act, &scope, id).await?;
    let values: [Value; 3] = [id.0.into(), scope.actor().0.into(), ctx.now.into()];
    let is_seen_to = found.is_undelivered && ADD.run(&act.tx, values).await? == 1;
    Violations::default()
        .check(is_seen_to, "noticeId", "WRONG_STATE")
        .done()?;
    found.tell(&mut act, &scope);
    act.done().await.map(OutboxMessageId)
}

/// Has a notice that reached nobody sent anew, to whoever is to read it today. It leaves when mail leaves, under the same
/// Message-ID. A link for signing in is asked for anew by whoever needs it.
///
/// Errors: `NotFound`; `Invalid` (`noticeId WRONG_STATE` where it reached somebody, is on its way, or is a link).
pub async fn send_again(
    ctx: &Ctx,
    key: &IdempotencyKey,
    id: OutboxMessageId,
) -> Result<OutboxMessageId> {
    static PLAN: Sql = Sql::new(
        "UPDATE outbox_messages SET status = 'PLANNED', reason = NULL, ended_at = NULL, attempts = 0, available_ms = 0
         WHERE id = $1 AND status IN ('SKIPPED', 'DEAD') AND kind <> 'SIGN_IN'",
    );
    static FORGET: Sql = Sql::new("DELETE FROM notice_acknowledgements WHERE message_id = $1");
    let scope = access::require::<HandleNotices>(ctx)?;
    let mut act = match ctx.begin("noticeSendAgain", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OutboxMessageId(done)),
    };
    let found = find(&act, &scope, id).await?;
    let is_planned = found.is_undelivered && PLAN.run(&act.tx, [id.0.into()]).await? == 1;
    Violations::default()
        .check(is_planned, "noticeId", "WRONG_STATE")
        .done()?;
    FORGET.run(&act.tx, [id.0.into()]).await?;
    found.tell(&mut act, &scope);
    act.done().await.map(OutboxMessageId)
}

/// A notice as far as it is to be seen to.
#[derive(FromQueryResult)]
struct Found {
    organisation_id: OrganisationId,
    relationship_id: Option<SupportRelationshipId>,
    is_undelivered: bool,
}

async fn find(act: &Act<'_>, scope: &Scope<HandleNotices>, id: OutboxMessageId) -> Result<Found> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT m.organisation_id, CASE WHEN m.kind LIKE 'REVIEW%' THEN m.subject_id END AS relationship_id,
           m.status IN ('SKIPPED', 'DEAD') AND m.reason <> ",
    );
    question
        .bind(OPTED_OUT)
        .words(" AS is_undelivered FROM outbox_messages m WHERE m.id = ")
        .bind(id.0)
        .words(" AND ")
        .is_one_of("m.organisation_id", &scope.organisations())
        // When somebody signed in concerns nobody else.
        .words(" AND (m.kind <> 'SIGN_IN' OR m.status IN ('SKIPPED', 'DEAD'))");
    let found = question.one(&act.tx).await?;
    if found.is_none() {
        act.ctx.refuse(scope, ObjectKind::Organisation, id);
    }
    found.ok_or(Error::NotFound)
}

impl Found {
    fn tell(&self, act: &mut Act<'_>, scope: &Scope<HandleNotices>) {
        let of = self.organisation_id;
        match self.relationship_id {
            Some(id) => act.changed(scope, of, ObjectKind::SupportRelationship, id),
            None => act.changed(scope, of, ObjectKind::Organisation, of),
        }
    }
}
