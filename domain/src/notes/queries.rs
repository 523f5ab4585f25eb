//! The SQL of notes: each reaches the support persons of the own organisation, where notes are allowed.

use rinnalla_entity::ids::{OrganisationId, PersonId, SupportPersonId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::Sealed;
use crate::access::{KeepNotes, Scope};
use crate::act::take_version;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::sql::{self, Sql};

/// Whom a note is about, and the version of the one that is there.
#[derive(FromQueryResult)]
pub(super) struct About {
    pub organisation_id: OrganisationId,
    pub person_id: PersonId,
    pub data_key_sealed: Vec<u8>,
    pub is_allowed: bool,
    pub version: Option<i32>,
}

pub(super) async fn notes_for(
    db: &impl ConnectionTrait,
    scope: &Scope<KeepNotes>,
    of: &[SupportPersonId],
) -> Result<Vec<Sealed>> {
    static SQL: Sql = Sql::new(
        "SELECT n.support_person_id, n.organisation_id, n.text_sealed, n.written_by, n.written_at, n.version,
           p.id AS person_id, p.data_key_sealed
         FROM support_person_notes n
         JOIN note_allowances a ON a.organisation_id = n.organisation_id
         JOIN support_persons sp ON sp.id = n.support_person_id
         JOIN people p ON p.id = sp.person_id AND p.erased_at IS NULL
         WHERE n.support_person_id = ANY_ID($1) AND n.organisation_id = ANY_ID($2)",
    );
    let on = db.get_database_backend();
    let values = [
        sql::ids(on, of.iter().copied()),
        sql::ids(on, scope.organisations()),
    ];
    SQL.all(db, values).await
}

pub(super) async fn about(
    db: &impl ConnectionTrait,
    scope: &Scope<KeepNotes>,
    of: SupportPersonId,
) -> Result<Option<About>> {
    static SQL: Sql = Sql::new(
        "SELECT sp.organisation_id, p.id AS person_id, p.data_key_sealed, a.organisation_id IS NOT NULL AS is_allowed,
           n.version
         FROM support_persons sp
         JOIN people p ON p.id = sp.person_id AND p.erased_at IS NULL
         LEFT JOIN note_allowances a ON a.organisation_id = sp.organisation_id
         LEFT JOIN support_person_notes n ON n.support_person_id = sp.id
         WHERE sp.id = $1 AND sp.organisation_id = ANY_ID($2)",
    );
    let organisations = sql::ids(db.get_database_backend(), scope.organisations());
    SQL.one(db, [of.0.into(), organisations]).await
}

/// 0 where somebody else wrote one in the same moment.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    of: SupportPersonId,
    organisation: OrganisationId,
    text: Vec<u8>,
    ctx: &Ctx,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO support_person_notes (support_person_id, organisation_id, text_sealed, written_by, written_at, version)
         VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT DO NOTHING",
    );
    let values: [Value; 5] = [
        of.0.into(),
        organisation.0.into(),
        text.into(),
        ctx.actor()?.person.0.into(),
        ctx.now.into(),
    ];
    SQL.run(db, values).await
}

pub(super) async fn replace(
    db: &impl ConnectionTrait,
    of: SupportPersonId,
    version: i32,
    text: Vec<u8>,
    ctx: &Ctx,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE support_person_notes SET version = version + 1, text_sealed = $3, written_by = $4, written_at = $5
         WHERE support_person_id = $1 AND version = $2",
    );
    let values: [Value; 5] = [
        of.0.into(),
        version.into(),
        text.into(),
        ctx.actor()?.person.0.into(),
        ctx.now.into(),
    ];
    SQL.run(db, values).await
}

pub(super) async fn erase(
    db: &impl ConnectionTrait,
    of: SupportPersonId,
    version: i32,
) -> Result<u64> {
    static SQL: Sql =
        Sql::new("DELETE FROM support_person_notes WHERE support_person_id = $1 AND version = $2");
    SQL.run(db, [of.0.into(), version.into()]).await
}

/// Which of these organisations keep notes.
pub(super) async fn allowed(
    db: &impl ConnectionTrait,
    of: impl IntoIterator<Item = OrganisationId>,
) -> Result<Vec<OrganisationId>> {
    static SQL: Sql =
        Sql::new("SELECT organisation_id FROM note_allowances WHERE organisation_id = ANY_ID($1)");
    #[derive(FromQueryResult)]
    struct Row {
        organisation_id: OrganisationId,
    }
    let of = sql::ids(db.get_database_backend(), of);
    let rows: Vec<Row> = SQL.all(db, [of]).await?;
    Ok(rows.into_iter().map(|row| row.organisation_id).collect())
}

take_version!(pub(super) take_organisation, "organisations", OrganisationId);

pub(super) async fn allow(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    ctx: &Ctx,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO note_allowances (organisation_id, allowed_by, allowed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    );
    let values: [Value; 3] = [
        organisation.0.into(),
        ctx.actor()?.person.0.into(),
        ctx.now.into(),
    ];
    SQL.run(db, values).await
}

/// Ends the allowance and erases every note of the organisation.
pub(super) async fn forbid(db: &impl ConnectionTrait, organisation: OrganisationId) -> Result<()> {
    static NOTES: Sql = Sql::new("DELETE FROM support_person_notes WHERE organisation_id = $1");
    static ALLOWANCE: Sql = Sql::new("DELETE FROM note_allowances WHERE organisation_id = $1");
    NOTES.run(db, [organisation.0.into()]).await?;
    ALLOWANCE.run(db, [organisation.0.into()]).await?;
    Ok(())
}

/// A note as it is stored.
#[derive(FromQueryResult)]
pub(super) struct Text {
    pub support_person_id: SupportPersonId,
    pub text_sealed: Vec<u8>,
}

pub(super) async fn texts(db: &impl ConnectionTrait, of: &[SupportPersonId]) -> Result<Vec<Text>> {
    static SQL: Sql = Sql::new(
        "SELECT support_person_id, text_sealed FROM support_person_notes WHERE support_person_id = ANY_ID($1)",
    );
    let of = sql::ids(db.get_database_backend(), of.iter().copied());
    SQL.all(db, [of]).await
}

/// A person's data key, wrapped.
#[derive(FromQueryResult)]
pub(super) struct Key {
    pub id: PersonId,
    pub data_key_sealed: Vec<u8>,
}

pub(super) async fn keys_of(db: &impl ConnectionTrait, people: &[PersonId]) -> Result<Vec<Key>> {
    static SQL: Sql = Sql::new("SELECT id, data_key_sealed FROM people WHERE id = ANY_ID($1)");
    let people = sql::ids(db.get_database_backend(), people.iter().copied());
    SQL.all(db, [people]).await
}

pub(super) async fn reseal(
    db: &impl ConnectionTrait,
    of: SupportPersonId,
    text: Vec<u8>,
) -> Result<()> {
    static SQL: Sql =
        Sql::new("UPDATE support_person_notes SET text_sealed = $2 WHERE support_person_id = $1");
    SQL.run(db, [of.0.into(), text.into()]).await?;
    Ok(())
}
