//! The SQL of grant targets: each statement reaches what its scope does.

use rinnalla_entity::ids::{
    CourseId, DropInPlaceId, GrantTargetId, Id, InfluenceItemId, OrganisationId, PeerGroupId,
    ProgrammeId,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{Activities, GrantTarget};
use crate::access::{KeepGrantTargets, Scope};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;
use crate::sql::{self, Sql};

type Keeping = Scope<KeepGrantTargets>;

/// The most targets of a list: far more than an association has.
const MOST: i64 = 500;

const TARGETS: &str = "SELECT t.id, t.organisation_id, t.funder, t.code, t.name, t.kind, t.from_on, t.to_on, t.counts_encounters,
   t.version, t.cancelled_at IS NOT NULL AS is_cancelled FROM grant_targets t WHERE ";

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Keeping,
    organisation: Option<OrganisationId>,
) -> Result<Vec<GrantTarget>> {
    let mut question = Question::new(ctx.store.backend(), TARGETS);
    question
        .words("t.cancelled_at IS NULL AND ")
        .is_one_of("t.organisation_id", &scope.organisations());
    if let Some(organisation) = organisation {
        question.words(" AND t.organisation_id = ");
        question.bind(organisation.uuid());
    }
    question.words(" ORDER BY t.from_on DESC, t.id LIMIT ");
    question.bind(MOST);
    question.all(ctx.store.reader()).await
}

pub(super) async fn for_ids(
    ctx: &Ctx,
    scope: &Keeping,
    ids: &[GrantTargetId],
) -> Result<Vec<GrantTarget>> {
    let mut question = Question::new(ctx.store.backend(), TARGETS);
    question
        .is_one_of("t.id", ids)
        .words(" AND ")
        .is_one_of("t.organisation_id", &scope.organisations());
    question.all(ctx.store.reader()).await
}

/// An activity of a target: one of the five.
#[derive(FromQueryResult)]
pub(super) struct Activity {
    pub grant_target_id: GrantTargetId,
    pub course_id: Option<CourseId>,
    pub drop_in_place_id: Option<DropInPlaceId>,
    pub peer_group_id: Option<PeerGroupId>,
    pub programme_id: Option<ProgrammeId>,
    pub influence_item_id: Option<InfluenceItemId>,
}

pub(super) async fn activities_for(
    ctx: &Ctx,
    scope: &Keeping,
    of: &[GrantTargetId],
) -> Result<Vec<Activity>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT a.grant_target_id, a.course_id, a.drop_in_place_id, a.peer_group_id, a.programme_id, a.influence_item_id
         FROM grant_target_activities a JOIN grant_targets t ON t.id = a.grant_target_id WHERE ",
    );
    question
        .is_one_of("t.id", of)
        .words(" AND ")
        .is_one_of("t.organisation_id", &scope.organisations());
    question.words(" ORDER BY a.course_id, a.drop_in_place_id, a.peer_group_id, a.programme_id, a.influence_item_id");
    question.all(ctx.store.reader()).await
}

/// The ids of each kind, bound for a statement.
fn bound(db: &impl ConnectionTrait, told: &Activities) -> [Value; 5] {
    fn list<T: Id>(db: &impl ConnectionTrait, ids: &[T]) -> Value {
        sql::ids(db.get_database_backend(), ids.iter().copied())
    }
    [
        list(db, &told.courses),
        list(db, &told.places),
        list(db, &told.groups),
        list(db, &told.programmes),
        list(db, &told.influence),
    ]
}

/// How many of these activities are the association's.
#[derive(Debug, Default, FromQueryResult)]
pub(super) struct Known {
    pub courses: i64,
    pub places: i64,
    pub groups: i64,
    pub programmes: i64,
    pub influence: i64,
}

pub(super) async fn known(
    db: &impl ConnectionTrait,
    of: OrganisationId,
    told: &Activities,
) -> Result<Known> {
    static SQL: Sql = Sql::new(
        "SELECT (SELECT count(*) FROM courses WHERE id = ANY_ID($2) AND organisation_id = $1) AS courses,
           (SELECT count(*) FROM drop_in_places WHERE id = ANY_ID($3) AND organisation_id = $1) AS places,
           (SELECT count(*) FROM peer_groups WHERE id = ANY_ID($4) AND organisation_id = $1
              AND cancelled_at IS NULL) AS groups,
           (SELECT count(*) FROM programmes WHERE id = ANY_ID($5) AND organisation_id = $1) AS programmes,
           (SELECT count(*) FROM influence_items WHERE id = ANY_ID($6) AND organisation_id = $1
              AND cancelled_at IS NULL) AS influence",
    );
    let values = std::iter::once(of.0.into()).chain(bound(db, told));
    let known: Option<Known> = SQL.one(db, values).await?;
    Ok(known.unwrap_or_default())
}

/// How a target stands that is held.
#[derive(FromQueryResult)]
struct Standing {
    is_cancelled: bool,
    activities: i64,
}

async fn standing(db: &impl ConnectionTrait, id: GrantTargetId) -> Result<Option<Standing>> {
    static SQL: Sql = Sql::new(
        "SELECT t.cancelled_at IS NOT NULL AS is_cancelled,
           (SELECT count(*) FROM grant_target_activities a WHERE a.grant_target_id = t.id) AS activities
         FROM grant_targets t WHERE t.id = $1",
    );
    SQL.one(db, [id.0.into()]).await
}

/// Whether a target was added in error.
pub(super) async fn is_cancelled(db: &impl ConnectionTrait, id: GrantTargetId) -> Result<bool> {
    Ok(standing(db, id).await?.is_some_and(|it| it.is_cancelled))
}

/// Whether activities belong to a target.
pub(super) async fn is_in_use(db: &impl ConnectionTrait, id: GrantTargetId) -> Result<bool> {
    Ok(standing(db, id).await?.is_some_and(|it| it.activities > 0))
}

/// Writes which activities belong to a target in the place of those before.
pub(super) async fn write(
    db: &impl ConnectionTrait,
    of: GrantTargetId,
    told: &Activities,
) -> Result<()> {
    static BEFORE: Sql = Sql::new("DELETE FROM grant_target_activities WHERE grant_target_id = $1");
    static SQL: Sql = Sql::new(
        // The first part says of which type what is absent would be: PostgreSQL takes it for a text.
        "INSERT INTO grant_target_activities (id, grant_target_id, course_id, drop_in_place_id, peer_group_id, programme_id,
           influence_item_id)
         SELECT NEW_ID, $1, x.id, CAST(NULL AS uuid), CAST(NULL AS uuid), CAST(NULL AS uuid), CAST(NULL AS uuid) FROM courses x WHERE x.id = ANY_ID($2)
         UNION ALL SELECT NEW_ID, $1, NULL, x.id, NULL, NULL, NULL FROM drop_in_places x WHERE x.id = ANY_ID($3)
         UNION ALL SELECT NEW_ID, $1, NULL, NULL, x.id, NULL, NULL FROM peer_groups x WHERE x.id = ANY_ID($4)
         UNION ALL SELECT NEW_ID, $1, NULL, NULL, NULL, x.id, NULL FROM programmes x WHERE x.id = ANY_ID($5)
         UNION ALL SELECT NEW_ID, $1, NULL, NULL, NULL, NULL, x.id FROM influence_items x WHERE x.id = ANY_ID($6)",
    );
    BEFORE.run(db, [of.0.into()]).await?;
    let values = std::iter::once(of.0.into()).chain(bound(db, told));
    SQL.run(db, values).await?;
    Ok(())
}
