//! Signing in: whose the token or the session is, and every role of today.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{OrganisationId, PersonId, RoleGrantId, SessionId};
use sea_orm::{FromQueryResult, Value};

use super::remembered::{Known, Rights};
use super::{Actor, Grant, Role};
use crate::audit;
use crate::calendar::helsinki_date;
use crate::ctx::Register;
use crate::error::{Error, Result};
use crate::sql::{self, Sql};
use crate::texts::Language;
use crate::together::Together;
use crate::tokens::{AccessToken, TokenHash};

#[derive(FromQueryResult)]
struct SignIn {
    person_id: PersonId,
    language: String,
    grant_id: Option<RoleGrantId>,
    holder_id: Option<PersonId>,
    organisation_id: Option<OrganisationId>,
    role: Option<Role>,
}

/// People with every own and lent grant of today (`$2`). Each way to a grant is a look-up of its own: joined by an OR,
/// all grants of the register were read at every sign-in.
macro_rules! with_grants {
    ($from:literal, $condition:literal) => {
        with_grants!($from, $condition, "", "")
    };
    ($from:literal, $condition:literal, $more:literal, $shown:literal) => {
        concat!(
            "WITH me AS (SELECT p.id, p.language",
            $more,
            " FROM ",
            $from,
            " WHERE p.is_active AND ",
            $condition,
            "), held AS (
               SELECT me.id AS of, g.id, g.person_id, g.organisation_id, g.role
               FROM me JOIN role_grants g ON g.person_id = me.id
               WHERE g.cancelled_at IS NULL AND g.valid_from <= $2 AND (g.valid_to IS NULL OR g.valid_to >= $2)
               UNION
               -- of those who are away, the roles that carry daily work, where the substitute has them too
               SELECT me.id, g.id, g.person_id, g.organisation_id, g.role
               FROM me JOIN absences a ON a.substitute_id = me.id AND a.cancelled_at IS NULL AND a.from_on <= $2 AND a.to_on >= $2
               JOIN role_grants g ON g.person_id = a.person_id AND g.organisation_id = a.organisation_id
               JOIN role_grants o ON o.person_id = me.id AND o.organisation_id = g.organisation_id AND o.role = g.role
               WHERE g.role IN ('PROFESSIONAL', 'COORDINATOR')
                 AND g.cancelled_at IS NULL AND g.valid_from <= $2 AND (g.valid_to IS NULL OR g.valid_to >= $2)
                 AND o.cancelled_at IS NULL AND o.valid_from <= $2 AND (o.valid_to IS NULL OR o.valid_to >= $2)
             )
             SELECT me.id AS person_id, me.language, held.id AS grant_id, held.person_id AS holder_id,
               held.organisation_id, held.role",
            $shown,
            " FROM me LEFT JOIN held ON held.of = me.id ORDER BY held.id"
        )
    };
}

/// Tokens that are signed in with at the same time, and who each is.
pub(crate) type SignIns = Together<TokenHash, Result<Option<Known>>>;

/// Whom this process remembers by an access token. The memory may not hold any more: a question that is answered by it goes
/// out only after [`audit::write_seen`] has looked.
pub fn remembered(register: &Register, token: &AccessToken) -> Option<Known> {
    let now = register.clock.now();
    let remembered = register.store.remembered();
    remembered.find(&token.hash(), helsinki_date(now), now)
}

/// Signs in by an access token: the person with every own and lent grant of today. One statement: where the bearer is
/// remembered, whether that still holds; else who it is. `None` for a token that is unknown, revoked or past its end, and
/// for somebody who may not sign in any more.
pub async fn sign_in(register: &Register, token: &AccessToken) -> Result<Option<Actor>> {
    if let Some(known) = remembered(register, token)
        && audit::still_holds(&register.store, known.rights).await?
    {
        return Ok(Some(known.actor));
    }
    let (on, hash) = (register.clone(), token.hash());
    let signed_in = register.store.sign_ins().join(hash, move |tokens| {
        let on = on.clone();
        async move {
            match by_tokens(&on, &tokens).await {
                // One bearer may come several times at once.
                Ok(known) => tokens.iter().map(|it| Ok(known.get(it).cloned())).collect(),
                Err(fault) => tokens.iter().map(|_| Err(again(&fault))).collect(),
            }
        }
    });
    let known = signed_in.await.unwrap_or(Err(Error::Unavailable))?;
    register.store.remembered().keep(hash, known.as_ref());
    Ok(known.map(|known| known.actor))
}

/// The same fault for everybody who signed in together.
fn again(fault: &Error) -> Error {
    match fault {
        Error::Unavailable => Error::Unavailable,
        other => Error::internal(format!("nobody could be signed in: {other}")),
    }
}

async fn by_tokens(register: &Register, tokens: &[TokenHash]) -> Result<HashMap<TokenHash, Known>> {
    static SQL: Sql = Sql::new(with_grants!(
        "access_tokens t JOIN people p ON p.id = t.person_id",
        "t.token_hash = ANY_ID($1) AND t.revoked_at IS NULL AND t.expires_at > $3 AND p.erased_at IS NULL",
        ", t.token_hash, t.expires_at",
        ", me.token_hash, me.expires_at, (SELECT version FROM rights) AS rights"
    ));
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        who: SignIn,
        token_hash: Vec<u8>,
        expires_at: DateTime<Utc>,
        rights: Rights,
    }
    // Where changes are written: a replica may not know yet that a token was revoked.
    let db = register.store.writer();
    let now: DateTime<Utc> = register.clock.now();
    let on = helsinki_date(now);
    let values: [Value; 3] = [
        sql::bytes(
            db.get_database_backend(),
            tokens.iter().map(|token| token.as_bytes().to_vec()),
        ),
        on.into(),
        now.into(),
    ];
    let rows: Vec<Row> = SQL.all(db, values).await?;
    let mut by_token: HashMap<Vec<u8>, Vec<Row>> = HashMap::new();
    for row in rows {
        by_token
            .entry(row.token_hash.clone())
            .or_default()
            .push(row);
    }
    let known = |token: &TokenHash| {
        let rows = by_token.remove(&token.as_bytes()[..])?;
        let (until, rights) = rows.first().map(|row| (row.expires_at, row.rights))?;
        let who: Vec<SignIn> = rows.into_iter().map(|row| row.who).collect();
        let actor = actor_of(&who)?;
        Some((
            *token,
            Known {
                actor,
                rights,
                on,
                until,
            },
        ))
    };
    Ok(tokens.iter().filter_map(known).collect())
}

/// The session that a browser is signed in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedInWith {
    /// The session.
    pub session: SessionId,
    /// When it was last used, to a few minutes.
    pub last_seen_at: DateTime<Utc>,
}

/// Signs in by a session, in one statement: the person with every own and lent grant of today. `None` for a session
/// that has ended, reached its absolute end (`expires_at`), or was not used since `idle_since`; and for somebody who may
/// not sign in any more.
pub(crate) async fn sign_in_by_session(
    register: &Register,
    token: &AccessToken,
    idle_since: DateTime<Utc>,
) -> Result<Option<(Actor, SignedInWith)>> {
    static SQL: Sql = Sql::new(with_grants!(
        "sessions s JOIN people p ON p.id = s.person_id",
        "s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $3 AND s.last_seen_at > $4
           AND p.is_active AND p.erased_at IS NULL",
        ", s.id AS session_id, s.last_seen_at",
        ", me.session_id, me.last_seen_at"
    ));
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        who: SignIn,
        session_id: SessionId,
        last_seen_at: DateTime<Utc>,
    }
    let now = register.clock.now();
    let values: [Value; 4] = [
        token.hash().as_bytes().to_vec().into(),
        helsinki_date(now).into(),
        now.into(),
        idle_since.into(),
    ];
    let rows: Vec<Row> = SQL.all(register.store.reader(), values).await?;
    let with = rows.first().map(|row| SignedInWith {
        session: row.session_id,
        last_seen_at: row.last_seen_at,
    });
    let rows: Vec<SignIn> = rows.into_iter().map(|row| row.who).collect();
    Ok(actor_of(&rows).zip(with))
}

/// The same person with the grants of now, for something that outlives a request; `None` once the person may not sign
/// in any more. Whether the token still stands is the transport's to look at.
pub async fn renew(register: &Register, actor: &Actor) -> Result<Option<Actor>> {
    static SQL: Sql = Sql::new(with_grants!(
        "people p",
        "p.id = $1 AND p.is_active AND p.erased_at IS NULL"
    ));
    let today = helsinki_date(register.clock.now());
    let rows: Vec<SignIn> = SQL
        .all(
            register.store.reader(),
            [Value::from(actor.person.0), today.into()],
        )
        .await?;
    Ok(actor_of(&rows))
}

fn actor_of(rows: &[SignIn]) -> Option<Actor> {
    let first = rows.first()?;
    Some(Actor {
        person: first.person_id,
        language: Language::of_code(&first.language),
        grants: rows
            .iter()
            .filter_map(|row| {
                Some(Grant {
                    id: row.grant_id?,
                    holder: row.holder_id?,
                    organisation: row.organisation_id?,
                    role: row.role?,
                })
            })
            .collect(),
    })
}
