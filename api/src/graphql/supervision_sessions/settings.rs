//! How supervision is set up in an organisation, and whom a supervisor supervises.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::OrganisationId;
use rinnalla_domain::supervision_sessions::{self as domain, AllowTexts, SetLimit};

use crate::graphql::payload::{ctx, key};
use crate::graphql::prefetch::Look;
use crate::graphql::scalars::{Ref, id};
use crate::graphql::written::Written;

/// How supervision is set up in an organisation (työnohjauksen asetukset).
#[derive(SimpleObject, Written, Clone)]
pub struct SupervisionSettings {
    /// After how many days without supervision a peer of the organisation is missing from it; absent where it set no limit.
    limit_days: Option<i16>,
    /// Whether its supervisors keep texts on their sessions. They do not unless an administrator allowed it.
    keeps_texts: bool,
    /// Grows with every change, from 0; an act names the version that it is based on.
    version: i32,
}

impl SupervisionSettings {
    /// The settings of an organisation of one's own.
    pub async fn load(ctx: &Ctx, of: OrganisationId, _: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_settings(ctx, of).await?;
        Ok(found.map(|row| Self {
            limit_days: row.limit_days,
            keeps_texts: row.keeps_texts,
            version: row.version,
        }))
    }
}

/// An association whose peers one may supervise today (työnohjattava yhdistys).
#[derive(SimpleObject, Written, Clone)]
pub struct SupervisedOrganisation {
    /// The association's id.
    #[graphql(owned)]
    organisation_id: ID,
    /// Its name.
    name: String,
    /// The id of the organisation that arranges its supervision, in which one is a supervisor.
    #[graphql(owned)]
    provider_id: ID,
    /// After how many days without supervision a peer of the association is missing from it, where it set a limit.
    limit_days: Option<i16>,
}

impl From<domain::SupervisedOrganisation> for SupervisedOrganisation {
    fn from(row: domain::SupervisedOrganisation) -> Self {
        Self {
            organisation_id: id(row.organisation_id),
            name: row.name,
            provider_id: id(row.provider_id),
            limit_days: row.limit_days,
        }
    }
}

payload!(
    SupervisionSettingsPayload,
    supervision_settings: SupervisionSettings,
    "What came of a change to how supervision is set up."
);

/// Sets an association's limit.
#[derive(InputObject)]
pub struct SupervisionLimitSetInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association, which one coordinates.
    organisation_id: Ref<OrganisationId>,
    /// The version of its settings; 0 where nothing was ever set.
    version: i32,
    /// The limit in days, 7 to 730; absent where nobody is to be missing.
    limit_days: Option<i32>,
}

/// Allows texts on sessions, or ends that.
#[derive(InputObject)]
pub struct SupervisionTextsAllowInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The organisation that arranges supervision, of which one is an administrator.
    organisation_id: Ref<OrganisationId>,
    /// The version of its settings; 0 where nothing was ever set.
    version: i32,
    /// Whether its supervisors may keep texts. Where they may no longer, every text is erased.
    is_allowed: bool,
}

/// What can be done with how supervision is set up.
#[derive(Default)]
pub struct SupervisionSettingsMutation;

#[Object]
impl SupervisionSettingsMutation {
    /// Sets after how many days without supervision a peer of an association is missing from it.
    async fn supervision_limit_set(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The limit.")] input: SupervisionLimitSetInput,
    ) -> Result<SupervisionSettingsPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let limit = SetLimit {
            organisation: input.organisation_id.or_unknown(),
            version: input.version,
            limit_days: input.limit_days,
        };
        let done = domain::set_limit(ctx, &key, limit).await;
        SupervisionSettingsPayload::of(c, done, SupervisionSettings::load).await
    }

    /// Allows an organisation's supervisors to keep texts on their sessions, or ends that and erases them.
    async fn supervision_texts_allow(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Where, and whether.")] input: SupervisionTextsAllowInput,
    ) -> Result<SupervisionSettingsPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let allow = AllowTexts {
            organisation: input.organisation_id.or_unknown(),
            version: input.version,
            is_allowed: input.is_allowed,
        };
        let done = domain::allow_texts(ctx, &key, allow).await;
        SupervisionSettingsPayload::of(c, done, SupervisionSettings::load).await
    }
}
