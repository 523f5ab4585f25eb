//! As what people are at a drop-in place.

use std::sync::Arc;

use async_graphql::{ComplexObject, ID, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::drop_in_places as domain;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{PersonId, PlaceRoleTermId};

use super::codes::PlaceRole;
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, id};
use crate::graphql::written::{Written, written};

/// As what somebody is at a drop-in place, from when to when (rooli kohtaamispaikassa).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct PlaceRoleTerm {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// As what.
    role: PlaceRole,
    /// The first day.
    from: Date,
    /// The last day; absent where none is said.
    to: Option<Date>,
    /// Whether it was taken back.
    is_cancelled: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    person_id: PersonId,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

/// As what somebody is at a drop-in place, from when to when (rooli kohtaamispaikassa).
#[written]
#[ComplexObject]
impl PlaceRoleTerm {
    /// Who.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

impl From<domain::PlaceRoleTerm> for PlaceRoleTerm {
    fn from(row: domain::PlaceRoleTerm) -> Self {
        Self {
            id: id(row.id),
            role: row.role.into(),
            from: row.from_on.into(),
            to: row.to_on.map(Date),
            is_cancelled: row.is_cancelled,
            version: row.version,
            person_id: row.person_id,
            person: None,
        }
    }
}

impl PlaceRoleTerm {
    /// One term with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: PlaceRoleTermId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find_term(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Into::into).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for PlaceRoleTerm {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("person") {
            let ids: Vec<PersonId> = nodes.iter().map(|node| node.person_id).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.person = Some(found.get(&node.person_id).cloned());
            }
        }
        Ok(())
    }
}
