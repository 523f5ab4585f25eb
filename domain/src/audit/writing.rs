//! The statements that write log rows: those of one act, or of several requests that came at the same time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{
    AccessLogId, Id as _, OrganisationId, PersonId, RequestId, RoleGrantId,
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Value};
use uuid::Uuid;

use super::{Access, ObjectKind, Seen};
use crate::access::Rights;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::sql::{self, Sql};

/// What one request is to have in the log.
pub(crate) struct Noted {
    request: RequestId,
    person: PersonId,
    purpose: String,
    at: DateTime<Utc>,
    seen: BTreeSet<Seen>,
}

impl Noted {
    pub(crate) fn of(ctx: &Ctx, person: PersonId, purpose: &str, seen: BTreeSet<Seen>) -> Self {
        Self {
            request: ctx.request,
            person,
            purpose: purpose.chars().take(64).collect(),
            at: ctx.now,
            seen,
        }
    }
}

/// Log rows as columns: one entry for each request, organisation and grant, a row for each object that was changed, and
/// one row a kind for those that were looked at.
#[derive(Default)]
pub(crate) struct Columns {
    id: Vec<Uuid>,
    organisation: Vec<Uuid>,
    grant: Vec<Uuid>,
    request: Vec<Uuid>,
    person: Vec<Uuid>,
    purpose: Vec<String>,
    at: Vec<DateTime<Utc>>,
    changed_in: Vec<Uuid>,
    changed_kind: Vec<String>,
    changed: Vec<Uuid>,
    looked_in: Vec<Uuid>,
    looked_kind: Vec<String>,
    looked_act: Vec<String>,
    looked: Vec<Vec<u8>>,
}

impl Columns {
    pub(crate) fn of<'a>(noted: impl IntoIterator<Item = &'a Noted>) -> Self {
        let mut columns = Self::default();
        for one in noted {
            columns.add(one);
        }
        columns
    }

    fn add(&mut self, noted: &Noted) {
        let mut entries: BTreeMap<(OrganisationId, Option<RoleGrantId>), Uuid> = BTreeMap::new();
        let mut looks: BTreeMap<(Uuid, ObjectKind, Access), Vec<u8>> = BTreeMap::new();
        for seen in &noted.seen {
            let key = (seen.organisation, seen.grant);
            let entry = *entries
                .entry(key)
                .or_insert_with(|| AccessLogId::random().0);
            if seen.access == Access::Write {
                self.changed_in.push(entry);
                self.changed_kind.push(seen.kind.code().to_owned());
                self.changed.push(seen.object);
            } else {
                let packed = looks.entry((entry, seen.kind, seen.access)).or_default();
                packed.extend_from_slice(seen.object.as_bytes());
            }
        }
        for ((entry, kind, access), packed) in looks {
            self.looked_in.push(entry);
            self.looked_kind.push(kind.code().to_owned());
            self.looked_act.push(access.code().to_owned());
            self.looked.push(packed);
        }
        for ((organisation, grant), id) in entries {
            self.id.push(id);
            self.organisation.push(organisation.0);
            self.grant.push(grant.map_or(Uuid::nil(), |grant| grant.0));
            self.request.push(noted.request.0);
            self.person.push(noted.person.0);
            self.purpose.push(noted.purpose.clone());
            self.at.push(noted.at);
        }
    }

    /// What [`log_rows`] binds, in its order.
    pub(crate) fn into_values(self) -> [Value; 14] {
        [
            self.id.into(),
            self.organisation.into(),
            self.grant.into(),
            self.request.into(),
            self.person.into(),
            self.purpose.into(),
            self.at.into(),
            self.changed_in.into(),
            self.changed_kind.into(),
            self.changed.into(),
            self.looked_in.into(),
            self.looked_kind.into(),
            self.looked_act.into(),
            self.looked.into(),
        ]
    }
}

/// PostgreSQL writes entries and objects in one statement, whose first fourteen parameters are the columns. `$where` says of
/// all of them whether they are written.
macro_rules! log_rows {
    ($where:literal) => {
        concat!(
            "entry AS (
           INSERT INTO access_log (id, organisation_id, grant_id, request_id, person_id, purpose, at)
           SELECT e.id, e.organisation_id, nullif(e.grant_id, '00000000-0000-0000-0000-000000000000'), e.request_id,
             e.person_id, e.purpose, e.at
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[])
             AS e (id, organisation_id, grant_id, request_id, person_id, purpose, at)",
            $where,
            "), changed AS (
           INSERT INTO access_log_objects (entry_id, object_kind, object_id, act)
           SELECT o.entry_id, o.kind, o.id, 'WRITE' FROM unnest($8::uuid[], $9::text[], $10::uuid[]) AS o (entry_id, kind, id)",
            $where,
            "), looked AS (
           INSERT INTO access_log_looks (entry_id, object_kind, act, objects)
           SELECT * FROM unnest($11::uuid[], $12::text[], $13::text[], $14::bytea[])",
            $where,
            ")"
        )
    };
}
pub(crate) use log_rows;

/// Writes log rows through `db`, if rights stand at `rights`; whether they do. Asked for none, it writes in any case.
pub(crate) async fn write<'a>(
    db: &impl ConnectionTrait,
    rights: Option<Rights>,
    noted: impl Iterator<Item = &'a Noted> + Clone,
) -> Result<bool> {
    static STAND: Sql = Sql::new("SELECT version FROM rights WHERE version = $1");
    static ALL: Sql = Sql::new(concat!("WITH ", log_rows!(""), " SELECT 1"));
    static ALL_IF: Sql = Sql::new(concat!(
        "WITH stand AS (SELECT version FROM rights WHERE version = $15), ",
        log_rows!(" WHERE EXISTS (SELECT 1 FROM stand)"),
        " SELECT version FROM stand"
    ));
    #[derive(FromQueryResult)]
    struct Stand {}
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    let is_nothing = noted.clone().next().is_none();
    if let Some(rights) = rights.filter(|_| is_nothing || !is_postgres) {
        let stand: Option<Stand> = STAND.one(db, [rights.into()]).await?;
        if stand.is_none() {
            return Ok(false);
        }
    }
    if is_nothing {
        return Ok(true);
    }
    if is_postgres {
        let columns = Columns::of(noted).into_values().into_iter();
        let Some(rights) = rights else {
            ALL.run(db, columns).await?;
            return Ok(true);
        };
        let stand: Option<Stand> = ALL_IF.one(db, columns.chain([rights.into()])).await?;
        return Ok(stand.is_some());
    }
    static ENTRIES: Sql = Sql::new(
        "INSERT INTO access_log (request_id, person_id, purpose, at, id, organisation_id, grant_id)
         SELECT $1, $2, $3, $4, unhex(value ->> 0), unhex(value ->> 1), unhex(value ->> 2) FROM json_each($5)",
    );
    static CHANGED: Sql = Sql::new(
        "INSERT INTO access_log_objects (entry_id, object_kind, object_id, act)
         SELECT unhex(value ->> 0), value ->> 1, unhex(value ->> 2), 'WRITE' FROM json_each($1)",
    );
    static LOOKED: Sql = Sql::new(
        "INSERT INTO access_log_looks (entry_id, object_kind, act, objects)
         SELECT unhex(value ->> 0), value ->> 1, value ->> 2, unhex(value ->> 3) FROM json_each($1)",
    );
    for one in noted {
        let rows = Columns::of([one]);
        let entries: serde_json::Value = (0..rows.id.len())
            .map(|i| {
                let grant = Some(rows.grant[i]).filter(|grant| !grant.is_nil());
                serde_json::json!([hex(rows.id[i]), hex(rows.organisation[i]), grant.map(hex)])
            })
            .collect();
        let head: [Value; 5] = [
            one.request.0.into(),
            one.person.0.into(),
            one.purpose.clone().into(),
            one.at.into(),
            entries.to_string().into(),
        ];
        ENTRIES.run(db, head).await?;
        if !rows.changed.is_empty() {
            let changed: serde_json::Value = (0..rows.changed.len())
                .map(|i| {
                    serde_json::json!([
                        hex(rows.changed_in[i]),
                        rows.changed_kind[i],
                        hex(rows.changed[i])
                    ])
                })
                .collect();
            CHANGED.run(db, [changed.to_string().into()]).await?;
        }
        if !rows.looked.is_empty() {
            let looked: serde_json::Value = (0..rows.looked.len())
                .map(|i| {
                    serde_json::json!([
                        hex(rows.looked_in[i]),
                        rows.looked_kind[i],
                        rows.looked_act[i],
                        sql::hex(&rows.looked[i])
                    ])
                })
                .collect();
            LOOKED.run(db, [looked.to_string().into()]).await?;
        }
    }
    Ok(true)
}

impl Access {
    fn code(self) -> &'static str {
        match self {
            Self::Read => "READ",
            Self::Write => "WRITE",
            Self::Refused => "REFUSED",
        }
    }
}

fn hex(uuid: Uuid) -> String {
    uuid.simple().to_string()
}
