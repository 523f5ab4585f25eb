//! The SQL of the supervision log: each statement reaches what its scope does.

mod acting;
mod attended;
mod coverage;
mod own;
mod requests;

use rinnalla_entity::ids::Id as _;
use rinnalla_entity::ids::SupervisionSessionId;
use sea_orm::FromQueryResult;

use super::{Filter, Invitation, Presence, SupervisionSession};
use crate::access::{Permission, Scope, Supervise};
use crate::act::code;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{Cursor, PageArgs};
use crate::reach::Question;

pub(super) use acting::*;
pub(super) use attended::*;
pub(super) use coverage::*;
pub(super) use own::*;
pub(super) use requests::*;

type Supervising = Scope<Supervise>;

pub(super) use crate::people::peers_on;

/// Whether one of the providers `$by` supervises the association `$of` on the day `$on`.
macro_rules! supervised_by {
    ($of:literal, $by:literal, $on:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM partnerships pa WHERE pa.kind = 'SUPERVISES' AND pa.organisation_id = ",
            $of,
            " AND pa.partner_id = ANY_ID(",
            $by,
            ") AND pa.valid_from <= ",
            $on,
            " AND (pa.valid_to IS NULL OR pa.valid_to >= ",
            $on,
            "))"
        )
    };
}
pub(super) use supervised_by;

impl Question {
    /// The rows of `supervision_sessions AS x` that the scope reaches: those that the actor holds, for themselves or for
    /// another, in an organisation in which they do.
    fn reaches_session<P: Permission>(&mut self, scope: &Scope<P>) -> &mut Self {
        let supervisors = scope.supervisors();
        self.words("(")
            .is_one_of("x.supervisor_id", &supervisors)
            .words(" OR ")
            .is_one_of("x.substitute_id", &supervisors)
            .words(") AND ")
            .is_one_of("x.provider_id", &scope.providers())
    }

    /// After a row of a list that is sorted by the days of `x`, the latest first.
    fn after_day(&mut self, after: Option<Cursor>) -> &mut Self {
        match after {
            None => self,
            Some(after) => self
                .words(" AND (x.on_date, x.id) < (")
                .bind(after.on)
                .words(", ")
                .bind(after.id)
                .words(")"),
        }
    }
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

const SESSIONS: &str =
    "SELECT x.id, x.organisation_id, o.name AS organisation_name, x.provider_id, x.supervisor_id,
    x.substitute_id, x.on_date, x.starts_at, x.minutes, x.held_minutes, x.form, x.status, x.version
    FROM supervision_sessions x JOIN organisations o ON o.id = x.organisation_id WHERE ";

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Supervising,
    filter: &Filter,
    page: &PageArgs,
) -> Result<Vec<SupervisionSession>> {
    let mut question = Question::new(ctx.store.backend(), SESSIONS);
    which(&mut question, scope, filter);
    question
        .after_day(page.after)
        .words(" ORDER BY x.on_date DESC, x.id DESC LIMIT ")
        .bind(page.limit());
    question.all(ctx.store.reader()).await
}

pub(super) async fn count(ctx: &Ctx, scope: &Supervising, filter: &Filter) -> Result<u64> {
    let select = "SELECT count(*) AS n FROM supervision_sessions x WHERE ";
    let mut question = Question::new(ctx.store.backend(), select);
    which(&mut question, scope, filter);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

fn which(question: &mut Question, scope: &Supervising, filter: &Filter) {
    question.reaches_session(scope);
    if let Some(organisation) = filter.organisation {
        question
            .words(" AND ")
            .is_one_of("x.organisation_id", &[organisation]);
    }
    if let Some(status) = filter.status {
        question.words(" AND x.status = ").bind(code(status));
    }
    if let Some(from) = filter.from {
        question.words(" AND x.on_date >= ").bind(from);
    }
    if let Some(to) = filter.to {
        question.words(" AND x.on_date <= ").bind(to);
    }
}

pub(super) async fn find(
    ctx: &Ctx,
    scope: &Supervising,
    id: SupervisionSessionId,
) -> Result<Option<SupervisionSession>> {
    let mut question = Question::new(ctx.store.backend(), SESSIONS);
    question
        .words("x.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .reaches_session(scope);
    question.one(ctx.store.reader()).await
}

/// What hangs below sessions: a statement that joins `supervision_sessions AS x`, and its order.
async fn below<T: FromQueryResult>(
    ctx: &Ctx,
    scope: &Supervising,
    (select, and, order): (&str, &str, &str),
    of: &[SupervisionSessionId],
) -> Result<Vec<T>> {
    let mut question = Question::new(ctx.store.backend(), select);
    question
        .words(" WHERE ")
        .is_one_of("x.id", of)
        .words(and)
        .words(" AND ")
        .reaches_session(scope)
        .words(order);
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
pub(super) struct Theme {
    pub session_id: SupervisionSessionId,
    pub code: String,
}

pub(super) async fn themes_for(
    ctx: &Ctx,
    scope: &Supervising,
    of: &[SupervisionSessionId],
) -> Result<Vec<Theme>> {
    let select = "SELECT t.session_id, t.code FROM supervision_themes t
        JOIN supervision_sessions x ON x.id = t.session_id";
    below(ctx, scope, (select, "", " ORDER BY t.code"), of).await
}

pub(super) async fn invitations_for(
    ctx: &Ctx,
    scope: &Supervising,
    of: &[SupervisionSessionId],
) -> Result<Vec<Invitation>> {
    let select = "SELECT i.id, i.session_id, i.person_id, i.answer, i.answered_at FROM supervision_invitations i
        JOIN supervision_sessions x ON x.id = i.session_id";
    let and = " AND i.withdrawn_at IS NULL";
    below(ctx, scope, (select, and, " ORDER BY i.id"), of).await
}

pub(super) async fn presences_for(
    ctx: &Ctx,
    scope: &Supervising,
    of: &[SupervisionSessionId],
) -> Result<Vec<Presence>> {
    let select = "SELECT a.session_id, a.person_id, a.status FROM supervision_attendances a
        JOIN supervision_sessions x ON x.id = a.session_id";
    let and = " AND a.cancelled_at IS NULL";
    below(ctx, scope, (select, and, " ORDER BY a.person_id"), of).await
}

/// A text with its key, as it is stored.
#[derive(FromQueryResult)]
pub(super) struct SealedText {
    pub session_id: SupervisionSessionId,
    pub text_sealed: Vec<u8>,
    pub data_key_sealed: Vec<u8>,
    pub written_at: chrono::DateTime<chrono::Utc>,
}

/// The texts that the actor wrote: no substitute's reach goes so far.
pub(super) async fn texts_for(
    ctx: &Ctx,
    scope: &Supervising,
    of: &[SupervisionSessionId],
) -> Result<Vec<SealedText>> {
    let select = "SELECT t.session_id, t.text_sealed, t.data_key_sealed, t.written_at FROM supervision_texts t
        JOIN supervision_sessions x ON x.id = t.session_id
        JOIN supervision_settings k ON k.organisation_id = x.provider_id AND k.keeps_texts";
    let mut question = Question::new(ctx.store.backend(), select);
    question
        .words(" WHERE t.written_by = ")
        .bind(scope.actor().uuid())
        .words(" AND ")
        .is_one_of("x.id", of)
        .words(" AND ")
        .reaches_session(scope);
    question.all(ctx.store.reader()).await
}
