//! The public directory, which anybody may read, and what one's own organisation says for it.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::directory as domain;
use rinnalla_domain::ids::OrganisationId;

use super::codes::OrganisationKind;
use super::organisations::Organisation;
use super::payload::{ctx, for_client, key};
use super::scalars::Ref;
use super::written::{Answer, Written};

/// What everybody may read of an organisation (hakemiston organisaatio). No person is in it.
#[derive(SimpleObject, Written)]
pub struct DirectoryListing {
    /// What kind of body it is.
    kind: OrganisationKind,
    /// Its name.
    name: String,
    /// A mailbox of the organisation's own.
    mailbox: Option<String>,
    /// A phone number of the organisation's own, as `+358401234567`.
    phone: Option<String>,
    /// The programmes that somebody could join today.
    programmes: Vec<DirectoryProgramme>,
}

/// What everybody may read of a programme (hakemiston ohjelma).
#[derive(SimpleObject, Written)]
pub struct DirectoryProgramme {
    /// Its name in the reader's language.
    name: String,
    /// Whom it is for.
    target_groups: Vec<DirectoryCode>,
    /// In which forms it supports people.
    forms: Vec<DirectoryCode>,
    /// Codes of the languages in which it does, as `fi`.
    languages: Vec<String>,
}

/// A code of the directory with its name (hakemiston koodi).
#[derive(SimpleObject, Written)]
pub struct DirectoryCode {
    /// The code.
    code: String,
    /// Its name in the reader's language.
    name: String,
}

impl From<domain::ListedCode> for DirectoryCode {
    fn from(listed: domain::ListedCode) -> Self {
        Self {
            code: listed.code,
            name: listed.name,
        }
    }
}

impl From<domain::ListedProgramme> for DirectoryProgramme {
    fn from(listed: domain::ListedProgramme) -> Self {
        Self {
            name: listed.name,
            target_groups: listed.target_groups.into_iter().map(Into::into).collect(),
            forms: listed.forms.into_iter().map(Into::into).collect(),
            languages: listed.languages,
        }
    }
}

impl From<domain::Listing> for DirectoryListing {
    fn from(listing: domain::Listing) -> Self {
        Self {
            kind: listing.kind.into(),
            name: listing.name,
            mailbox: listing.mailbox,
            phone: listing.phone,
            programmes: listing.programmes.into_iter().map(Into::into).collect(),
        }
    }
}

/// What an organisation has said for the directory (hakemistotiedot).
#[derive(SimpleObject, Written, Clone)]
pub struct DirectoryEntry {
    /// Whether it is in the directory.
    is_listed: bool,
    /// A mailbox of the organisation's own.
    mailbox: Option<String>,
    /// A phone number of the organisation's own.
    phone: Option<String>,
    /// The official codes of the wellbeing services counties where it is to be found.
    county_codes: Vec<String>,
    /// Grows with every change; an act names the version that it is based on. 0 where nothing was said yet.
    version: i32,
}

impl From<domain::Entry> for DirectoryEntry {
    fn from(entry: domain::Entry) -> Self {
        Self {
            is_listed: entry.is_listed,
            mailbox: entry.mailbox,
            phone: entry.phone,
            county_codes: entry.county_codes,
            version: entry.version,
        }
    }
}

/// What can be asked of the directory.
#[derive(Default)]
pub struct DirectoryQuery;

#[Object]
impl DirectoryQuery {
    /// Who offers peer support in a wellbeing services county, and whom to call, by name. Nobody has to be signed in.
    /// The organisations that said that they want to be listed; names in the language of `Accept-Language`.
    async fn directory(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The official code of the county, as `20`.")] county_code: String,
    ) -> Result<Answer<Vec<DirectoryListing>>> {
        let ctx = ctx(c)?;
        let found = for_client(ctx, domain::listings(ctx, &county_code).await)?;
        Ok(Answer(found.into_iter().map(Into::into).collect()))
    }
}

payload!(DirectoryEntryPayload, organisation: Organisation, "What came of saying something for the directory.");

/// Says what everybody may read of an organisation: all of it, as it should be.
#[derive(InputObject)]
pub struct DirectoryEntryCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The organisation: one's own, or a partner that has no coordinator or administrator of its own.
    organisation_id: Ref<OrganisationId>,
    /// The entry's version; 0 where nothing was said yet.
    version: i32,
    /// Whether it is to be in the directory.
    is_listed: bool,
    /// A mailbox of the organisation's own, as `info@example.org`; never somebody's.
    mailbox: Option<String>,
    /// A phone number of the organisation's own; never somebody's.
    phone: Option<String>,
    /// The official codes of the counties where it is to be found.
    #[graphql(default)]
    county_codes: Vec<String>,
}

/// What can be done with the directory.
#[derive(Default)]
pub struct DirectoryMutation;

#[Object]
impl DirectoryMutation {
    /// Says what everybody may read of an organisation, and whether they may.
    async fn directory_entry_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: DirectoryEntryCorrectInput,
    ) -> Result<DirectoryEntryPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::EntryCorrect {
            organisation: input.organisation_id.or_unknown(),
            version: input.version,
            is_listed: input.is_listed,
            mailbox: input.mailbox,
            phone: input.phone,
            county_codes: input.county_codes,
        };
        let done = domain::correct_entry(ctx, &key, correct).await;
        DirectoryEntryPayload::of(c, done, Organisation::load).await
    }
}
