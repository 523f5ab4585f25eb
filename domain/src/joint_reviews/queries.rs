//! The SQL of joint reviews.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    Id, JointReviewId, JointReviewRecordId, OrganisationId, SupportRelationshipId,
};
use rinnalla_entity::states::{JointReviewStatus, ReviewCancelledReason};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::recording::Checked;
use super::{Filter, JointReview, JointReviewRecord, Particulars, With};
use crate::access::{ReadRelationships, RecordReviews, Scope};
use crate::act::{Act, code, take_version};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::{MAX_FIRST, PageArgs};
use crate::reach::Question;
use crate::sql::{Placed, Sql, columns};

type Reading = Scope<ReadRelationships>;

columns!(
    JointReview with With:
    id = "jr.id",
    organisation_id = "jr.organisation_id",
    relationship_id = "jr.relationship_id",
    status = "jr.status",
    planned_on = "jr.planned_on",
    window_end_on = "jr.window_end_on",
    held_on = "jr.held_on",
    version = "jr.version"
    {particulars of Particulars}
);

columns!(
    Particulars with ():
    cycle_no = "jr.cycle_no",
    cancelled_reason = "jr.cancelled_reason",
    interval_months = "jr.interval_months",
    base_on = "jr.base_on",
    window_start_on = "jr.window_start_on",
    booked_for = "jr.booked_for",
    is_joint = "jr.is_joint"
);

/// A cycle that was opened by mistake is history, and in no list.
const NO_ERROR: &str =
    " AND (jr.cancelled_reason IS NULL OR jr.cancelled_reason <> 'RECORDED_IN_ERROR')";

/// What a list asks for, with today's dates worked out.
pub(super) struct Asked<'a> {
    pub filter: &'a Filter,
    pub due_to: Option<NaiveDate>,
    pub today: NaiveDate,
}

/// Chosen first, cut off then, and joined at last, as the relationships' list is: PostgreSQL then keeps its plan.
pub(super) async fn list<T: Placed>(
    ctx: &Ctx,
    scope: &Reading,
    asked: &Asked<'_>,
    page: &PageArgs,
    with: (With, T::With),
    join: impl FnOnce(&mut Question),
) -> Result<Vec<(JointReview, T)>> {
    let mut question = Question::select::<(JointReview, T)>(ctx.store.backend(), with);
    question.words(" FROM (SELECT jr.* FROM (SELECT jr.*");
    conditions(&mut question, scope, asked);
    if let Some(after) = page.after {
        question
            .words(" AND (jr.planned_on, jr.id) > (")
            .bind(after.on)
            .words(", ")
            .bind(after.id)
            .words(")");
    }
    let most = format!(
        " ORDER BY jr.planned_on, jr.id LIMIT {}) AS jr",
        MAX_FIRST + 1
    );
    question
        .words(&most)
        .words(" ORDER BY jr.planned_on, jr.id LIMIT ")
        .bind(page.limit())
        .words(") AS jr");
    join(&mut question);
    question.words(" ORDER BY jr.planned_on, jr.id");
    question.placed(ctx.store.reader(), with).await
}

pub(super) async fn count(ctx: &Ctx, scope: &Reading, asked: &Asked<'_>) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let mut question = Question::new(ctx.store.backend(), "SELECT count(*) AS n");
    conditions(&mut question, scope, asked);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

fn conditions(question: &mut Question, scope: &Reading, asked: &Asked<'_>) {
    let filter = asked.filter;
    question.words(" FROM joint_reviews jr WHERE ");
    question.reaches_part(scope, "jr.organisation_id", "jr.relationship_id");
    if filter.mine {
        let mine = scope.professionals();
        question
            .words(" AND ")
            .reaches_part_of_cases(&mine, "jr.relationship_id");
    }
    // Written out and not bound: the partial indexes of open reviews serve nothing else.
    if filter.open_only || filter.is_overdue.is_some() || asked.due_to.is_some() {
        question.words(" AND jr.status = 'PLANNED'");
    } else {
        question.words(NO_ERROR);
    }
    let latest = [asked.due_to, filter.planned_to]
        .into_iter()
        .flatten()
        .min();
    if let Some(to) = latest {
        question.words(" AND jr.planned_on <= ").bind(to);
    }
    if let Some(from) = filter.planned_from {
        question.words(" AND jr.planned_on >= ").bind(from);
    }
    match filter.is_overdue {
        // A planned day lies in its window, so the index bounds what is looked at.
        Some(true) => question
            .words(" AND jr.planned_on < ")
            .bind(asked.today)
            .words(" AND jr.window_end_on < ")
            .bind(asked.today),
        Some(false) => question
            .words(" AND jr.window_end_on >= ")
            .bind(asked.today),
        None => question,
    };
    if let Some(organisation) = filter.organisation {
        question.words(" AND ");
        question.is_one_of("jr.organisation_id", &[organisation]);
    }
    if let Some(relationship) = filter.relationship {
        question.words(" AND ");
        question.is_one_of("jr.relationship_id", &[relationship]);
    }
}

pub(super) async fn for_ids(
    ctx: &Ctx,
    scope: &Reading,
    ids: &[JointReviewId],
    with: With,
) -> Result<Vec<JointReview>> {
    let mut question = Question::select::<JointReview>(ctx.store.backend(), with);
    question
        .words(" FROM joint_reviews jr WHERE ")
        .is_one_of("jr.id", ids)
        .words(" AND ")
        .reaches_part(scope, "jr.organisation_id", "jr.relationship_id");
    question.placed(ctx.store.reader(), with).await
}

pub(super) async fn open_for_relationships(
    ctx: &Ctx,
    scope: &Reading,
    of: &[SupportRelationshipId],
    with: With,
) -> Result<Vec<JointReview>> {
    let mut question = Question::select::<JointReview>(ctx.store.backend(), with);
    question
        .words(" FROM joint_reviews jr WHERE ")
        .is_one_of("jr.relationship_id", of)
        .words(" AND jr.status = 'PLANNED' AND ")
        .reaches_part(scope, "jr.organisation_id", "jr.relationship_id");
    question.placed(ctx.store.reader(), with).await
}

pub(super) async fn latest_for_relationships(
    ctx: &Ctx,
    scope: &Reading,
    of: &[SupportRelationshipId],
    n: u16,
    with: With,
) -> Result<Vec<JointReview>> {
    let mut question = Question::select::<JointReview>(ctx.store.backend(), with);
    question.of_each_relationship(ctx, scope, of, |question| {
        question
            .words_on(
                " CROSS JOIN LATERAL (SELECT jr.* FROM joint_reviews jr WHERE jr.relationship_id = w.id",
                " JOIN joint_reviews jr ON jr.id IN (SELECT jr.id FROM joint_reviews jr WHERE jr.relationship_id = w.id",
            )
            .words(NO_ERROR)
            .words(" ORDER BY jr.planned_on DESC, jr.id DESC LIMIT ")
            .bind(i64::from(n))
            .words_on(") jr", ")");
    });
    question.words(" ORDER BY jr.planned_on DESC, jr.id DESC");
    question.placed(ctx.store.reader(), with).await
}

/// A record with what the access log needs.
#[derive(FromQueryResult)]
pub(super) struct RecordRow {
    pub organisation_id: OrganisationId,
    pub relationship_id: SupportRelationshipId,
    #[sea_orm(nested)]
    pub record: JointReviewRecord,
}

/// `column` says what `of` names: reviews, or the records themselves.
pub(super) async fn records_for<T: Id + Ord>(
    ctx: &Ctx,
    scope: &Reading,
    column: &'static str,
    of: &[T],
) -> Result<Vec<RecordRow>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT jr.organisation_id, jr.relationship_id, e.id, e.joint_review_id, e.kind, e.held_on, e.professional_present,
           e.supported_present, e.support_person_present, e.channel, e.progress, e.outcome, e.settles_cycle,
           e.next_interval_months, e.not_held_reason, e.corrects_id, e.recorded_by, e.recorded_at, e.cancelled_at
         FROM joint_review_records e JOIN joint_reviews jr ON jr.id = e.joint_review_id WHERE ",
    );
    question
        .is_one_of(column, of)
        .words(" AND ")
        .reaches_part(scope, "jr.organisation_id", "jr.relationship_id")
        .words(" ORDER BY e.recorded_at, e.id");
    question.all(ctx.store.reader()).await
}

/// A review as an act needs it, with the relationship locked.
#[derive(FromQueryResult)]
pub(super) struct ForAct {
    pub id: JointReviewId,
    pub organisation_id: OrganisationId,
    pub relationship_id: SupportRelationshipId,
    pub status: JointReviewStatus,
    pub cancelled_reason: Option<ReviewCancelledReason>,
    pub first_meeting_on: Option<NaiveDate>,
    pub ended_on: Option<NaiveDate>,
    pub held_before_on: Option<NaiveDate>,
    pub held_after_on: Option<NaiveDate>,
}

const FOR_ACT: &str = "jr.id, jr.organisation_id, jr.relationship_id, jr.status, jr.cancelled_reason, r.first_meeting_on, r.ended_on,
    (SELECT max(o.held_on) FROM joint_reviews o WHERE o.relationship_id = jr.relationship_id AND o.cycle_no < jr.cycle_no)
      AS held_before_on,
    (SELECT min(o.held_on) FROM joint_reviews o WHERE o.relationship_id = jr.relationship_id AND o.cycle_no > jr.cycle_no)
      AS held_after_on";

/// The review that an act is about. The relationship is locked: what follows from its entries is worked out by one act
/// at a time.
pub(super) async fn load(
    act: &Act<'_>,
    scope: &Scope<RecordReviews>,
    review: JointReviewId,
) -> Result<ForAct> {
    let mut question = Question::new(act.ctx.store.backend(), "SELECT ");
    question
        .words(FOR_ACT)
        .words(
            " FROM joint_reviews jr JOIN support_relationships r ON r.id = jr.relationship_id WHERE jr.id = ",
        )
        .bind(review.uuid())
        .words(" AND ")
        .reaches_relationship(scope)
        .words_on(" FOR NO KEY UPDATE OF r", "");
    let found: Option<ForAct> = question.one(&act.tx).await?;
    found.ok_or_else(|| {
        act.ctx
            .refuse(scope, ObjectKind::SupportRelationship, review);
        Error::NotFound
    })
}

/// A record's place among the entries, which its correction takes.
#[derive(FromQueryResult)]
pub(super) struct Place {
    pub is_cancelled: bool,
    pub recorded_on: NaiveDate,
    pub place_id: JointReviewRecordId,
    pub placed_at: DateTime<Utc>,
}

pub(super) async fn load_of_record(
    act: &Act<'_>,
    scope: &Scope<RecordReviews>,
    record: JointReviewRecordId,
) -> Result<(ForAct, Place)> {
    #[derive(FromQueryResult)]
    struct Both {
        #[sea_orm(nested)]
        review: ForAct,
        #[sea_orm(nested)]
        place: Place,
    }
    let mut question = Question::new(act.ctx.store.backend(), "SELECT ");
    question
        .words(FOR_ACT)
        .words(
            ", e.cancelled_at IS NOT NULL AS is_cancelled, e.recorded_on,
               coalesce(e.corrects_id, e.id) AS place_id, coalesce(e.corrects_at, e.recorded_at) AS placed_at
             FROM joint_review_records e JOIN joint_reviews jr ON jr.id = e.joint_review_id
             JOIN support_relationships r ON r.id = jr.relationship_id WHERE e.id = ",
        )
        .bind(record.uuid())
        .words(" AND ")
        .reaches_relationship(scope)
        .words_on(" FOR NO KEY UPDATE OF r", "");
    let found: Option<Both> = question.one(&act.tx).await?;
    found.map(|both| (both.review, both.place)).ok_or_else(|| {
        act.ctx
            .refuse(scope, ObjectKind::SupportRelationship, record);
        Error::NotFound
    })
}

/// The review of a record that was changed before under the same key.
pub(super) async fn review_of(ctx: &Ctx, record: JointReviewRecordId) -> Result<JointReviewId> {
    #[derive(FromQueryResult)]
    struct Of {
        joint_review_id: JointReviewId,
    }
    static SQL: Sql = Sql::new("SELECT joint_review_id FROM joint_review_records WHERE id = $1");
    let of: Option<Of> = SQL.one(ctx.store.reader(), [record.uuid().into()]).await?;
    of.map(|of| of.joint_review_id).ok_or(Error::NotFound)
}

take_version!(pub(super) take_version, "joint_reviews", JointReviewId);

pub(super) async fn set_booked_for(
    db: &impl ConnectionTrait,
    review: JointReviewId,
    booked_for: Option<NaiveDate>,
) -> Result<()> {
    static SQL: Sql = Sql::new("UPDATE joint_reviews SET booked_for = $2 WHERE id = $1");
    SQL.run(db, [review.uuid().into(), booked_for.into()])
        .await?;
    Ok(())
}

pub(super) async fn cancel_record(act: &Act<'_>, record: JointReviewRecordId) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE joint_review_records SET cancelled_at = $2, cancelled_by = $3 WHERE id = $1 AND cancelled_at IS NULL",
    );
    let values: [Value; 3] = [
        record.uuid().into(),
        act.ctx.now.into(),
        act.ctx.actor()?.person.uuid().into(),
    ];
    SQL.run(&act.tx, values).await?;
    Ok(())
}

/// The columns of [`record_values`].
pub(super) const RECORD_COLUMNS: &str =
    "id, organisation_id, joint_review_id, recorded_on, recorded_by, recorded_at, corrects_id,
     corrects_at, kind, not_held_reason, held_on, professional_present, supported_present, support_person_present, channel,
     progress, outcome, settles_cycle, next_interval_months";

pub(super) async fn add_record(
    act: &Act<'_>,
    review: &ForAct,
    checked: &Checked,
    place: Option<&Place>,
) -> Result<()> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "INSERT INTO joint_review_records (",
    );
    question
        .words(RECORD_COLUMNS)
        .words(") VALUES (")
        .bind_all(record_values(act.ctx, review, checked, place)?)
        .words(")");
    question.run(&act.tx).await?;
    Ok(())
}

/// What is recorded of a review, as its row says it.
pub(super) fn record_values(
    ctx: &Ctx,
    review: &ForAct,
    checked: &Checked,
    place: Option<&Place>,
) -> Result<[Value; 19]> {
    let record = checked.held();
    let held = record.map(|it| &it.held);
    Ok([
        JointReviewRecordId::random().uuid().into(),
        review.organisation_id.uuid().into(),
        review.id.uuid().into(),
        place.map_or(ctx.today, |place| place.recorded_on).into(),
        ctx.actor()?.person.uuid().into(),
        ctx.now.into(),
        place.map(|place| place.place_id.uuid()).into(),
        place.map(|place| place.placed_at).into(),
        code(checked.kind()),
        checked.reason().map(|reason| reason.code()).into(),
        held.map(|it| it.held_on).into(),
        held.map(|it| it.professional_present).into(),
        held.map(|it| it.supported_present).into(),
        held.map(|it| it.support_person_present).into(),
        held.map(|it| it.channel.code()).into(),
        held.map(|it| it.progress.code()).into(),
        held.map(|it| it.outcome.code()).into(),
        record.map(|it| it.settles).into(),
        record.and_then(|it| it.next_interval_months).into(),
    ])
}
