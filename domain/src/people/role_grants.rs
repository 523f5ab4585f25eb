//! Who is what in which organisation, from when until when. A role that ended keeps its place in the history; one that
//! was given in error is cancelled.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{Id as _, OrganisationId, PersonId, RoleGrantId};
use rinnalla_entity::states::Role;
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::access::{self, ManageRoles, ReadContacts, ReadPeople, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations;
use crate::page::Grouped;

use super::{contacts_for, may_give, queries, rules};

/// A role that a person holds, or held.
#[derive(Clone, Debug, FromQueryResult)]
pub struct RoleGrant {
    /// Its id.
    pub id: RoleGrantId,
    /// Who holds it.
    pub person_id: PersonId,
    /// Where.
    pub organisation_id: OrganisationId,
    /// The role.
    pub role: Role,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day; open where there is none.
    pub valid_to: Option<NaiveDate>,
    /// When it was taken back, where it was given in error.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Rises with every change.
    pub version: i32,
}

/// A role to give.
#[derive(Clone, Debug)]
pub struct RoleGrantAdd {
    /// To whom.
    pub person: PersonId,
    /// Where.
    pub organisation: OrganisationId,
    /// The role.
    pub role: Role,
    /// The first day; today where nothing is said.
    pub valid_from: Option<NaiveDate>,
    /// The last day.
    pub valid_to: Option<NaiveDate>,
}

/// The end of a role.
#[derive(Clone, Debug)]
pub struct RoleGrantEnd {
    /// The grant.
    pub id: RoleGrantId,
    /// The version that the act was decided on.
    pub version: i32,
    /// The last day.
    pub ends_on: NaiveDate,
}

/// A role that was given in error.
#[derive(Clone, Debug)]
pub struct RoleGrantCancel {
    /// The grant.
    pub id: RoleGrantId,
    /// The version that the act was decided on.
    pub version: i32,
}

/// A row to write.
pub(super) struct Row {
    pub id: RoleGrantId,
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub role: Role,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
}

/// The roles of people, the oldest first: one's own, and those in organisations that the actor manages.
pub async fn roles_for(ctx: &Ctx, people: &[PersonId]) -> Result<Grouped<PersonId, RoleGrant>> {
    let scope = access::require::<ReadContacts>(ctx)?;
    let organisations = match access::require::<ReadPeople>(ctx) {
        Ok(manager) => manager.organisations(),
        Err(_) => Vec::new(),
    };
    let db = ctx.store.reader();
    let rows = queries::grants_for(db, people, scope.actor(), organisations, ctx.today).await?;
    let mut grouped: Grouped<PersonId, RoleGrant> = Grouped::new();
    for row in rows {
        grouped.entry(row.person_id).or_default().push(row);
    }
    Ok(grouped)
}

/// One role; `None` where it is absent or not the actor's to know of.
pub async fn find_role(ctx: &Ctx, id: RoleGrantId) -> Result<Option<RoleGrant>> {
    let scope = access::require::<ReadContacts>(ctx)?;
    let db = ctx.store.reader();
    let found = queries::grant(db, id).await?;
    let managed = match access::require::<ReadPeople>(ctx) {
        Ok(manager) => organisations::managed(db, ctx, &manager).await?,
        Err(_) => Default::default(),
    };
    let found = found.filter(|found| {
        found.person_id == scope.actor() || managed.contains_key(&found.organisation_id)
    });
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// Whether a person holds a role in an organisation on a day.
pub(crate) async fn holds_role(
    db: &impl ConnectionTrait,
    person: PersonId,
    organisation: OrganisationId,
    role: Role,
    on: NaiveDate,
) -> Result<bool> {
    queries::holds_role(db, (person, organisation, role), on).await
}

/// Whether a person holds any role in an organisation on a day.
pub(crate) async fn holds_any_role(
    db: &impl ConnectionTrait,
    person: PersonId,
    organisation: OrganisationId,
    on: NaiveDate,
) -> Result<bool> {
    queries::holds_any_role(db, person, organisation, on).await
}

/// Gives a role to somebody whose contact details the actor may see.
///
/// Errors: `Invalid` (`personId UNKNOWN`, `organisationId UNKNOWN`, `role NOT_YOURS_TO_GIVE`, `role ROLE_ALREADY_HELD`,
/// `validTo DATES_OUT_OF_ORDER`).
pub async fn add_role(ctx: &Ctx, key: &IdempotencyKey, input: RoleGrantAdd) -> Result<RoleGrantId> {
    let scope = access::require::<ManageRoles>(ctx)?;
    if let Some(done) = ctx.done_before("roleGrantAdd", key).await? {
        return Ok(RoleGrantId(done));
    }
    let row = Row {
        id: RoleGrantId::random(),
        person: input.person,
        organisation: input.organisation,
        role: input.role,
        valid_from: input.valid_from.unwrap_or(ctx.today),
        valid_to: input.valid_to,
    };
    let managed = organisations::managed(ctx.store.reader(), ctx, &scope).await?;
    let by = managed.get(&row.organisation).copied();
    let known = contacts_for(ctx, &scope, &[row.person]).await?;
    let mut faults = Violations::default();
    faults
        .check(known.contains_key(&row.person), "personId", "UNKNOWN")
        .check(by.is_some(), "organisationId", "UNKNOWN")
        .check(may_give(ctx, row.role, by), "role", "NOT_YOURS_TO_GIVE")
        .check(
            row.valid_to.is_none_or(|to| to >= row.valid_from),
            "validTo",
            "DATES_OUT_OF_ORDER",
        )
        .done()?;
    let by = by.ok_or(Error::NotFound)?;

    let mut act = match ctx.begin("roleGrantAdd", key, row.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(RoleGrantId(done)),
    };
    // A closed organisation is overseen still; daily work goes on in its successor.
    let oversees = matches!(row.role, Role::Admin | Role::Dpo | Role::Analyst);
    if !oversees {
        let closed = organisations::lock_open(&act.tx, &[row.organisation]).await?;
        let is_open = closed.is_empty();
        faults
            .check(is_open, "organisationId", "ORGANISATION_CLOSED")
            .done()?;
    }
    queries::lock(&act.tx, row.person).await?;
    let held = queries::grants_of(&act.tx, row.person).await?;
    let is_held = held.iter().any(|held| {
        (held.organisation_id, held.role) == (row.organisation, row.role)
            && rules::overlap(held.valid_from, held.valid_to, row.valid_from, row.valid_to)
    });
    faults.check(!is_held, "role", "ROLE_ALREADY_HELD").done()?;
    queries::insert_grant(&act.tx, &row, ctx.now).await?;
    act.changed(&scope, by, ObjectKind::Person, row.person);
    act.done().await.map(RoleGrantId)
}

/// Ends a role, or corrects the day on which it ends.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`endsOn DATES_OUT_OF_ORDER`, `roleGrantId
/// NOT_YOURS_TO_GIVE`).
pub async fn end_role(ctx: &Ctx, key: &IdempotencyKey, input: RoleGrantEnd) -> Result<RoleGrantId> {
    let scope = access::require::<ManageRoles>(ctx)?;
    let mut act = match ctx.begin("roleGrantEnd", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(RoleGrantId(done)),
    };
    let (grant, by) = load(&act, &scope, input.id).await?;
    Violations::default()
        .check(
            may_give(ctx, grant.role, Some(by)),
            "roleGrantId",
            "NOT_YOURS_TO_GIVE",
        )
        .check(
            input.ends_on >= grant.valid_from,
            "endsOn",
            "DATES_OUT_OF_ORDER",
        )
        .done()?;
    if queries::end_grant(&act.tx, input.id, input.version, input.ends_on).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, by, ObjectKind::Person, grant.person_id);
    act.done().await.map(RoleGrantId)
}

/// Takes back a role that was given in error. A person's only role stays until the right one is given, since nobody
/// would find the person without one.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`roleGrantId ONLY_ROLE`, `roleGrantId NOT_YOURS_TO_GIVE`).
pub async fn cancel_role(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: RoleGrantCancel,
) -> Result<RoleGrantId> {
    let scope = access::require::<ManageRoles>(ctx)?;
    let mut act = match ctx.begin("roleGrantCancel", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(RoleGrantId(done)),
    };
    let (grant, by) = load(&act, &scope, input.id).await?;
    queries::lock(&act.tx, grant.person_id).await?;
    let held = queries::grants_of(&act.tx, grant.person_id).await?;
    Violations::default()
        .check(
            may_give(ctx, grant.role, Some(by)),
            "roleGrantId",
            "NOT_YOURS_TO_GIVE",
        )
        .check(held.len() > 1, "roleGrantId", "ONLY_ROLE")
        .done()?;
    if queries::cancel_grant(&act.tx, input.id, input.version, ctx.now).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, by, ObjectKind::Person, grant.person_id);
    act.done().await.map(RoleGrantId)
}

/// A grant where the actor manages, with the organisation that it is managed for.
async fn load(
    act: &Act<'_>,
    scope: &Scope<ManageRoles>,
    id: RoleGrantId,
) -> Result<(RoleGrant, OrganisationId)> {
    let managed = organisations::managed(&act.tx, act.ctx, scope).await?;
    let grant = queries::grant(&act.tx, id).await?;
    let found = grant
        .filter(|grant| grant.cancelled_at.is_none())
        .and_then(|grant| {
            let by = managed.get(&grant.organisation_id).copied()?;
            Some((grant, by))
        });
    if found.is_none() {
        act.ctx.refuse(scope, ObjectKind::Organisation, id);
    }
    found.ok_or(Error::NotFound)
}
