//! Who leads a course: two professionals, and assistants who have graduated from one themselves. What is missing is a
//! warning; the first session cannot be recorded before two professionals lead.

use rinnalla_entity::ids::{CourseId, PersonId};
use rinnalla_entity::states::{FacilitatorKind, Role};
use sea_orm::Value;

use super::queries::{self, About};
use super::rules;
use crate::access::{ManageCourses, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::people;
use crate::sql::Sql;

/// Somebody is to lead a course.
#[derive(Clone, Copy, Debug)]
pub struct AssignFacilitator {
    /// The course.
    pub course: CourseId,
    /// Its version.
    pub version: i32,
    /// Who: a facilitator of the association, or, to assist, one of its peer guides.
    pub person: PersonId,
    /// As what.
    pub kind: FacilitatorKind,
}

/// Somebody leads a course no longer.
#[derive(Clone, Copy, Debug)]
pub struct RemoveFacilitator {
    /// The course.
    pub course: CourseId,
    /// Its version.
    pub version: i32,
    /// Who.
    pub person: PersonId,
}

/// Says that somebody leads a course.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`personId NOT_A_FACILITATOR_THERE`,
/// `personId ALREADY_RECORDED`, `personId TOO_MANY`).
pub async fn assign(ctx: &Ctx, key: &IdempotencyKey, input: AssignFacilitator) -> Result<CourseId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO course_facilitators (id, course_id, person_id, kind, assigned_by, assigned_at)
         SELECT NEW_ID, $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM course_facilitators f
           WHERE f.course_id = $1 AND f.person_id = $2 AND f.removed_at IS NULL)",
    );
    let scope = require::<ManageCourses>(ctx)?;
    let id = input.course;
    let mut act = match ctx.begin("courseFacilitatorAssign", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseId(done)),
    };
    let held = queries::hold(&act, &scope, About::Course(id)).await?;
    let roles: &[Role] = match input.kind {
        FacilitatorKind::Professional => &[Role::Facilitator],
        FacilitatorKind::Assistant => &[Role::Facilitator, Role::PeerGuide],
    };
    let mut holds = false;
    for role in roles {
        let of = held.organisation_id;
        holds |= people::holds_role(&act.tx, input.person, of, *role, ctx.today).await?;
    }
    let leaders = queries::leaders_of(&act.tx, id).await?;
    Violations::default()
        .check(holds, "personId", "NOT_A_FACILITATOR_THERE")
        .check(
            leaders.len() < rules::MOST_FACILITATORS,
            "personId",
            "TOO_MANY",
        )
        .done()?;
    queries::take_course(&act.tx, id, input.version).await?;
    let values: [Value; 5] = [
        id.0.into(),
        input.person.0.into(),
        code(input.kind),
        act.ctx.actor()?.person.0.into(),
        ctx.now.into(),
    ];
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::invalid("personId", "ALREADY_RECORDED"));
    }
    act.changed(&scope, held.organisation_id, ObjectKind::Course, id);
    act.done().await.map(CourseId)
}

/// Says that somebody leads a course no longer: the course is out of their reach from then on.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`personId UNKNOWN`).
pub async fn remove(ctx: &Ctx, key: &IdempotencyKey, input: RemoveFacilitator) -> Result<CourseId> {
    static SQL: Sql = Sql::new(
        "UPDATE course_facilitators SET removed_at = $3, removed_by = $4
         WHERE course_id = $1 AND person_id = $2 AND removed_at IS NULL",
    );
    let scope = require::<ManageCourses>(ctx)?;
    let id = input.course;
    let mut act = match ctx.begin("courseFacilitatorRemove", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseId(done)),
    };
    let held = queries::hold(&act, &scope, About::Course(id)).await?;
    queries::take_course(&act.tx, id, input.version).await?;
    let values: [Value; 4] = [
        id.0.into(),
        input.person.0.into(),
        ctx.now.into(),
        act.ctx.actor()?.person.0.into(),
    ];
    if SQL.run(&act.tx, values).await? == 0 {
        return Err(Error::invalid("personId", "UNKNOWN"));
    }
    act.changed(&scope, held.organisation_id, ObjectKind::Course, id);
    act.done().await.map(CourseId)
}
