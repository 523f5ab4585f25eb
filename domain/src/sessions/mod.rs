//! Signing in without a password: somebody asks for a link, it comes by mail, it is good for a quarter of an hour, once,
//! and in the browser that asked for it. What follows is a session, which its holder can see and end.
//!
//! Whoever asks learns nothing of whom the register knows: for an address that it does not know the same row is
//! written, and the same is answered. The mail is the outbox's ([`crate::notices`]), which makes the link's secret again
//! from the row and a key; of links, sessions and browsers the database holds hashes alone.

mod links;
mod queries;
pub mod rules;

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{PersonId, SessionId};
use sea_orm::FromQueryResult;

use crate::access::{self, Actor, ReadContacts, SignedInWith};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::{Ctx, Register};
use crate::error::{Error, Result};
use crate::tokens::AccessToken;

pub use links::{Ask, Asked, Link, SignedIn, ask, look_at, sign_in};

/// A browser that the actor is signed in with.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The kind of browser and system, as `Firefox, Android`; empty where unknown.
    pub label: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to a few minutes.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// One of the actor's own sessions, to be ended.
#[derive(Clone, Copy, Debug)]
pub struct SessionEnd {
    /// The session.
    pub id: SessionId,
}

/// Who is signed in by a session, in one statement; `None` where it is unknown or has ended. Now and then that it is in
/// use is written down, which is a second one.
pub async fn open(
    register: &Register,
    token: &AccessToken,
) -> Result<Option<(Actor, SignedInWith)>> {
    let now = register.clock.now();
    let found = access::sign_in_by_session(register, token, now - rules::IDLE_AT_MOST).await?;
    if let Some((_, with)) = &found
        && with.last_seen_at + rules::SEEN_EVERY <= now
    {
        queries::touch(register.store.writer(), with.session, now).await?;
    }
    Ok(found)
}

/// The actor's own sessions that have not ended, the newest first.
pub async fn own(ctx: &Ctx) -> Result<Vec<Session>> {
    let actor = ctx.actor()?.person;
    let idle_since = ctx.now - rules::IDLE_AT_MOST;
    queries::open_of(ctx.store.reader(), actor, ctx.now, idle_since).await
}

/// Ends one of the actor's own sessions; one that has ended already stays as it is.
///
/// Errors: `NotFound`.
pub async fn end(ctx: &Ctx, key: &IdempotencyKey, input: SessionEnd) -> Result<SessionId> {
    let scope = access::require::<ReadContacts>(ctx)?;
    let mut act = match ctx.begin("sessionEnd", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SessionId(done)),
    };
    if queries::end(&act.tx, scope.actor(), input.id, ctx.now).await? == 0 {
        ctx.refuse(&scope, ObjectKind::Person, input.id);
        return Err(Error::NotFound);
    }
    if let Some(organisation) = scope.any_organisations().first() {
        act.changed(&scope, *organisation, ObjectKind::Person, scope.actor());
    }
    act.done().await.map(SessionId)
}

/// Ends all of the actor's sessions but one: the one that asks.
pub async fn end_others(ctx: &Ctx, key: &IdempotencyKey, input: SessionEnd) -> Result<SessionId> {
    let scope = access::require::<ReadContacts>(ctx)?;
    let mut act = match ctx.begin("sessionsEndOthers", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SessionId(done)),
    };
    queries::end_others(&act.tx, scope.actor(), input.id, ctx.now).await?;
    if let Some(organisation) = scope.any_organisations().first() {
        act.changed(&scope, *organisation, ObjectKind::Person, scope.actor());
    }
    act.done().await.map(SessionId)
}

/// Signs out: the session ends. Needs no role and no key, since it must always work and may be done twice.
pub async fn sign_out(ctx: &Ctx, session: SessionId) -> Result<()> {
    let person: PersonId = ctx.actor()?.person;
    queries::end(ctx.store.writer(), person, session, ctx.now).await?;
    Ok(())
}
