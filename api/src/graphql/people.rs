//! People, what they are in which organisation, absences, and the person who asks.

mod absences;
mod acts;
mod roles;
mod viewer;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, PersonId};
use rinnalla_domain::page::{Cursor, PageArgs};
use rinnalla_domain::people as domain;

pub use self::absences::{Absence, AbsenceMutation, Colleague};
pub use self::acts::PersonMutation;
pub use self::roles::{RoleGrant, RoleGrantMutation};
pub use self::viewer::{AccessToken, AccessTokenMutation, Viewer, ViewerQuery};
use super::codes::Language;
use super::payload::{answer, ctx};
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled, shared};
use super::scalars::{Ref, id};
use super::written::{Answer, written};

/// Somebody who uses the register or gives support, with contact details that one may see (henkilö). Supported people
/// are not among them.
#[derive(Clone)]
pub struct Person {
    key: PersonId,
    row: Option<domain::Known>,
    details: Option<Details>,
    roles: Option<Vec<RoleGrant>>,
    absences: Option<Vec<Absence>>,
}

/// What is kept sealed, opened.
#[derive(Clone)]
struct Details {
    name: String,
    email: Option<String>,
    phone: Option<String>,
}

impl From<domain::Contact> for Person {
    fn from(row: domain::Contact) -> Self {
        let details = Details {
            name: row.name.into_inner(),
            email: row.email.map(|email| email.into_inner()),
            phone: row.phone.map(|phone| phone.into_inner()),
        };
        let known = domain::Known {
            id: row.id,
            language: row.language,
            is_active: row.is_active,
            email_bounces: row.email_bounces,
            version: row.version,
        };
        Self {
            details: Some(details),
            ..Self::from(known)
        }
    }
}

impl From<domain::Known> for Person {
    fn from(row: domain::Known) -> Self {
        let key = row.id;
        Self {
            row: Some(row),
            ..Self::from(key)
        }
    }
}

/// Somebody of whom nothing but the id is shown.
impl From<PersonId> for Person {
    fn from(key: PersonId) -> Self {
        Self {
            key,
            row: None,
            details: None,
            roles: None,
            absences: None,
        }
    }
}

/// Somebody who uses the register or gives support, with contact details that one may see (henkilö). Supported people
/// are not among them.
#[written]
#[Object]
impl Person {
    /// The person's id.
    pub async fn id(&self) -> ID {
        id(self.key)
    }

    /// The language in which the person is written to.
    async fn language(&self) -> Result<Language> {
        Ok(filled(&self.row)?.language.into())
    }

    /// Whether the person may sign in and is written to.
    async fn is_active(&self) -> Result<bool> {
        Ok(filled(&self.row)?.is_active)
    }

    /// How often in a row mail to this address has come back.
    async fn email_bounces(&self) -> Result<i16> {
        Ok(filled(&self.row)?.email_bounces)
    }

    /// Grows with every change; an act names the version that it is based on.
    async fn version(&self) -> Result<i32> {
        Ok(filled(&self.row)?.version)
    }

    /// The name.
    async fn name(&self) -> Result<&str> {
        Ok(&filled(&self.details)?.name)
    }

    /// The mail address.
    async fn email(&self) -> Result<Option<&str>> {
        Ok(filled(&self.details)?.email.as_deref())
    }

    /// The phone number, as `+358401234567`.
    async fn phone(&self) -> Result<Option<&str>> {
        Ok(filled(&self.details)?.phone.as_deref())
    }

    /// What the person is or was in which organisation, the oldest first: one's own roles, and those in organisations
    /// that one coordinates or administers.
    async fn roles(&self) -> Result<&[RoleGrant]> {
        Ok(filled(&self.roles)?)
    }

    /// When the person is or was away, the latest first: one's own absences, and those from organisations that one
    /// coordinates or administers.
    async fn absences(&self) -> Result<&[Absence]> {
        Ok(filled(&self.absences)?)
    }
}

impl Person {
    /// One person with what is selected below.
    pub async fn load(ctx: &Ctx, id: PersonId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// Those among `ids` whose contact details may be seen, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[PersonId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<PersonId, Arc<Self>>> {
        if look.is_id_alone() && domain::are_reached(ctx, ids)? {
            let all = ids.iter().map(|&id| (id, Self::from(id)));
            return Ok(shared(all.collect()));
        }
        let is_opened = look.has_any(&["name", "email", "phone"]);
        let mut found: HashMap<_, _> = match is_opened {
            true => of(domain::for_ids(ctx, ids).await?),
            false => of(domain::known_for_ids(ctx, ids).await?),
        };
        fill_refs(found.values_mut().collect(), look, ctx).await?;
        Ok(shared(found))
    }
}

fn of<T>(rows: HashMap<PersonId, T>) -> HashMap<PersonId, Person>
where
    Person: From<T>,
{
    rows.into_iter()
        .map(|(id, row)| (id, Person::from(row)))
        .collect()
}

impl Prefetch for Person {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<PersonId> = nodes.iter().map(|node| node.key).collect();
        if let Some(below) = look.child("roles") {
            let mut found = domain::roles_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.key).unwrap_or_default();
                node.roles = Some(rows.into_iter().map(RoleGrant::from).collect());
            }
            let all = nodes.iter_mut().filter_map(|node| node.roles.as_mut());
            fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        if let Some(below) = look.child("absences") {
            let mut found = domain::absences_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.key).unwrap_or_default();
                node.absences = Some(rows.into_iter().map(Absence::from).collect());
            }
            let all = nodes.iter_mut().filter_map(|node| node.absences.as_mut());
            fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

connection!(
    Person,
    PersonConnection,
    PersonEdge,
    "A page of people, by name."
);

/// What can be asked of people.
#[derive(Default)]
pub struct PersonQuery;

#[Object]
impl PersonQuery {
    /// One person; absent where there is none, or the contact details are not one's own to see.
    async fn person(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: Ref<PersonId>,
    ) -> Result<Answer<Option<Person>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, Person::load(ctx, id, Look::of(c)).await)
    }

    /// The people of the organisations that one coordinates or administers, by name: those who hold or held a role.
    async fn people(
        &self,
        c: &Context<'_>,
        #[graphql(
            desc = "Part of a name, a phone number or a mail address; neither case nor accents matter."
        )]
        search: Option<String>,
        #[graphql(
            desc = "Of this organisation alone: one's own, or a partner without a coordinator or administrator of its own."
        )]
        organisation_id: Option<Ref<OrganisationId>>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<PersonConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let filter = domain::Filter {
                search,
                organisation: organisation_id.map(Ref::or_unknown),
            };
            let mut page = domain::list(ctx, &filter, args).await?.map(Person::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(PersonConnection::new(page, &args, |node| {
                Cursor::of(node.key)
            }))
        };
        answer(ctx, page.await)
    }
}
