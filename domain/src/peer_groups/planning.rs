//! Adding peer groups, and putting right what is told of them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rinnalla_entity::ids::{DropInPlaceId, Id as _, OrganisationId, PeerGroupId, PersonId};
use rinnalla_entity::states::PeerGroupKind;
use sea_orm::{ConnectionTrait, Value};

use super::queries::{self, About};
use super::rules;
use crate::access::{ManagePeerGroups, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations::{self, CodeList};
use crate::sql::{self, Sql};
use crate::text::free_line;

/// What is told of a group: all of it, as it should be.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its name.
    pub name: String,
    /// Who guides it.
    pub kind: PeerGroupKind,
    /// Whom it is for: codes of the list `GROUP_AUDIENCE`, at least one.
    pub audiences: Vec<String>,
    /// Where it meets, as people read it.
    pub place: Option<String>,
    /// The association's drop-in place where it meets.
    pub drop_in_place: Option<DropInPlaceId>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; open where none is said.
    pub to: Option<NaiveDate>,
    /// Who leads it: people in a role of the association.
    pub leaders: Vec<PersonId>,
}

/// A new group.
#[derive(Clone, Debug)]
pub struct Create {
    /// The association.
    pub organisation: OrganisationId,
    /// What is told of it.
    pub details: Details,
}

/// A correction.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The group.
    pub group: PeerGroupId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What is told of it.
    pub details: Details,
}

/// A group that was added in error.
#[derive(Clone, Copy, Debug)]
pub struct Cancel {
    /// The group.
    pub group: PeerGroupId,
    /// The version that this is based on.
    pub version: i32,
}

/// Adds a peer group of the own association.
///
/// Errors: `Invalid`: `organisationId UNKNOWN`, `ORGANISATION_CLOSED`, and every fault of what is told.
pub async fn create(ctx: &Ctx, key: &IdempotencyKey, input: Create) -> Result<PeerGroupId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO peer_groups (id, organisation_id, name, kind, place, drop_in_place_id, from_on, to_on, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    let scope = require::<ManagePeerGroups>(ctx)?;
    if let Some(done) = ctx.done_before("peerGroupCreate", key).await? {
        return Ok(PeerGroupId(done));
    }
    let of = input.organisation;
    let mut faults = Violations::default();
    faults.check(scope.covers(of), "organisationId", "UNKNOWN");
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = PeerGroupId::random();
    let mut act = match ctx.begin("peerGroupCreate", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PeerGroupId(done)),
    };
    organisations::lock_all_open(&act.tx, &[of]).await?;
    check_there(&act, &told, of).await?;
    let mut values: Vec<Value> = vec![id.0.into(), of.0.into()];
    values.extend(told.values());
    values.extend([scope.actor().0.into(), ctx.now.into()]);
    SQL.run(&act.tx, values).await?;
    write_parts(&act, &scope, id, &told).await?;
    act.changed(&scope, of, ObjectKind::PeerGroup, id);
    act.done().await.map(PeerGroupId)
}

/// Puts right what is told of a group, who leads it included.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`, `ALREADY_CANCELLED` too.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<PeerGroupId> {
    static SQL: Sql = Sql::new(
        "UPDATE peer_groups SET name = $2, kind = $3, place = $4, drop_in_place_id = $5, from_on = $6, to_on = $7 WHERE id = $1",
    );
    let scope = require::<ManagePeerGroups>(ctx)?;
    if let Some(done) = ctx.done_before("peerGroupCorrect", key).await? {
        return Ok(PeerGroupId(done));
    }
    let mut faults = Violations::default();
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = input.group;
    let mut act = match ctx.begin("peerGroupCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PeerGroupId(done)),
    };
    let object = (ObjectKind::PeerGroup, id);
    let of = act.take_own(&scope, "peer_groups", object, input.version);
    let of = of.await?;
    let held = queries::hold(&act, &scope, About::Group(id)).await?;
    if held.is_cancelled {
        return Err(Error::invalid("", "ALREADY_CANCELLED"));
    }
    check_there(&act, &told, of).await?;
    let mut values: Vec<Value> = vec![id.0.into()];
    values.extend(told.values());
    SQL.run(&act.tx, values).await?;
    write_parts(&act, &scope, id, &told).await?;
    act.changed(&scope, of, ObjectKind::PeerGroup, id);
    act.done().await.map(PeerGroupId)
}

/// Takes a group back that was added in error; it stays, cancelled. What was recorded in it has to be taken back first.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`ALREADY_CANCELLED`; `IN_USE` where a meeting of it stands, or
/// it belongs to a grant target).
pub async fn cancel(ctx: &Ctx, key: &IdempotencyKey, input: Cancel) -> Result<PeerGroupId> {
    let scope = require::<ManagePeerGroups>(ctx)?;
    let id = input.group;
    let mut act = match ctx.begin("peerGroupCancel", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PeerGroupId(done)),
    };
    let object = (ObjectKind::PeerGroup, id);
    act.cancel_own(&scope, "peer_groups", object, input.version)
        .await?;
    if queries::is_in_use(&act.tx, id).await? {
        return Err(Error::invalid("", "IN_USE"));
    }
    act.done().await.map(PeerGroupId)
}

/// What is told, checked.
struct Told {
    name: String,
    kind: PeerGroupKind,
    audiences: BTreeSet<String>,
    place: Option<String>,
    drop_in_place: Option<DropInPlaceId>,
    from: NaiveDate,
    to: Option<NaiveDate>,
    leaders: Vec<PersonId>,
}

impl Told {
    fn values(&self) -> [Value; 6] {
        [
            self.name.clone().into(),
            code(self.kind),
            self.place.clone().into(),
            self.drop_in_place.map(|id| id.0).into(),
            self.from.into(),
            self.to.into(),
        ]
    }
}

async fn check(ctx: &Ctx, told: &Details, faults: &mut Violations) -> Result<Option<Told>> {
    let name = faults.take("name", free_line(&told.name, rules::NAME_MAX_CHARS));
    let place = told.place.as_deref();
    let place = place.map(|place| free_line(place, rules::PLACE_MAX_CHARS));
    let place = faults.take("place", place.transpose());
    let near = rules::near(ctx.today);
    let (from, to) = (told.from, told.to);
    faults
        .check(near.contains(&from), "from", "OUT_OF_RANGE")
        .check(to.is_none_or(|to| near.contains(&to)), "to", "OUT_OF_RANGE")
        .check(to.is_none_or(|to| from <= to), "to", "DATES_OUT_OF_ORDER");
    let audiences: BTreeSet<String> = told.audiences.iter().cloned().collect();
    let are_few = rules::AUDIENCES.contains(&told.audiences.len());
    faults.check(are_few, "audiences", "OUT_OF_RANGE");
    if are_few {
        let is_each_once = audiences.len() == told.audiences.len();
        faults.check(is_each_once, "audiences", "SAME_TWICE");
        let list = CodeList::GroupAudience;
        let unknown = organisations::unknown_codes(ctx.store.reader(), list, &told.audiences);
        faults.check(unknown.await?.is_empty(), "audiences", "UNKNOWN_CODE");
    }
    let leaders: BTreeSet<PersonId> = told.leaders.iter().copied().collect();
    let are_few = leaders.len() <= rules::MOST_LEADERS;
    faults.check(are_few, "leaderIds", "OUT_OF_RANGE");
    let all = || {
        Some(Told {
            name: name?,
            kind: told.kind,
            audiences,
            place: place?,
            drop_in_place: told.drop_in_place,
            from,
            to,
            leaders: leaders.into_iter().collect(),
        })
    };
    Ok(all())
}

/// What is named belongs to the association.
async fn check_there(act: &Act<'_>, told: &Told, of: OrganisationId) -> Result<()> {
    let mut faults = Violations::default();
    if let Some(place) = told.drop_in_place {
        let is_there = queries::is_place_of(&act.tx, place, of).await?;
        faults.check(is_there, "dropInPlaceId", "UNKNOWN");
    }
    let known = queries::in_a_role(&act.tx, &told.leaders, of, act.ctx.today).await?;
    faults
        .check(known == told.leaders.len(), "leaderIds", "UNKNOWN")
        .done()
}

/// Writes whom a group is for in the place of what stood before; who leads it no longer stays in the list, removed.
async fn write_parts(
    act: &Act<'_>,
    scope: &Scope<ManagePeerGroups>,
    id: PeerGroupId,
    told: &Told,
) -> Result<()> {
    static BEFORE: Sql = Sql::new("DELETE FROM peer_group_audiences WHERE peer_group_id = $1");
    static GONE: Sql = Sql::new(
        "UPDATE peer_group_leaders SET removed_at = $3 WHERE peer_group_id = $1 AND removed_at IS NULL
           AND NOT (person_id = ANY_ID($2))",
    );
    static COME: Sql = Sql::new(
        "INSERT INTO peer_group_leaders (id, peer_group_id, person_id, added_by, added_at)
         SELECT NEW_ID, $1, p.id, $3, $4 FROM people p WHERE p.id = ANY_ID($2)
           AND NOT EXISTS (SELECT 1 FROM peer_group_leaders l WHERE l.peer_group_id = $1 AND l.person_id = p.id
             AND l.removed_at IS NULL)",
    );
    BEFORE.run(&act.tx, [id.0.into()]).await?;
    let audiences = told.audiences.iter();
    let audiences = audiences.flat_map(|code| [Value::from(id.0), code.clone().into()]);
    let columns = "peer_group_id, code";
    sql::insert_many(
        &act.tx,
        "peer_group_audiences",
        columns,
        audiences.collect(),
    )
    .await?;
    let backend = act.tx.get_database_backend();
    let leaders = || sql::ids(backend, told.leaders.iter().copied());
    let now: Value = act.ctx.now.into();
    let gone = [id.0.into(), leaders(), now.clone()];
    GONE.run(&act.tx, gone).await?;
    let come = [id.0.into(), leaders(), scope.actor().0.into(), now];
    COME.run(&act.tx, come).await?;
    Ok(())
}
