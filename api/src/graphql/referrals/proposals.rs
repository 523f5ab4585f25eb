//! Proposals as each side may see them, candidates, and the disclosures that followed.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{MatchProposalId, ProgrammeId, ReferralId, SupportPersonId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::referrals as domain;

use super::candidates::MatchCandidate;
use super::disclosures::Disclosure;
use super::{
    AskingChannel, CaseBackground, MatchProposalStatus, MatchReason, Referral, SupportForm,
};
use crate::graphql::payload::{answer, ctx};
use crate::graphql::prefetch::{Look, Prefetch, fill, fill_refs, filled, unless_forbidden};
use crate::graphql::scalars::{DateTime, Ref, id};
use crate::graphql::support_persons::{SupportBackground, SupportPerson};
use crate::graphql::written::{Answer, Written, written};

/// A support person proposed for a referral, as far as the reader may see (ehdotus). The support person is asked first;
/// from their yes on the professional sees the proposal, and whose it is once the details are disclosed.
pub struct MatchProposal {
    pub(in crate::graphql) row: domain::MatchProposal,
    support_person: Option<Option<Arc<SupportPerson>>>,
    proposed_person: Option<Option<ProposedPerson>>,
    asked_about: Option<Option<AskedAbout>>,
    referral: Option<Option<Box<Referral>>>,
    disclosures: Option<Vec<Disclosure>>,
}

impl From<domain::MatchProposal> for MatchProposal {
    fn from(row: domain::MatchProposal) -> Self {
        Self {
            row,
            support_person: None,
            proposed_person: None,
            asked_about: None,
            referral: None,
            disclosures: None,
        }
    }
}

impl MatchProposal {
    /// One proposal with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: MatchProposalId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let mut found: Vec<Self> = domain::find_proposal(ctx, id)
            .await?
            .map(Self::from)
            .into_iter()
            .collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// What is told of somebody who is proposed, before any contact details (ehdotettu tukihenkilö): nothing that names them.
#[derive(SimpleObject, Written, Clone, Debug)]
pub struct ProposedPerson {
    /// The ground of the peerness.
    background: SupportBackground,
    /// The first year of the decade of birth, as 1980.
    birth_decade: Option<i16>,
    /// The official code of the county.
    county_code: String,
    /// Codes of interests.
    interests: Vec<String>,
    /// Codes of languages.
    languages: Vec<String>,
}

/// What a support person is told of somebody whom they are asked to support (ehdotettu tuettava).
#[derive(SimpleObject, Written, Clone, Debug)]
pub struct AskedAbout {
    /// The code that stands for the supported person, as `7KXR-2MHD`.
    case_code: String,
    /// Why somebody is supported.
    background: CaseBackground,
    /// The official code of the county.
    county_code: String,
    /// One person, or a family.
    form: SupportForm,
    /// Codes of interests.
    interests: Vec<String>,
    /// Codes of wishes.
    wishes: Vec<String>,
}

/// A support person proposed for a referral, as far as the reader may see (ehdotus). The support person is asked first;
/// from their yes on the professional sees the proposal, and whose it is once the details are disclosed.
#[written]
#[Object]
impl MatchProposal {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// How it stands.
    async fn status(&self) -> MatchProposalStatus {
        self.row.status.into()
    }

    /// How the support person was asked: for the association and that person.
    async fn asked_through(&self) -> Option<AskingChannel> {
        self.row.asked_through.map(AskingChannel::from)
    }

    /// Why they were proposed, on that day: for the association and the professional.
    async fn reasons(&self) -> Vec<MatchReason> {
        self.row.reasons.iter().cloned().map(Into::into).collect()
    }

    /// The sum of the reasons' weights, of which only the order means something: for the association.
    async fn score(&self) -> Option<i32> {
        self.row.score
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        self.row.created_at.into()
    }

    /// The version of the referral, which acts on the proposal name.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// Who is proposed: for the association and that person; for the professional once the details are disclosed.
    async fn support_person(&self) -> Result<Option<&SupportPerson>> {
        Ok(filled(&self.support_person)?.as_deref())
    }

    /// What is told of them before any contact details.
    async fn proposed_person(&self) -> Result<Option<&ProposedPerson>> {
        Ok(filled(&self.proposed_person)?.as_ref())
    }

    /// What the support person is told of the supported person; absent once somebody has said no.
    async fn asked_about(&self) -> Result<Option<&AskedAbout>> {
        Ok(filled(&self.asked_about)?.as_ref())
    }

    /// The referral that it answers: for the professional and the association.
    async fn referral(&self) -> Result<Option<&Referral>> {
        Ok(filled(&self.referral)?.as_deref())
    }

    /// The disclosures that followed.
    async fn disclosures(&self) -> Result<&[Disclosure]> {
        Ok(filled(&self.disclosures)?)
    }
}

impl Prefetch for MatchProposal {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<MatchProposalId> = nodes.iter().map(|node| node.row.id).collect();
        if let Some(below) = look.child("supportPerson") {
            let of = nodes.iter().filter_map(|node| node.row.support_person_id);
            let of: Vec<SupportPersonId> = of.collect();
            let found = SupportPerson::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                let one = node.row.support_person_id.and_then(|id| found.get(&id));
                node.support_person = Some(one.cloned());
            }
        }
        if look.has("proposedPerson") {
            let mut found = domain::proposed_people_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let told = found.remove(&node.row.id);
                node.proposed_person = Some(told.map(|it| ProposedPerson {
                    background: it.background.into(),
                    birth_decade: it.birth_decade,
                    county_code: it.county_code,
                    interests: it.interests,
                    languages: it.languages,
                }));
            }
        }
        if look.has("askedAbout") {
            let mut found = domain::asked_about_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let told = found.remove(&node.row.id);
                node.asked_about = Some(told.map(|it| AskedAbout {
                    case_code: it.case_code,
                    background: it.background.into(),
                    county_code: it.county_code,
                    form: it.form.into(),
                    interests: it.interests,
                    wishes: it.wishes,
                }));
            }
        }
        if let Some(below) = look.child("referral") {
            let of: Vec<ReferralId> = nodes.iter().map(|node| node.row.referral_id).collect();
            let found = unless_forbidden(domain::for_ids(ctx, &of).await)?;
            for node in nodes.iter_mut() {
                let row = found.get(&node.row.referral_id).cloned();
                node.referral = Some(row.map(|row| Box::new(Referral::from(row))));
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.referral.as_mut()?.as_deref_mut());
            fill_refs(all.collect(), &below, ctx).await?;
        }
        if let Some(below) = look.child("disclosures") {
            let mut found = domain::disclosures_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.disclosures = Some(rows.into_iter().map(Disclosure::from).collect());
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.disclosures.as_mut());
            fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

connection!(
    MatchProposal,
    MatchProposalConnection,
    MatchProposalEdge,
    "A page of proposals."
);

/// What can be asked of proposals.
#[derive(Default)]
pub struct MatchProposalQuery;

#[Object]
impl MatchProposalQuery {
    /// One proposal; absent where it does not exist or is not one's own to see.
    async fn match_proposal(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<MatchProposalId>,
    ) -> Result<Answer<Option<MatchProposal>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, MatchProposal::load(ctx, id, Look::of(c)).await)
    }

    /// The proposals that wait for one, the longest waiting first: a support person's answer in the register, a
    /// professional's word on what the supported person says, a coordinator's phone call or disclosure.
    async fn match_proposals_to_answer(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<MatchProposalConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::proposals_waiting(ctx, args).await?;
            let mut page = page.map(MatchProposal::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(MatchProposalConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }

    /// Whom the association could propose for a referral, best first, with the reasons; a person decides. Absent where
    /// the referral does not exist or is not one's own to handle.
    async fn match_candidates(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "For which referral.")] referral_id: Ref<ReferralId>,
        #[graphql(desc = "Those in this programme alone.")] programme_id: Option<Ref<ProgrammeId>>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
    ) -> Result<Answer<Option<Vec<MatchCandidate>>>> {
        let (ctx, look, referral) = (ctx(c)?, Look::of(c), referral_id.or_unknown());
        let best = async {
            let first = PageArgs::new(first, None, false)?.first;
            let programme = programme_id.map(Ref::or_unknown);
            let Some(rows) = domain::candidates(ctx, referral, programme, first).await? else {
                return Ok(None);
            };
            let mut nodes: Vec<_> = rows.into_iter().map(MatchCandidate::from).collect();
            fill(&mut nodes, &look, ctx).await?;
            Ok(Some(nodes))
        };
        answer(ctx, best.await)
    }
}
