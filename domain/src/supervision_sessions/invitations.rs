//! A peer's own invitations to supervision, and the answers to them. Of the others who are invited, nothing is told.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, OrganisationId, PersonId, SupervisionInvitationId};
use rinnalla_entity::states::{
    SupervisionAnswer, SupervisionForm, SupervisionPresence, SupervisionStatus,
};
use sea_orm::FromQueryResult;

use super::{Time, queries};
use crate::access::{Scope, TakePartInSupervision, require};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// One's own invitation.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct OwnInvitation {
    /// Its id.
    pub id: SupervisionInvitationId,
    /// The association whose peers are supervised.
    pub organisation_id: OrganisationId,
    /// Who holds the session.
    pub supervisor_id: PersonId,
    /// The day.
    pub on_date: NaiveDate,
    /// When it begins, as minutes after midnight by Helsinki's clock.
    pub starts_at: i16,
    /// How long it is to last.
    pub minutes: i16,
    /// In a group, alone, or from afar.
    pub form: SupervisionForm,
    /// Whether the session is planned, held or cancelled.
    pub status: SupervisionStatus,
    /// What one answered.
    pub answer: SupervisionAnswer,
    /// Whether one was there, where that is recorded.
    pub presence: Option<SupervisionPresence>,
    /// Grows with every answer.
    pub version: i32,
}

impl OwnInvitation {
    /// When the session is.
    pub fn time(&self) -> Time {
        Time {
            on: self.on_date,
            starts_at: self.starts_at,
            minutes: self.minutes,
        }
    }
}

/// An answer to an invitation.
#[derive(Clone, Copy, Debug)]
pub struct AnswerInvitation {
    /// One's own invitation.
    pub invitation: SupervisionInvitationId,
    /// Its version.
    pub version: i32,
    /// Coming, not coming, or neither any longer.
    pub answer: SupervisionAnswer,
}

/// One's own invitations, the latest hundred, the latest session first.
pub async fn own_invitations(ctx: &Ctx) -> Result<Vec<OwnInvitation>> {
    let scope = require::<TakePartInSupervision>(ctx)?;
    let rows = queries::own_invitations(ctx, &scope, None).await?;
    see(ctx, &scope, &rows);
    Ok(rows)
}

/// One's own invitation; `None` where it is absent or another's.
pub async fn find_own(ctx: &Ctx, id: SupervisionInvitationId) -> Result<Option<OwnInvitation>> {
    let scope = require::<TakePartInSupervision>(ctx)?;
    let mut rows = queries::own_invitations(ctx, &scope, Some(id)).await?;
    if rows.is_empty() {
        ctx.refuse(&scope, ObjectKind::SupervisionSession, id);
    }
    see(ctx, &scope, &rows);
    Ok(rows.pop())
}

/// Answers an invitation, or answers it otherwise, until the day of the session.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE` where the session is past or cancelled).
pub async fn answer(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AnswerInvitation,
) -> Result<SupervisionInvitationId> {
    let scope = require::<TakePartInSupervision>(ctx)?;
    let id = input.invitation;
    let name = "supervisionInvitationAnswer";
    let mut act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionInvitationId(done)),
    };
    let Some(invited) = queries::invited(&act.tx, &scope, id).await? else {
        ctx.refuse(&scope, ObjectKind::SupervisionSession, id);
        return Err(Error::NotFound);
    };
    let is_answered = input.answer != SupervisionAnswer::NotAnswered;
    let at = is_answered.then_some(ctx.now);
    if queries::answer(&act.tx, (id, input.version), input.answer, at).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    if invited.status != SupervisionStatus::Planned || invited.on_date < ctx.today {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    let of = invited.organisation_id;
    act.changed(&scope, of, ObjectKind::SupervisionSession, id);
    act.done().await.map(SupervisionInvitationId)
}

fn see(ctx: &Ctx, scope: &Scope<TakePartInSupervision>, rows: &[OwnInvitation]) {
    let seen = rows.iter().map(|row| (row.organisation_id, row.id.uuid()));
    ctx.see(scope, ObjectKind::SupervisionSession, seen);
}
