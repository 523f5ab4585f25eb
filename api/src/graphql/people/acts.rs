//! Adding people and correcting what is told of them.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::{OrganisationId, PersonId};
use rinnalla_domain::people as domain;
use rinnalla_domain::personal::Personal;

use super::Person;
use crate::graphql::codes::{Language, Role};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};

payload!(PersonPayload, person: Person, "What came of an act on a person, who is absent once erased.");

/// Adds a person with a first role.
#[derive(InputObject)]
pub struct PersonAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Where the role is held: one's own organisation, or a partner without a coordinator or administrator of its own.
    organisation_id: Ref<OrganisationId>,
    /// The role.
    role: Role,
    /// The first day of the role; today where it is not said.
    valid_from: Option<Date>,
    /// The name, at most 120 characters.
    name: String,
    /// The mail address; nobody else's.
    email: Option<String>,
    /// The phone number; a Finnish one where no country is given.
    phone: Option<String>,
    /// The language in which the person is written to.
    language: Language,
}

/// Corrects what is told of a person: all of it, as it should be.
#[derive(InputObject)]
pub struct PersonCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The person.
    person_id: Ref<PersonId>,
    /// The person's version.
    version: i32,
    /// The name, at most 120 characters.
    name: String,
    /// The mail address; none where it is absent.
    email: Option<String>,
    /// The phone number; none where it is absent.
    phone: Option<String>,
    /// The language in which the person is written to.
    language: Language,
}

/// Erases a person for good.
#[derive(InputObject)]
pub struct PersonEraseInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The person.
    person_id: Ref<PersonId>,
    /// The person's version.
    version: i32,
}

/// What can be done with people.
#[derive(Default)]
pub struct PersonMutation;

#[Object]
impl PersonMutation {
    /// Adds a person with a first role.
    async fn person_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The person.")] input: PersonAddInput,
    ) -> Result<PersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let new = domain::Add {
            organisation: input.organisation_id.or_unknown(),
            role: input.role.into(),
            valid_from: input.valid_from.map(|date| date.0),
            details: domain::Details {
                name: Personal::from(input.name),
                email: input.email.map(Personal::from),
                phone: input.phone.map(Personal::from),
                language: input.language.into(),
            },
        };
        let done = domain::add(ctx, &key, new).await;
        PersonPayload::of(c, done, Person::load).await
    }

    /// Corrects a person's details: one's own, or those of somebody whose roles are all in organisations that one
    /// coordinates or administers.
    async fn person_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "All details, as they should be.")] input: PersonCorrectInput,
    ) -> Result<PersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let correction = domain::Correct {
                id: input.person_id.or_unknown(),
                version: input.version,
                details: domain::Details {
                    name: Personal::from(input.name),
                    email: input.email.map(Personal::from),
                    phone: input.phone.map(Personal::from),
                    language: input.language.into(),
                },
            };
            domain::correct(ctx, &key, correction).await
        };
        PersonPayload::of(c, done.await, Person::load).await
    }
    /// Erases a person for good: name, contact details, sign-ins, notes, and whatever tells more than that something
    /// happened. It cannot be taken back. Figures stay as they are. Refused as long as the register needs to know who it is,
    /// with every reason.
    async fn person_erase(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whom.")] input: PersonEraseInput,
    ) -> Result<PersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let erase = domain::Erase {
            id: input.person_id.or_unknown(),
            version: input.version,
        };
        let done = domain::erase(ctx, &key, erase).await;
        PersonPayload::of(c, done, Person::load).await
    }
}
