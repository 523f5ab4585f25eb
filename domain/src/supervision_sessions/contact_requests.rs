//! "Please contact me": a peer asks to be contacted by a supervisor, without a reason. The supervisors of those who
//! supervise the association see it and say that they have; the association itself is told nothing of it.

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{Id as _, OrganisationId, PersonId, SupervisionContactRequestId};
use sea_orm::FromQueryResult;

use super::queries;
use crate::access::{Permission, Scope, Supervise, TakePartInSupervision, require};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};

/// Somebody asked to be contacted.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct ContactRequest {
    /// Its id.
    pub id: SupervisionContactRequestId,
    /// The association whose peer it is.
    pub organisation_id: OrganisationId,
    /// Who.
    pub person_id: PersonId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// When a supervisor said that they take care of it.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Grows with every change.
    pub version: i32,
}

/// Asks to be contacted.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// The association of which one is a peer.
    pub organisation: OrganisationId,
}

/// An act on a request that says nothing more.
#[derive(Clone, Copy, Debug)]
pub struct OnContactRequest {
    /// The request.
    pub request: SupervisionContactRequestId,
    /// Its version.
    pub version: i32,
}

/// The requests that wait for a supervisor and, after them, those that were taken care of; the latest hundred.
pub async fn requests(ctx: &Ctx) -> Result<Vec<ContactRequest>> {
    let scope = require::<Supervise>(ctx)?;
    let rows = queries::requests(ctx, &scope, None).await?;
    see_all(ctx, &scope, &rows);
    Ok(rows)
}

/// How many wait for a supervisor; none for one who supervises nobody. Nobody's request is looked at.
pub async fn waiting(ctx: &Ctx) -> Result<i64> {
    match require::<Supervise>(ctx) {
        Ok(scope) => queries::waiting_requests(ctx, &scope).await,
        Err(Error::Forbidden) => Ok(0),
        Err(error) => Err(error),
    }
}

/// One's own requests, the latest first, at most a hundred.
pub async fn own_requests(ctx: &Ctx) -> Result<Vec<ContactRequest>> {
    let scope = require::<TakePartInSupervision>(ctx)?;
    let rows = queries::own_requests(ctx, &scope, None).await?;
    see_all(ctx, &scope, &rows);
    Ok(rows)
}

/// A request, as a supervisor or as the one who asked; `None` where it is absent or hidden.
pub async fn find_request(
    ctx: &Ctx,
    id: SupervisionContactRequestId,
) -> Result<Option<ContactRequest>> {
    match require::<Supervise>(ctx) {
        Ok(scope) => {
            let found = queries::requests(ctx, &scope, Some(id)).await?.pop();
            if found.is_some() {
                see_all(ctx, &scope, found.as_slice());
                return Ok(found);
            }
        }
        Err(Error::Forbidden) => {}
        Err(error) => return Err(error),
    }
    let scope = match require::<TakePartInSupervision>(ctx) {
        // A supervisor whose organisation supervises the association no longer.
        Err(Error::Forbidden) => return Ok(None),
        scope => scope?,
    };
    let found = queries::own_requests(ctx, &scope, Some(id)).await?.pop();
    see_all(ctx, &scope, found.as_slice());
    Ok(found)
}

/// Asks to be contacted by a supervisor. No reason is given, and there is no place for one.
///
/// Errors: `Invalid` (`organisationId UNKNOWN` where one is no peer of it, `ALREADY_RECORDED` where one waits already).
pub async fn ask(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: Ask,
) -> Result<SupervisionContactRequestId> {
    let scope = require::<TakePartInSupervision>(ctx)?;
    let id = SupervisionContactRequestId::random();
    let name = "supervisionContactRequestSend";
    let mut act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionContactRequestId(done)),
    };
    let (of, me) = (input.organisation, scope.actor());
    if !queries::are_peers(&act.tx, of, ctx.today, &[me]).await? {
        return Err(Error::invalid("organisationId", "UNKNOWN"));
    }
    if queries::insert_request(&act.tx, id, of, me, ctx.now).await? == 0 {
        return Err(Error::invalid("", "ALREADY_RECORDED"));
    }
    act.changed(&scope, of, ObjectKind::SupervisionContactRequest, id);
    act.done().await.map(SupervisionContactRequestId)
}

/// Takes one's own request back, as long as nobody has taken care of it.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`).
pub async fn withdraw(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnContactRequest,
) -> Result<SupervisionContactRequestId> {
    let scope = require::<TakePartInSupervision>(ctx)?;
    let id = input.request;
    let name = "supervisionContactRequestWithdraw";
    let mut act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionContactRequestId(done)),
    };
    let Some(found) = queries::own_request(&act.tx, &scope, id).await? else {
        ctx.refuse(&scope, ObjectKind::SupervisionContactRequest, id);
        return Err(Error::NotFound);
    };
    queries::take_request(&act.tx, id, input.version).await?;
    if found.acknowledged_at.is_some() || found.withdrawn_at.is_some() {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    queries::withdraw_request(&act.tx, id, ctx.now).await?;
    let of = found.organisation_id;
    act.changed(&scope, of, ObjectKind::SupervisionContactRequest, id);
    act.done().await.map(SupervisionContactRequestId)
}

/// Says that one takes care of a request.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`).
pub async fn acknowledge(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnContactRequest,
) -> Result<SupervisionContactRequestId> {
    let scope = require::<Supervise>(ctx)?;
    let name = "supervisionContactRequestAcknowledge";
    let act = match ctx.begin(name, key, input.request).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionContactRequestId(done)),
    };
    let found = take(&act, &scope, input).await?;
    if found.acknowledged_at.is_some() || found.withdrawn_at.is_some() {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    let by = Some((ctx.actor()?.person, ctx.now));
    queries::acknowledge_request(&act.tx, found.id, by).await?;
    done(act, &scope, &found).await
}

/// Says that nobody has taken care of a request after all: it waits again.
///
/// Errors: as [`acknowledge`]; `ALREADY_RECORDED` where the peer has asked anew since.
pub async fn acknowledge_cancel(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnContactRequest,
) -> Result<SupervisionContactRequestId> {
    let scope = require::<Supervise>(ctx)?;
    let name = "supervisionContactRequestAcknowledgeCancel";
    let act = match ctx.begin(name, key, input.request).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionContactRequestId(done)),
    };
    let found = take(&act, &scope, input).await?;
    if found.acknowledged_at.is_none() {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    if queries::waits(&act.tx, found.organisation_id, found.person_id).await? {
        return Err(Error::invalid("", "ALREADY_RECORDED"));
    }
    queries::acknowledge_request(&act.tx, found.id, None).await?;
    done(act, &scope, &found).await
}

async fn take(
    act: &Act<'_>,
    scope: &Scope<Supervise>,
    input: OnContactRequest,
) -> Result<ContactRequest> {
    let found = queries::hold_request(act, scope, input.request).await?;
    queries::take_request(&act.tx, found.id, input.version).await?;
    Ok(found)
}

async fn done(
    mut act: Act<'_>,
    scope: &Scope<Supervise>,
    found: &ContactRequest,
) -> Result<SupervisionContactRequestId> {
    // A supervisor's acts stand in the log of the supervisor's own organisation.
    let of = scope
        .providers()
        .first()
        .copied()
        .unwrap_or(found.organisation_id);
    act.changed(scope, of, ObjectKind::SupervisionContactRequest, found.id);
    act.done().await.map(SupervisionContactRequestId)
}

fn see_all<P: Permission>(ctx: &Ctx, scope: &Scope<P>, rows: &[ContactRequest]) {
    let own = scope.any_organisations().first().copied();
    let seen = rows.iter().filter_map(|row| Some((own?, row.id.uuid())));
    ctx.see(scope, ObjectKind::SupervisionContactRequest, seen);
}
