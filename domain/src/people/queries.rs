//! The SQL of people and their roles.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{OrganisationId, PersonId, RoleGrantId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use crate::act::code;
use crate::error::Result;
use crate::keys::Keys;
use crate::lookup::{LookupField, lookups};
use crate::organisations::looked_after;
use crate::sql::{self, Sql};
use crate::texts::Language;

use super::contacts::{Cells, Sealed, sealed_columns};
use super::role_grants::{RoleGrant, Row};

pub(super) async fn insert(
    db: &impl ConnectionTrait,
    id: PersonId,
    language: Language,
    cells: Cells,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO people (id, language, name_sealed, email_sealed, phone_sealed, email_lookup, phone_lookup,
           data_key_sealed, created_at, is_active, email_bounces, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, 0, 1)",
    );
    let mut values = vec![Value::from(id.0), language.code().into()];
    let data_key = cells.data_key.clone();
    values.extend(cell_values(cells));
    values.extend([data_key.into(), now.into()]);
    SQL.run(db, values).await?;
    Ok(())
}

/// Writes the details anew under the same data key. A new mail address has not bounced yet.
pub(super) async fn correct(
    db: &impl ConnectionTrait,
    id: PersonId,
    version: i32,
    language: Language,
    cells: Cells,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE people SET version = version + 1, language = $3, name_sealed = $4, email_sealed = $5, phone_sealed = $6,
           email_bounces = CASE WHEN email_lookup = $7 THEN email_bounces ELSE 0 END,
           email_lookup = $7, phone_lookup = $8
         WHERE id = $1 AND version = $2",
    );
    let mut values = vec![Value::from(id.0), version.into(), language.code().into()];
    values.extend(cell_values(cells));
    SQL.run(db, values).await
}

fn cell_values(cells: Cells) -> [Value; 5] {
    [
        cells.name.into(),
        cells.email.into(),
        cells.phone.into(),
        cells.email_lookup.into(),
        cells.phone_lookup.into(),
    ]
}

pub(super) async fn sealed(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Sealed>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        sealed_columns!(),
        " FROM people p WHERE p.id = $1 AND p.erased_at IS NULL"
    ));
    SQL.one(db, [id.0.into()]).await
}

#[derive(FromQueryResult)]
struct Found {
    id: PersonId,
}

/// The person with this mail address, whichever key version hashed it.
pub(super) async fn by_email(
    db: &impl ConnectionTrait,
    keys: &Keys,
    email: &str,
) -> Result<Option<PersonId>> {
    static SQL: Sql = Sql::new("SELECT id FROM people WHERE email_lookup = $1");
    for hash in lookups(keys, LookupField::Email, email) {
        let found: Option<Found> = SQL.one(db, [hash.to_vec().into()]).await?;
        if let Some(found) = found {
            return Ok(Some(found.id));
        }
    }
    Ok(None)
}

pub(super) async fn set_open(
    db: &impl ConnectionTrait,
    id: PersonId,
    is_active: bool,
    email_lookup: Option<Vec<u8>>,
    phone_lookup: Option<Vec<u8>>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE people SET version = version + 1, is_active = $2, email_lookup = $3, phone_lookup = $4 WHERE id = $1",
    );
    let values: [Value; 4] = [
        id.0.into(),
        is_active.into(),
        email_lookup.into(),
        phone_lookup.into(),
    ];
    SQL.run(db, values).await?;
    Ok(())
}

/// Everybody who holds or held a role in the organisations, sealed.
pub(super) async fn in_organisations(
    db: &impl ConnectionTrait,
    organisations: impl IntoIterator<Item = OrganisationId>,
) -> Result<Vec<Sealed>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        sealed_columns!(),
        " FROM people p WHERE p.erased_at IS NULL AND p.id IN (
            SELECT g.person_id FROM role_grants g WHERE g.cancelled_at IS NULL AND g.organisation_id = ANY_ID($1))"
    ));
    let organisations = sql::ids(db.get_database_backend(), organisations);
    SQL.all(db, [organisations]).await
}

macro_rules! grant_columns {
    () => {
        "g.id, g.person_id, g.organisation_id, g.role, g.valid_from, g.valid_to, g.cancelled_at, g.version"
    };
}

/// A person's roles that stand, ended ones too.
pub(super) async fn grants_of(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<RoleGrant>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        grant_columns!(),
        " FROM role_grants g WHERE g.person_id = $1 AND g.cancelled_at IS NULL ORDER BY g.valid_from, g.id"
    ));
    SQL.all(db, [person.0.into()]).await
}

/// The roles of people, as far as they are the reader's own or held where the reader manages.
pub(super) async fn grants_for(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    reader: PersonId,
    organisations: Vec<OrganisationId>,
    today: NaiveDate,
) -> Result<Vec<RoleGrant>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        grant_columns!(),
        " FROM role_grants g WHERE g.person_id = ANY_ID($1) AND g.cancelled_at IS NULL
            AND (g.person_id = $2 OR g.organisation_id = ANY_ID($3) OR g.organisation_id IN (",
        looked_after!("pa.partner_id", "$3", "$4"),
        ")) ORDER BY g.valid_from, g.id"
    ));
    let on = db.get_database_backend();
    let values: [Value; 4] = [
        sql::ids(on, people.iter().copied()),
        reader.0.into(),
        sql::ids(on, organisations),
        today.into(),
    ];
    SQL.all(db, values).await
}

pub(super) async fn grant(db: &impl ConnectionTrait, id: RoleGrantId) -> Result<Option<RoleGrant>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        grant_columns!(),
        " FROM role_grants g WHERE g.id = $1"
    ));
    SQL.one(db, [id.0.into()]).await
}

/// Makes acts about a person's roles and absences wait for each other.
pub(super) async fn lock(db: &impl ConnectionTrait, person: PersonId) -> Result<()> {
    static SQL: Sql = Sql::new("UPDATE people SET version = version WHERE id = $1");
    SQL.run(db, [person.0.into()]).await?;
    Ok(())
}

pub(super) async fn insert_grant(
    db: &impl ConnectionTrait,
    row: &Row,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO role_grants (id, person_id, organisation_id, role, valid_from, valid_to, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7)",
    );
    let values: [Value; 7] = [
        row.id.0.into(),
        row.person.0.into(),
        row.organisation.0.into(),
        code(row.role),
        row.valid_from.into(),
        row.valid_to.into(),
        now.into(),
    ];
    SQL.run(db, values).await?;
    Ok(())
}

pub(super) async fn end_grant(
    db: &impl ConnectionTrait,
    id: RoleGrantId,
    version: i32,
    ends_on: NaiveDate,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE role_grants SET version = version + 1, valid_to = $3
         WHERE id = $1 AND version = $2 AND cancelled_at IS NULL",
    );
    SQL.run(db, [id.0.into(), version.into(), ends_on.into()])
        .await
}

pub(super) async fn cancel_grant(
    db: &impl ConnectionTrait,
    id: RoleGrantId,
    version: i32,
    now: DateTime<Utc>,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE role_grants SET version = version + 1, cancelled_at = $3
         WHERE id = $1 AND version = $2 AND cancelled_at IS NULL",
    );
    SQL.run(db, [id.0.into(), version.into(), now.into()]).await
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn holds_any_role(
    db: &impl ConnectionTrait,
    person: PersonId,
    organisation: OrganisationId,
    on: NaiveDate,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM role_grants
         WHERE person_id = $1 AND organisation_id = $2 AND cancelled_at IS NULL
           AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3)",
    );
    let values: [Value; 3] = [person.0.into(), organisation.0.into(), on.into()];
    let row: Option<Count> = SQL.one(db, values).await?;
    Ok(row.is_some_and(|row| row.n > 0))
}

pub(super) async fn holds_role(
    db: &impl ConnectionTrait,
    row: (PersonId, OrganisationId, rinnalla_entity::states::Role),
    on: NaiveDate,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM role_grants
         WHERE person_id = $1 AND organisation_id = $2 AND role = $3 AND cancelled_at IS NULL
           AND valid_from <= $4 AND (valid_to IS NULL OR valid_to >= $4)",
    );
    let (person, organisation, role) = row;
    let values: [Value; 4] = [
        person.0.into(),
        organisation.0.into(),
        code(role),
        on.into(),
    ];
    let row: Option<Count> = SQL.one(db, values).await?;
    Ok(row.is_some_and(|row| row.n > 0))
}
