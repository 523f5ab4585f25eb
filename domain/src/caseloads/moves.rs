//! A leaver's cases, moved to another professional in one act, and the act undone.

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{
    CaseProfessionalId, CaseloadMoveId, Id as _, OrganisationId, PersonId, SupportedCaseId,
};
use sea_orm::FromQueryResult;

use crate::access::{self, MoveCaseload, Permission, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::people;

use super::rules::{self, Begin, Part};
use super::{queries, tell};

/// A caseload that was moved.
#[derive(Clone, Debug, FromQueryResult)]
pub struct CaseloadMove {
    /// Its id.
    pub id: CaseloadMoveId,
    /// Whose cases they were.
    pub from_id: PersonId,
    /// Whose they are.
    pub to_id: PersonId,
    /// How many there were.
    pub moved_count: i32,
    /// Who moved them.
    pub recorded_by: PersonId,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// When the move was undone, where it was.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Rises with every change.
    pub version: i32,
}

/// A caseload to move.
#[derive(Clone, Debug)]
pub struct Move {
    /// The leaver.
    pub from: PersonId,
    /// Who takes the cases over: a professional of the same organisation.
    pub to: PersonId,
}

/// A move to undo.
#[derive(Clone, Debug)]
pub struct MoveCancel {
    /// The move.
    pub id: CaseloadMoveId,
    /// The version that the act was decided on.
    pub version: i32,
}

/// Moves all cases of a leaver that the actor reaches: a professional's own (or those of somebody for whom the actor
/// stands in), or those that the own organisation coordinates. What `to` may not have, because another organisation
/// referred it, stays. A second move finds nothing left and moves none.
///
/// Errors: `Invalid` (`fromId UNKNOWN`, `toId SAME_TWICE`, `toId NOT_A_PROFESSIONAL_THERE`).
pub async fn move_all(ctx: &Ctx, key: &IdempotencyKey, input: Move) -> Result<CaseloadMoveId> {
    let scope = access::require::<MoveCaseload>(ctx)?;
    if let Some(done) = ctx.done_before("caseloadMove", key).await? {
        return Ok(CaseloadMoveId(done));
    }
    let is_own = scope.professionals().contains(&input.from);
    let known = people::contacts_for(ctx, &scope, &[input.from]).await?;
    let is_known = is_own || (!scope.organisations().is_empty() && known.contains_key(&input.from));
    let shared =
        queries::shared_organisations(ctx.store.reader(), input.from, input.to, ctx.today).await?;
    Violations::default()
        .check(is_known, "fromId", "UNKNOWN")
        .check(input.from != input.to, "toId", "SAME_TWICE")
        // Of somebody who is not known, not even where they work may be learnt.
        .check(
            !is_known || input.from == input.to || !shared.is_empty(),
            "toId",
            "NOT_A_PROFESSIONAL_THERE",
        )
        .done()?;

    let id = CaseloadMoveId::random();
    let mut act = match ctx.begin("caseloadMove", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CaseloadMoveId(done)),
    };
    queries::lock_all_of(&act.tx, input.from).await?;
    let coordinating = (!is_own).then(|| scope.organisations());
    let leavers =
        queries::caseload_of(&act.tx, input.from, &shared, coordinating.as_deref()).await?;
    write_move(&mut act, &scope, id, (input.from, input.to), &leavers).await?;
    act.done().await.map(CaseloadMoveId)
}

/// Moves every case of one record to another record of the same person, inside another act; none where there are none.
pub(crate) async fn hand_over<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    from: PersonId,
    to: PersonId,
) -> Result<Option<CaseloadMoveId>> {
    queries::lock_all_of(&act.tx, from).await?;
    let leavers = queries::all_cases_of(&act.tx, from).await?;
    if leavers.is_empty() {
        return Ok(None);
    }
    let id = CaseloadMoveId::random();
    write_move(act, scope, id, (from, to), &leavers).await?;
    Ok(Some(id))
}

/// Undoes a move inside another act, except where cases changed hands since; nothing where it is undone already.
pub(crate) async fn take_back<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    id: CaseloadMoveId,
) -> Result<()> {
    let found = queries::find_move(&act.tx, id).await?;
    match found.filter(|found| found.cancelled_at.is_none()) {
        Some(found) => undo(act, scope, &found).await,
        None => Ok(()),
    }
}

async fn write_move<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    id: CaseloadMoveId,
    (from, to): (PersonId, PersonId),
    leavers: &[queries::Leavers],
) -> Result<()> {
    let ctx = act.ctx;
    let parts: Vec<Part> = leavers.iter().map(|row| row.part).collect();
    let cases: Vec<(SupportedCaseId, OrganisationId)> = leavers
        .iter()
        .map(|row| (row.part.case_id, row.organisation_id))
        .collect();
    let current = queries::current(&act.tx, cases.iter().map(|(case, _)| *case)).await?;
    let of_to: Vec<Part> = current
        .into_iter()
        .filter(|part| part.person_id == to)
        .collect();
    let change = rules::hand_over(&parts, &of_to, to);
    let begun = write(&act.tx, &change, ctx).await?;
    let moved = CaseloadMove {
        id,
        from_id: from,
        to_id: to,
        moved_count: i32::try_from(parts.len()).unwrap_or(i32::MAX),
        recorded_by: scope.actor(),
        recorded_at: ctx.now,
        cancelled_at: None,
        version: 1,
    };
    queries::insert_move(&act.tx, &moved, &change.end, &begun).await?;
    tell(act, scope, &cases).await
}

/// Undoes a move: the cases go back to the leaver, except those whose professionals were changed since. Allowed to
/// whoever moved them, and to a coordinator of all of them.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`caseloadMoveId WRONG_STATE` where it is undone already).
pub async fn cancel_move(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: MoveCancel,
) -> Result<CaseloadMoveId> {
    let scope = access::require::<MoveCaseload>(ctx)?;
    let mut act = match ctx.begin("caseloadMoveCancel", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CaseloadMoveId(done)),
    };
    let found = queries::find_move(&act.tx, input.id).await?;
    let entries = queries::entries(&act.tx, input.id).await?;
    let Some(found) = found.filter(|found| reaches(&scope, found, &entries)) else {
        ctx.refuse(&scope, ObjectKind::SupportedCase, input.id);
        return Err(Error::NotFound);
    };
    if found.version != input.version {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    let are_erased = people::are_erased(&act.tx, found.from_id, found.to_id).await?;
    Violations::default()
        .check(
            found.cancelled_at.is_none(),
            "caseloadMoveId",
            "WRONG_STATE",
        )
        .check(!are_erased, "caseloadMoveId", "IS_ERASED")
        .done()?;
    undo(&mut act, &scope, &found).await?;
    act.done().await.map(CaseloadMoveId)
}

async fn undo<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    found: &CaseloadMove,
) -> Result<()> {
    let (ctx, by) = (act.ctx, scope.actor());
    let entries = queries::entries(&act.tx, found.id).await?;
    if queries::cancel_move(&act.tx, found.id, found.version, by, ctx.now).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    let mut cases: Vec<(SupportedCaseId, OrganisationId)> = entries
        .iter()
        .map(|entry| (entry.part.case_id, entry.organisation_id))
        .collect();
    cases.sort_unstable();
    cases.dedup();
    let ids = || cases.iter().map(|(case, _)| *case);
    queries::lock_cases(&act.tx, ids()).await?;
    let current = queries::current(&act.tx, ids()).await?;
    let (begun, ended): (Vec<&queries::Entry>, Vec<_>) =
        entries.iter().partition(|entry| entry.is_begun);
    let parts = |entries: Vec<&queries::Entry>| -> Vec<Part> {
        entries.into_iter().map(|entry| entry.part).collect()
    };
    let change = rules::undo(&parts(ended), &parts(begun), &current);
    write(&act.tx, &change, ctx).await?;
    tell(act, scope, &cases).await
}

/// One move; `None` where it is absent or hidden.
pub async fn find_move(ctx: &Ctx, id: CaseloadMoveId) -> Result<Option<CaseloadMove>> {
    let scope = access::require::<MoveCaseload>(ctx)?;
    let db = ctx.store.reader();
    let found = queries::find_move(db, id).await?;
    let entries = queries::entries(db, id).await?;
    let found = found.filter(|found| reaches(&scope, found, &entries));
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::SupportedCase, id);
    }
    Ok(found)
}

fn reaches(scope: &Scope<MoveCaseload>, found: &CaseloadMove, entries: &[queries::Entry]) -> bool {
    let organisations = scope.organisations();
    found.recorded_by == scope.actor()
        || (!entries.is_empty()
            && entries
                .iter()
                .all(|entry| organisations.contains(&entry.organisation_id)))
}

async fn write(
    db: &impl sea_orm::ConnectionTrait,
    change: &rules::Change,
    ctx: &Ctx,
) -> Result<Vec<CaseProfessionalId>> {
    queries::end_parts(db, &change.end, ctx.today).await?;
    let begin: Vec<(CaseProfessionalId, Begin)> = change
        .begin
        .iter()
        .map(|part| (CaseProfessionalId::random(), *part))
        .collect();
    queries::begin_parts(db, &begin, ctx.today).await?;
    Ok(begin.into_iter().map(|(id, _)| id).collect())
}
