//! Further gates: what an association asks for besides the three, in its own words.

use std::collections::HashMap;

use rinnalla_entity::ids::{GateId, Id as _, OrganisationId};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Names, acts, queries};
use crate::access::{self, ManageProgrammes, ReadOrganisations};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations;
use crate::page::Grouped;
use crate::sql::{self, Sql};

/// A further gate.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Gate {
    /// Its id.
    pub id: GateId,
    /// The association.
    pub organisation_id: OrganisationId,
    /// What it is called.
    #[sea_orm(nested)]
    pub names: Names,
    /// Whether programmes may still ask for it.
    pub is_active: bool,
    /// Rises with every change.
    pub version: i32,
}

/// A new gate.
#[derive(Clone, Debug)]
pub struct GateAdd {
    /// The association.
    pub organisation: OrganisationId,
    /// What it is called.
    pub names: Names,
}

/// A correction of a gate.
#[derive(Clone, Debug)]
pub struct GateCorrect {
    /// The gate.
    pub id: GateId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What it is called.
    pub names: Names,
    /// Whether programmes may still ask for it.
    pub is_active: bool,
}

/// The gates among `ids` of organisations that the actor may know of.
pub async fn gates_for_ids(ctx: &Ctx, ids: &[GateId]) -> Result<HashMap<GateId, Gate>> {
    let reach = organisations::reach(ctx)?;
    let rows = queries::gates(ctx.store.reader(), queries::GatesBy::Ids(ids), &reach).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// One gate; `None` where it is absent or its organisation is not the actor's to know of.
pub async fn find_gate(ctx: &Ctx, id: GateId) -> Result<Option<Gate>> {
    let scope = access::require::<ReadOrganisations>(ctx)?;
    let found = gates_for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// The further gates of organisations that the actor may know of, the oldest first.
pub async fn gates_for(ctx: &Ctx, of: &[OrganisationId]) -> Result<Grouped<OrganisationId, Gate>> {
    let reach = organisations::reach(ctx)?;
    let by = queries::GatesBy::Organisations(of);
    let mut grouped = Grouped::new();
    for row in queries::gates(ctx.store.reader(), by, &reach).await? {
        let of_one: &mut Vec<Gate> = grouped.entry(row.organisation_id).or_default();
        of_one.push(row);
    }
    Ok(grouped)
}

/// Adds a further gate to the association's own.
///
/// Errors: `Invalid` (`organisationId UNKNOWN`, faults of the names).
pub async fn add_gate(ctx: &Ctx, key: &IdempotencyKey, input: GateAdd) -> Result<GateId> {
    static INSERT: Sql = Sql::new(
        "INSERT INTO gates (id, organisation_id, name_fi, name_sv, name_en, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
    );
    let scope = access::require::<ManageProgrammes>(ctx)?;
    let mut faults = Violations::default();
    let is_own = scope.covers(input.organisation);
    faults.check(is_own, "organisationId", "UNKNOWN");
    let names = acts::check_names(&input.names, &mut faults);
    faults.done()?;
    let names = names.ok_or_else(unchecked)?;
    let id = GateId::random();
    let mut act = match ctx.begin("gateAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(GateId(done)),
    };
    let Names {
        name_fi,
        name_sv,
        name_en,
    } = names;
    let of = input.organisation;
    let values = [
        id.0.into(),
        of.0.into(),
        name_fi.into(),
        name_sv.into(),
        name_en.into(),
        ctx.now.into(),
    ];
    INSERT.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::Organisation, of);
    act.done().await.map(GateId)
}

/// Puts right what a gate is called, or takes it out of use: what was attested stays, and programmes that ask for it go
/// on doing so.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`.
pub async fn correct_gate(ctx: &Ctx, key: &IdempotencyKey, input: GateCorrect) -> Result<GateId> {
    static UPDATE: Sql = Sql::new(
        "UPDATE gates SET version = version + 1, name_fi = $3, name_sv = $4, name_en = $5, is_active = $6
         WHERE id = $1 AND version = $2",
    );
    let scope = access::require::<ManageProgrammes>(ctx)?;
    let mut faults = Violations::default();
    let names = acts::check_names(&input.names, &mut faults);
    faults.done()?;
    let names = names.ok_or_else(unchecked)?;
    let mut act = match ctx.begin("gateCorrect", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(GateId(done)),
    };
    let of = queries::organisation_of_gate(&act.tx, input.id).await?;
    let Some(of) = of.filter(|of| scope.covers(*of)) else {
        ctx.refuse(&scope, ObjectKind::Organisation, input.id);
        return Err(Error::NotFound);
    };
    let Names {
        name_fi,
        name_sv,
        name_en,
    } = names;
    let values = [
        input.id.0.into(),
        input.version.into(),
        name_fi.into(),
        name_sv.into(),
        name_en.into(),
        input.is_active.into(),
    ];
    if UPDATE.run(&act.tx, values).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, of, ObjectKind::Organisation, of);
    act.done().await.map(GateId)
}

/// Whether all of these are gates of an association that may be asked for.
pub(crate) async fn is_gate_of(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    gates: impl IntoIterator<Item = GateId> + Clone,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM gates WHERE organisation_id = $1 AND is_active AND id = ANY_ID($2)",
    );
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let wanted = gates.clone().into_iter().count();
    let list = sql::ids(db.get_database_backend(), gates);
    let found: Option<Count> = SQL.one(db, [organisation.0.into(), list]).await?;
    Ok(found.is_some_and(|found| usize::try_from(found.n) == Ok(wanted)))
}
