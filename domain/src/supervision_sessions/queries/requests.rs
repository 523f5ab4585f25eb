//! The SQL of requests to be contacted, and of how supervision is set up.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{OrganisationId, PersonId, SupervisionContactRequestId};
use sea_orm::{ConnectionTrait, Value};

use super::{Count, supervised_by};
use crate::access::{ReadSupervisionSettings, Scope, Supervise, TakePartInSupervision};
use crate::act::{Act, take_version};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::sql::{self, Sql};
use crate::supervision_sessions::{ContactRequest, Settings, SupervisedOrganisation};

macro_rules! requests {
    ($rest:expr) => {
        concat!(
            "SELECT c.id, c.organisation_id, c.person_id, c.asked_at, c.acknowledged_at, c.withdrawn_at, c.version
             FROM supervision_contact_requests c WHERE ",
            $rest
        )
    };
}

/// Those of associations that the actor's organisations supervise today; one alone, or all that were not taken back.
pub(in crate::supervision_sessions) async fn requests(
    ctx: &Ctx,
    scope: &Scope<Supervise>,
    id: Option<SupervisionContactRequestId>,
) -> Result<Vec<ContactRequest>> {
    static ONE: Sql = Sql::new(requests!(concat!(
        supervised_by!("c.organisation_id", "$1", "$2"),
        " AND c.id = $3"
    )));
    static ALL: Sql = Sql::new(requests!(concat!(
        supervised_by!("c.organisation_id", "$1", "$2"),
        " AND c.withdrawn_at IS NULL
          ORDER BY CASE WHEN c.acknowledged_at IS NULL THEN 0 ELSE 1 END, c.id DESC LIMIT 100"
    )));
    let providers = sql::ids(ctx.store.backend(), scope.providers());
    let (db, on) = (ctx.store.reader(), ctx.today.into());
    match id {
        Some(id) => ONE.all(db, [providers, on, id.0.into()]).await,
        None => ALL.all(db, [providers, on]).await,
    }
}

/// How many of them wait.
pub(in crate::supervision_sessions) async fn waiting_requests(
    ctx: &Ctx,
    scope: &Scope<Supervise>,
) -> Result<i64> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT count(*) AS n FROM supervision_contact_requests c WHERE ",
        supervised_by!("c.organisation_id", "$1", "$2"),
        " AND c.withdrawn_at IS NULL AND c.acknowledged_at IS NULL"
    ));
    let providers = sql::ids(ctx.store.backend(), scope.providers());
    let values = [providers, ctx.today.into()];
    let count: Option<Count> = SQL.one(ctx.store.reader(), values).await?;
    Ok(count.map_or(0, |count| count.n))
}

/// Holds a request. Absent or hidden: `NotFound`, noted as refused.
pub(in crate::supervision_sessions) async fn hold_request(
    act: &Act<'_>,
    scope: &Scope<Supervise>,
    id: SupervisionContactRequestId,
) -> Result<ContactRequest> {
    static SQL: Sql = Sql::new(requests!(concat!(
        supervised_by!("c.organisation_id", "$1", "$2"),
        " AND c.id = $3"
    )));
    let providers = sql::ids(act.ctx.store.backend(), scope.providers());
    let values = [providers, act.ctx.today.into(), id.0.into()];
    let found: Option<ContactRequest> = SQL.one(&act.tx, values).await?;
    if found.is_none() {
        let kind = ObjectKind::SupervisionContactRequest;
        act.ctx.refuse(scope, kind, id);
    }
    found.ok_or(Error::NotFound)
}

/// The actor's own; one alone, or all.
pub(in crate::supervision_sessions) async fn own_requests(
    ctx: &Ctx,
    scope: &Scope<TakePartInSupervision>,
    id: Option<SupervisionContactRequestId>,
) -> Result<Vec<ContactRequest>> {
    static SQL: Sql = Sql::new(requests!("c.person_id = $1 ORDER BY c.id DESC LIMIT 100"));
    if let Some(id) = id {
        let found = own_request(ctx.store.reader(), scope, id).await?;
        return Ok(found.into_iter().collect());
    }
    SQL.all(ctx.store.reader(), [scope.actor().0.into()]).await
}

pub(in crate::supervision_sessions) async fn own_request(
    db: &impl ConnectionTrait,
    scope: &Scope<TakePartInSupervision>,
    id: SupervisionContactRequestId,
) -> Result<Option<ContactRequest>> {
    static SQL: Sql = Sql::new(requests!("c.person_id = $1 AND c.id = $2"));
    let values = [scope.actor().0.into(), id.0.into()];
    SQL.one(db, values).await
}

take_version!(pub(in crate::supervision_sessions) take_request, "supervision_contact_requests", SupervisionContactRequestId);

/// 0 where one waits already.
pub(in crate::supervision_sessions) async fn insert_request(
    db: &impl ConnectionTrait,
    id: SupervisionContactRequestId,
    of: OrganisationId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO supervision_contact_requests (id, organisation_id, person_id, asked_at, version)
         VALUES ($1, $2, $3, $4, 1) ON CONFLICT DO NOTHING",
    );
    let values: [Value; 4] = [id.0.into(), of.0.into(), person.0.into(), now.into()];
    SQL.run(db, values).await
}

/// Whether a request of somebody's waits for a supervisor.
pub(in crate::supervision_sessions) async fn waits(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    person: PersonId,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM supervision_contact_requests
         WHERE organisation_id = $1 AND person_id = $2 AND acknowledged_at IS NULL AND withdrawn_at IS NULL",
    );
    let count: Option<Count> = SQL.one(db, [of.0.into(), person.0.into()]).await?;
    Ok(count.is_some_and(|count| count.n > 0))
}

pub(in crate::supervision_sessions) async fn withdraw_request(
    db: &impl ConnectionTrait,
    id: SupervisionContactRequestId,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql =
        Sql::new("UPDATE supervision_contact_requests SET withdrawn_at = $2 WHERE id = $1");
    SQL.run(db, [id.0.into(), now.into()]).await?;
    Ok(())
}

/// Notes who takes care of a request and since when, or that nobody does.
pub(in crate::supervision_sessions) async fn acknowledge_request(
    db: &impl ConnectionTrait,
    id: SupervisionContactRequestId,
    by: Option<(PersonId, DateTime<Utc>)>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE supervision_contact_requests SET acknowledged_by = $2, acknowledged_at = $3 WHERE id = $1",
    );
    let (by, at) = by.map(|(by, at)| (by.0, at)).unzip();
    let values: [Value; 3] = [id.0.into(), by.into(), at.into()];
    SQL.run(db, values).await?;
    Ok(())
}

/// How supervision is set up in an organisation of the actor's.
pub(in crate::supervision_sessions) async fn settings(
    db: &impl ConnectionTrait,
    scope: &Scope<ReadSupervisionSettings>,
    id: OrganisationId,
) -> Result<Option<Settings>> {
    static SQL: Sql = Sql::new(
        "SELECT o.id AS organisation_id, k.limit_days, coalesce(k.keeps_texts, false) AS keeps_texts,
           coalesce(k.version, 0) AS version
         FROM organisations o LEFT JOIN supervision_settings k ON k.organisation_id = o.id
         WHERE o.id = $1 AND o.id = ANY_ID($2)",
    );
    let own = sql::ids(db.get_database_backend(), scope.any_organisations());
    SQL.one(db, [id.0.into(), own]).await
}

/// Whether an organisation's supervisors keep texts.
pub(in crate::supervision_sessions) async fn keeps_texts(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM supervision_settings WHERE organisation_id = $1 AND keeps_texts",
    );
    let count: Option<Count> = SQL.one(db, [of.0.into()]).await?;
    Ok(count.is_some_and(|count| count.n > 0))
}

/// The associations that the actor's organisations supervise on a day.
pub(in crate::supervision_sessions) async fn supervised(
    db: &impl ConnectionTrait,
    scope: &Scope<Supervise>,
    on: NaiveDate,
) -> Result<Vec<SupervisedOrganisation>> {
    static SQL: Sql = Sql::new(
        "SELECT DISTINCT pa.organisation_id, o.name, pa.partner_id AS provider_id, k.limit_days
         FROM partnerships pa JOIN organisations o ON o.id = pa.organisation_id
         LEFT JOIN supervision_settings k ON k.organisation_id = o.id
         WHERE pa.kind = 'SUPERVISES' AND pa.partner_id = ANY_ID($1) AND pa.valid_from <= $2
           AND (pa.valid_to IS NULL OR pa.valid_to >= $2)
         ORDER BY o.name, pa.organisation_id, provider_id",
    );
    let providers = sql::ids(db.get_database_backend(), scope.providers());
    SQL.all(db, [providers, on.into()]).await
}
