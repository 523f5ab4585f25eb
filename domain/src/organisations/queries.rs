//! The SQL of organisations and partnerships.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{OrganisationId, PartnershipId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::act::code;
use crate::error::Result;
use crate::sql::{self, Sql};

use super::partnerships::{Partnership, Row};
use super::{Details, Filter, Organisation, Reach};

/// The partners, today, of the organisations `$orgs` that have no coordinator or administrator of their own.
macro_rules! looked_after {
    ($columns:literal, $orgs:literal, $today:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM partnerships pa WHERE pa.organisation_id = ANY_ID(",
            $orgs,
            ") AND pa.valid_from <= ",
            $today,
            " AND (pa.valid_to IS NULL OR pa.valid_to >= ",
            $today,
            ") AND NOT EXISTS (SELECT 1 FROM role_grants own WHERE own.organisation_id = pa.partner_id
                 AND own.role IN ('ADMIN', 'COORDINATOR') AND own.cancelled_at IS NULL
                 AND (own.valid_to IS NULL OR own.valid_to >= ",
            $today,
            "))"
        )
    };
}
pub(crate) use looked_after;

macro_rules! columns {
    () => {
        "o.id, o.kind, o.name, o.is_name_neutral, o.language, o.county_code, o.municipality_code, o.mailbox,
         o.max_active_default, o.closed_on, o.version"
    };
}

/// The organisations that somebody knows of: own ones, and with their partners those for which that is said.
macro_rules! visible {
    ($own:literal, $with_partners:literal) => {
        concat!(
            "(SELECT own.id FROM organisations own WHERE own.id = ANY_ID(",
            $own,
            ") UNION SELECT p.partner_id FROM partnerships p WHERE p.organisation_id = ANY_ID(",
            $with_partners,
            ") UNION SELECT p.organisation_id FROM partnerships p WHERE p.partner_id = ANY_ID(",
            $with_partners,
            "))"
        )
    };
}
pub(crate) use visible;

pub(super) async fn for_ids(
    db: &impl ConnectionTrait,
    ids: &[OrganisationId],
    reach: &Reach,
) -> Result<Vec<Organisation>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        columns!(),
        " FROM organisations o WHERE o.id = ANY_ID($1) AND o.id IN ",
        visible!("$2", "$3"),
    ));
    let ids = sql::ids(db.get_database_backend(), ids.iter().copied());
    let [own, with_partners] = reach.values(db);
    SQL.all(db, [ids, own, with_partners]).await
}

pub(super) async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    own: &[OrganisationId],
    with_partners: &[OrganisationId],
    after: Uuid,
    limit: i64,
) -> Result<Vec<Organisation>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        columns!(),
        " FROM organisations o WHERE o.id IN ",
        visible!("$1", "$2"),
        " AND o.kind = coalesce($3, o.kind) AND o.county_code = coalesce($4, o.county_code) AND o.id > $5
          ORDER BY o.id LIMIT $6",
    ));
    let on = db.get_database_backend();
    SQL.all(
        db,
        [
            sql::ids(on, own.iter().copied()),
            sql::ids(on, with_partners.iter().copied()),
            filter.kind.map(|kind| kind.code()).into(),
            filter.county_code.clone().into(),
            after.into(),
            limit.into(),
        ],
    )
    .await
}

pub(super) async fn count(
    db: &impl ConnectionTrait,
    filter: &Filter,
    own: &[OrganisationId],
    with_partners: &[OrganisationId],
) -> Result<u64> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT count(*) AS n FROM organisations o WHERE o.id IN ",
        visible!("$1", "$2"),
        " AND o.kind = coalesce($3, o.kind) AND o.county_code = coalesce($4, o.county_code)",
    ));
    let on = db.get_database_backend();
    let values = [
        sql::ids(on, own.iter().copied()),
        sql::ids(on, with_partners.iter().copied()),
        filter.kind.map(|kind| kind.code()).into(),
        filter.county_code.clone().into(),
    ];
    let row: Option<Count> = SQL.one(db, values).await?;
    Ok(row.map_or(0, |row| row.n.unsigned_abs()))
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// Holds organisations until the act ends; those among them that are closed.
pub(super) async fn lock_open(
    db: &impl ConnectionTrait,
    ids: &[OrganisationId],
) -> Result<Vec<OrganisationId>> {
    static LOCK: Sql = Sql::new("UPDATE organisations SET version = version WHERE id = ANY_ID($1)");
    static CLOSED: Sql = Sql::new(
        "SELECT id AS organisation_id FROM organisations WHERE id = ANY_ID($1) AND closed_on IS NOT NULL",
    );
    #[derive(FromQueryResult)]
    struct Closed {
        organisation_id: OrganisationId,
    }
    let list = || sql::ids(db.get_database_backend(), ids.iter().copied());
    LOCK.run(db, [list()]).await?;
    let rows: Vec<Closed> = CLOSED.all(db, [list()]).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

pub(super) async fn insert(
    db: &impl ConnectionTrait,
    id: OrganisationId,
    told: &Details,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO organisations (id, kind, name, is_name_neutral, language, county_code, municipality_code, mailbox,
           max_active_default, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)",
    );
    let mut values = vec![Value::from(id.0)];
    values.extend(told_values(told));
    values.push(now.into());
    SQL.run(db, values).await?;
    Ok(())
}

pub(super) async fn correct(
    db: &impl ConnectionTrait,
    id: OrganisationId,
    version: i32,
    told: &Details,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE organisations SET version = version + 1, kind = $3, name = $4, is_name_neutral = $5, language = $6,
           county_code = $7, municipality_code = $8, mailbox = $9, max_active_default = $10
         WHERE id = $1 AND version = $2",
    );
    let mut values = vec![Value::from(id.0), version.into()];
    values.extend(told_values(told));
    SQL.run(db, values).await
}

fn told_values(told: &Details) -> [Value; 8] {
    let max_active = told.max_active_default.and_then(|n| i16::try_from(n).ok());
    [
        code(told.kind),
        told.name.clone().into(),
        told.is_name_neutral.into(),
        told.language.code().into(),
        told.county_code.clone().into(),
        told.municipality_code.clone().into(),
        told.mailbox.clone().into(),
        max_active
            .unwrap_or(super::rules::MAX_ACTIVE_DEFAULT)
            .into(),
    ]
}

#[derive(FromQueryResult)]
struct LookedAfter {
    partner_id: OrganisationId,
    organisation_id: OrganisationId,
}

/// Partners that these organisations look after today, each with the one that does.
pub(super) async fn looked_after_by(
    db: &impl ConnectionTrait,
    by: &[OrganisationId],
    today: NaiveDate,
) -> Result<Vec<(OrganisationId, OrganisationId)>> {
    static SQL: Sql = Sql::new(concat!(
        looked_after!("pa.partner_id, pa.organisation_id", "$1", "$2"),
        " ORDER BY pa.organisation_id"
    ));
    let by = sql::ids(db.get_database_backend(), by.iter().copied());
    let rows: Vec<LookedAfter> = SQL.all(db, [by, today.into()]).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.partner_id, row.organisation_id))
        .collect())
}

macro_rules! partnership_columns {
    () => {
        "p.id, p.organisation_id, p.partner_id, p.kind, p.county_code, p.valid_from, p.valid_to, p.version"
    };
}

pub(super) async fn partnerships_for(
    db: &impl ConnectionTrait,
    organisations: &[OrganisationId],
    own: &[OrganisationId],
) -> Result<Vec<Partnership>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        partnership_columns!(),
        " FROM partnerships p WHERE p.organisation_id = ANY_ID($1)
            AND (p.organisation_id = ANY_ID($2) OR p.partner_id = ANY_ID($2))
          UNION
          SELECT ",
        partnership_columns!(),
        " FROM partnerships p WHERE p.partner_id = ANY_ID($1)
            AND (p.organisation_id = ANY_ID($2) OR p.partner_id = ANY_ID($2))
          ORDER BY valid_from, id",
    ));
    let on = db.get_database_backend();
    let list = |ids: &[OrganisationId]| sql::ids(on, ids.iter().copied());
    SQL.all(db, [list(organisations), list(own)]).await
}

pub(super) async fn partnership(
    db: &impl ConnectionTrait,
    id: PartnershipId,
    own: &[OrganisationId],
) -> Result<Option<Partnership>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        partnership_columns!(),
        " FROM partnerships p WHERE p.id = $1 AND (p.organisation_id = ANY_ID($2) OR p.partner_id = ANY_ID($2))",
    ));
    let own = sql::ids(db.get_database_backend(), own.iter().copied());
    SQL.one(db, [id.0.into(), own]).await
}

/// Whether the two already are partners of this kind, in this county, on any of those days.
pub(super) async fn are_partners(db: &impl ConnectionTrait, row: &Row) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM partnerships p
         WHERE p.organisation_id = $1 AND p.partner_id = $2 AND p.kind = $3
           AND coalesce(p.county_code, '') = coalesce($4, '')
           AND (p.valid_to IS NULL OR p.valid_to >= $5) AND p.valid_from <= coalesce($6, p.valid_from)",
    );
    let values: [Value; 6] = [
        row.organisation.0.into(),
        row.partner.0.into(),
        code(row.kind),
        row.county_code.clone().into(),
        row.valid_from.into(),
        row.valid_to.into(),
    ];
    let found: Option<Count> = SQL.one(db, values).await?;
    Ok(found.is_some_and(|row| row.n > 0))
}

pub(super) async fn insert_partnership(
    db: &impl ConnectionTrait,
    row: &Row,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO partnerships (id, organisation_id, partner_id, kind, county_code, valid_from, valid_to, version,
           created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8)",
    );
    let values: [Value; 8] = [
        row.id.0.into(),
        row.organisation.0.into(),
        row.partner.0.into(),
        code(row.kind),
        row.county_code.clone().into(),
        row.valid_from.into(),
        row.valid_to.into(),
        now.into(),
    ];
    SQL.run(db, values).await?;
    Ok(())
}

pub(super) async fn end_partnership(
    db: &impl ConnectionTrait,
    id: PartnershipId,
    version: i32,
    ends_on: NaiveDate,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE partnerships SET version = version + 1, valid_to = $3 WHERE id = $1 AND version = $2",
    );
    SQL.run(db, [id.0.into(), version.into(), ends_on.into()])
        .await
}
