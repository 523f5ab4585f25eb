//! Supported cases: a code, and what matching needs.

use async_graphql::{Context, ID, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::SupportedCaseId;
use rinnalla_domain::{labels, referrals as domain, support_relationships};

use super::{CaseBackground, Referral};
use crate::graphql::caseloads::CaseProfessional;
use crate::graphql::labels::SealedLabel;
use crate::graphql::payload::{answer, ctx};
use crate::graphql::prefetch::{Look, Prefetch, fill, fill_refs, filled, unless_forbidden};
use crate::graphql::scalars::{Date, Ref, id};
use crate::graphql::support_relationships::SupportRelationship;
use crate::graphql::written::{Answer, written};

/// A supported person, by a code and nothing that names anyone (tuettava). A support person sees the code, the
/// background, the county and the interests; the rest is the professional's and the association's to see.
pub struct SupportedCase {
    pub(in crate::graphql) row: domain::SupportedCase,
    interests: Option<Vec<String>>,
    professionals: Option<Vec<CaseProfessional>>,
    label: Option<Option<SealedLabel>>,
    referrals: Option<Vec<Referral>>,
    support_relationships: Option<Vec<SupportRelationship>>,
}

impl From<domain::SupportedCase> for SupportedCase {
    fn from(row: domain::SupportedCase) -> Self {
        Self {
            row,
            interests: None,
            professionals: None,
            label: None,
            referrals: None,
            support_relationships: None,
        }
    }
}

impl SupportedCase {
    /// One case with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: SupportedCaseId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let mut found: Vec<Self> = domain::find_case(ctx, id)
            .await?
            .map(Self::from)
            .into_iter()
            .collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    fn details(&self) -> Option<&domain::CaseDetails> {
        self.row.details.as_ref()
    }
}

/// A supported person, by a code and nothing that names anyone (tuettava). A support person sees the code, the
/// background, the county and the interests; the rest is the professional's and the association's to see.
#[written]
#[Object]
impl SupportedCase {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// The code that stands for the supported person, as `7KXR-2MHD`.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// Rises with every change, also of its professionals; acts on them carry it.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// Why somebody is supported.
    async fn background(&self) -> CaseBackground {
        self.row.background.into()
    }

    /// The official code of the county.
    async fn county_code(&self) -> &str {
        &self.row.county_code
    }

    /// Codes of interests.
    async fn interests(&self) -> Result<&[String]> {
        Ok(filled(&self.interests)?)
    }

    /// How a next of kin is related: a code.
    async fn kin_relation(&self) -> Option<&str> {
        self.details()?.kin_relation.as_deref()
    }

    /// The first year of the decade of birth, as 1980.
    async fn birth_decade(&self) -> Option<i16> {
        self.details()?.birth_decade
    }

    /// The official code of the municipality, where it was given for matching.
    async fn municipality_code(&self) -> Option<&str> {
        self.details()?.municipality_code.as_deref()
    }

    /// The code of the language that the supported person talks in.
    async fn language(&self) -> Option<&str> {
        Some(&self.details()?.language)
    }

    /// The day on which the case came into the register.
    async fn created_on(&self) -> Option<Date> {
        Some(self.details()?.created_on.into())
    }

    /// The professionals of this case as they are now, the responsible one first.
    async fn professionals(&self) -> Result<&[CaseProfessional]> {
        Ok(filled(&self.professionals)?)
    }

    /// What the professionals of the case recognise it by; absent for everybody else, the association too.
    async fn label(&self) -> Result<Option<&SealedLabel>> {
        Ok(filled(&self.label)?.as_ref())
    }

    /// The referrals of this case, the oldest first.
    async fn referrals(&self) -> Result<&[Referral]> {
        Ok(filled(&self.referrals)?)
    }

    /// The support relationships of this case that one may see, the newest first.
    async fn support_relationships(&self) -> Result<&[SupportRelationship]> {
        Ok(filled(&self.support_relationships)?)
    }
}

impl Prefetch for SupportedCase {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<SupportedCaseId> = nodes.iter().map(|node| node.row.id).collect();
        if look.has("interests") {
            let mut found = domain::interests_for_cases(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.interests = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        if let Some(below) = look.child("professionals") {
            let found = CaseProfessional::for_cases(ctx, &ids, &below).await;
            let mut found = unless_forbidden(found)?;
            for node in nodes.iter_mut() {
                node.professionals = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        if look.has("label") {
            let mut found = unless_forbidden(labels::for_cases(ctx, &ids).await)?;
            for node in nodes.iter_mut() {
                node.label = Some(found.remove(&node.row.id).map(SealedLabel::from));
            }
        }
        if let Some(below) = look.child("referrals") {
            let mut found = unless_forbidden(domain::for_cases(ctx, &ids).await)?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.referrals = Some(rows.into_iter().map(Referral::from).collect());
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.referrals.as_mut())
                .flatten();
            fill_refs(all.collect(), &below, ctx).await?;
        }
        if let Some(below) = look.child("supportRelationships") {
            let found =
                support_relationships::for_cases(ctx, &ids, SupportRelationship::with(&below))
                    .await;
            let mut found = unless_forbidden(found)?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                let rows = rows.into_iter().map(SupportRelationship::from);
                node.support_relationships = Some(rows.collect());
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.support_relationships.as_mut())
                .flatten();
            fill_refs(all.collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

/// What can be asked of supported cases.
#[derive(Default)]
pub struct SupportedCaseQuery;

#[Object]
impl SupportedCaseQuery {
    /// One supported case; absent where it does not exist or is not one's own to see.
    async fn supported_case(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<SupportedCaseId>,
    ) -> Result<Answer<Option<SupportedCase>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, SupportedCase::load(ctx, id, Look::of(c)).await)
    }
}
