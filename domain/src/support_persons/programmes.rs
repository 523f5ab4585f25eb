//! Support persons and programmes: moving to another, attesting what it asks for, and what follows when it asks for
//! something else.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{GateId, OrganisationId, ProgrammeId, SupportPersonId};
use rinnalla_entity::states::{SupportPersonActKind as Kind, SupportPersonStatus};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::acts::{self, Record};
use super::{queries, rules};
use crate::access::{self, ManageProgrammes, ManageSupportPersons, Scope};
use crate::act::{Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Result, Violations, unchecked};
use crate::programmes::{self, RequirementsInput};
use crate::sql::{self, Sql};

/// A move to another programme.
#[derive(Clone, Copy, Debug)]
pub struct ChangeProgramme {
    /// Whom, on which day.
    pub record: Record,
    /// The programme: one of the same association.
    pub programme: ProgrammeId,
}

/// The attestation of a further gate.
#[derive(Clone, Copy, Debug)]
pub struct AttestGate {
    /// Whom, on which day.
    pub record: Record,
    /// The gate: one of the same association.
    pub gate: GateId,
}

/// What a programme asks for from a day on.
#[derive(Clone, Debug)]
pub struct ChangeRequirements {
    /// The programme.
    pub programme: ProgrammeId,
    /// The version that the change was decided on.
    pub version: i32,
    /// From which day on; today where nothing is said.
    pub from: Option<NaiveDate>,
    /// What.
    pub requirements: RequirementsInput,
}

/// Moves a support person to another programme of the association. The gates are worked out anew from that day: whoever
/// lacks one is active no longer.
///
/// Errors: as an act on a support person; `Invalid`: `programmeId UNKNOWN`, `programmeId NOT_VALID_THEN` (nobody may join
/// it on that day), `on ALREADY_RECORDED` (in it already).
pub async fn change_programme(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: ChangeProgramme,
) -> Result<SupportPersonId> {
    let scope = access::require::<ManageSupportPersons>(ctx)?;
    if let Some(done) = ctx.done_before("supportPersonChangeProgramme", key).await? {
        return Ok(SupportPersonId(done));
    }
    let support_person = input.record.support_person;
    let on = input.record.on.unwrap_or(ctx.today);
    let mut faults = Violations::default();
    faults.check(on <= ctx.today, "on", "DATE_IN_FUTURE");
    if let Some(held) = queries::held(ctx.store.reader(), &scope, support_person).await? {
        let (db, of) = (ctx.store.reader(), held.organisation_id);
        let is_valid = programmes::valid_on(db, input.programme, of, on).await?;
        faults
            .check(is_valid.is_some(), "programmeId", "UNKNOWN")
            .check(is_valid != Some(false), "programmeId", "NOT_VALID_THEN");
    }
    faults.done()?;
    let new = rules::Entry {
        programme: Some(input.programme),
        ..acts::entry(Kind::ProgrammeChanged, on)
    };
    record(
        ctx,
        key,
        &scope,
        "supportPersonChangeProgramme",
        input.record,
        new,
    )
    .await
}

/// Attests a further gate of the association, whether the programme asks for it today or not.
///
/// Errors: as an act on a support person; `Invalid`: `gateId UNKNOWN`.
pub async fn attest_gate(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AttestGate,
) -> Result<SupportPersonId> {
    let scope = access::require::<ManageSupportPersons>(ctx)?;
    if let Some(done) = ctx.done_before("supportPersonAttestGate", key).await? {
        return Ok(SupportPersonId(done));
    }
    let support_person = input.record.support_person;
    let on = input.record.on.unwrap_or(ctx.today);
    let mut faults = Violations::default();
    faults.check(on <= ctx.today, "on", "DATE_IN_FUTURE");
    if let Some(held) = queries::held(ctx.store.reader(), &scope, support_person).await? {
        let (db, of) = (ctx.store.reader(), held.organisation_id);
        let is_own = programmes::is_gate_of(db, of, [input.gate]).await?;
        faults.check(is_own, "gateId", "UNKNOWN");
    }
    faults.done()?;
    let new = rules::Entry {
        gate: Some(input.gate),
        ..acts::entry(Kind::GateAttested, on)
    };
    record(
        ctx,
        key,
        &scope,
        "supportPersonAttestGate",
        input.record,
        new,
    )
    .await
}

async fn record(
    ctx: &Ctx,
    key: &IdempotencyKey,
    scope: &Scope<ManageSupportPersons>,
    name: &'static str,
    of: Record,
    new: rules::Entry,
) -> Result<SupportPersonId> {
    let mut act = match ctx.begin(name, key, of.support_person).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportPersonId(done)),
    };
    acts::record_in(&mut act, scope, of.support_person, of.version, new).await?;
    act.done().await.map(SupportPersonId)
}

/// Says what a programme asks for from a day on, today or earlier, and works out anew how everybody in it stands. What
/// is to hold from a later day is a programme of its own that begins then.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`: `from DATE_IN_FUTURE`, `from DATES_OUT_OF_ORDER` (before
/// the programme begins), `- DEFAULT_PROGRAMME` (it keeps the three gates), and the faults of what is asked for.
pub async fn change_requirements(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: ChangeRequirements,
) -> Result<ProgrammeId> {
    let scope = access::require::<ManageProgrammes>(ctx)?;
    if let Some(done) = ctx.done_before("programmeChangeRequirements", key).await? {
        return Ok(ProgrammeId(done));
    }
    let from = input.from.unwrap_or(ctx.today);
    let id = input.programme;
    let mut faults = Violations::default();
    faults.check(from <= ctx.today, "from", "DATE_IN_FUTURE");
    let of = organisation_of(ctx.store.reader(), id).await?;
    let of = of.filter(|of| scope.covers(*of));
    let told = &input.requirements;
    let asked = match of {
        Some(of) => programmes::checked_requirements(ctx, Some(of), told, &mut faults).await?,
        None => None,
    };
    faults.done()?;
    let mut act = match ctx.begin("programmeChangeRequirements", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ProgrammeId(done)),
    };
    let held = programmes::lock(&act, &scope, id, input.version).await?;
    let asked = asked.ok_or_else(unchecked)?;
    Violations::default()
        .check(!held.is_default, "", "DEFAULT_PROGRAMME")
        .check(from >= held.valid_from, "from", "DATES_OUT_OF_ORDER")
        .done()?;
    let by = Some(scope.actor());
    programmes::ask_from(&act.tx, id, from, &asked, by, ctx.now).await?;
    for person in work_out_members(&act.tx, id).await? {
        act.changed(
            &scope,
            held.organisation_id,
            ObjectKind::SupportPerson,
            person,
        );
    }
    let of = held.organisation_id;
    act.changed(&scope, of, ObjectKind::Organisation, of);
    act.done().await.map(ProgrammeId)
}

async fn organisation_of(
    db: &impl ConnectionTrait,
    id: ProgrammeId,
) -> Result<Option<OrganisationId>> {
    static SQL: Sql = Sql::new("SELECT organisation_id FROM programmes WHERE id = $1");
    #[derive(FromQueryResult)]
    struct Row {
        organisation_id: OrganisationId,
    }
    let row: Option<Row> = SQL.one(db, [id.0.into()]).await?;
    Ok(row.map(|row| row.organisation_id))
}

/// Works out how everybody stands who is or was in a programme; those whose state changed. A statement a state.
async fn work_out_members(
    tx: &impl ConnectionTrait,
    programme: ProgrammeId,
) -> Result<Vec<SupportPersonId>> {
    static LOCK: Sql = Sql::new(
        "UPDATE support_persons SET max_active = max_active WHERE first_programme_id = $1
           OR id IN (SELECT support_person_id FROM support_person_acts WHERE programme_id = $1)",
    );
    static WRITE: Sql = Sql::new(
        "UPDATE support_persons SET status = $1, version = version + 1 WHERE id = ANY_ID($2)",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: SupportPersonId,
        status: SupportPersonStatus,
    }
    static STATES: Sql =
        Sql::new("SELECT id, status FROM support_persons WHERE id = ANY_ID($1) ORDER BY id");
    LOCK.run(tx, [programme.0.into()]).await?;
    let on = tx.get_database_backend();
    let members = queries::members(tx, programme).await?;
    let before: Vec<Row> = STATES
        .all(tx, [sql::ids(on, members.keys().copied())])
        .await?;
    let mut changed: BTreeMap<SupportPersonStatus, Vec<SupportPersonId>> = BTreeMap::new();
    for row in before {
        let Some((ground, entries)) = members.get(&row.id) else {
            continue;
        };
        let now = rules::fold(ground, entries).status;
        if now != row.status {
            changed.entry(now).or_default().push(row.id);
        }
    }
    for (status, people) in &changed {
        let people = sql::ids(on, people.iter().copied());
        WRITE.run(tx, [code(*status), people]).await?;
    }
    Ok(changed.into_values().flatten().collect())
}
