//! The SQL of what the association is told. It reads neither themes, nor texts, nor invitations, nor requests.

use chrono::NaiveDate;
use rinnalla_entity::ids::{OrganisationId, SupervisionSessionId};
use sea_orm::Value;

use super::{Count, peers_on};
use crate::access::{ReadSupervisionAttendance, Scope};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::PageArgs;
use crate::reach::Question;
use crate::sql::{self, Sql};
use crate::supervision_sessions::{Attended, AttendedFilter, Figures, Presence};

type Coordinating = Scope<ReadSupervisionAttendance>;

pub(in crate::supervision_sessions) async fn attended(
    ctx: &Ctx,
    scope: &Coordinating,
    filter: AttendedFilter,
    page: &PageArgs,
) -> Result<Vec<Attended>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT x.id, x.organisation_id, o.name AS provider_name, x.on_date, x.starts_at,
           coalesce(x.held_minutes, x.minutes) AS minutes, x.form, x.status
         FROM supervision_sessions x JOIN organisations o ON o.id = x.provider_id WHERE ",
    );
    which(&mut question, scope, filter);
    question
        .after_day(page.after)
        .words(" ORDER BY x.on_date DESC, x.id DESC LIMIT ")
        .bind(page.limit());
    question.all(ctx.store.reader()).await
}

pub(in crate::supervision_sessions) async fn count_attended(
    ctx: &Ctx,
    scope: &Coordinating,
    filter: AttendedFilter,
) -> Result<u64> {
    let select = "SELECT count(*) AS n FROM supervision_sessions x WHERE ";
    let mut question = Question::new(ctx.store.backend(), select);
    which(&mut question, scope, filter);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

fn which(question: &mut Question, scope: &Coordinating, filter: AttendedFilter) {
    question
        .is_one_of("x.organisation_id", &[filter.organisation])
        .words(" AND ")
        .is_one_of("x.organisation_id", &scope.organisations());
    if let Some(from) = filter.from {
        question.words(" AND x.on_date >= ").bind(from);
    }
    if let Some(to) = filter.to {
        question.words(" AND x.on_date <= ").bind(to);
    }
}

pub(in crate::supervision_sessions) async fn attended_by(
    ctx: &Ctx,
    scope: &Coordinating,
    of: &[SupervisionSessionId],
) -> Result<Vec<Presence>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT a.session_id, a.person_id, a.status FROM supervision_attendances a
         JOIN supervision_sessions x ON x.id = a.session_id WHERE a.cancelled_at IS NULL AND ",
    );
    question
        .is_one_of("x.id", of)
        .words(" AND ")
        .is_one_of("x.organisation_id", &scope.organisations())
        .words(" ORDER BY a.person_id");
    question.all(ctx.store.reader()).await
}

pub(in crate::supervision_sessions) async fn figures(
    ctx: &Ctx,
    scope: &Coordinating,
    of: OrganisationId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Figures> {
    static SQL: Sql = Sql::new(concat!(
        "WITH held AS (SELECT x.id, x.form, x.held_minutes FROM supervision_sessions x
           WHERE x.organisation_id = $1 AND x.organisation_id = ANY_ID($2) AND x.status = 'HELD'
             AND x.on_date >= $3 AND x.on_date <= $4),
         there AS (SELECT a.person_id, h.held_minutes FROM held h JOIN supervision_attendances a
           ON a.session_id = h.id AND a.cancelled_at IS NULL AND a.status = 'ATTENDED'),
         peers AS (SELECT w.person_id FROM (",
        peers_on!("$1", "$4"),
        ") w WHERE $1 = ANY_ID($2))
         SELECT (SELECT count(*) FROM peers) AS peers,
           (SELECT count(*) FROM peers p WHERE EXISTS (SELECT 1 FROM there t WHERE t.person_id = p.person_id)) AS supervised,
           count(*) AS sessions, coalesce(sum(h.held_minutes), 0) AS minutes,
           (SELECT coalesce(sum(t.held_minutes), 0) FROM there t) AS attended_minutes,
           count(CASE WHEN h.form = 'GROUP' THEN 1 END) AS in_groups,
           count(CASE WHEN h.form = 'INDIVIDUAL' THEN 1 END) AS individual,
           count(CASE WHEN h.form = 'REMOTE' THEN 1 END) AS remote
         FROM held h"
    ));
    let own = sql::ids(ctx.store.backend(), scope.organisations());
    let values: [Value; 4] = [of.0.into(), own, from.into(), to.into()];
    let figures: Option<Figures> = SQL.one(ctx.store.reader(), values).await?;
    Ok(figures.unwrap_or_default())
}
