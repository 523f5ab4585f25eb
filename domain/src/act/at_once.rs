//! An act that is one write: on PostgreSQL one statement, which writes the rows, the key, the log and the news, or nothing.
//!
//! Meetings and reviews are recorded most by far, and step by step that costs seven and twelve round trips. Where nothing was
//! written, because a rule forbids it or the key was used before, nothing else was either; the act is then done step by
//! step, which finds out why.

use rinnalla_entity::ids::{AccessLogId, Id, OrganisationId};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::{ChangeKind, IdempotencyKey};
use crate::access::{Permission, Scope};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::sql;

/// The act, and the kind of what it changes.
pub(crate) struct AtOnce {
    /// Its name, as the log and the key keep it.
    pub name: &'static str,
    /// What it changes, for the log.
    pub object: ObjectKind,
    /// What it changes, for listening dashboards.
    pub change: ChangeKind,
}

#[derive(FromQueryResult)]
struct Written {
    organisation_id: OrganisationId,
    object_id: Uuid,
}

impl AtOnce {
    /// Does the act. `write` is an INSERT or UPDATE that returns `organisation_id` and, as `object_id`, what is changed; more may
    /// follow it, `), name AS (` between, which reads from `written`. `id` is the act's object, as at [`Ctx::begin`].
    ///
    /// `None` where it has to be done step by step: nothing was written, or this is SQLite.
    pub(crate) async fn run<P: Permission>(
        &self,
        ctx: &Ctx,
        scope: &Scope<P>,
        key: &IdempotencyKey,
        id: impl Id,
        write: impl FnOnce(&mut Question),
    ) -> Result<Option<OrganisationId>> {
        if !ctx.store.is_postgres() {
            return Ok(None);
        }
        let (key, input_hash) = ctx.checked(key)?;
        let (actor, on) = (ctx.actor()?.person, ctx.store.backend());
        let mut question = Question::new(on, "WITH written AS (");
        write(&mut question);
        question.words("), key AS (INSERT INTO idempotency_keys (actor_id, idempotency_key, act, input_hash, object_id, created_at) SELECT ");
        let kept: [Value; 6] = [
            actor.0.into(),
            key.into(),
            self.name.into(),
            input_hash.into(),
            id.uuid().into(),
            ctx.now.into(),
        ];
        let entry = AccessLogId::random().0;
        question
            .bind_all(kept)
            .words(
                " FROM written), entry AS (INSERT INTO access_log (id, request_id, person_id, purpose, at, organisation_id, grant_id)
                 SELECT ",
            );
        let head: [Value; 5] = [
            entry.into(),
            ctx.request.0.into(),
            actor.0.into(),
            self.name.into(),
            ctx.now.into(),
        ];
        let (organisations, grants): (Vec<_>, Vec<_>) = scope.grants_in().unzip();
        question
            .bind_all(head)
            .words(
                ", w.organisation_id, (SELECT g.id FROM unnest(",
            )
            .bind(sql::ids(on, organisations))
            .words("::uuid[], ")
            .bind(sql::ids(on, grants))
            .words(
                "::uuid[]) WITH ORDINALITY AS g (organisation_id, id, n)
                   ORDER BY g.organisation_id <> w.organisation_id, g.n LIMIT 1)
                 FROM written w), changed AS (INSERT INTO access_log_objects (act, entry_id, object_kind, object_id) SELECT 'WRITE', ",
            );
        question
            .bind_all([entry.into(), self.object.code().into()])
            .words(
                ", w.object_id FROM written w), news AS (INSERT INTO changes (kind, organisation_id, object_id, at_ms) SELECT ",
            )
            .bind(self.change.code())
            .words(", w.organisation_id, w.object_id, ")
            .words(sql::NOW_MS_ON_POSTGRES)
            .words(" FROM written w) SELECT organisation_id, object_id FROM written");
        let written: Result<Option<Written>> = question.one(ctx.store.writer()).await;
        match written {
            Ok(None) => Ok(None),
            Ok(Some(written)) => {
                ctx.reached.clear();
                let mut changed = ctx.changed.lock().unwrap_or_else(|e| e.into_inner());
                changed.insert((written.organisation_id, written.object_id));
                Ok(Some(written.organisation_id))
            }
            // Whether it was done is not known; the key tells at the next try.
            Err(Error::Unavailable) => Err(Error::Unavailable),
            Err(_) => Ok(None),
        }
    }
}
