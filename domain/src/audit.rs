//! The access log: who looked at whose data, and who changed it (act 703/2023 § 11: the person whom it is about may ask).
//!
//! Changes are logged in their own transaction ([`crate::act`]). For questions, each query over protected data notes
//! what it brought ([`Ctx::see`]), and the endpoint writes the notes before the answer goes out ([`write_seen`]).
//! One row a request, organisation and grant, and one row for each of its objects. The parts of a support
//! relationship (agreement, meetings, reviews) are logged as the relationship that they belong to.

pub mod seals;

use std::collections::{BTreeMap, BTreeSet};

use rinnalla_entity::ids::{AccessLogId, Id, OrganisationId, PersonId, RoleGrantId};
use sea_orm::{ConnectionTrait, DbBackend, Value};
use uuid::Uuid;

use crate::access::{Permission, Scope};
use crate::ctx::{Ctx, Register};
use crate::error::Result;
use crate::sql::Sql;
use crate::texts::Language;

/// What kind of protected object a log row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    /// A person: name and contact details.
    Person,
    /// A support person.
    SupportPerson,
    /// A supported case.
    SupportedCase,
    /// A referral with its proposals.
    Referral,
    /// A support relationship with its agreement, meetings and reviews.
    SupportRelationship,
    /// An organisation, a partnership, a grant, an absence: who may do what.
    Organisation,
}

impl ObjectKind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::SupportPerson => "SUPPORT_PERSON",
            Self::SupportedCase => "SUPPORTED_CASE",
            Self::Referral => "REFERRAL",
            Self::SupportRelationship => "SUPPORT_RELATIONSHIP",
            Self::Organisation => "ORGANISATION",
        }
    }
}

/// What was done to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Access {
    Read,
    Write,
    /// A question or act about something that is absent or hidden.
    Refused,
}

/// One object that was looked at or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seen {
    pub organisation: OrganisationId,
    pub grant: Option<RoleGrantId>,
    pub kind: ObjectKind,
    pub object: Uuid,
    pub access: Access,
}

impl Ctx {
    /// Notes protected objects that a question brought.
    pub(crate) fn see<P: Permission>(
        &self,
        scope: &Scope<P>,
        kind: ObjectKind,
        objects: impl IntoIterator<Item = (OrganisationId, Uuid)>,
    ) {
        let mut seen = self.seen.lock().unwrap_or_else(|e| e.into_inner());
        seen.extend(objects.into_iter().map(|(organisation, object)| Seen {
            organisation,
            grant: scope.grant_for(organisation),
            kind,
            object,
            access: Access::Read,
        }));
    }

    /// Notes that something was asked for that is absent or hidden; told apart by nobody but the log's reader.
    pub(crate) fn refuse<P: Permission>(
        &self,
        scope: &Scope<P>,
        kind: ObjectKind,
        object: impl Id,
    ) {
        let Some(organisation) = scope.any_organisations().first().copied() else {
            return;
        };
        let mut seen = self.seen.lock().unwrap_or_else(|e| e.into_inner());
        seen.push(Seen {
            organisation,
            grant: scope.grant_for(organisation),
            kind,
            object: object.uuid(),
            access: Access::Refused,
        });
    }
}

/// Writes what the request has looked at. `purpose` is the operation's name or kind, never its text.
///
/// At most two statements on SQLite, one on PostgreSQL; none where nothing protected was seen.
pub async fn write_seen(ctx: &Ctx, purpose: &str) -> Result<()> {
    let seen = std::mem::take(&mut *ctx.seen.lock().unwrap_or_else(|e| e.into_inner()));
    let Some(actor) = &ctx.actor else {
        return Ok(());
    };
    if seen.is_empty() {
        return Ok(());
    }
    if ctx.store.is_postgres() {
        write(ctx.store.writer(), ctx, actor.person, purpose, &seen).await
    } else {
        let tx = ctx.store.begin_write().await?;
        write(&tx, ctx, actor.person, purpose, &seen).await?;
        Ok(tx.commit().await?)
    }
}

/// Writes log rows through `db`.
pub(crate) async fn write(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    actor: PersonId,
    purpose: &str,
    seen: &[Seen],
) -> Result<()> {
    let mut entries: BTreeMap<(OrganisationId, Option<RoleGrantId>), AccessLogId> = BTreeMap::new();
    let mut objects = Columns::default();
    for one in seen.iter().collect::<BTreeSet<_>>() {
        let entry = *entries
            .entry((one.organisation, one.grant))
            .or_insert_with(AccessLogId::random);
        objects.entry.push(entry.0);
        objects.kind.push(one.kind.code());
        objects.object.push(one.object);
        objects.act.push(match one.access {
            Access::Read => "READ",
            Access::Write => "WRITE",
            Access::Refused => "REFUSED",
        });
    }
    let purpose: String = purpose.chars().take(64).collect();
    let head = [
        Value::from(ctx.request.0),
        actor.0.into(),
        purpose.into(),
        ctx.now.into(),
    ];
    if db.get_database_backend() == DbBackend::Postgres {
        static BOTH: Sql = Sql::new(
            "WITH entry AS (
               INSERT INTO access_log (request_id, person_id, purpose, at, id, organisation_id, grant_id)
               SELECT $1, $2, $3, $4, e.id, e.organisation_id, nullif(e.grant_id, '00000000-0000-0000-0000-000000000000')
               FROM unnest($5::uuid[], $6::uuid[], $7::uuid[]) AS e (id, organisation_id, grant_id))
             INSERT INTO access_log_objects (entry_id, object_kind, object_id, act)
             SELECT * FROM unnest($8::uuid[], $9::text[], $10::uuid[], $11::text[])",
        );
        let lists: [Value; 7] = [
            entries.values().map(|id| id.0).collect::<Vec<_>>().into(),
            entries.keys().map(|key| key.0.0).collect::<Vec<_>>().into(),
            entries
                .keys()
                .map(|key| key.1.map_or(Uuid::nil(), |grant| grant.0))
                .collect::<Vec<_>>()
                .into(),
            objects.entry.into(),
            strings(&objects.kind),
            objects.object.into(),
            strings(&objects.act),
        ];
        BOTH.run(db, head.into_iter().chain(lists)).await?;
        return Ok(());
    }
    static ENTRIES: Sql = Sql::new(
        "INSERT INTO access_log (request_id, person_id, purpose, at, id, organisation_id, grant_id)
         SELECT $1, $2, $3, $4, unhex(value ->> 0), unhex(value ->> 1), unhex(value ->> 2) FROM json_each($5)",
    );
    static OBJECTS: Sql = Sql::new(
        "INSERT INTO access_log_objects (entry_id, object_kind, object_id, act)
         SELECT unhex(value ->> 0), value ->> 1, unhex(value ->> 2), value ->> 3 FROM json_each($1)",
    );
    let rows: serde_json::Value = entries
        .iter()
        .map(|((organisation, grant), id)| {
            serde_json::json!([
                hex(id.0),
                hex(organisation.0),
                grant.map(|grant| hex(grant.0))
            ])
        })
        .collect();
    let entries = [Value::from(rows.to_string())];
    ENTRIES.run(db, head.into_iter().chain(entries)).await?;
    let rows: serde_json::Value = (0..objects.entry.len())
        .map(|i| {
            serde_json::json!([
                hex(objects.entry[i]),
                objects.kind[i],
                hex(objects.object[i]),
                objects.act[i]
            ])
        })
        .collect();
    OBJECTS.run(db, [Value::from(rows.to_string())]).await?;
    Ok(())
}

/// One object changed at the command line.
pub(crate) fn at_command_line(
    organisation: OrganisationId,
    kind: ObjectKind,
    object: impl Id,
) -> Seen {
    Seen {
        organisation,
        grant: None,
        kind,
        object: object.uuid(),
        access: Access::Write,
    }
}

/// Writes log rows of what the keeper of the installation did, where nobody is signed in: their person is the nil id.
pub(crate) async fn write_command_line(
    db: &impl ConnectionTrait,
    register: &Register,
    seen: &[Seen],
) -> Result<()> {
    let ctx = Ctx::new(register, None, Language::Fi);
    write(db, &ctx, PersonId(Uuid::nil()), "command line", seen).await
}

#[derive(Default)]
struct Columns {
    entry: Vec<Uuid>,
    kind: Vec<&'static str>,
    object: Vec<Uuid>,
    act: Vec<&'static str>,
}

fn strings(list: &[&str]) -> Value {
    list.iter()
        .map(|&text| text.to_owned())
        .collect::<Vec<_>>()
        .into()
}

fn hex(uuid: Uuid) -> String {
    uuid.simple().to_string()
}
