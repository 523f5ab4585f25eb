//! Adding organisations and correcting what is told of them.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::OrganisationId;
use rinnalla_domain::organisations as domain;

use super::Organisation;
use crate::graphql::codes::{Language, OrganisationKind, PartnershipKind};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::Ref;

payload!(OrganisationPayload, organisation: Organisation, "What came of an act on an organisation.");

/// Adds an organisation as a partner of one's own.
#[derive(InputObject)]
pub struct OrganisationCreateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// One's own organisation, whose partner it becomes today.
    organisation_id: Ref<OrganisationId>,
    /// What it does for one's own organisation.
    partnership_kind: PartnershipKind,
    /// What kind of body it is.
    kind: OrganisationKind,
    /// Its name, at most 160 characters.
    name: String,
    /// Whether the name tells nothing of dependence or recovery, so that a mail may hold it.
    #[graphql(default)]
    is_name_neutral: bool,
    /// The language in which it is written to.
    language: Language,
    /// The official code of its wellbeing services county, two digits.
    county_code: String,
    /// The official code of its municipality, three digits.
    municipality_code: Option<String>,
    /// Where notices go when no person is found for them.
    mailbox: Option<String>,
    /// How many support relationships a new support person may have at once, 1 to 20; 2 where it is not said.
    max_active_default: Option<i32>,
}

/// Corrects what is told of an organisation: all of it, as it should be.
#[derive(InputObject)]
pub struct OrganisationCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The organisation: one's own, or a partner that has no coordinator or administrator of its own.
    organisation_id: Ref<OrganisationId>,
    /// Its version.
    version: i32,
    /// What kind of body it is.
    kind: OrganisationKind,
    /// Its name, at most 160 characters.
    name: String,
    /// Whether the name tells nothing of dependence or recovery, so that a mail may hold it.
    is_name_neutral: bool,
    /// The language in which it is written to.
    language: Language,
    /// The official code of its wellbeing services county, two digits.
    county_code: String,
    /// The official code of its municipality, three digits; none where it is absent.
    municipality_code: Option<String>,
    /// Where notices go when no person is found for them; none where it is absent.
    mailbox: Option<String>,
    /// How many support relationships a new support person may have at once, 1 to 20.
    max_active_default: i32,
}

/// What can be done with organisations.
#[derive(Default)]
pub struct OrganisationMutation;

#[Object]
impl OrganisationMutation {
    /// Adds an organisation as a partner of one's own.
    async fn organisation_create(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The organisation.")] input: OrganisationCreateInput,
    ) -> Result<OrganisationPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let new = domain::Create {
            partner_of: input.organisation_id.or_unknown(),
            partnership: input.partnership_kind.into(),
            details: domain::Details {
                kind: input.kind.into(),
                name: input.name,
                is_name_neutral: input.is_name_neutral,
                language: input.language.into(),
                county_code: input.county_code,
                municipality_code: input.municipality_code,
                mailbox: input.mailbox,
                max_active_default: input.max_active_default,
            },
        };
        let done = domain::create(ctx, &key, new).await;
        OrganisationPayload::of(c, done, Organisation::load).await
    }

    /// Corrects what is told of an organisation.
    async fn organisation_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "All details, as they should be.")] input: OrganisationCorrectInput,
    ) -> Result<OrganisationPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let correction = domain::Correct {
                id: input.organisation_id.or_unknown(),
                version: input.version,
                details: domain::Details {
                    kind: input.kind.into(),
                    name: input.name,
                    is_name_neutral: input.is_name_neutral,
                    language: input.language.into(),
                    county_code: input.county_code,
                    municipality_code: input.municipality_code,
                    mailbox: input.mailbox,
                    max_active_default: Some(input.max_active_default),
                },
            };
            domain::correct(ctx, &key, correction).await
        };
        OrganisationPayload::of(c, done.await, Organisation::load).await
    }
}
