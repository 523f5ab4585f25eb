//! Lists that a coordinator saved under a name.

mod filters;

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, PersonId, SavedListId};
use rinnalla_domain::saved_lists::{self as domain, Correct, Details, Remove, Save};
use rinnalla_domain::states;

use super::payload::{answer, ctx, key};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, filled};
use super::scalars::{Ref, id};
use super::written::{Answer, Written, written};

/// The lists whose filters can be saved (tallennettavan luettelon laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SavedListKind")]
pub enum SavedListKind {
    /// Support relationships: the filter is a `SupportRelationshipFilter`.
    SupportRelationships,
    /// Joint reviews: a `JointReviewFilter`.
    JointReviews,
    /// Referrals: a `ReferralFilter`.
    Referrals,
    /// Support persons: a `SupportPersonFilter`.
    SupportPersons,
    /// Notices: a `NoticeFilter`.
    Notices,
}

/// A list with its filter, saved under a name (tallennettu luettelo).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct SavedList {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Which list.
    list: SavedListKind,
    /// Its name.
    name: String,
    /// The filter, as JSON: what the list's argument `filter` takes.
    filter: String,
    /// Whether every coordinator of the organisation has it.
    is_shared: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    owner_id: PersonId,
    #[graphql(skip)]
    owner: Option<Option<Arc<Person>>>,
}

/// A list with its filter, saved under a name (tallennettu luettelo).
#[written]
#[ComplexObject]
impl SavedList {
    /// Who saved it.
    async fn owner(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.owner)?.as_deref())
    }
}

impl From<domain::SavedList> for SavedList {
    fn from(row: domain::SavedList) -> Self {
        Self {
            id: id(row.id),
            list: row.list.into(),
            name: row.name,
            filter: row.filter,
            is_shared: row.is_shared,
            version: row.version,
            owner_id: row.owner_id,
            owner: None,
        }
    }
}

impl SavedList {
    /// One saved list with what is selected below it.
    pub async fn load(ctx: &Ctx, id: SavedListId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for SavedList {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("owner") {
            let ids: Vec<_> = nodes.iter().map(|node| node.owner_id).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.owner = Some(found.get(&node.owner_id).cloned());
            }
        }
        Ok(())
    }
}

/// What can be asked of saved lists.
#[derive(Default)]
pub struct SavedListQuery;

#[Object]
impl SavedListQuery {
    /// The lists that one saved, and those that are shared in the own organisations, by name.
    async fn saved_lists(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Of this kind alone.")] list: Option<SavedListKind>,
    ) -> Result<Answer<Vec<SavedList>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let lists = async {
            let rows = domain::list(ctx, list.map(Into::into)).await?;
            let mut rows: Vec<SavedList> = rows.into_iter().map(SavedList::from).collect();
            fill(&mut rows, &look, ctx).await?;
            Ok(rows)
        };
        answer(ctx, lists.await)
    }
}

payload!(SavedListPayload, saved_list: SavedList, "What came of an act on a saved list; it is absent once removed.");

/// Saves a list with its filter under a name.
#[derive(InputObject)]
pub struct SavedListSaveInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The organisation that one coordinates.
    organisation_id: Ref<OrganisationId>,
    /// Which list.
    list: SavedListKind,
    /// Its name, at most 60 characters.
    name: String,
    /// The filter as JSON, as the list itself takes it; refused where the list would refuse it.
    filter: String,
    /// Whether every coordinator of the organisation has it.
    #[graphql(default)]
    is_shared: bool,
}

/// Corrects a saved list: all of it, as it should be.
#[derive(InputObject)]
pub struct SavedListCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The saved list: one's own, or a shared one.
    saved_list_id: Ref<SavedListId>,
    /// Its version.
    version: i32,
    /// Its name, at most 60 characters.
    name: String,
    /// The filter as JSON, as the list itself takes it.
    filter: String,
    /// Whether every coordinator of the organisation has it.
    is_shared: bool,
}

/// Removes a saved list.
#[derive(InputObject)]
pub struct SavedListRemoveInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The saved list: one's own, or a shared one.
    saved_list_id: Ref<SavedListId>,
    /// Its version.
    version: i32,
}

/// What can be done with saved lists.
#[derive(Default)]
pub struct SavedListMutation;

#[Object]
impl SavedListMutation {
    /// Saves a list with its filter under a name, for oneself or for every coordinator of the organisation.
    async fn saved_list_save(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The list.")] input: SavedListSaveInput,
    ) -> Result<SavedListPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let save = Save {
                organisation: input.organisation_id.or_unknown(),
                list: input.list.into(),
                details: Details {
                    name: input.name,
                    filter: filters::checked(input.list, &input.filter)?,
                    is_shared: input.is_shared,
                },
            };
            domain::save(ctx, &key, save).await
        };
        SavedListPayload::of(c, done.await, SavedList::load).await
    }

    /// Corrects a saved list: its name, its filter, and who has it.
    async fn saved_list_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything, as it should be.")] input: SavedListCorrectInput,
    ) -> Result<SavedListPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let id = input.saved_list_id.or_unknown();
            let list = domain::kind_of(ctx, id).await?;
            let correct = Correct {
                id,
                version: input.version,
                details: Details {
                    name: input.name,
                    filter: filters::checked(list.into(), &input.filter)?,
                    is_shared: input.is_shared,
                },
            };
            domain::correct(ctx, &key, correct).await
        };
        SavedListPayload::of(c, done.await, SavedList::load).await
    }

    /// Removes a saved list.
    async fn saved_list_remove(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: SavedListRemoveInput,
    ) -> Result<SavedListPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let remove = Remove {
                id: input.saved_list_id.or_unknown(),
                version: input.version,
            };
            domain::remove(ctx, &key, remove).await
        };
        SavedListPayload::of(c, done.await, SavedList::load).await
    }
}
