//! What somebody is in which organisation.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, PersonId, RoleGrantId};
use rinnalla_domain::people as domain;

use super::Person;
use crate::graphql::codes::Role;
use crate::graphql::organisations::Organisation;
use crate::graphql::payload::{ctx, key};
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, DateTime, Ref, id};
use crate::graphql::written::{Written, written};

/// A role that somebody holds or held in an organisation (roolin myöntö).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct RoleGrant {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The role.
    role: Role,
    /// The first day.
    valid_from: Date,
    /// The last day; open where there is none.
    valid_to: Option<Date>,
    /// When it was taken back, where it was given in error.
    cancelled_at: Option<DateTime>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    holder: PersonId,
    #[graphql(skip)]
    place: OrganisationId,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
}

impl From<domain::RoleGrant> for RoleGrant {
    fn from(row: domain::RoleGrant) -> Self {
        Self {
            id: id(row.id),
            role: row.role.into(),
            valid_from: row.valid_from.into(),
            valid_to: row.valid_to.map(Date),
            cancelled_at: row.cancelled_at.map(DateTime),
            version: row.version,
            holder: row.person_id,
            place: row.organisation_id,
            person: None,
            organisation: None,
        }
    }
}

/// A role that somebody holds or held in an organisation (roolin myöntö).
#[written]
#[ComplexObject]
impl RoleGrant {
    /// Who holds it.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }

    /// Where it is held.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }
}

impl RoleGrant {
    /// One role with what is selected below it.
    pub async fn load(ctx: &Ctx, id: RoleGrantId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_role(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for RoleGrant {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("person") {
            let ids: Vec<_> = nodes.iter().map(|node| node.holder).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.person = Some(found.get(&node.holder).cloned());
            }
        }
        if let Some(below) = look.child("organisation") {
            let ids: Vec<_> = nodes.iter().map(|node| node.place).collect();
            let found = Organisation::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.place).cloned());
            }
        }
        Ok(())
    }
}

payload!(RoleGrantPayload, role_grant: RoleGrant, "What came of an act on a role.");

/// Gives a role.
#[derive(InputObject)]
pub struct RoleGrantAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// To whom: somebody whose contact details one may see.
    person_id: Ref<PersonId>,
    /// Where: one's own organisation, or a partner without a coordinator or administrator of its own.
    organisation_id: Ref<OrganisationId>,
    /// The role. Administrators, data protection officers and analysts are named by an administrator.
    role: Role,
    /// The first day; today where it is not said.
    valid_from: Option<Date>,
    /// The last day; open where it is not said.
    valid_to: Option<Date>,
}

/// Ends a role, or corrects the day on which it ends.
#[derive(InputObject)]
pub struct RoleGrantEndInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The role that was given.
    role_grant_id: Ref<RoleGrantId>,
    /// Its version.
    version: i32,
    /// The last day.
    ends_on: Date,
}

/// Takes back a role that was given in error.
#[derive(InputObject)]
pub struct RoleGrantCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The role that was given.
    role_grant_id: Ref<RoleGrantId>,
    /// Its version.
    version: i32,
}

/// What can be done with roles.
#[derive(Default)]
pub struct RoleGrantMutation;

#[Object]
impl RoleGrantMutation {
    /// Gives a role to somebody who is in the register.
    async fn role_grant_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The role.")] input: RoleGrantAddInput,
    ) -> Result<RoleGrantPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let new = domain::RoleGrantAdd {
            person: input.person_id.or_unknown(),
            organisation: input.organisation_id.or_unknown(),
            role: input.role.into(),
            valid_from: input.valid_from.map(|date| date.0),
            valid_to: input.valid_to.map(|date| date.0),
        };
        let done = domain::add_role(ctx, &key, new).await;
        RoleGrantPayload::of(c, done, RoleGrant::load).await
    }

    /// Ends a role, or corrects the day on which it ends; it stays in the history.
    async fn role_grant_end(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which, and when.")] input: RoleGrantEndInput,
    ) -> Result<RoleGrantPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let end = domain::RoleGrantEnd {
                id: input.role_grant_id.or_unknown(),
                version: input.version,
                ends_on: input.ends_on.0,
            };
            domain::end_role(ctx, &key, end).await
        };
        RoleGrantPayload::of(c, done.await, RoleGrant::load).await
    }

    /// Takes back a role that was given in error; it stays, marked, and gives no rights.
    async fn role_grant_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: RoleGrantCancelInput,
    ) -> Result<RoleGrantPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let cancel = domain::RoleGrantCancel {
                id: input.role_grant_id.or_unknown(),
                version: input.version,
            };
            domain::cancel_role(ctx, &key, cancel).await
        };
        RoleGrantPayload::of(c, done.await, RoleGrant::load).await
    }
}
