//! Lists that a coordinator looks at again and again, with their filters, under a name: for oneself, or for every
//! coordinator of the organisation. A filter is checked as the list itself would check it, before it is kept; what the
//! list then shows is whatever its reader may see.

mod queries;

use rinnalla_entity::ids::{Id as _, OrganisationId, PersonId, SavedListId};
use rinnalla_entity::states::SavedListKind;
use sea_orm::FromQueryResult;

use crate::access::{self, SaveLists, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::text::{self, TextFault};

/// The longest name of a list, in characters. Our own choice: it stands in a menu.
const NAME_MAX_CHARS: usize = 60;

/// The longest filter, in characters: ten times what a full one takes.
const FILTER_MAX_CHARS: usize = 2000;

/// How many lists one person may save in an organisation: more than anybody finds again. Our own choice.
pub const MOST_LISTS: i64 = 50;

/// A saved list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SavedList {
    /// Its id.
    pub id: SavedListId,
    /// The organisation whose coordinators may share it.
    pub organisation_id: OrganisationId,
    /// Who saved it.
    pub owner_id: PersonId,
    /// Which list.
    pub list: SavedListKind,
    /// Its name.
    pub name: String,
    /// The filter, as JSON.
    pub filter: String,
    /// Whether every coordinator of the organisation has it.
    pub is_shared: bool,
    /// Grows with every change.
    pub version: i32,
}

/// What is told of a saved list.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its name, at most 60 characters.
    pub name: String,
    /// The filter, as JSON, which the list itself has checked.
    pub filter: String,
    /// Whether every coordinator of the organisation has it.
    pub is_shared: bool,
}

/// A list to save.
#[derive(Clone, Debug)]
pub struct Save {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Which list.
    pub list: SavedListKind,
    /// What is told of it.
    pub details: Details,
}

/// A correction: everything as it should be.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The saved list.
    pub id: SavedListId,
    /// Its version.
    pub version: i32,
    /// What is told of it.
    pub details: Details,
}

/// A saved list to remove.
#[derive(Clone, Copy, Debug)]
pub struct Remove {
    /// The saved list.
    pub id: SavedListId,
    /// Its version.
    pub version: i32,
}

/// The lists that the actor saved, and those that are shared in the own organisations, by name.
pub async fn list(ctx: &Ctx, of: Option<SavedListKind>) -> Result<Vec<SavedList>> {
    let scope = access::require::<SaveLists>(ctx)?;
    let mut rows = queries::list(ctx.store.reader(), &scope).await?;
    rows.retain(|row| of.is_none_or(|of| row.list == of));
    rows.sort_by_cached_key(|row| (text::sort_key(&row.name), row.id));
    Ok(rows)
}

/// One saved list; `None` where it is absent or not the actor's.
pub async fn find(ctx: &Ctx, id: SavedListId) -> Result<Option<SavedList>> {
    let scope = access::require::<SaveLists>(ctx)?;
    let found = queries::find(ctx.store.reader(), &scope, id).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// Which list a saved one is of.
///
/// Errors: `NotFound`.
pub async fn kind_of(ctx: &Ctx, id: SavedListId) -> Result<SavedListKind> {
    let found = find(ctx, id).await?;
    found.map(|row| row.list).ok_or(Error::NotFound)
}

/// Saves a list.
///
/// Errors: `Invalid` (`organisationId UNKNOWN`, `name` …, `filter TOO_LONG`, `name TOO_MANY`).
pub async fn save(ctx: &Ctx, key: &IdempotencyKey, input: Save) -> Result<SavedListId> {
    let scope = access::require::<SaveLists>(ctx)?;
    let mut faults = Violations::default();
    faults.check(
        scope.covers(input.organisation),
        "organisationId",
        "UNKNOWN",
    );
    let details = check(&input.details, &mut faults);
    faults.done()?;
    let details = details.ok_or_else(unchecked)?;
    let id = SavedListId::random();
    let mut act = match ctx.begin("savedListSave", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SavedListId(done)),
    };
    let saved = queries::count(&act.tx, &scope, input.organisation).await?;
    faults
        .check(saved < MOST_LISTS, "name", "TOO_MANY")
        .done()?;
    let row = SavedList {
        id,
        organisation_id: input.organisation,
        owner_id: scope.actor(),
        list: input.list,
        name: details.name,
        filter: details.filter,
        is_shared: details.is_shared,
        version: 1,
    };
    queries::insert(&act.tx, &row, ctx.now).await?;
    act.changed(&scope, input.organisation, ObjectKind::Organisation, id);
    act.done().await.map(SavedListId)
}

/// Corrects a saved list: one's own, or a shared one of the own organisation.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<SavedListId> {
    let scope = access::require::<SaveLists>(ctx)?;
    let mut faults = Violations::default();
    let details = check(&input.details, &mut faults);
    faults.done()?;
    let details = details.ok_or_else(unchecked)?;
    let mut act = match ctx.begin("savedListCorrect", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SavedListId(done)),
    };
    let organisation = reach(&act, &scope, input.id).await?.organisation_id;
    if queries::correct(&act.tx, input.id, input.version, &details).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, organisation, ObjectKind::Organisation, input.id);
    act.done().await.map(SavedListId)
}

/// Removes a saved list: one's own, or a shared one of the own organisation.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`).
pub async fn remove(ctx: &Ctx, key: &IdempotencyKey, input: Remove) -> Result<SavedListId> {
    let scope = access::require::<SaveLists>(ctx)?;
    let mut act = match ctx.begin("savedListRemove", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SavedListId(done)),
    };
    let organisation = reach(&act, &scope, input.id).await?.organisation_id;
    if queries::remove(&act.tx, input.id, input.version).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, organisation, ObjectKind::Organisation, input.id);
    act.done().await.map(SavedListId)
}

async fn reach(act: &Act<'_>, scope: &Scope<SaveLists>, id: SavedListId) -> Result<SavedList> {
    let found = queries::find(&act.tx, scope, id).await?;
    if found.is_none() {
        act.ctx.refuse(scope, ObjectKind::Organisation, id);
    }
    found.ok_or(Error::NotFound)
}

fn check(told: &Details, faults: &mut Violations) -> Option<Details> {
    let name = text::clean_line(&told.name, NAME_MAX_CHARS).map_err(TextFault::code);
    let name = faults.take("name", name);
    let fits = told.filter.chars().count() <= FILTER_MAX_CHARS;
    faults.check(fits, "filter", "TOO_LONG");
    Some(Details {
        name: name?,
        filter: told.filter.clone(),
        is_shared: told.is_shared,
    })
}
