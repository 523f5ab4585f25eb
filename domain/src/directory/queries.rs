//! The SQL of the directory.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{OrganisationId, ProgrammeId};
use rinnalla_entity::states::OrganisationKind;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{SomebodysOwn, Told};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::lookup::{LookupField, lookup};
use crate::organisations::rules::is_county_code;
use crate::sql::{self, Sql};
use crate::texts::Language;

/// A listed organisation with one code of one of its programmes.
#[derive(FromQueryResult)]
pub(super) struct ListedRow {
    pub organisation_id: OrganisationId,
    pub kind: OrganisationKind,
    pub name: String,
    pub mailbox: Option<String>,
    pub phone: Option<String>,
    pub programme_id: Option<ProgrammeId>,
    pub programme_name: Option<String>,
    pub list: Option<String>,
    pub code: Option<String>,
    pub code_name: Option<String>,
}

pub(super) async fn listed(
    db: &impl ConnectionTrait,
    county: &str,
    language: Language,
    today: NaiveDate,
) -> Result<Vec<ListedRow>> {
    static SQL: Sql = Sql::new(
        "SELECT o.id AS organisation_id, o.kind, o.name, e.mailbox, e.phone, p.id AS programme_id,
           CASE $2 WHEN 'sv' THEN p.name_sv WHEN 'en' THEN p.name_en ELSE p.name_fi END AS programme_name, c.list, c.code,
           CASE $2 WHEN 'sv' THEN c.name_sv WHEN 'en' THEN c.name_en ELSE c.name_fi END AS code_name
         FROM directory_counties d
         JOIN directory_entries e ON e.organisation_id = d.organisation_id AND e.is_listed
         JOIN organisations o ON o.id = e.organisation_id
         LEFT JOIN programmes p ON p.organisation_id = o.id AND p.valid_from <= $3 AND (p.valid_to IS NULL OR p.valid_to >= $3)
         LEFT JOIN (
           SELECT t.programme_id, t.list, t.code, k.name_fi, k.name_sv, k.name_en
           FROM programme_codes t JOIN codes k ON k.list = t.list AND k.code = t.code
           UNION ALL SELECT l.programme_id, 'LANGUAGE', l.code, l.code, l.code, l.code FROM programme_languages l) c
           ON c.programme_id = p.id
         WHERE d.county_code = $1 ORDER BY o.id, p.is_default DESC, p.id, c.list, c.code",
    );
    let values: [Value; 3] = [county.into(), language.code().into(), today.into()];
    SQL.all(db, values).await
}

/// What an organisation has said, with one of its counties.
#[derive(FromQueryResult)]
pub(super) struct EntryRow {
    pub organisation_id: OrganisationId,
    pub is_listed: bool,
    pub mailbox: Option<String>,
    pub phone: Option<String>,
    pub version: i32,
    pub county_code: Option<String>,
}

pub(super) async fn entries(
    db: &impl ConnectionTrait,
    of: &[OrganisationId],
) -> Result<Vec<EntryRow>> {
    static SQL: Sql = Sql::new(
        "SELECT e.organisation_id, e.is_listed, e.mailbox, e.phone, e.version, d.county_code
         FROM directory_entries e LEFT JOIN directory_counties d ON d.organisation_id = e.organisation_id
         WHERE e.organisation_id = ANY_ID($1) ORDER BY d.county_code",
    );
    let of = sql::ids(db.get_database_backend(), of.iter().copied());
    SQL.all(db, [of]).await
}

/// Writes what is said, if the version is the one that it was decided on; 0 where it is not.
pub(super) async fn write(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    version: i32,
    told: &Told,
    now: DateTime<Utc>,
) -> Result<u64> {
    static INSERT: Sql = Sql::new(
        "INSERT INTO directory_entries (organisation_id, is_listed, mailbox, phone, written_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    );
    static UPDATE: Sql = Sql::new(
        "UPDATE directory_entries SET is_listed = $2, mailbox = $3, phone = $4, written_at = $5, version = version + 1
         WHERE organisation_id = $1 AND version = $6",
    );
    let mut values: Vec<Value> = vec![
        of.0.into(),
        told.is_listed.into(),
        told.mailbox.clone().into(),
        told.phone.clone().into(),
        now.into(),
    ];
    if version == 0 {
        return INSERT.run(db, values).await;
    }
    values.push(version.into());
    UPDATE.run(db, values).await
}

pub(super) async fn write_counties(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    counties: BTreeSet<String>,
) -> Result<()> {
    static FORGET: Sql = Sql::new("DELETE FROM directory_counties WHERE organisation_id = $1");
    static KEEP: Sql = Sql::new(
        "INSERT INTO directory_counties (organisation_id, county_code) SELECT $1, code FROM counties WHERE code = ANY_TEXT($2)",
    );
    FORGET.run(db, [of.0.into()]).await?;
    let counties = sql::texts(db.get_database_backend(), counties);
    KEEP.run(db, [of.0.into(), counties]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn are_counties(
    db: &impl ConnectionTrait,
    codes: &BTreeSet<String>,
) -> Result<bool> {
    static SQL: Sql = Sql::new("SELECT count(*) AS n FROM counties WHERE code = ANY_TEXT($1)");
    if codes.is_empty() {
        return Ok(true);
    }
    // PostgreSQL takes no NUL in a text, even to look for.
    if !codes.iter().all(|code| is_county_code(code)) {
        return Ok(false);
    }
    let list = sql::texts(db.get_database_backend(), codes.iter().cloned());
    let found: Option<Count> = SQL.one(db, [list]).await?;
    Ok(found.is_some_and(|found| usize::try_from(found.n) == Ok(codes.len())))
}

/// Looks among the people in roles of the organisation alone: of others nobody learns by trying.
pub(super) async fn somebodys_own(
    ctx: &Ctx,
    of: OrganisationId,
    mailbox: Option<&str>,
    phone: Option<&str>,
) -> Result<SomebodysOwn> {
    static SQL: Sql = Sql::new(
        "SELECT EXISTS (SELECT 1 FROM people p JOIN role_grants g ON g.person_id = p.id
             WHERE g.organisation_id = $1 AND g.cancelled_at IS NULL AND p.email_lookup = $2) AS mailbox,
           EXISTS (SELECT 1 FROM people p JOIN role_grants g ON g.person_id = p.id
             WHERE g.organisation_id = $1 AND g.cancelled_at IS NULL AND p.phone_lookup = $3) AS phone",
    );
    let hash = |field, told: Option<&str>| told.map(|told| lookup(&ctx.keys, field, told).to_vec());
    let values: [Value; 3] = [
        of.0.into(),
        hash(LookupField::Email, mailbox).into(),
        hash(LookupField::Phone, phone).into(),
    ];
    let found: Option<SomebodysOwn> = SQL.one(ctx.store.reader(), values).await?;
    found.ok_or_else(|| Error::internal("a question without an answer"))
}
