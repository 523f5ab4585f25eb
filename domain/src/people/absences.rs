//! Who is away, from when until when, and who stands in: the substitute gets the absent person's rights and notices
//! for those days, and not a day longer. Why somebody is away is not asked.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{AbsenceId, Id as _, OrganisationId, PersonId};
use rinnalla_entity::states::Role;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use crate::access::{self, ReadContacts, ReadPeople, RecordAbsence, RecordOwnAbsence};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations::{self, looked_after};
use crate::page::Grouped;
use crate::personal::Personal;
use crate::sql::{self, Sql};

use super::contacts::{Sealed, sealed_columns};
use super::rules::{self, Held, StandIn};
use super::{queries, role_grants};

/// An absence.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Absence {
    /// Its id.
    pub id: AbsenceId,
    /// Who is away.
    pub person_id: PersonId,
    /// From which organisation's work.
    pub organisation_id: OrganisationId,
    /// Who stands in.
    pub substitute_id: PersonId,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Rises with every change.
    pub version: i32,
}

/// An absence to record.
#[derive(Clone, Debug)]
pub struct AbsenceRecord {
    /// Who is away; oneself where nothing is said.
    pub person: Option<PersonId>,
    /// From which organisation's work.
    pub organisation: OrganisationId,
    /// Who stands in.
    pub substitute: PersonId,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
}

/// An absence that does not come about, or was recorded in error.
#[derive(Clone, Debug)]
pub struct AbsenceCancel {
    /// The absence.
    pub id: AbsenceId,
    /// The version that the act was decided on.
    pub version: i32,
}

/// Somebody who may stand in: a name, and no more.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// The person.
    pub id: PersonId,
    /// The name.
    pub name: Personal<String>,
    /// Where both work.
    pub organisation_id: OrganisationId,
    /// What both are.
    pub role: Role,
}

macro_rules! columns {
    () => {
        "a.id, a.person_id, a.organisation_id, a.substitute_id, a.from_on, a.to_on, a.cancelled_at, a.version"
    };
}

/// The absences of people that stand, the latest first: one's own, and those in organisations that the actor manages.
pub async fn absences_for(ctx: &Ctx, people: &[PersonId]) -> Result<Grouped<PersonId, Absence>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        columns!(),
        " FROM absences a WHERE a.person_id = ANY_ID($1) AND a.cancelled_at IS NULL
            AND (a.person_id = $2 OR a.organisation_id = ANY_ID($3) OR a.organisation_id IN (",
        looked_after!("pa.partner_id", "$3", "$4"),
        ")) ORDER BY a.from_on DESC, a.id DESC"
    ));
    let scope = access::require::<ReadContacts>(ctx)?;
    let organisations = match access::require::<ReadPeople>(ctx) {
        Ok(manager) => manager.organisations(),
        Err(_) => Vec::new(),
    };
    let db = ctx.store.reader();
    let on = db.get_database_backend();
    let values: [Value; 4] = [
        sql::ids(on, people.iter().copied()),
        scope.actor().0.into(),
        sql::ids(on, organisations),
        ctx.today.into(),
    ];
    let rows: Vec<Absence> = SQL.all(db, values).await?;
    let mut grouped: Grouped<PersonId, Absence> = Grouped::new();
    for row in rows {
        grouped.entry(row.person_id).or_default().push(row);
    }
    Ok(grouped)
}

/// The absences of today and later in which the actor stands in, the first first.
pub async fn standing_in(ctx: &Ctx) -> Result<Vec<Absence>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        columns!(),
        " FROM absences a WHERE a.substitute_id = $1 AND a.cancelled_at IS NULL AND a.to_on >= $2
          ORDER BY a.from_on, a.id"
    ));
    let actor = ctx.actor()?.person;
    SQL.all(ctx.store.reader(), [actor.0.into(), ctx.today.into()])
        .await
}

/// One absence, a cancelled one too; `None` where it is absent or not the actor's to know of.
pub async fn find_absence(ctx: &Ctx, id: AbsenceId) -> Result<Option<Absence>> {
    let scope = access::require::<ReadContacts>(ctx)?;
    let db = ctx.store.reader();
    let found = absence(db, id).await?;
    let managed = match access::require::<ReadPeople>(ctx) {
        Ok(manager) => organisations::managed(db, ctx, &manager).await?,
        Err(_) => Default::default(),
    };
    let found = found.filter(|found| {
        [found.person_id, found.substitute_id].contains(&scope.actor())
            || managed.contains_key(&found.organisation_id)
    });
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// Who could stand in for the actor today: those who hold one of the actor's own roles in the same organisation, by
/// name; nobody for those whose roles know no absence.
pub async fn colleagues(ctx: &Ctx) -> Result<Vec<Colleague>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        sealed_columns!(),
        ", g.organisation_id, g.role FROM role_grants mine
          JOIN role_grants g ON g.organisation_id = mine.organisation_id AND g.role = mine.role
          JOIN people p ON p.id = g.person_id AND p.is_active AND p.erased_at IS NULL
          WHERE mine.person_id = $1 AND mine.id = ANY_ID($2) AND g.person_id <> $1 AND g.cancelled_at IS NULL
            AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)"
    ));
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        sealed: Sealed,
        organisation_id: OrganisationId,
        role: Role,
    }
    let scope = match access::require::<RecordOwnAbsence>(ctx) {
        Err(Error::Forbidden) => return Ok(Vec::new()),
        scope => scope?,
    };
    let db = ctx.store.reader();
    let grants = sql::ids(db.get_database_backend(), scope.grants());
    let values: [Value; 3] = [scope.actor().0.into(), grants, ctx.today.into()];
    let rows: Vec<Row> = SQL.all(db, values).await?;
    let mut colleagues = Vec::with_capacity(rows.len());
    for row in rows {
        let (organisation_id, role) = (row.organisation_id, row.role);
        if let Some(contact) = row.sealed.open(&ctx.keys)? {
            colleagues.push(Colleague {
                id: contact.id,
                name: contact.name,
                organisation_id,
                role,
            });
        }
    }
    colleagues.sort_by_cached_key(|one| (crate::text::sort_key(one.name.reveal()), one.id));
    colleagues.dedup_by_key(|one| (one.id, one.organisation_id, one.role));
    let seen = colleagues.iter().map(|one| (one.organisation_id, one.id.0));
    ctx.see(&scope, ObjectKind::Person, seen);
    Ok(colleagues)
}

/// Records an absence: one's own, or anybody's in an organisation that the actor manages.
///
/// Errors: `Invalid` (`toOn DATES_OUT_OF_ORDER`, `toOn DATE_IN_PAST`, `toOn OUT_OF_RANGE`, `substituteId SAME_TWICE`,
/// `organisationId UNKNOWN`, `personId NO_WORK_THERE`, `substituteId SUBSTITUTE_LACKS_ROLE`, `substituteId
/// SUBSTITUTE_AWAY`, `fromOn ABSENCE_OVERLAPS`).
pub async fn record_absence(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AbsenceRecord,
) -> Result<AbsenceId> {
    let actor = ctx.actor()?.person;
    let person = input.person.unwrap_or(actor);
    let scope = access::require::<ReadContacts>(ctx)?;
    if let Some(done) = ctx.done_before("absenceRecord", key).await? {
        return Ok(AbsenceId(done));
    }
    let managed = match access::require::<RecordAbsence>(ctx) {
        Ok(manager) => organisations::managed(ctx.store.reader(), ctx, &manager).await?,
        Err(_) if person == actor => Default::default(),
        Err(error) => return Err(error),
    };
    let own = match access::require::<RecordOwnAbsence>(ctx) {
        Ok(own) if person == actor => own.any_organisations(),
        Ok(_) => Vec::new(),
        Err(error) if managed.is_empty() => return Err(error),
        Err(_) => Vec::new(),
    };
    let is_reached = own.contains(&input.organisation) || managed.contains_key(&input.organisation);
    let days = (input.to_on - input.from_on).num_days();
    let mut faults = Violations::default();
    faults
        .check(is_reached, "organisationId", "UNKNOWN")
        .check(days >= 0, "toOn", "DATES_OUT_OF_ORDER")
        .check(days <= rules::ABSENCE_MAX_DAYS, "toOn", "OUT_OF_RANGE")
        .check(input.to_on >= ctx.today, "toOn", "DATE_IN_PAST")
        .check(person != input.substitute, "substituteId", "SAME_TWICE")
        .done()?;

    let id = AbsenceId::random();
    let mut act = match ctx.begin("absenceRecord", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(AbsenceId(done)),
    };
    // In the order of their ids, so that two acts never wait for each other crosswise.
    for one in [person.min(input.substitute), person.max(input.substitute)] {
        queries::lock(&act.tx, one).await?;
    }
    let absent = held_in(&act.tx, person, input.organisation).await?;
    let substitute = held_in(&act.tx, input.substitute, input.organisation).await?;
    let stand_in = rules::may_stand_in(&absent, &substitute, input.from_on, input.to_on);
    let away = away_on(&act.tx, &input, person).await?;
    faults
        .check(
            stand_in != StandIn::NothingToDo,
            "personId",
            "NO_WORK_THERE",
        )
        .check(
            stand_in != StandIn::LacksRole,
            "substituteId",
            "SUBSTITUTE_LACKS_ROLE",
        )
        .check(!away.contains(&person), "fromOn", "ABSENCE_OVERLAPS")
        .check(
            !away.contains(&input.substitute),
            "substituteId",
            "SUBSTITUTE_AWAY",
        )
        .done()?;
    insert(&act.tx, id, person, &input, ctx.now).await?;
    let by = managed.get(&input.organisation).copied();
    let by = by.unwrap_or(input.organisation);
    act.changed(&scope, by, ObjectKind::Person, person);
    act.changed(&scope, by, ObjectKind::Person, input.substitute);
    act.done().await.map(AbsenceId)
}

/// Cancels an absence: the days that are over keep what was done in them; rights and notices return at once.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`absenceId WRONG_STATE` where it is cancelled already).
pub async fn cancel_absence(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: AbsenceCancel,
) -> Result<AbsenceId> {
    static SQL: Sql = Sql::new(
        "UPDATE absences SET version = version + 1, cancelled_at = $3 WHERE id = $1 AND version = $2",
    );
    let scope = access::require::<ReadContacts>(ctx)?;
    let manager = access::require::<RecordAbsence>(ctx);
    let own = access::require::<RecordOwnAbsence>(ctx);
    if let (Err(error), Err(_)) = (&manager, &own) {
        return Err(match error {
            Error::Unauthenticated => Error::Unauthenticated,
            _ => Error::Forbidden,
        });
    }
    let mut act = match ctx.begin("absenceCancel", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(AbsenceId(done)),
    };
    let managed = match &manager {
        Ok(manager) => organisations::managed(&act.tx, ctx, manager).await?,
        Err(_) => Default::default(),
    };
    let found = absence(&act.tx, input.id).await?.filter(|found| {
        found.person_id == scope.actor() || managed.contains_key(&found.organisation_id)
    });
    let Some(found) = found else {
        ctx.refuse(&scope, ObjectKind::Organisation, input.id);
        return Err(Error::NotFound);
    };
    if found.version != input.version {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    Violations::default()
        .check(found.cancelled_at.is_none(), "absenceId", "WRONG_STATE")
        .done()?;
    let values: [Value; 3] = [input.id.0.into(), input.version.into(), ctx.now.into()];
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    let by = managed.get(&found.organisation_id).copied();
    let by = by.unwrap_or(found.organisation_id);
    act.changed(&scope, by, ObjectKind::Person, found.person_id);
    act.changed(&scope, by, ObjectKind::Person, found.substitute_id);
    act.done().await.map(AbsenceId)
}

async fn absence(db: &impl ConnectionTrait, id: AbsenceId) -> Result<Option<Absence>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        columns!(),
        " FROM absences a WHERE a.id = $1"
    ));
    SQL.one(db, [id.0.into()]).await
}

async fn held_in(
    db: &impl ConnectionTrait,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<Vec<Held>> {
    let grants = queries::grants_of(db, person).await?;
    Ok(grants
        .into_iter()
        .filter(|grant: &role_grants::RoleGrant| grant.organisation_id == organisation)
        .map(|grant| Held {
            role: grant.role,
            from: grant.valid_from,
            to: grant.valid_to,
        })
        .collect())
}

/// Which of the two are away from this organisation on any of the days.
async fn away_on(
    db: &impl ConnectionTrait,
    input: &AbsenceRecord,
    person: PersonId,
) -> Result<Vec<PersonId>> {
    static SQL: Sql = Sql::new(
        "SELECT person_id FROM absences
         WHERE person_id = ANY_ID($1) AND organisation_id = $2 AND cancelled_at IS NULL AND from_on <= $4 AND to_on >= $3",
    );
    #[derive(FromQueryResult)]
    struct Away {
        person_id: PersonId,
    }
    let values: [Value; 4] = [
        sql::ids(db.get_database_backend(), [person, input.substitute]),
        input.organisation.0.into(),
        input.from_on.into(),
        input.to_on.into(),
    ];
    let rows: Vec<Away> = SQL.all(db, values).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

async fn insert(
    db: &impl ConnectionTrait,
    id: AbsenceId,
    person: PersonId,
    input: &AbsenceRecord,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO absences (id, person_id, organisation_id, substitute_id, from_on, to_on, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7)",
    );
    let values: [Value; 7] = [
        id.0.into(),
        person.0.into(),
        input.organisation.0.into(),
        input.substitute.0.into(),
        input.from_on.into(),
        input.to_on.into(),
        now.into(),
    ];
    SQL.run(db, values).await?;
    Ok(())
}
