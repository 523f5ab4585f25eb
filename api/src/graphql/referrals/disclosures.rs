//! What was given to whom.

use std::sync::Arc;

use async_graphql::{ComplexObject, ID, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::DisclosureId;
use rinnalla_domain::referrals as domain;

use super::{DisclosedMatter, DisclosureBasis};
use crate::graphql::organisations::Organisation;
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{DateTime, id};
use crate::graphql::written::{Written, written};

/// What was given to whom, about whom, on what ground (luovutusmerkintä).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Disclosure {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What was given.
    what: DisclosedMatter,
    /// On what ground.
    basis: DisclosureBasis,
    /// When.
    disclosed_at: DateTime,
    #[graphql(skip)]
    row: domain::Disclosure,
    #[graphql(skip)]
    of_person: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    to_person: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    disclosed_by: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    to_organisation: Option<Option<Arc<Organisation>>>,
}

impl From<domain::Disclosure> for Disclosure {
    fn from(row: domain::Disclosure) -> Self {
        Self {
            id: id(row.id),
            what: row.what.into(),
            basis: row.basis.into(),
            disclosed_at: row.disclosed_at.into(),
            row,
            of_person: None,
            to_person: None,
            disclosed_by: None,
            to_organisation: None,
        }
    }
}

impl Disclosure {
    /// One disclosure with what is selected below it.
    pub async fn load(ctx: &Ctx, id: DisclosureId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_disclosure(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// What was given to whom, about whom, on what ground (luovutusmerkintä).
#[written]
#[ComplexObject]
impl Disclosure {
    /// Whose details were given.
    async fn of_person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.of_person)?.as_deref())
    }

    /// Who received them.
    async fn to_person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.to_person)?.as_deref())
    }

    /// Who gave them.
    async fn disclosed_by(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.disclosed_by)?.as_deref())
    }

    /// The receiver's organisation.
    async fn to_organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.to_organisation)?.as_deref())
    }
}

impl Prefetch for Disclosure {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("ofPerson") {
            let ids: Vec<_> = nodes.iter().map(|node| node.row.of_person_id).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.of_person = Some(found.get(&node.row.of_person_id).cloned());
            }
        }
        if let Some(below) = look.child("toPerson") {
            let ids: Vec<_> = nodes.iter().map(|node| node.row.to_person_id).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.to_person = Some(found.get(&node.row.to_person_id).cloned());
            }
        }
        if let Some(below) = look.child("disclosedBy") {
            let ids: Vec<_> = nodes.iter().map(|node| node.row.disclosed_by).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.disclosed_by = Some(found.get(&node.row.disclosed_by).cloned());
            }
        }
        if let Some(below) = look.child("toOrganisation") {
            let ids: Vec<_> = nodes
                .iter()
                .map(|node| node.row.to_organisation_id)
                .collect();
            let found = Organisation::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.to_organisation = Some(found.get(&node.row.to_organisation_id).cloned());
            }
        }
        Ok(())
    }
}
