//! The person who asks: who one is here, what one may do today, and with what one signed in.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::access::Grant;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{AccessTokenId, OrganisationId, PersonId};
use rinnalla_domain::{notices, people as domain};

use super::{Absence, Colleague, Person};
use crate::graphql::codes::{Language, Role};
use crate::graphql::notices::NoticeChoice;
use crate::graphql::organisations::Organisation;
use crate::graphql::payload::{answer, ctx, key};
use crate::graphql::prefetch::{Look, fill, filled};
use crate::graphql::scalars::{DateTime, Ref, id};
use crate::graphql::written::{Answer, Written, written};

/// A role that the one who asks has today, own or lent (tämän päivän rooli).
#[derive(SimpleObject, Written)]
#[graphql(complex)]
pub struct ViewerRole {
    /// The role.
    role: Role,
    /// Whether it is an absent person's, for whom one stands in.
    is_lent: bool,
    #[graphql(skip)]
    lent_by: Option<PersonId>,
    #[graphql(skip)]
    place: OrganisationId,
    #[graphql(skip)]
    holder: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
}

/// A role that the one who asks has today, own or lent (tämän päivän rooli).
#[written]
#[ComplexObject]
impl ViewerRole {
    /// For whom one stands in, where the role is lent.
    async fn holder(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.holder)?.as_deref())
    }

    /// Where.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }
}

impl ViewerRole {
    fn of(grant: &Grant, actor: PersonId) -> Self {
        Self {
            role: grant.role.into(),
            is_lent: grant.holder != actor,
            lent_by: (grant.holder != actor).then_some(grant.holder),
            place: grant.organisation,
            holder: None,
            organisation: None,
        }
    }

    async fn fill(roles: &mut [Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("holder") {
            let ids: Vec<_> = roles.iter().filter_map(|role| role.lent_by).collect();
            let found = match ids.is_empty() {
                true => Default::default(),
                false => Person::for_ids(ctx, &ids, &below).await?,
            };
            for role in roles.iter_mut() {
                role.holder = Some(role.lent_by.and_then(|by| found.get(&by).cloned()));
            }
        }
        if let Some(below) = look.child("organisation") {
            let ids: Vec<_> = roles.iter().map(|role| role.place).collect();
            let found = Organisation::for_ids(ctx, &ids, &below).await?;
            for role in roles.iter_mut() {
                role.organisation = Some(found.get(&role.place).cloned());
            }
        }
        Ok(())
    }
}

/// An access token, without what makes it one (käyttöoikeustunniste).
#[derive(SimpleObject, Written, Clone)]
pub struct AccessToken {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What it is called.
    label: String,
    /// Since when.
    created_at: DateTime,
    /// Until when it is good.
    expires_at: DateTime,
    /// When it was revoked, where it was.
    revoked_at: Option<DateTime>,
}

impl From<domain::Token> for AccessToken {
    fn from(row: domain::Token) -> Self {
        Self {
            id: id(row.id),
            label: row.label,
            created_at: row.created_at.into(),
            expires_at: row.expires_at.into(),
            revoked_at: row.revoked_at.map(DateTime),
        }
    }
}

impl AccessToken {
    /// One of one's own tokens.
    pub async fn load(ctx: &Ctx, id: AccessTokenId, _: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::own_tokens(ctx).await?;
        Ok(found
            .into_iter()
            .find(|token| token.id == id)
            .map(Self::from))
    }
}

/// The one who asks (kirjautunut käyttäjä).
#[derive(SimpleObject, Written)]
#[graphql(complex)]
pub struct Viewer {
    /// The language in which one is answered.
    language: Language,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    roles: Option<Vec<ViewerRole>>,
    #[graphql(skip)]
    standing_in: Option<Vec<Absence>>,
    #[graphql(skip)]
    access_tokens: Option<Vec<AccessToken>>,
    #[graphql(skip)]
    colleagues: Option<Vec<Colleague>>,
    #[graphql(skip)]
    notices: Option<Vec<NoticeChoice>>,
}

/// The one who asks (kirjautunut käyttäjä).
#[written]
#[ComplexObject]
impl Viewer {
    /// One's own details; absent for somebody who holds no role today.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }

    /// What one may do today: own roles, and those of absent people for whom one stands in.
    async fn roles(&self) -> Result<&[ViewerRole]> {
        Ok(filled(&self.roles)?)
    }

    /// The absences of today and later in which one stands in, the first first.
    async fn standing_in(&self) -> Result<&[Absence]> {
        Ok(filled(&self.standing_in)?)
    }

    /// One's own access tokens, the newest first, at most 100.
    async fn access_tokens(&self) -> Result<&[AccessToken]> {
        Ok(filled(&self.access_tokens)?)
    }

    /// Who could stand in for one, by name: those who hold one of the same roles in the same organisation today. Nobody
    /// for those whose roles know no absence.
    async fn colleagues(&self) -> Result<&[Colleague]> {
        Ok(filled(&self.colleagues)?)
    }

    /// Every kind of notice, and whether one does without it.
    async fn notices(&self) -> Result<&[NoticeChoice]> {
        Ok(filled(&self.notices)?)
    }
}

impl Viewer {
    async fn load(ctx: &Ctx, look: Look<'_>) -> DomainResult<Self> {
        let actor = ctx.actor()?;
        let mut viewer = Self {
            language: ctx.language.into(),
            person: None,
            roles: None,
            standing_in: None,
            access_tokens: None,
            colleagues: None,
            notices: None,
        };
        if let Some(below) = look.child("person") {
            let found = domain::me(ctx).await?;
            let mut found: Vec<Person> = found.map(Person::from).into_iter().collect();
            fill(&mut found, &below, ctx).await?;
            viewer.person = Some(found.pop().map(Arc::new));
        }
        if let Some(below) = look.child("roles") {
            let grants = actor.grants.iter();
            let mut roles: Vec<_> = grants
                .map(|grant| ViewerRole::of(grant, actor.person))
                .collect();
            ViewerRole::fill(&mut roles, &below, ctx).await?;
            viewer.roles = Some(roles);
        }
        if let Some(below) = look.child("standingIn") {
            let rows = domain::standing_in(ctx).await?;
            let mut rows: Vec<_> = rows.into_iter().map(Absence::from).collect();
            fill(&mut rows, &below, ctx).await?;
            viewer.standing_in = Some(rows);
        }
        if look.has("accessTokens") {
            let rows = domain::own_tokens(ctx).await?;
            viewer.access_tokens = Some(rows.into_iter().map(AccessToken::from).collect());
        }
        if look.has("colleagues") {
            let rows = domain::colleagues(ctx).await?;
            viewer.colleagues = Some(rows.into_iter().map(Colleague::from).collect());
        }
        if look.has("notices") {
            let rows = notices::own_choices(ctx).await?;
            viewer.notices = Some(rows.into_iter().map(NoticeChoice::from).collect());
        }
        Ok(viewer)
    }

    /// The one who asks, after an act on oneself.
    pub async fn again(ctx: &Ctx, _: PersonId, look: Look<'_>) -> DomainResult<Option<Self>> {
        Self::load(ctx, look).await.map(Some)
    }
}

/// What can be asked of oneself.
#[derive(Default)]
pub struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// The one who asks.
    async fn me(&self, c: &Context<'_>) -> Result<Answer<Option<Viewer>>> {
        let ctx = ctx(c)?;
        answer(ctx, Viewer::load(ctx, Look::of(c)).await.map(Some))
    }
}

payload!(AccessTokenPayload, access_token: AccessToken, "What came of an act on an access token.");

/// Revokes one of one's own access tokens.
#[derive(InputObject)]
pub struct AccessTokenRevokeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The access token.
    access_token_id: Ref<AccessTokenId>,
}

/// What can be done with access tokens.
#[derive(Default)]
pub struct AccessTokenMutation;

#[Object]
impl AccessTokenMutation {
    /// Revokes one of one's own access tokens, also the one that this request came with.
    async fn access_token_revoke(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: AccessTokenRevokeInput,
    ) -> Result<AccessTokenPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let id = input.access_token_id.or_unknown();
            domain::revoke_own_token(ctx, &key, domain::TokenRevoke { id }).await
        };
        AccessTokenPayload::of(c, done.await, AccessToken::load).await
    }
}
