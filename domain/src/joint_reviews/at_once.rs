//! Recording a review at once: on PostgreSQL a question and a write, where step by step it is a dozen statements.
//!
//! What follows from the record is worked out before anything is locked, from what stood when it was asked. So the write
//! stands only if all that is as it was: the relationship, whose version every entry of its own raises, and each of its reviews,
//! whose versions rise with what is recorded of them. Otherwise nothing is written, and it is done step by step.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, JointReviewId, OrganisationId, SupportRelationshipId};
use sea_orm::FromQueryResult;

use super::following::{self, Following, Recorded, Row, standing};
use super::queries::{self, ForAct};
use super::recording::{Checked, may_be_recorded};
use super::state::State;
use super::{JointReview, Particulars};
use crate::access::{RecordReviews, Scope};
use crate::act::{AtOnce, ChangeKind, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::notices;
use crate::reach::Question;

/// As step by step: once since the act is about the review, and once since it is changed.
const RAISES: i32 = 2;

/// A review of the relationship, as it stood when it was asked.
#[derive(FromQueryResult)]
struct Stood {
    #[sea_orm(nested)]
    row: Row,
    version: i32,
    relationship_id: SupportRelationshipId,
    organisation_id: OrganisationId,
    relationship_version: i32,
    first_meeting_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    /// What stands of the relationship, with the review that was asked for.
    recorded: Option<serde_json::Value>,
}

/// Records it; the review as it is then. `None` where it has to be done step by step, which also finds out what may not be.
pub(super) async fn record(
    ctx: &Ctx,
    scope: &Scope<RecordReviews>,
    (name, key): (&'static str, &IdempotencyKey),
    (review_id, version): (JointReviewId, i32),
    checked: &Checked,
) -> Result<Option<JointReview>> {
    if !ctx.store.is_postgres() {
        return Ok(None);
    }
    let stood = stood(ctx, scope, review_id).await?;
    let is_own = |one: &&Stood| one.row.id == review_id && one.version == version;
    let Some(own) = stood.iter().find(is_own) else {
        return Ok(None);
    };
    let review = for_act(own, &stood);
    if may_be_recorded(&review, checked).is_err() {
        return Ok(None);
    }
    let relationship = (own.relationship_id, own.relationship_version);
    let (cycle_no, booked_for) = (own.row.cycle_no, own.row.booked_for);
    let others = stood.iter().filter(|one| one.row.id != review_id);
    let others: Vec<_> = others.map(|one| (one.row.id, one.version)).collect();

    let recorded = own.recorded.clone();
    let recorded = recorded.and_then(|all| serde_json::from_value::<Vec<Recorded>>(all).ok());
    let Some(mut recorded) = recorded else {
        return Ok(None);
    };
    // Entries stand in the order in which they were made, and this one is to be the last.
    if recorded.iter().any(|one| one.placed_at >= ctx.now) {
        return Ok(None);
    }
    recorded.push(checked.entry(cycle_no, ctx.now));
    let rows: Vec<Row> = stood.into_iter().map(|one| one.row).collect();
    let Following { written, still } = following::following(&recorded, &rows);
    // Its cycle is closed and the next one opens, as nearly always.
    let [closed, next] = &written[..] else {
        return Ok(None);
    };
    if closed.id != Some(review_id) || next.id.is_some() {
        return Ok(None);
    }
    let record = queries::record_values(ctx, &review, checked, None)?;
    let write = |question: &mut Question| {
        as_it_stood(question, scope, review_id, relationship, &others);
        closed.change(question, RAISES);
        question
            .words(" FROM asked a JOIN locked l ON l.of = ")
            .bind(review_id.uuid())
            .words(" LEFT JOIN unchanged u ON u.of = l.of WHERE joint_reviews.id = l.of AND joint_reviews.relationship_id = l.id AND joint_reviews.version = ")
            .bind(version)
            .words(" AND coalesce(u.n, 0) = ")
            .bind(i64::try_from(others.len()).unwrap_or(i64::MAX))
            .words(
                " RETURNING joint_reviews.id AS of, joint_reviews.organisation_id, joint_reviews.relationship_id AS object_id",
            );
    };
    let follows = |question: &mut Question| {
        question
            .words("recorded AS (INSERT INTO joint_review_records (")
            .words(queries::RECORD_COLUMNS)
            .words(") SELECT ")
            .bind_all(record)
            .words(" FROM done a), next AS (");
        next.add(question, ctx.now);
        question.words("a.object_id, a.organisation_id FROM done a), unsent AS (");
        notices::cancel_unsent(question, ctx, relationship.0, &still);
        question.words("), ");
    };
    let act = AtOnce {
        name,
        object: ObjectKind::SupportRelationship,
        change: ChangeKind::SupportRelationship,
    };
    let ids = (review_id, relationship.0);
    let of = act.run(ctx, scope, key, ids, write, follows).await?;
    Ok(of.map(|organisation_id| JointReview {
        id: review_id,
        organisation_id,
        relationship_id: relationship.0,
        status: closed.state.status,
        planned_on: closed.state.planned_on,
        window_end_on: closed.state.window_end_on,
        held_on: closed.state.held_on,
        version: version + RAISES,
        particulars: Some(Particulars {
            cycle_no,
            cancelled_reason: closed.state.cancelled_reason,
            interval_months: closed.state.interval_months,
            base_on: closed.state.base_on,
            window_start_on: closed.state.window_start_on,
            booked_for,
            is_joint: closed.state.is_joint,
        }),
    }))
}

/// All reviews of the relationship that a review belongs to, and what stands of it.
async fn stood(
    ctx: &Ctx,
    scope: &Scope<RecordReviews>,
    review: JointReviewId,
) -> Result<Vec<Stood>> {
    let mut question = Question::new(ctx.store.backend(), "SELECT jr.id, cycle_no, booked_for, ");
    question
        .words(State::COLUMNS)
        .words(
            ", version, relationship_id, organisation_id, relationship_version, first_meeting_on, ended_on, CASE WHEN jr.id = ",
        )
        .bind(review.uuid())
        .words(" THEN (SELECT json_agg(o) FROM (")
        .words(standing!("jr.relationship_id"))
        .words(
            ") o) END AS recorded
             FROM (SELECT r.id, r.version AS relationship_version, r.first_meeting_on, r.ended_on FROM support_relationships r
               WHERE r.id = (SELECT asked.relationship_id FROM joint_reviews asked WHERE asked.id = ",
        )
        .bind(review.uuid())
        .words(") AND ")
        .reaches_relationship(scope)
        .words(") AS r JOIN joint_reviews jr ON jr.relationship_id = r.id ORDER BY cycle_no");
    question.all_at_once(&ctx.store).await
}

fn for_act(own: &Stood, all: &[Stood]) -> ForAct {
    let cycle_no = own.row.cycle_no;
    let held = |one: &Stood| one.row.state.held_on;
    let before = all.iter().filter(|one| one.row.cycle_no < cycle_no);
    let after = all.iter().filter(|one| one.row.cycle_no > cycle_no);
    ForAct {
        id: own.row.id,
        organisation_id: own.organisation_id,
        relationship_id: own.relationship_id,
        status: own.row.state.status,
        cancelled_reason: own.row.state.cancelled_reason,
        first_meeting_on: own.first_meeting_on,
        ended_on: own.ended_on,
        held_before_on: before.filter_map(held).max(),
        held_after_on: after.filter_map(held).min(),
    }
}

/// The relationship, `locked` if it is as it was, and those of its `others` reviews that are. They are looked at as they are
/// when they are held, whatever has been seen before.
fn as_it_stood(
    question: &mut Question,
    scope: &Scope<RecordReviews>,
    review: JointReviewId,
    (relationship, version): (SupportRelationshipId, i32),
    others: &[(JointReviewId, i32)],
) {
    let (ids, versions): (Vec<_>, Vec<_>) = others.iter().copied().unzip();
    question
        .words("WITH locked AS (SELECT ")
        .bind(review.uuid())
        .words(" AS of, r.id, ")
        .bind_ids(&ids)
        .words(" AS others, ")
        .bind(versions)
        .words(" AS versions FROM asked a JOIN support_relationships r ON r.id = ")
        .bind(relationship.uuid())
        .words(" WHERE r.version = ")
        .bind(version)
        .words(" AND ")
        .reaches_relationship(scope)
        .words(
            " FOR NO KEY UPDATE OF r SKIP LOCKED), others AS (
               SELECT l.of FROM locked l JOIN joint_reviews jr ON jr.relationship_id = l.id
               JOIN unnest(l.others, l.versions) AS was (id, version) ON was.id = jr.id AND was.version = jr.version
               FOR NO KEY UPDATE OF jr SKIP LOCKED), unchanged AS (SELECT o.of, count(*) AS n FROM others o GROUP BY o.of) ",
        );
}
