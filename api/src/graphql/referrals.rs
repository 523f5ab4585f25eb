//! Referrals with their cases, proposals and everything that was recorded about them.

mod acts;
mod candidates;
mod cases;
mod codes;
mod disclosures;
mod inputs;
mod proposals;
mod proposing;

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, ReferralId, SupportedCaseId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::referrals::{self as domain, Filter};

pub use self::acts::{ReferralAct, ReferralMutation};
pub use self::cases::{SupportedCase, SupportedCaseQuery};
pub use self::codes::{
    AskingChannel, CaseBackground, DisclosedMatter, DisclosureBasis, MatchProposalStatus,
    MatchReason, ReferralActKind, ReferralStatus, RehabilitationPhase, SupportForm, WithdrawnBy,
};
pub use self::disclosures::Disclosure;
pub use self::proposals::{MatchProposal, MatchProposalQuery};
pub use self::proposing::MatchProposalMutation;
use super::organisations::Organisation;
use super::payload::{answer, ctx};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled};
use super::scalars::{Date, DateTime, Ref, id};
use super::written::{Answer, written};

/// A professional's suggestion of somebody who wishes for peer support (ehdotus, yhteydenotto).
pub struct Referral {
    pub(super) row: domain::Referral,
    organisation: Option<Option<Arc<Organisation>>>,
    referring_organisation: Option<Option<Arc<Organisation>>>,
    professional: Option<Option<Arc<Person>>>,
    supported_case: Option<Option<Box<SupportedCase>>>,
    wishes: Option<Vec<String>>,
    preparation: Option<domain::Preparation>,
    proposals: Option<Vec<MatchProposal>>,
    acts: Option<Vec<ReferralAct>>,
}

impl From<domain::Referral> for Referral {
    fn from(row: domain::Referral) -> Self {
        Self {
            row,
            organisation: None,
            referring_organisation: None,
            professional: None,
            supported_case: None,
            wishes: None,
            preparation: None,
            proposals: None,
            acts: None,
        }
    }
}

impl Referral {
    /// One referral with what is selected below it.
    pub async fn load(ctx: &Ctx, id: ReferralId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let mut found: Vec<Self> = domain::find(ctx, id)
            .await?
            .map(Self::from)
            .into_iter()
            .collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// A professional's suggestion of somebody who wishes for peer support (ehdotus, yhteydenotto).
#[written]
#[Object]
impl Referral {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// How it stands.
    async fn status(&self) -> ReferralStatus {
        self.row.status.into()
    }

    /// One person, or a family.
    async fn form(&self) -> SupportForm {
        self.row.form.into()
    }

    /// Where in rehabilitation the supported person is.
    async fn phase(&self) -> RehabilitationPhase {
        self.row.phase.into()
    }

    /// Who told of peer support: a code.
    async fn information_source(&self) -> Option<&str> {
        self.row.information_source.as_deref()
    }

    /// When it was submitted.
    async fn submitted_at(&self) -> Option<DateTime> {
        self.row.submitted_at.map(DateTime)
    }

    /// When the draft was begun.
    async fn created_at(&self) -> DateTime {
        self.row.created_at.into()
    }

    /// How many proposals were made, whatever became of them.
    async fn proposal_count(&self) -> i16 {
        self.row.proposal_count
    }

    /// Grows with every change; an act names the version that it is based on.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// The association that it is made to.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// The organisation that it comes from.
    async fn referring_organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.referring_organisation)?.as_deref())
    }

    /// Who made it.
    async fn professional(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.professional)?.as_deref())
    }

    /// Whom it is about.
    async fn supported_case(&self) -> Result<Option<&SupportedCase>> {
        Ok(filled(&self.supported_case)?.as_deref())
    }

    /// Codes of what is wished of a support person.
    async fn wishes(&self) -> Result<&[String]> {
        Ok(filled(&self.wishes)?)
    }

    /// When the supported person's interest was confirmed.
    async fn interest_confirmed_on(&self) -> Result<Option<Date>> {
        Ok(filled(&self.preparation)?.interest_confirmed_on.map(Date))
    }

    /// When the supported person consented.
    async fn consent_given_on(&self) -> Result<Option<Date>> {
        Ok(filled(&self.preparation)?.consent_given_on.map(Date))
    }

    /// Which wording the consent was given to.
    async fn consent_text_version(&self) -> Result<Option<&str>> {
        Ok(filled(&self.preparation)?.consent_text_version.as_deref())
    }

    /// When the consent was withdrawn.
    async fn consent_withdrawn_on(&self) -> Result<Option<Date>> {
        Ok(filled(&self.preparation)?.consent_withdrawn_on.map(Date))
    }

    /// The proposals that one may see, in the order in which they were made.
    async fn proposals(&self) -> Result<&[MatchProposal]> {
        Ok(filled(&self.proposals)?)
    }

    /// Everything that was recorded, in its order, cancelled entries included.
    async fn acts(&self) -> Result<&[ReferralAct]> {
        Ok(filled(&self.acts)?)
    }
}

impl Prefetch for Referral {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<ReferralId> = nodes.iter().map(|node| node.row.id).collect();
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.organisation_id).collect();
            let found = Organisation::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.row.organisation_id).cloned());
            }
        }
        if let Some(below) = look.child("referringOrganisation") {
            let from = |node: &Self| node.row.referring_organisation_id;
            let of: Vec<_> = nodes.iter().map(|node| from(node)).collect();
            let found = Organisation::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.referring_organisation = Some(found.get(&from(node)).cloned());
            }
        }
        if let Some(below) = look.child("professional") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.professional_id).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.professional = Some(found.get(&node.row.professional_id).cloned());
            }
        }
        if let Some(below) = look.child("supportedCase") {
            let of: Vec<SupportedCaseId> = nodes.iter().map(|node| node.row.case_id).collect();
            let found = domain::cases_for_ids(ctx, &of).await?;
            for node in nodes.iter_mut() {
                let row = found.get(&node.row.case_id).cloned();
                node.supported_case = Some(row.map(|row| Box::new(SupportedCase::from(row))));
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.supported_case.as_mut()?.as_deref_mut());
            fill_refs(all.collect(), &below, ctx).await?;
        }
        if look.has("wishes") {
            let mut found = domain::wishes_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.wishes = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        if [
            "interestConfirmedOn",
            "consentGivenOn",
            "consentTextVersion",
            "consentWithdrawnOn",
        ]
        .iter()
        .any(|field| look.has(field))
        {
            let mut found = domain::preparation_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.preparation = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        if let Some(below) = look.child("proposals") {
            let mut found = domain::proposals_for_referrals(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.proposals = Some(rows.into_iter().map(MatchProposal::from).collect());
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.proposals.as_mut())
                .flatten();
            fill_refs(all.collect(), &below, ctx).await?;
        }
        if look.has("acts") {
            let mut found = domain::acts_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.acts = Some(rows.into_iter().map(ReferralAct::from).collect());
            }
        }
        Ok(())
    }
}

connection!(
    Referral,
    ReferralConnection,
    ReferralEdge,
    "A page of referrals."
);

/// Which referrals a list holds; everything that is given must apply.
#[derive(InputObject, Default)]
pub struct ReferralFilter {
    /// In one of these states; in any where none is given.
    #[graphql(default)]
    statuses: Vec<ReferralStatus>,
    /// Submitted or kept waiting, without an open proposal; the longest waiting then come first.
    #[graphql(default)]
    is_waiting: bool,
    /// Of cases whose professional one is, or stands in for.
    #[graphql(default)]
    is_mine: bool,
    /// Of cases in this wellbeing services county, as `20`.
    county_code: Option<String>,
    /// From this organisation.
    referring_organisation_id: Option<Ref<OrganisationId>>,
}

impl ReferralFilter {
    /// As the domain asks.
    pub fn of(self) -> Filter {
        Filter {
            statuses: self.statuses.into_iter().map(Into::into).collect(),
            is_waiting: self.is_waiting,
            is_mine: self.is_mine,
            county_code: self.county_code,
            referring_organisation: self.referring_organisation_id.map(Ref::or_unknown),
        }
    }
}

/// What can be asked of referrals.
#[derive(Default)]
pub struct ReferralQuery;

#[Object]
impl ReferralQuery {
    /// One referral; absent where it does not exist or is not one's own to see.
    async fn referral(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<ReferralId>,
    ) -> Result<Answer<Option<Referral>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, Referral::load(ctx, id, Look::of(c)).await)
    }

    /// The referrals that one may see, the newest first; where those who wait are asked for, the longest waiting first.
    async fn referrals(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.", default)] filter: ReferralFilter,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<ReferralConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::list(ctx, &filter.of(), args).await?;
            let mut page = page.map(Referral::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(ReferralConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }
}
