//! How many more people the support persons can take.

use std::collections::HashMap;

use rinnalla_entity::ids::SupportPersonId;
use rinnalla_entity::states::SupportPersonStatus;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::queries::{occupied, reaches_attested};
use crate::access::{self, ManageSupportPersons, ReadSupportPersons};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;
use crate::sql::{Sql, ids};

/// What a support person carries now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Occupancy {
    /// Whose.
    pub support_person_id: SupportPersonId,
    /// Relationships that have not ended.
    pub open_relationships: i64,
    /// Proposals that are asked, offered or accepted.
    pub open_proposals: i64,
    /// How many more fit; none for somebody who is not active.
    pub free_capacity: i64,
}

/// A county's support persons, and who waits there.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct CountyCapacity {
    /// The official code of the county.
    pub county_code: String,
    /// Support persons who are active.
    pub active: i64,
    /// How many more they can take together.
    pub free_capacity: i64,
    /// Referrals that wait without an open proposal.
    pub waiting_referrals: i64,
}

/// What each carries now: for the coordinator and the support person, nobody else.
pub async fn occupancy_for(
    ctx: &Ctx,
    of: &[SupportPersonId],
) -> Result<HashMap<SupportPersonId, Occupancy>> {
    let scope = access::require::<ReadSupportPersons>(ctx)?;
    let db = ctx.store.reader();
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT t.support_person_id, t.open_relationships, t.open_proposals,
           CASE WHEN t.status = 'ACTIVE' AND t.max_active > t.open_relationships + t.open_proposals
             THEN t.max_active - t.open_relationships - t.open_proposals ELSE 0 END AS free_capacity
         FROM (SELECT sp.id AS support_person_id, sp.status, sp.max_active,
             (SELECT count(*) FROM support_relationships o
              WHERE o.support_person_id = sp.id AND o.status NOT IN ('ENDED', 'CANCELLED')) AS open_relationships,
             (SELECT count(*) FROM match_proposals o
              WHERE o.support_person_id = sp.id AND o.status IN ('ASKED', 'OFFERED', 'ACCEPTED')) AS open_proposals
           FROM support_persons sp WHERE ",
    );
    question.is_one_of("sp.id", of).words(" AND ");
    reaches_attested(&mut question, &scope);
    question.words(") t");
    let rows: Vec<Occupancy> = question.all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.support_person_id, row))
        .collect())
}

/// The own organisations' counties in which somebody is active or somebody waits, by code.
pub async fn capacity_by_county(ctx: &Ctx) -> Result<Vec<CountyCapacity>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT t.county_code, CAST(sum(t.active) AS bigint) AS active, CAST(sum(t.free) AS bigint) AS free_capacity,
           CAST(sum(t.waiting) AS bigint) AS waiting_referrals
         FROM (
           SELECT p.county_code, 1 AS active, 0 AS waiting,
             CASE WHEN p.max_active > p.occupied THEN p.max_active - p.occupied ELSE 0 END AS free
           FROM (SELECT sp.county_code, sp.max_active, ",
        occupied!("sp.id"),
        " AS occupied FROM support_persons sp WHERE sp.organisation_id = ANY_ID($1) AND sp.status = 'ACTIVE') p
           UNION ALL
           SELECT c.county_code, 0, 1, 0 FROM referrals r JOIN supported_cases c ON c.id = r.case_id
           WHERE r.organisation_id = ANY_ID($1) AND r.status IN ('SUBMITTED', 'WAITING')) t
         GROUP BY t.county_code ORDER BY t.county_code",
    ));
    let scope = access::require::<ManageSupportPersons>(ctx)?;
    let db = ctx.store.reader();
    let own = ids(db.get_database_backend(), scope.organisations());
    SQL.all(db, [own]).await
}

/// Whether a support person may be proposed to somebody.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(crate) struct Room {
    pub status: SupportPersonStatus,
    pub max_active: i16,
    pub occupied: i64,
}

/// Reads it under a lock on the support person: two proposals at once are counted one after the other.
pub(crate) async fn room_of(
    tx: &impl ConnectionTrait,
    id: SupportPersonId,
) -> Result<Option<Room>> {
    static LOCK: Sql = Sql::new("UPDATE support_persons SET max_active = max_active WHERE id = $1");
    static ROOM: Sql = Sql::new(concat!(
        "SELECT sp.status, sp.max_active, ",
        occupied!("sp.id"),
        " AS occupied FROM support_persons sp WHERE sp.id = $1",
    ));
    LOCK.run(tx, [id.0.into()]).await?;
    ROOM.one(tx, [id.0.into()]).await
}
