//! Acts that are one write: on PostgreSQL one statement, which writes the rows, the key, the log and the news; of each act all
//! of these or nothing.
//!
//! Meetings and reviews are recorded most by far, and step by step that costs seven and twelve round trips. Acts of the same
//! kind that come at the same time share the statement, as its rows ([`Question::as_one`]), so that many cost little more
//! than one. What somebody else holds is passed over. Where nothing was written of an act, because a rule forbids it, something
//! is held or the key was used before, it is then done step by step, which waits and finds out why.

use std::collections::{BTreeMap, HashMap, HashSet};

use rinnalla_entity::ids::{AccessLogId, Id, OrganisationId};
use sea_orm::{ConnectionTrait as _, QueryResult, Statement, Value};
use uuid::Uuid;

use super::{ChangeKind, IdempotencyKey};
use crate::access::{Permission, Scope};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::sql;
use crate::store::Store;
use crate::together::Together;

/// How long a statement waits for what somebody else holds and cannot be passed over, as a key that another process is writing.
/// Then all in it are done step by step, each waiting for itself. It is far less than PostgreSQL takes to look for a deadlock.
/// Our own choice.
const WAITS: &str = "100ms";

/// The act, and the kind of what it changes.
pub(crate) struct AtOnce {
    /// Its name, as the log and the key keep it.
    pub name: &'static str,
    /// What it changes, for the log.
    pub object: ObjectKind,
    /// What it changes, for listening dashboards.
    pub change: ChangeKind,
}

/// Acts on their way to the database.
pub(crate) type Acts = Together<Asked, Came>;

/// An act that waits for its write.
pub(crate) struct Asked {
    /// The statement, whose words are the same for all that are written together.
    write: Question,
    /// The act's object.
    id: Uuid,
    /// What it must be alone with in a statement.
    subject: Uuid,
    /// The actor and the key, alone too.
    key: (Uuid, String),
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Came {
    /// It was written, of this organisation.
    Written(OrganisationId),
    /// Nothing was.
    Nothing,
    /// That is not known.
    Unknown,
}

impl AtOnce {
    /// Does the act. `write` is an INSERT or UPDATE from `asked a`, which returns `of`, the act's object `id` as at [`Ctx::begin`],
    /// with `organisation_id` and, as `object_id`, what is changed. `follows` adds what else is written, each as `name AS (…), `,
    /// from `done a`: the same rows, with what was returned. Of `subject` no more than one is written at a time.
    ///
    /// `None` where it has to be done step by step: nothing was written, or this is SQLite.
    pub(crate) async fn run<P: Permission>(
        &self,
        ctx: &Ctx,
        scope: &Scope<P>,
        key: &IdempotencyKey,
        (id, subject): (impl Id, impl Id),
        write: impl FnOnce(&mut Question),
        follows: impl FnOnce(&mut Question),
    ) -> Result<Option<OrganisationId>> {
        if !ctx.store.is_postgres() {
            return Ok(None);
        }
        let (key, input_hash) = ctx.checked(key)?;
        let actor = ctx.actor()?.person;
        let kept: [Value; 6] = [
            actor.0.into(),
            key.clone().into(),
            self.name.into(),
            input_hash.into(),
            id.uuid().into(),
            ctx.now.into(),
        ];
        let mut question = Question::of_many(ctx.store.backend());
        question
            .words(" WHERE (SELECT set_config('lock_timeout', '")
            .words(WAITS)
            .words("', true)) IS NOT NULL AND (SELECT k.actor_id FROM idempotency_keys k WHERE k.actor_id = ")
            .bind(actor.0)
            .words(" AND k.idempotency_key = ")
            .bind(key.clone())
            // As `NOT EXISTS`, PostgreSQL would join all keys to the acts where it takes them for few, and that plan is kept.
            .words(") IS NULL), written AS (");
        write(&mut question);
        question
            .words("), done AS (SELECT a.*, w.organisation_id, w.object_id FROM written w JOIN asked a ON w.of = ")
            .bind(id.uuid())
            .words("), ");
        follows(&mut question);
        question
            .words("kept AS (INSERT INTO idempotency_keys (actor_id, idempotency_key, act, input_hash, object_id, created_at) SELECT ")
            .bind_all(kept)
            .words(" FROM done a), ");
        self.log_and_tell(&mut question, ctx, scope, actor.0);
        if !question.is_row() {
            return Ok(None);
        }
        let asked = Asked {
            write: question,
            id: id.uuid(),
            subject: subject.uuid(),
            key: (actor.0, key),
        };
        let store = ctx.store.clone();
        let came = ctx.store.at_once().join(asked, move |all| {
            let store = store.clone();
            async move { write_all(&store, &all).await }
        });
        match came.await {
            Some(Came::Nothing) => Ok(None),
            Some(Came::Written(organisation)) => {
                ctx.reached.clear();
                let mut changed = ctx.changed.lock().unwrap_or_else(|e| e.into_inner());
                changed.insert((organisation, subject.uuid()));
                Ok(Some(organisation))
            }
            // The key tells at the next try.
            Some(Came::Unknown) | None => Err(Error::Unavailable),
        }
    }

    fn log_and_tell<P: Permission>(
        &self,
        question: &mut Question,
        ctx: &Ctx,
        scope: &Scope<P>,
        actor: Uuid,
    ) {
        let on = ctx.store.backend();
        let entry = AccessLogId::random().0;
        let head: [Value; 5] = [
            entry.into(),
            ctx.request.0.into(),
            actor.into(),
            self.name.into(),
            ctx.now.into(),
        ];
        let (organisations, grants): (Vec<_>, Vec<_>) = scope.grants_in().unzip();
        question
            .words("entry AS (INSERT INTO access_log (id, request_id, person_id, purpose, at, organisation_id, grant_id) SELECT ")
            .bind_all(head)
            .words(", a.organisation_id, (SELECT g.id FROM unnest(")
            .bind(sql::ids(on, organisations))
            .words(", ")
            .bind(sql::ids(on, grants))
            .words(
                ") WITH ORDINALITY AS g (organisation_id, id, n) ORDER BY g.organisation_id <> a.organisation_id, g.n LIMIT 1)
                 FROM done a), changed AS (INSERT INTO access_log_objects (act, entry_id, object_kind, object_id) SELECT 'WRITE', ",
            )
            .bind_all([entry.into(), self.object.code().into()])
            .words(", a.object_id FROM done a), news AS (INSERT INTO changes (kind, organisation_id, object_id, at_ms) SELECT ")
            .bind(self.change.code())
            .words(", a.organisation_id, a.object_id, ")
            .words(sql::NOW_MS_ON_POSTGRES)
            .words(" FROM done a) SELECT of, organisation_id FROM written");
    }
}

async fn write_all(store: &Store, asked: &[Asked]) -> Vec<Came> {
    let mut came = vec![Came::Nothing; asked.len()];
    for alike in alike(asked) {
        let all = alike.iter().map(|n| &asked[*n].write);
        let Some(statement) = Question::as_one(all, "", "") else {
            continue;
        };
        let written = written(store, statement).await;
        for n in alike {
            came[n] = match &written {
                Ok(written) => written
                    .get(&asked[n].id)
                    .map_or(Came::Nothing, |organisation| Came::Written(*organisation)),
                Err(Error::Unavailable) => Came::Unknown,
                Err(_) => Came::Nothing,
            };
        }
    }
    came
}

/// The objects of the acts that were written, and the organisation of each.
async fn written(store: &Store, statement: Statement) -> Result<HashMap<Uuid, OrganisationId>> {
    let rows = store.writer().query_all_raw(statement).await?;
    let read =
        |row: &QueryResult| Ok((row.try_get("", "of")?, row.try_get("", "organisation_id")?));
    rows.iter().map(read).collect()
}

/// Those that can be written together. Who comes second to a subject, or with a key, is left out.
fn alike(asked: &[Asked]) -> impl Iterator<Item = Vec<usize>> {
    let (mut subjects, mut keys) = (HashSet::new(), HashSet::new());
    let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, one) in asked.iter().enumerate() {
        if subjects.insert(one.subject) && keys.insert(&one.key) {
            alike.entry(one.write.text()).or_default().push(n);
        }
    }
    alike.into_values()
}
