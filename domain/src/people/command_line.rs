//! What the keeper of the installation does at the command line, where nobody is signed in: the first administrator,
//! and access tokens.

use chrono::Duration;
use rinnalla_entity::ids::{AccessTokenId, Id as _, OrganisationId, PersonId, RoleGrantId};
use rinnalla_entity::states::Role;
use sea_orm::{FromQueryResult, Value};

use crate::audit::{self, ObjectKind};
use crate::calendar::helsinki_date;
use crate::ctx::Register;
use crate::error::{Error, Result, Violations};
use crate::personal::Personal;
use crate::sql::Sql;
use crate::text::{self, TextFault};
use crate::tokens::AccessToken;

use super::role_grants::Row;
use super::{Details, contacts, queries, rules, seal};

/// A person whom the keeper looked up.
#[derive(Clone, Debug)]
pub struct KnownPerson {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: Personal<String>,
}

/// Adds a person with a role, whichever it is: so an organisation gets its first administrator.
///
/// Errors: `Invalid` (`organisationId UNKNOWN`, `email EMAIL_IN_USE`, faults of the details), all at once.
pub async fn add_first(
    register: &Register,
    told: &Details,
    organisation: OrganisationId,
    role: Role,
) -> Result<PersonId> {
    static IS_THERE: Sql = Sql::new("SELECT id FROM organisations WHERE id = $1");
    #[derive(FromQueryResult)]
    struct There {
        #[expect(dead_code, reason = "the row itself is the answer")]
        id: OrganisationId,
    }
    let mut faults = Violations::default();
    let details = rules::check(told, &mut faults);
    let tx = register.store.begin_write().await?;
    let there: Option<There> = IS_THERE.one(&tx, [organisation.0.into()]).await?;
    faults.check(there.is_some(), "organisationId", "UNKNOWN");
    if let Some(email) = details.as_ref().and_then(|details| details.email.as_ref()) {
        let holder = queries::by_email(&tx, &register.keys, email.reveal()).await?;
        faults.check(holder.is_none(), "email", "EMAIL_IN_USE");
    }
    faults.done()?;
    let details =
        details.ok_or_else(|| Error::internal("an input was neither taken nor refused"))?;
    let (id, now) = (PersonId::random(), register.clock.now());
    let cells = seal(&register.keys, id, None, &details)?;
    queries::insert(&tx, id, details.language, cells, now).await?;
    let grant = Row {
        id: RoleGrantId::random(),
        person: id,
        organisation,
        role,
        valid_from: helsinki_date(now),
        valid_to: None,
    };
    queries::insert_grant(&tx, &grant, now).await?;
    let changed = [audit::at_command_line(organisation, ObjectKind::Person, id)];
    audit::write_command_line(&tx, register, &changed).await?;
    tx.commit().await.map_err(|_| Error::Unavailable)?;
    Ok(id)
}

/// The person with this mail address.
pub async fn find_by_email(register: &Register, email: &str) -> Result<Option<KnownPerson>> {
    let db = register.store.reader();
    let Some(id) = queries::by_email(db, &register.keys, email).await? else {
        return Ok(None);
    };
    let found = contacts(&register.keys, db, &[id]).await?.remove(&id);
    log(register, register.store.writer(), id, audit::Access::Read).await?;
    Ok(found.map(|contact| KnownPerson {
        id,
        name: contact.name,
    }))
}

/// The mail address of a person, told to the keeper; logged like every look at somebody's details.
pub async fn email_of(register: &Register, person: PersonId) -> Result<Option<Personal<String>>> {
    let db = register.store.reader();
    let found = contacts(&register.keys, db, &[person])
        .await?
        .remove(&person);
    log(
        register,
        register.store.writer(),
        person,
        audit::Access::Read,
    )
    .await?;
    Ok(found.and_then(|contact| contact.email))
}

/// Issues an access token, to be handed to its holder once: the register keeps its hash alone.
///
/// Errors: `Invalid` (`label`; `days OUT_OF_RANGE`), `NotFound` where there is no such person.
pub async fn issue_token(
    register: &Register,
    person: PersonId,
    label: &str,
    days: u32,
) -> Result<AccessToken> {
    static SQL: Sql = Sql::new(
        "INSERT INTO access_tokens (id, person_id, token_hash, label, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    );
    let mut faults = Violations::default();
    let label = text::clean_line(label, rules::TOKEN_LABEL_MAX_CHARS).map_err(TextFault::code);
    let label = faults.take("label", label);
    faults
        .check(rules::TOKEN_DAYS.contains(&days), "days", "OUT_OF_RANGE")
        .done()?;
    let tx = register.store.begin_write().await?;
    if queries::sealed(&tx, person).await?.is_none() {
        return Err(Error::NotFound);
    }
    let (token, now) = (AccessToken::random(), register.clock.now());
    let values: [Value; 6] = [
        AccessTokenId::random().0.into(),
        person.0.into(),
        token.hash().as_bytes().to_vec().into(),
        label.unwrap_or_default().into(),
        now.into(),
        (now + Duration::days(days.into())).into(),
    ];
    SQL.run(&tx, values).await?;
    log(register, &tx, person, audit::Access::Write).await?;
    tx.commit().await.map_err(|_| Error::Unavailable)?;
    Ok(token)
}

/// Revokes a token, told by its id or, where it got loose, by itself. `false` where there is none that is still good.
///
/// Errors: `Invalid` (`token MALFORMED`).
pub async fn revoke_token(register: &Register, which: &str) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "UPDATE access_tokens SET revoked_at = $1 WHERE (id = $2 OR token_hash = $3) AND revoked_at IS NULL
         RETURNING person_id",
    );
    #[derive(FromQueryResult)]
    struct Holder {
        person_id: PersonId,
    }
    let id = AccessTokenId::decode(which);
    let token = AccessToken::parse(which).ok();
    if id.is_none() && token.is_none() {
        return Err(Error::invalid("token", "MALFORMED"));
    }
    let tx = register.store.begin_write().await?;
    let values: [Value; 3] = [
        register.clock.now().into(),
        id.map(|id| id.0).into(),
        token.map(|token| token.hash().as_bytes().to_vec()).into(),
    ];
    let holder: Option<Holder> = SQL.one(&tx, values).await?;
    let Some(holder) = holder else {
        return Ok(false);
    };
    log(register, &tx, holder.person_id, audit::Access::Write).await?;
    tx.commit().await.map_err(|_| Error::Unavailable)?;
    Ok(true)
}

/// Notes in the log of each organisation in which the person holds a role what was done with the person's details.
async fn log(
    register: &Register,
    db: &impl sea_orm::ConnectionTrait,
    person: PersonId,
    access: audit::Access,
) -> Result<()> {
    let seen: Vec<audit::Seen> = queries::grants_of(db, person)
        .await?
        .into_iter()
        .map(|grant| audit::Seen {
            access,
            ..audit::at_command_line(grant.organisation_id, ObjectKind::Person, person)
        })
        .collect();
    if seen.is_empty() {
        return Ok(());
    }
    audit::write_command_line(db, register, &seen).await
}
