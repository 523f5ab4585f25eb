//! Planning sessions and inviting to them, putting them right, cancelling them, and saying who holds one for another.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use rinnalla_entity::ids::{
    Id as _, OrganisationId, PersonId, SupervisionInvitationId, SupervisionSessionId,
};
use rinnalla_entity::states::{Role, SupervisionAnswer, SupervisionForm, SupervisionStatus};
use sea_orm::Value;

use super::queries::{self, Held};
use super::rules;
use crate::access::{Scope, Supervise, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::calendar::add_months;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::organisations::{self, CodeList};
use crate::people;
use crate::sql::{self, Sql};

/// What is told of a session: everything as it should be.
#[derive(Clone, Debug)]
pub struct Details {
    /// The day.
    pub on: NaiveDate,
    /// The time of day.
    pub starts_at: NaiveTime,
    /// How long it is to last, in minutes.
    pub minutes: i32,
    /// In a group, with one person, or from afar.
    pub form: SupervisionForm,
    /// What it is about, as codes.
    pub themes: Vec<String>,
    /// Who is invited.
    pub invitees: Vec<PersonId>,
}

/// A new session.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The own organisation, which arranges supervision for the other.
    pub provider: OrganisationId,
    /// The association whose peers are supervised.
    pub organisation: OrganisationId,
    /// What is told of it.
    pub details: Details,
}

/// A correction.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The session.
    pub session: SupervisionSessionId,
    /// The version that the correction was made from.
    pub version: i32,
    /// What is told of it.
    pub details: Details,
}

/// An act on a session that says nothing more.
#[derive(Clone, Copy, Debug)]
pub struct OnSession {
    /// The session.
    pub session: SupervisionSessionId,
    /// Its version.
    pub version: i32,
}

/// Who holds a session in its supervisor's place.
#[derive(Clone, Copy, Debug)]
pub struct Substitute {
    /// The session.
    pub session: SupervisionSessionId,
    /// Its version.
    pub version: i32,
    /// Another supervisor of the provider; nobody where its supervisor holds it after all.
    pub person: Option<PersonId>,
}

/// Plans a session of one's own and invites to it.
///
/// Errors: `Invalid`: `providerId UNKNOWN`, `organisationId NOT_SUPERVISED`, and every fault of what is told.
pub async fn plan(ctx: &Ctx, key: &IdempotencyKey, input: Plan) -> Result<SupervisionSessionId> {
    let scope = require::<Supervise>(ctx)?;
    let name = "supervisionSessionPlan";
    if let Some(done) = ctx.done_before(name, key).await? {
        return Ok(SupervisionSessionId(done));
    }
    let mut faults = Violations::default();
    faults.check(
        scope.providers().contains(&input.provider),
        "providerId",
        "UNKNOWN",
    );
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = SupervisionSessionId::random();
    let mut act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionSessionId(done)),
    };
    let (of, by) = (input.organisation, input.provider);
    organisations::lock_all_open(&act.tx, &[of, by]).await?;
    if !queries::is_supervised(&act.tx, of, by, told.on).await? {
        return Err(Error::invalid("organisationId", "NOT_SUPERVISED"));
    }
    are_peers(&act, of, &told).await?;
    // Planned for whom the actor stands in for, where that is the grant by which they act.
    let whose = scope.supervisor_in(by);
    insert(&act, id, &input, &told, whose).await?;
    write_themes(&act, id, &told.themes).await?;
    invite(&act, id, told.invitees.iter().copied()).await?;
    act.changed(&scope, by, ObjectKind::SupervisionSession, id);
    act.done().await.map(SupervisionSessionId)
}

/// Puts right what is told of a session that is not cancelled. Whoever is no longer named is no longer invited; whoever
/// was there stays recorded.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (as [`plan`]; `on DATE_IN_FUTURE` where it was held,
/// `WRONG_STATE`).
pub async fn correct(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: Correct,
) -> Result<SupervisionSessionId> {
    static SQL: Sql = Sql::new(
        "UPDATE supervision_sessions SET on_date = $2, starts_at = $3, minutes = $4, form = $5 WHERE id = $1",
    );
    let scope = require::<Supervise>(ctx)?;
    let name = "supervisionSessionCorrect";
    if let Some(done) = ctx.done_before(name, key).await? {
        return Ok(SupervisionSessionId(done));
    }
    let mut faults = Violations::default();
    let told = check(ctx, &input.details, &mut faults).await?;
    faults.done()?;
    let told = told.ok_or_else(unchecked)?;
    let id = input.session;
    let act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionSessionId(done)),
    };
    let held = take(&act, &scope, id, input.version).await?;
    is_one_of(
        &held,
        &[SupervisionStatus::Planned, SupervisionStatus::Held],
    )?;
    let was_held = held.status == SupervisionStatus::Held;
    if was_held && told.on > ctx.today {
        return Err(Error::invalid("on", "DATE_IN_FUTURE"));
    }
    let (of, by) = (held.organisation_id, held.provider_id);
    if !queries::is_supervised(&act.tx, of, by, told.on).await? {
        return Err(Error::invalid("on", "NOT_SUPERVISED"));
    }
    are_peers(&act, of, &told).await?;
    let there = queries::attended_of(&act.tx, id).await?;
    if there.len() > rules::most_people(told.form) {
        return Err(Error::invalid("form", "TOO_MANY"));
    }
    if !queries::are_peers(&act.tx, of, told.on, &there).await? {
        return Err(Error::invalid("on", "NOT_A_PEER_THERE"));
    }
    let values: [Value; 5] = [
        id.0.into(),
        told.on.into(),
        told.starts_at.into(),
        told.minutes.into(),
        code(told.form),
    ];
    SQL.run(&act.tx, values).await?;
    write_themes(&act, id, &told.themes).await?;
    let invited = queries::invited_to(&act.tx, id).await?;
    let gone = invited.iter().filter(|it| !told.invitees.contains(*it));
    queries::withdraw_invitations(&act, id, gone.copied()).await?;
    let new = told.invitees.iter().filter(|it| !invited.contains(it));
    invite(&act, id, new.copied()).await?;
    done(act, &scope, &held).await
}

/// Says who holds a session in its supervisor's place, or that its supervisor does after all. Both reach it.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`personId NOT_A_SUPERVISOR_THERE`, `WRONG_STATE`).
pub async fn substitute(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: Substitute,
) -> Result<SupervisionSessionId> {
    static SQL: Sql = Sql::new("UPDATE supervision_sessions SET substitute_id = $2 WHERE id = $1");
    let scope = require::<Supervise>(ctx)?;
    let id = input.session;
    let act = match ctx.begin("supervisionSessionSubstitute", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionSessionId(done)),
    };
    let held = take(&act, &scope, id, input.version).await?;
    is_one_of(
        &held,
        &[SupervisionStatus::Planned, SupervisionStatus::Held],
    )?;
    if let Some(person) = input.person {
        let (of, on) = (held.provider_id, held.on_date);
        let holds = people::holds_role(&act.tx, person, of, Role::Supervisor, on).await?;
        if !holds || person == held.supervisor_id {
            return Err(Error::invalid("personId", "NOT_A_SUPERVISOR_THERE"));
        }
    }
    let person = input.person.map(|person| person.0);
    SQL.run(&act.tx, [id.0.into(), person.into()]).await?;
    done(act, &scope, &held).await
}

/// Cancels a session that was not held.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`).
pub async fn cancel(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnSession,
) -> Result<SupervisionSessionId> {
    let [planned, cancelled] = [SupervisionStatus::Planned, SupervisionStatus::Cancelled];
    turn(
        ctx,
        key,
        "supervisionSessionCancel",
        input,
        planned,
        cancelled,
    )
    .await
}

/// Lets a cancelled session take place after all.
///
/// Errors: as [`cancel`].
pub async fn reinstate(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnSession,
) -> Result<SupervisionSessionId> {
    let [planned, cancelled] = [SupervisionStatus::Planned, SupervisionStatus::Cancelled];
    turn(
        ctx,
        key,
        "supervisionSessionReinstate",
        input,
        cancelled,
        planned,
    )
    .await
}

async fn turn(
    ctx: &Ctx,
    key: &IdempotencyKey,
    name: &'static str,
    input: OnSession,
    from: SupervisionStatus,
    to: SupervisionStatus,
) -> Result<SupervisionSessionId> {
    let scope = require::<Supervise>(ctx)?;
    let id = input.session;
    let act = match ctx.begin(name, key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionSessionId(done)),
    };
    let held = take(&act, &scope, id, input.version).await?;
    is_one_of(&held, &[from])?;
    queries::set_status(&act.tx, id, to, None).await?;
    done(act, &scope, &held).await
}

/// What is told, checked.
struct Told {
    on: NaiveDate,
    starts_at: i16,
    minutes: i16,
    form: SupervisionForm,
    themes: BTreeSet<String>,
    invitees: BTreeSet<PersonId>,
}

async fn check(ctx: &Ctx, told: &Details, faults: &mut Violations) -> Result<Option<Told>> {
    let earliest = add_months(ctx.today, -rules::MONTHS_BACK);
    let latest = add_months(ctx.today, rules::MONTHS_AHEAD);
    faults.check((earliest..=latest).contains(&told.on), "on", "OUT_OF_RANGE");
    let minutes = faults.take("minutes", checked_minutes(told.minutes));
    // Where the length itself is refused, the time of day is held against the shortest session.
    let lasts = minutes.map_or(*rules::MINUTES.start(), i32::from);
    let starts_at = rules::start(told.starts_at, lasts);
    let starts_at = faults.take("startsAt", starts_at.ok_or("OUT_OF_RANGE"));
    if told.themes.len() > rules::MOST_THEMES {
        faults.check(false, "themes", "OUT_OF_RANGE");
    } else if !told.themes.is_empty() {
        let (db, list) = (ctx.store.reader(), CodeList::SupervisionTheme);
        let unknown = organisations::unknown_codes(db, list, &told.themes).await?;
        faults.check(unknown.is_empty(), "themes", "UNKNOWN_CODE");
    }
    let invitees: BTreeSet<PersonId> = told.invitees.iter().copied().collect();
    faults.check(
        invitees.len() <= rules::most_people(told.form),
        "inviteeIds",
        "TOO_MANY",
    );
    let all = || {
        Some(Told {
            on: told.on,
            starts_at: starts_at?,
            minutes: minutes?,
            form: told.form,
            themes: told.themes.iter().cloned().collect(),
            invitees,
        })
    };
    Ok(all())
}

pub(super) fn checked_minutes(minutes: i32) -> std::result::Result<i16, &'static str> {
    let known = rules::MINUTES.contains(&minutes);
    let minutes = known.then(|| i16::try_from(minutes).ok()).flatten();
    minutes.ok_or("OUT_OF_RANGE")
}

async fn are_peers(act: &Act<'_>, of: OrganisationId, told: &Told) -> Result<()> {
    let invitees: Vec<PersonId> = told.invitees.iter().copied().collect();
    match queries::are_peers(&act.tx, of, told.on, &invitees).await? {
        true => Ok(()),
        false => Err(Error::invalid("inviteeIds", "NOT_A_PEER_THERE")),
    }
}

async fn insert(
    act: &Act<'_>,
    id: SupervisionSessionId,
    input: &Plan,
    told: &Told,
    whose: PersonId,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO supervision_sessions (id, organisation_id, provider_id, supervisor_id, on_date, starts_at, minutes, form,
           status, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'PLANNED', $9, $10)",
    );
    let values: [Value; 10] = [
        id.0.into(),
        input.organisation.0.into(),
        input.provider.0.into(),
        whose.0.into(),
        told.on.into(),
        told.starts_at.into(),
        told.minutes.into(),
        code(told.form),
        act.ctx.actor()?.person.0.into(),
        act.ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(())
}

/// Writes themes in the place of those before.
async fn write_themes(
    act: &Act<'_>,
    id: SupervisionSessionId,
    themes: &BTreeSet<String>,
) -> Result<()> {
    static SQL: Sql = Sql::new("DELETE FROM supervision_themes WHERE session_id = $1");
    SQL.run(&act.tx, [id.0.into()]).await?;
    let rows = themes.iter();
    let rows = rows.flat_map(|theme| [Value::from(id.0), theme.clone().into()]);
    let columns = "session_id, code";
    sql::insert_many(&act.tx, "supervision_themes", columns, rows.collect()).await
}

async fn invite(
    act: &Act<'_>,
    id: SupervisionSessionId,
    people: impl Iterator<Item = PersonId>,
) -> Result<()> {
    let (by, now) = (act.ctx.actor()?.person, act.ctx.now);
    let rows = people.flat_map(|person| {
        [
            Value::from(SupervisionInvitationId::random().0),
            id.0.into(),
            person.0.into(),
            code(SupervisionAnswer::NotAnswered),
            by.0.into(),
            now.into(),
        ]
    });
    let columns = "id, session_id, person_id, answer, invited_by, invited_at";
    sql::insert_many(&act.tx, "supervision_invitations", columns, rows.collect()).await
}

/// Holds a session that an act is about, on the version that it is based on.
pub(super) async fn take(
    act: &Act<'_>,
    scope: &Scope<Supervise>,
    id: SupervisionSessionId,
    version: i32,
) -> Result<Held> {
    let held = queries::hold(act, scope, id).await?;
    queries::take_session(&act.tx, id, version).await?;
    Ok(held)
}

pub(super) fn is_one_of(held: &Held, states: &[SupervisionStatus]) -> Result<()> {
    match states.contains(&held.status) {
        true => Ok(()),
        false => Err(Error::invalid("", "WRONG_STATE")),
    }
}

pub(super) async fn done(
    mut act: Act<'_>,
    scope: &Scope<Supervise>,
    held: &Held,
) -> Result<SupervisionSessionId> {
    let of = held.provider_id;
    act.changed(scope, of, ObjectKind::SupervisionSession, held.id);
    act.done().await.map(SupervisionSessionId)
}
