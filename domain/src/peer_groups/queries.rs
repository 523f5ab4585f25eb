//! The SQL of peer groups and talks: each statement reaches what its scope does.

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    DropInPlaceId, EncounterId, Id as _, OrganisationId, PeerGroupId, PeerGroupMeetingId, PersonId,
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Encounter, GroupMeeting, PeerGroup};
use crate::access::{Permission, ReadPeerGroups, RecordEncounters, Scope};
use crate::act::Act;
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::PageArgs;
use crate::reach::Question;
use crate::sql::{self, Sql};

type Reading = Scope<ReadPeerGroups>;

/// The most groups of a list: far more than an association has.
const MOST: i64 = 500;

const GROUPS: &str = "SELECT g.id, g.organisation_id, g.name, g.kind, g.place, g.drop_in_place_id, g.from_on, g.to_on, g.version,
   g.cancelled_at IS NOT NULL AS is_cancelled,
   (SELECT count(*) FROM peer_group_meetings m WHERE m.peer_group_id = g.id AND m.cancelled_at IS NULL) AS meetings,
   (SELECT CAST(coalesce(sum(m.heads), 0) AS bigint) FROM peer_group_meetings m
     WHERE m.peer_group_id = g.id AND m.cancelled_at IS NULL) AS heads FROM peer_groups g WHERE ";

const MEETINGS: &str = "SELECT m.id, m.peer_group_id, m.on_date, m.minutes, m.heads, m.first_timers, m.version,
   m.cancelled_at IS NOT NULL AS is_cancelled FROM peer_group_meetings m JOIN peer_groups g ON g.id = m.peer_group_id WHERE ";

const ENCOUNTERS: &str =
    "SELECT e.id, e.organisation_id, e.kind, e.phase, e.on_date, e.talks, e.version,
   e.cancelled_at IS NOT NULL AS is_cancelled FROM encounters e WHERE ";

/// The own association's groups `g`, and those that one leads there.
fn reaches_group<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    question
        .words("(")
        .is_one_of("g.organisation_id", &scope.organisations())
        .words(" OR (")
        .is_one_of("g.organisation_id", &scope.any_organisations())
        .words(
            " AND g.id IN (SELECT l.peer_group_id FROM peer_group_leaders l WHERE l.removed_at IS NULL AND l.person_id = ",
        )
        .bind(scope.actor().uuid())
        .words(")))");
}

/// The own association's talks `e`, and those that one recorded there.
fn reaches_encounter(question: &mut Question, scope: &Scope<RecordEncounters>) {
    question
        .words("(")
        .is_one_of("e.organisation_id", &scope.organisations())
        .words(" OR (")
        .is_one_of("e.organisation_id", &scope.any_organisations())
        .words(" AND e.recorded_by = ")
        .bind(scope.actor().uuid())
        .words("))");
}

pub(super) async fn list(ctx: &Ctx, scope: &Reading) -> Result<Vec<PeerGroup>> {
    let mut question = Question::new(ctx.store.backend(), GROUPS);
    question.words("g.cancelled_at IS NULL AND ");
    reaches_group(&mut question, scope);
    question.words(" ORDER BY g.id LIMIT ").bind(MOST);
    question.all(ctx.store.reader()).await
}

pub(super) async fn for_ids(
    ctx: &Ctx,
    scope: &Reading,
    ids: &[PeerGroupId],
) -> Result<Vec<PeerGroup>> {
    let mut question = Question::new(ctx.store.backend(), GROUPS);
    question.is_one_of("g.id", ids).words(" AND ");
    reaches_group(&mut question, scope);
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
pub(super) struct Audience {
    pub peer_group_id: PeerGroupId,
    pub code: String,
}

pub(super) async fn audiences_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[PeerGroupId],
) -> Result<Vec<Audience>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT a.peer_group_id, a.code FROM peer_group_audiences a JOIN peer_groups g ON g.id = a.peer_group_id WHERE ",
    );
    question.is_one_of("g.id", of).words(" AND ");
    reaches_group(&mut question, scope);
    question.words(" ORDER BY a.code");
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
pub(super) struct Leader {
    pub peer_group_id: PeerGroupId,
    pub person_id: PersonId,
}

pub(super) async fn leaders_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[PeerGroupId],
) -> Result<Vec<Leader>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT o.peer_group_id, o.person_id FROM peer_group_leaders o JOIN peer_groups g ON g.id = o.peer_group_id
         WHERE o.removed_at IS NULL AND ",
    );
    question.is_one_of("g.id", of).words(" AND ");
    reaches_group(&mut question, scope);
    question.words(" ORDER BY o.id");
    question.all(ctx.store.reader()).await
}

pub(super) async fn meetings(
    ctx: &Ctx,
    scope: &Reading,
    of: PeerGroupId,
    page: &PageArgs,
) -> Result<Vec<GroupMeeting>> {
    let mut question = Question::new(ctx.store.backend(), MEETINGS);
    of_group(&mut question, scope, of);
    if let Some(after) = page.after {
        question
            .words(" AND (m.on_date, m.id) < (")
            .bind(after.on)
            .words(", ")
            .bind(after.id)
            .words(")");
    }
    question.words(" ORDER BY m.on_date DESC, m.id DESC LIMIT ");
    question.bind(page.limit());
    question.all(ctx.store.reader()).await
}

fn of_group(question: &mut Question, scope: &Reading, of: PeerGroupId) {
    question
        .words("m.cancelled_at IS NULL AND m.peer_group_id = ")
        .bind(of.uuid())
        .words(" AND ");
    reaches_group(question, scope);
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

pub(super) async fn count_meetings(ctx: &Ctx, scope: &Reading, of: PeerGroupId) -> Result<u64> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT count(*) AS n FROM peer_group_meetings m JOIN peer_groups g ON g.id = m.peer_group_id WHERE ",
    );
    of_group(&mut question, scope, of);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

pub(super) async fn meeting(
    ctx: &Ctx,
    scope: &Reading,
    id: PeerGroupMeetingId,
) -> Result<Option<GroupMeeting>> {
    let mut question = Question::new(ctx.store.backend(), MEETINGS);
    question.words("m.id = ").bind(id.uuid()).words(" AND ");
    reaches_group(&mut question, scope);
    question.one(ctx.store.reader()).await
}

pub(super) async fn encounters(
    ctx: &Ctx,
    scope: &Scope<RecordEncounters>,
    page: &PageArgs,
) -> Result<Vec<Encounter>> {
    let mut question = Question::new(ctx.store.backend(), ENCOUNTERS);
    question.words("e.cancelled_at IS NULL AND ");
    reaches_encounter(&mut question, scope);
    if let Some(after) = page.after {
        question
            .words(" AND (e.on_date, e.id) < (")
            .bind(after.on)
            .words(", ")
            .bind(after.id)
            .words(")");
    }
    question.words(" ORDER BY e.on_date DESC, e.id DESC LIMIT ");
    question.bind(page.limit());
    question.all(ctx.store.reader()).await
}

pub(super) async fn count_encounters(ctx: &Ctx, scope: &Scope<RecordEncounters>) -> Result<u64> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT count(*) AS n FROM encounters e WHERE e.cancelled_at IS NULL AND ",
    );
    reaches_encounter(&mut question, scope);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

/// One entry of talks; held until the act ends where it is one.
pub(super) async fn encounter(
    db: &impl ConnectionTrait,
    scope: &Scope<RecordEncounters>,
    id: EncounterId,
) -> Result<Option<Encounter>> {
    let mut question = Question::new(db.get_database_backend(), ENCOUNTERS);
    question.words("e.id = ").bind(id.uuid()).words(" AND ");
    reaches_encounter(&mut question, scope);
    question.one(db).await
}

/// Which group an act is about.
#[derive(Clone, Copy)]
pub(super) enum About {
    Group(PeerGroupId),
    Meeting(PeerGroupMeetingId),
}

/// The group that an act is about.
#[derive(FromQueryResult)]
pub(super) struct Held {
    pub id: PeerGroupId,
    pub organisation_id: OrganisationId,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
    pub is_cancelled: bool,
}

/// Holds a group until the act ends. Absent or hidden: `NotFound`, noted as refused.
pub(super) async fn hold<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    about: About,
) -> Result<Held> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT g.id, g.organisation_id, g.from_on, g.to_on, g.cancelled_at IS NOT NULL AS is_cancelled FROM peer_groups g WHERE g.id = ",
    );
    match about {
        About::Group(id) => question.bind(id.uuid()),
        About::Meeting(id) => question
            .words("(SELECT m.peer_group_id FROM peer_group_meetings m WHERE m.id = ")
            .bind(id.uuid())
            .words(")"),
    };
    question.words(" AND ");
    reaches_group(&mut question, scope);
    question.words_on(" FOR UPDATE OF g", "");
    let held: Option<Held> = question.one(&act.tx).await?;
    if held.is_none() {
        match about {
            About::Group(id) => act.ctx.refuse(scope, ObjectKind::PeerGroup, id),
            About::Meeting(id) => act.ctx.refuse(scope, ObjectKind::PeerGroup, id),
        }
    }
    held.ok_or(Error::NotFound)
}

/// Whether something stands that belongs to a group: a meeting that was not taken back, or a grant target.
pub(super) async fn is_in_use(db: &impl ConnectionTrait, id: PeerGroupId) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT (SELECT count(*) FROM peer_group_meetings WHERE peer_group_id = $1 AND cancelled_at IS NULL)
           + (SELECT count(*) FROM grant_target_activities WHERE peer_group_id = $1) AS n",
    );
    let count: Option<Count> = SQL.one(db, [id.0.into()]).await?;
    Ok(count.is_some_and(|count| count.n > 0))
}

/// Whether a drop-in place is the association's.
pub(super) async fn is_place_of(
    db: &impl ConnectionTrait,
    place: DropInPlaceId,
    of: OrganisationId,
) -> Result<bool> {
    static SQL: Sql =
        Sql::new("SELECT count(*) AS n FROM drop_in_places WHERE id = $1 AND organisation_id = $2");
    let count: Option<Count> = SQL.one(db, [place.0.into(), of.0.into()]).await?;
    Ok(count.is_some_and(|count| count.n == 1))
}

/// How many of these people hold a role of the association today.
pub(super) async fn in_a_role(
    db: &impl ConnectionTrait,
    people: &[PersonId],
    of: OrganisationId,
    today: NaiveDate,
) -> Result<usize> {
    static SQL: Sql = Sql::new(
        "SELECT count(DISTINCT person_id) AS n FROM role_grants WHERE person_id = ANY_ID($1) AND organisation_id = $2
           AND cancelled_at IS NULL AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3)",
    );
    let people = sql::ids(db.get_database_backend(), people.iter().copied());
    let count: Option<Count> = SQL.one(db, [people, of.0.into(), today.into()]).await?;
    Ok(count.map_or(0, |count| usize::try_from(count.n).unwrap_or_default()))
}
