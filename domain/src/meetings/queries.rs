//! What is asked about meetings, in SQL.

use rinnalla_entity::ids::{Id as _, MeetingId, OrganisationId, SupportRelationshipId};
use sea_orm::FromQueryResult;

use super::Meeting;
use crate::access::{ReadRelationships, Scope};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::PageArgs;
use crate::reach::Question;
use crate::sql::columns;

type Reading = Scope<ReadRelationships>;

columns!(
    Meeting with ():
    id = "m.id",
    organisation_id = "m.organisation_id",
    relationship_id = "m.relationship_id",
    met_on = "m.met_on",
    minutes = "m.minutes",
    activity = "m.activity",
    channel = "m.channel",
    version = "m.version",
    replaces_id = "m.replaces_id",
    recorded_by = "m.recorded_by",
    recorded_at = "m.recorded_at",
    cancelled_at = "m.cancelled_at"
);

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Reading,
    of: SupportRelationshipId,
    page: &PageArgs,
) -> Result<Vec<Meeting>> {
    let mut question = Question::select::<Meeting>(ctx.store.backend(), ());
    question
        .words(" FROM meetings m JOIN support_relationships r ON r.id = m.relationship_id WHERE m.relationship_id = ")
        .bind(of.uuid())
        .words(" AND m.cancelled_at IS NULL AND ")
        .reaches_relationship(scope);
    if let Some(after) = page.after {
        question
            .words(" AND (m.met_on, m.id) < (")
            .bind(after.on)
            .words(", ")
            .bind(after.id)
            .words(")");
    }
    question
        .words(" ORDER BY m.met_on DESC, m.id DESC LIMIT ")
        .bind(page.limit());
    question.placed(ctx.store.reader(), ()).await
}

pub(super) async fn find(ctx: &Ctx, scope: &Reading, id: MeetingId) -> Result<Option<Meeting>> {
    let mut question = Question::select::<Meeting>(ctx.store.backend(), ());
    question
        .words(" FROM meetings m JOIN support_relationships r ON r.id = m.relationship_id WHERE m.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .reaches_relationship(scope);
    Ok(question.placed(ctx.store.reader(), ()).await?.pop())
}

pub(super) async fn latest_for_relationships(
    ctx: &Ctx,
    scope: &Reading,
    of: &[SupportRelationshipId],
    n: u16,
) -> Result<Vec<Meeting>> {
    let mut question = Question::select::<Meeting>(ctx.store.backend(), ());
    question.of_each_relationship(ctx, scope, of, |question| {
        question
            .words_on(
                " CROSS JOIN LATERAL (SELECT m.* FROM meetings m WHERE m.relationship_id = w.id",
                " JOIN meetings m ON m.id IN (SELECT m.id FROM meetings m WHERE m.relationship_id = w.id",
            )
            .words(" AND m.cancelled_at IS NULL ORDER BY m.met_on DESC, m.id DESC LIMIT ")
            .bind(i64::from(n))
            .words_on(") m", ")");
    });
    question.words(" ORDER BY m.met_on DESC, m.id DESC");
    question.placed(ctx.store.reader(), ()).await
}

#[derive(FromQueryResult)]
pub(super) struct TotalsRow {
    pub organisation_id: OrganisationId,
    pub relationship_id: SupportRelationshipId,
    pub meetings: i64,
    pub minutes: i64,
}

pub(super) async fn totals_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[SupportRelationshipId],
) -> Result<Vec<TotalsRow>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT r.organisation_id, m.relationship_id, count(*) AS meetings, sum(m.minutes) AS minutes
         FROM meetings m JOIN support_relationships r ON r.id = m.relationship_id WHERE ",
    );
    question
        .is_one_of("m.relationship_id", of)
        .words(" AND m.cancelled_at IS NULL AND ")
        .reaches_relationship(scope)
        .words(" GROUP BY r.organisation_id, m.relationship_id");
    question.all(ctx.store.reader()).await
}
