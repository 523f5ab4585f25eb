//! Who is to be at an opening, and who comes instead of somebody who cannot. No reason is asked.

use rinnalla_entity::ids::{Id as _, OpeningId, OpeningShiftId, PersonId};
use rinnalla_entity::states::PlaceRole;
use sea_orm::Value;

use super::openings::{changed, take};
use super::queries::{self, Held};
use super::{Opening, OpeningShift};
use crate::access::{KeepOpenings, ReadDropInPlaces, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::sql::Sql;

/// The most that may be on the list of one opening: our own choice.
const MOST_SHIFTS: i64 = 40;

/// Somebody is to be there.
#[derive(Clone, Copy, Debug)]
pub struct AddShift {
    /// The opening.
    pub opening: OpeningId,
    /// Its version.
    pub version: i32,
    /// Who: somebody who is something at the place on the day.
    pub person: PersonId,
}

/// Somebody is not to be there.
#[derive(Clone, Copy, Debug)]
pub struct RemoveShift {
    /// Who, at which opening.
    pub shift: OpeningShiftId,
    /// The opening's version.
    pub version: i32,
}

/// Somebody cannot come.
#[derive(Clone, Copy, Debug)]
pub struct ReplaceShift {
    /// Who, at which opening.
    pub shift: OpeningShiftId,
    /// The opening's version.
    pub version: i32,
    /// Who comes instead, where somebody does.
    pub person: Option<PersonId>,
}

/// Says that somebody is to be at an opening.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`personId NOT_AT_THE_PLACE`, `ALREADY_RECORDED`, `TOO_MANY`;
/// `WRONG_STATE`).
pub async fn add_shift(ctx: &Ctx, key: &IdempotencyKey, input: AddShift) -> Result<OpeningShiftId> {
    let scope = require::<KeepOpenings>(ctx)?;
    let id = OpeningShiftId::random();
    let mut act = match ctx.begin("openingShiftAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningShiftId(done)),
    };
    let (held, opening) = take(&act, &scope, input.opening, input.version).await?;
    insert(&act, (&held, &opening), id, input.person, None).await?;
    changed(&mut act, &scope, &held);
    act.done().await.map(OpeningShiftId)
}

/// Takes somebody off the list of an opening. Whoever could not come stays on it.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`).
pub async fn remove_shift(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: RemoveShift,
) -> Result<OpeningShiftId> {
    static SQL: Sql = Sql::new("UPDATE opening_shifts SET removed_at = $2 WHERE id = $1");
    let scope = require::<KeepOpenings>(ctx)?;
    let id = input.shift;
    let mut act = match ctx.begin("openingShiftRemove", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningShiftId(done)),
    };
    let (held, _, shift) = take_shift(&act, &scope, id, input.version).await?;
    if shift.is_absent {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    SQL.run(&act.tx, [id.0.into(), ctx.now.into()]).await?;
    changed(&mut act, &scope, &held);
    act.done().await.map(OpeningShiftId)
}

/// Says that somebody cannot come, and who comes instead where somebody does: one act, so that nobody is missing in between.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`personId` as [`add_shift`]; `ALREADY_RECORDED` where somebody
/// comes instead already, or nothing new is told).
pub async fn replace_shift(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: ReplaceShift,
) -> Result<OpeningShiftId> {
    static ABSENT: Sql =
        Sql::new("UPDATE opening_shifts SET absent_at = coalesce(absent_at, $2) WHERE id = $1");
    static INSTEAD: Sql = Sql::new(
        "SELECT count(*) AS n FROM opening_shifts WHERE instead_of_id = $1 AND removed_at IS NULL",
    );
    let scope = require::<KeepOpenings>(ctx)?;
    let id = input.shift;
    let mut act = match ctx.begin("openingShiftReplace", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OpeningShiftId(done)),
    };
    let (held, opening, shift) = take_shift(&act, &scope, id, input.version).await?;
    let instead = queries::count(&act.tx, &INSTEAD, [id.0.into()]).await?;
    if instead > 0 || (shift.is_absent && input.person.is_none()) {
        return Err(Error::invalid("", "ALREADY_RECORDED"));
    }
    ABSENT.run(&act.tx, [id.0.into(), ctx.now.into()]).await?;
    if let Some(person) = input.person {
        let new = OpeningShiftId::random();
        insert(&act, (&held, &opening), new, person, Some(id)).await?;
    }
    changed(&mut act, &scope, &held);
    act.done().await.map(OpeningShiftId)
}

async fn insert(
    act: &Act<'_>,
    (held, opening): (&Held, &Opening),
    id: OpeningShiftId,
    person: PersonId,
    instead_of: Option<OpeningShiftId>,
) -> Result<()> {
    static MANY: Sql = Sql::new(
        "SELECT count(*) AS n FROM opening_shifts WHERE opening_id = $1 AND removed_at IS NULL",
    );
    static SAME: Sql = Sql::new(
        "SELECT count(*) AS n FROM opening_shifts WHERE opening_id = $1 AND removed_at IS NULL AND person_id = $2",
    );
    static SQL: Sql = Sql::new(
        "INSERT INTO opening_shifts (id, opening_id, person_id, role, instead_of_id, added_by, added_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    );
    if opening.cancelled_for.is_some() {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    let role = queries::role_on(&act.tx, held.id, person, opening.on_date).await?;
    let role: PlaceRole = role.ok_or_else(|| Error::invalid("personId", "NOT_AT_THE_PLACE"))?;
    let of: Value = opening.id.0.into();
    if queries::count(&act.tx, &SAME, [of.clone(), person.0.into()]).await? > 0 {
        return Err(Error::invalid("personId", "ALREADY_RECORDED"));
    }
    if queries::count(&act.tx, &MANY, [of.clone()]).await? >= MOST_SHIFTS {
        return Err(Error::invalid("personId", "TOO_MANY"));
    }
    let values: [Value; 7] = [
        id.0.into(),
        of,
        person.0.into(),
        code(role),
        instead_of.map(|it| it.0).into(),
        act.ctx.actor()?.person.0.into(),
        act.ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(())
}

/// Somebody's shift that an act is about, with its opening and its place held.
async fn take_shift(
    act: &Act<'_>,
    scope: &Scope<KeepOpenings>,
    id: OpeningShiftId,
    version: i32,
) -> Result<(Held, Opening, OpeningShift)> {
    let held = queries::hold(act, scope, queries::About::Shift(id)).await?;
    let shift = queries::held_shift(&act.tx, id).await?;
    queries::take_opening(&act.tx, shift.opening_id, version).await?;
    let opening = queries::held_opening(&act.tx, shift.opening_id).await?;
    Ok((held, opening, shift))
}

/// One shift; `None` where it is absent or hidden.
pub async fn find_shift(ctx: &Ctx, id: OpeningShiftId) -> Result<Option<OpeningShift>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let found = queries::shift(ctx, &scope, id).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::DropInPlace, id);
    }
    Ok(found)
}
