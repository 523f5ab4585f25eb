//! The SQL of saved lists: one's own, and those shared in the own organisations.

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{OrganisationId, SavedListId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{Details, SavedList};
use crate::access::{SaveLists, Scope};
use crate::error::Result;
use crate::sql::{self, Sql};

const COLUMNS: &str =
    "SELECT s.id, s.organisation_id, s.owner_id, s.list, s.name, s.filter, s.is_shared, s.version
   FROM saved_lists s WHERE s.organisation_id = ANY_ID($1) AND (s.is_shared OR s.owner_id = $2)";

fn reach(db: &impl ConnectionTrait, scope: &Scope<SaveLists>) -> Vec<Value> {
    let organisations = sql::ids(db.get_database_backend(), scope.organisations());
    vec![organisations, scope.actor().0.into()]
}

pub(super) async fn list(
    db: &impl ConnectionTrait,
    scope: &Scope<SaveLists>,
) -> Result<Vec<SavedList>> {
    static SQL: Sql = Sql::new(COLUMNS);
    SQL.all(db, reach(db, scope)).await
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    scope: &Scope<SaveLists>,
    id: SavedListId,
) -> Result<Option<SavedList>> {
    let mut values = reach(db, scope);
    values.push(id.0.into());
    let text = format!("{COLUMNS} AND s.id = $3");
    let text = sql::translate(&text, db.get_database_backend());
    let rows: Vec<SavedList> = sql::all(db, &text, values).await?;
    Ok(rows.into_iter().next())
}

/// How many lists the actor has saved in an organisation.
pub(super) async fn count(
    db: &impl ConnectionTrait,
    scope: &Scope<SaveLists>,
    organisation: OrganisationId,
) -> Result<i64> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM saved_lists WHERE organisation_id = $1 AND owner_id = $2",
    );
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let values: [Value; 2] = [organisation.0.into(), scope.actor().0.into()];
    let row: Option<Count> = SQL.one(db, values).await?;
    Ok(row.map_or(0, |row| row.n))
}

pub(super) async fn insert(
    db: &impl ConnectionTrait,
    row: &SavedList,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO saved_lists (id, organisation_id, owner_id, list, name, filter, is_shared, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8)",
    );
    let values: [Value; 8] = [
        row.id.0.into(),
        row.organisation_id.0.into(),
        row.owner_id.0.into(),
        row.list.code().into(),
        row.name.clone().into(),
        row.filter.clone().into(),
        row.is_shared.into(),
        now.into(),
    ];
    SQL.run(db, values).await?;
    Ok(())
}

pub(super) async fn correct(
    db: &impl ConnectionTrait,
    id: SavedListId,
    version: i32,
    told: &Details,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE saved_lists SET version = version + 1, name = $3, filter = $4, is_shared = $5
         WHERE id = $1 AND version = $2",
    );
    let values: [Value; 5] = [
        id.0.into(),
        version.into(),
        told.name.clone().into(),
        told.filter.clone().into(),
        told.is_shared.into(),
    ];
    SQL.run(db, values).await
}

pub(super) async fn remove(
    db: &impl ConnectionTrait,
    id: SavedListId,
    version: i32,
) -> Result<u64> {
    static SQL: Sql = Sql::new("DELETE FROM saved_lists WHERE id = $1 AND version = $2");
    SQL.run(db, [id.0.into(), version.into()]).await
}
