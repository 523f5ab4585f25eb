//! People: those who use the register and those who give support. Their names, mail addresses and phone numbers are
//! sealed; what they may do follows from the roles that they hold in organisations, for as long as they hold them.
//!
//! Supported people are not among them: the register knows no name of theirs.

mod absences;
mod access_tokens;
mod command_line;
mod contacts;
mod disclosed;
mod erasing;
mod peers;
mod queries;
mod role_grants;
pub mod rules;
mod search;

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, OrganisationId, PersonId, RoleGrantId};
use rinnalla_entity::states::Role;

use crate::access::{self, ManageOversight, ManagePeople, ReadContacts};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::lookup::{LookupField, lookup};
use crate::organisations;
use crate::personal::Personal;
use crate::texts::Language;

pub use absences::{
    Absence, AbsenceCancel, AbsenceRecord, Colleague, absences_for, cancel_absence, colleagues,
    find_absence, record_absence, standing_in,
};
pub use access_tokens::{Token, TokenRevoke, own_tokens, revoke_own_token};
pub use command_line::{
    KnownPerson, add_first, email_of, find_by_email, issue_token, revoke_token,
};
pub use contacts::{Contact, Known, contacts_for};
pub(crate) use contacts::{contacts, open_name, seal};
pub(crate) use disclosed::write_down_change_of;
pub(crate) use erasing::are_erased;
pub use erasing::{Erase, erase};
pub(crate) use peers::peers_on;
pub use role_grants::{
    RoleGrant, RoleGrantAdd, RoleGrantCancel, RoleGrantEnd, add_role, cancel_role, end_role,
    find_role, roles_for,
};
pub(crate) use role_grants::{holds_any_role, holds_role};
pub(crate) use search::of_organisations;
pub use search::{Filter, list};

/// What is told of a person.
#[derive(Clone, Debug)]
pub struct Details {
    /// The name, at most 120 characters.
    pub name: Personal<String>,
    /// The mail address; nobody else's.
    pub email: Option<Personal<String>>,
    /// The phone number.
    pub phone: Option<Personal<String>>,
    /// The language that the person is written to in.
    pub language: Language,
}

/// A new person with a first role.
#[derive(Clone, Debug)]
pub struct Add {
    /// Where the role is held.
    pub organisation: OrganisationId,
    /// The role.
    pub role: Role,
    /// The first day of the role; today where nothing is said.
    pub valid_from: Option<NaiveDate>,
    /// What is told of the person.
    pub details: Details,
}

/// A correction: all details as they should be.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The person.
    pub id: PersonId,
    /// The version that the correction was made from.
    pub version: i32,
    /// The details.
    pub details: Details,
}

/// Those among `ids` whose contact details the actor may see, whatever the role that allows it.
pub async fn for_ids(ctx: &Ctx, ids: &[PersonId]) -> Result<HashMap<PersonId, Contact>> {
    let scope = access::require::<ReadContacts>(ctx)?;
    contacts::read(ctx, &scope, ids).await
}

/// The same people, where neither name nor contact details are asked for: nothing is opened.
pub async fn known_for_ids(ctx: &Ctx, ids: &[PersonId]) -> Result<HashMap<PersonId, Known>> {
    let scope = access::require::<ReadContacts>(ctx)?;
    contacts::known(ctx, &scope, ids).await
}

/// Whether all of these are professionals of cases that the request has brought: then their ids are the actor's to know of, and
/// need not be looked up. Who is on a case is never erased.
pub fn are_reached(ctx: &Ctx, ids: &[PersonId]) -> Result<bool> {
    let scope = access::require::<ReadContacts>(ctx)?;
    let Some(by) = ctx.reached.professionals(ids) else {
        return Ok(false);
    };
    let seen = by.into_iter().map(|(id, by)| (by, id.0));
    ctx.see(&scope, ObjectKind::Person, seen);
    Ok(true)
}

/// One person; `None` where absent or not the actor's to know of.
pub async fn find(ctx: &Ctx, id: PersonId) -> Result<Option<Contact>> {
    let scope = access::require::<ReadContacts>(ctx)?;
    let found = contacts_for(ctx, &scope, &[id]).await?.remove(&id);
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Person, id);
    }
    Ok(found)
}

/// The person who asks; `None` for one who holds no role today, and so has nothing to see.
pub async fn me(ctx: &Ctx) -> Result<Option<Contact>> {
    let actor = ctx.actor()?;
    if actor.grants.is_empty() {
        return Ok(None);
    }
    find(ctx, actor.person).await
}

/// Adds a person with a first role in one's own organisation, or in one that it looks after.
///
/// Errors: `Invalid` (`organisationId UNKNOWN`, `role NOT_YOURS_TO_GIVE`, `email EMAIL_IN_USE` …).
pub async fn add(ctx: &Ctx, key: &IdempotencyKey, input: Add) -> Result<PersonId> {
    let scope = access::require::<ManagePeople>(ctx)?;
    if let Some(done) = ctx.done_before("personAdd", key).await? {
        return Ok(PersonId(done));
    }
    let mut faults = Violations::default();
    let details = rules::check(&input.details, &mut faults);
    let managed = organisations::managed(ctx.store.reader(), ctx, &scope).await?;
    let by = managed.get(&input.organisation).copied();
    faults
        .check(by.is_some(), "organisationId", "UNKNOWN")
        .check(may_give(ctx, input.role, by), "role", "NOT_YOURS_TO_GIVE")
        .done()?;
    let (Some(details), Some(by)) = (details, by) else {
        return Err(Error::internal("an input was neither taken nor refused"));
    };

    let id = PersonId::random();
    let mut act = match ctx.begin("personAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PersonId(done)),
    };
    check_email(&act.tx, ctx, &details, None).await?;
    let cells = seal(&ctx.keys, id, None, &details)?;
    queries::insert(&act.tx, id, details.language, cells, ctx.now).await?;
    let grant = role_grants::Row {
        id: RoleGrantId::random(),
        person: id,
        organisation: input.organisation,
        role: input.role,
        valid_from: input.valid_from.unwrap_or(ctx.today),
        valid_to: None,
    };
    queries::insert_grant(&act.tx, &grant, ctx.now).await?;
    act.changed(&scope, by, ObjectKind::Person, id);
    act.done().await.map(PersonId)
}

/// Corrects a person's details: one's own; or, for a coordinator or administrator, those of somebody whose roles are
/// all in the own organisation (or one that it looks after), those with oversight by an administrator alone. Whoever
/// can change a mail address can come by what is sent there, hence the limits. To whom changed details of a support person
/// become visible is written into the disclosure log.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`personId NOT_YOURS_TO_CORRECT`, `email EMAIL_IN_USE` …).
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<PersonId> {
    let scope = access::require::<ReadContacts>(ctx)?;
    let is_own = scope.actor() == input.id;
    let manager = match access::require::<ManagePeople>(ctx) {
        Ok(manager) => Some(manager),
        Err(_) if is_own => None,
        Err(error) => return Err(error),
    };
    let mut faults = Violations::default();
    let details = rules::check(&input.details, &mut faults);
    faults.done()?;
    let details =
        details.ok_or_else(|| Error::internal("an input was neither taken nor refused"))?;

    let mut act = match ctx.begin("personCorrect", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PersonId(done)),
    };
    let managed = match &manager {
        Some(manager) => organisations::managed(&act.tx, ctx, manager).await?,
        None => HashMap::new(),
    };
    let row = queries::sealed(&act.tx, input.id).await?;
    let grants = queries::grants_of(&act.tx, input.id).await?;
    let by = grants
        .iter()
        .find_map(|grant| managed.get(&grant.organisation_id).copied());
    let (Some(row), true) = (row, is_own || by.is_some()) else {
        ctx.refuse(&scope, ObjectKind::Person, input.id);
        return Err(Error::NotFound);
    };
    let is_theirs = grants
        .iter()
        .filter(|grant| grant.valid_to.is_none_or(|to| to >= ctx.today))
        .all(|grant| {
            let by = managed.get(&grant.organisation_id).copied();
            by.is_some() && may_give(ctx, grant.role, by)
        });
    faults
        .check(is_own || is_theirs, "personId", "NOT_YOURS_TO_CORRECT")
        .done()?;
    check_email(&act.tx, ctx, &details, Some(input.id)).await?;
    let cells = seal(&ctx.keys, input.id, Some(&row.data_key_sealed), &details)?;
    let before = row.open(&ctx.keys)?;
    if queries::correct(&act.tx, input.id, input.version, details.language, cells).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    if before.is_none_or(|before| disclosed::differ(&before, &details)) {
        disclosed::write_down_change(&act, input.id).await?;
    }
    let own = scope.any_organisations().first().copied();
    if let Some(organisation) = by.or(own) {
        act.changed(&scope, organisation, ObjectKind::Person, input.id);
    }
    act.done().await.map(PersonId)
}

/// Whether the actor may give and end a role in an organisation that is managed for `by`.
pub(crate) fn may_give(ctx: &Ctx, role: Role, by: Option<OrganisationId>) -> bool {
    !rules::is_oversight(role)
        || access::require::<ManageOversight>(ctx)
            .is_ok_and(|scope| by.is_some_and(|by| scope.covers(by)))
}

/// Closes a record: nobody signs in by it or is written to, and its mail address and phone number are free for others.
pub(crate) async fn close(db: &impl sea_orm::ConnectionTrait, id: PersonId) -> Result<()> {
    queries::set_open(db, id, false, None, None).await
}

/// Opens a closed record again.
///
/// Errors: `Invalid` (`EMAIL_IN_USE`, without a field) where somebody else has the mail address by now.
pub(crate) async fn reopen(
    db: &impl sea_orm::ConnectionTrait,
    ctx: &Ctx,
    id: PersonId,
) -> Result<()> {
    let contact = contacts(&ctx.keys, db, &[id]).await?.remove(&id);
    let hash = |field, text: Option<&Personal<String>>| {
        text.map(|text| lookup(&ctx.keys, field, text.reveal()).to_vec())
    };
    let (email, phone) = match &contact {
        Some(it) => (it.email.as_ref(), it.phone.as_ref()),
        None => (None, None),
    };
    if let Some(email) = email {
        let holder = queries::by_email(db, &ctx.keys, email.reveal()).await?;
        Violations::default()
            .check(holder.is_none(), "", "EMAIL_IN_USE")
            .done()?;
    }
    let email = hash(LookupField::Email, email);
    queries::set_open(db, id, true, email, hash(LookupField::Phone, phone)).await
}

/// The active person who has a mail address, for signing in: nobody is told who it is.
pub(crate) async fn with_email(
    db: &impl sea_orm::ConnectionTrait,
    keys: &crate::keys::Keys,
    email: &str,
) -> Result<Option<PersonId>> {
    queries::by_email(db, keys, email).await
}

/// A mail address is one person's; the hashes of earlier keys are looked for as well.
async fn check_email(
    db: &impl sea_orm::ConnectionTrait,
    ctx: &Ctx,
    details: &Details,
    owner: Option<PersonId>,
) -> Result<()> {
    let Some(email) = &details.email else {
        return Ok(());
    };
    let holder = queries::by_email(db, &ctx.keys, email.reveal()).await?;
    Violations::default()
        .check(holder.is_none() || holder == owner, "email", "EMAIL_IN_USE")
        .done()
}
