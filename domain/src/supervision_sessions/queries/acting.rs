//! The SQL of supervisors' acts. Every act holds its session until it ends, so that what it has read stays true.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, OrganisationId, PersonId, SupervisionSessionId};
use rinnalla_entity::states::{SupervisionForm, SupervisionStatus};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{Count, peers_on, supervised_by};
use crate::access::{Scope, Supervise};
use crate::act::{Act, code, take_version};
use crate::audit::ObjectKind;
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::sql::{self, Sql};

/// A session that an act holds.
#[derive(FromQueryResult)]
pub(in crate::supervision_sessions) struct Held {
    pub id: SupervisionSessionId,
    pub organisation_id: OrganisationId,
    pub provider_id: OrganisationId,
    pub supervisor_id: PersonId,
    pub on_date: NaiveDate,
    pub form: SupervisionForm,
    pub status: SupervisionStatus,
}

/// Holds a session. Absent or another's: `NotFound`, noted as refused.
pub(in crate::supervision_sessions) async fn hold(
    act: &Act<'_>,
    scope: &Scope<Supervise>,
    id: SupervisionSessionId,
) -> Result<Held> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT x.id, x.organisation_id, x.provider_id, x.supervisor_id, x.on_date, x.form, x.status
         FROM supervision_sessions x WHERE x.id = ",
    );
    question
        .bind(id.uuid())
        .words(" AND ")
        .reaches_session(scope)
        .words_on(" FOR UPDATE OF x", "");
    let held: Option<Held> = question.one(&act.tx).await?;
    if held.is_none() {
        act.ctx.refuse(scope, ObjectKind::SupervisionSession, id);
    }
    held.ok_or(Error::NotFound)
}

take_version!(pub(in crate::supervision_sessions) take_session, "supervision_sessions", SupervisionSessionId);

pub(in crate::supervision_sessions) async fn set_status(
    db: &impl ConnectionTrait,
    id: SupervisionSessionId,
    status: SupervisionStatus,
    held_minutes: Option<i16>,
) -> Result<()> {
    static SQL: Sql =
        Sql::new("UPDATE supervision_sessions SET status = $2, held_minutes = $3 WHERE id = $1");
    let values: [Value; 3] = [id.0.into(), code(status), held_minutes.into()];
    SQL.run(db, values).await?;
    Ok(())
}

/// Whether a provider supervises an association on a day.
pub(in crate::supervision_sessions) async fn is_supervised(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    by: OrganisationId,
    on: NaiveDate,
) -> Result<bool> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT count(*) AS n FROM organisations o WHERE o.id = $1 AND ",
        supervised_by!("o.id", "$2", "$3")
    ));
    let by = sql::ids(db.get_database_backend(), [by]);
    let count: Option<Count> = SQL.one(db, [of.0.into(), by, on.into()]).await?;
    Ok(count.is_some_and(|count| count.n > 0))
}

/// Whether all of these take part in supervision as peers of an association on a day.
pub(in crate::supervision_sessions) async fn are_peers(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    on: NaiveDate,
    people: &[PersonId],
) -> Result<bool> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT count(*) AS n FROM (",
        peers_on!("$1", "$2"),
        ") w WHERE w.person_id = ANY_ID($3)"
    ));
    if people.is_empty() {
        return Ok(true);
    }
    let ids = sql::ids(db.get_database_backend(), people.iter().copied());
    let count: Option<Count> = SQL.one(db, [of.0.into(), on.into(), ids]).await?;
    let count = usize::try_from(count.map_or(0, |count| count.n));
    Ok(count == Ok(people.len()))
}

#[derive(FromQueryResult)]
struct Somebody {
    person_id: PersonId,
}

/// Who is invited to a session.
pub(in crate::supervision_sessions) async fn invited_to(
    db: &impl ConnectionTrait,
    id: SupervisionSessionId,
) -> Result<Vec<PersonId>> {
    static SQL: Sql = Sql::new(
        "SELECT person_id FROM supervision_invitations WHERE session_id = $1 AND withdrawn_at IS NULL",
    );
    let rows: Vec<Somebody> = SQL.all(db, [id.0.into()]).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

/// Who was at a session.
pub(in crate::supervision_sessions) async fn attended_of(
    db: &impl ConnectionTrait,
    id: SupervisionSessionId,
) -> Result<Vec<PersonId>> {
    static SQL: Sql = Sql::new(
        "SELECT person_id FROM supervision_attendances
         WHERE session_id = $1 AND cancelled_at IS NULL AND status = 'ATTENDED'",
    );
    let rows: Vec<Somebody> = SQL.all(db, [id.0.into()]).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

pub(in crate::supervision_sessions) async fn withdraw_invitations(
    act: &Act<'_>,
    id: SupervisionSessionId,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE supervision_invitations SET withdrawn_by = $3, withdrawn_at = $4, version = version + 1
         WHERE session_id = $1 AND person_id = ANY_ID($2) AND withdrawn_at IS NULL",
    );
    let people = sql::ids(act.ctx.store.backend(), people);
    let (by, now) = (act.ctx.actor()?.person, act.ctx.now);
    let values: [Value; 4] = [id.0.into(), people, by.0.into(), now.into()];
    SQL.run(&act.tx, values).await?;
    Ok(())
}

/// The marks of a session stand no longer; they stay, cancelled.
pub(in crate::supervision_sessions) async fn cancel_marks(
    act: &Act<'_>,
    id: SupervisionSessionId,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE supervision_attendances SET cancelled_by = $2, cancelled_at = $3
         WHERE session_id = $1 AND cancelled_at IS NULL",
    );
    let (by, now) = (act.ctx.actor()?.person, act.ctx.now);
    let values: [Value; 3] = [id.0.into(), by.0.into(), now.into()];
    SQL.run(&act.tx, values).await?;
    Ok(())
}
