//! Access tokens: what a person's programs sign in with. The register keeps only a hash; each has an end, and its holder
//! can revoke it at any time.

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::AccessTokenId;
use sea_orm::{FromQueryResult, Value};

use crate::access::{self, ReadContacts};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::sql::Sql;

/// An access token, without what makes it one.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Token {
    /// Its id.
    pub id: AccessTokenId,
    /// What its holder calls it.
    pub label: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A token to revoke.
#[derive(Clone, Debug)]
pub struct TokenRevoke {
    /// The token.
    pub id: AccessTokenId,
}

/// The actor's own tokens, the newest first, revoked ones too.
pub async fn own_tokens(ctx: &Ctx) -> Result<Vec<Token>> {
    static SQL: Sql = Sql::new(
        "SELECT id, label, created_at, expires_at, revoked_at FROM access_tokens
         WHERE person_id = $1 ORDER BY id DESC LIMIT 100",
    );
    let actor = ctx.actor()?.person;
    SQL.all(ctx.store.reader(), [actor.0.into()]).await
}

/// Revokes one of the actor's own tokens; one that is revoked already stays as it is.
///
/// Errors: `NotFound`.
pub async fn revoke_own_token(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: TokenRevoke,
) -> Result<AccessTokenId> {
    static SQL: Sql = Sql::new(
        "UPDATE access_tokens SET revoked_at = coalesce(revoked_at, $3) WHERE id = $1 AND person_id = $2",
    );
    let scope = access::require::<ReadContacts>(ctx)?;
    let mut act = match ctx.begin("accessTokenRevoke", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(AccessTokenId(done)),
    };
    let values: [Value; 3] = [input.id.0.into(), scope.actor().0.into(), ctx.now.into()];
    if SQL.run(&act.tx, values).await? == 0 {
        ctx.refuse(&scope, ObjectKind::Person, input.id);
        return Err(Error::NotFound);
    }
    if let Some(organisation) = scope.any_organisations().first() {
        act.changed(&scope, *organisation, ObjectKind::Person, scope.actor());
    }
    act.done().await.map(AccessTokenId)
}
