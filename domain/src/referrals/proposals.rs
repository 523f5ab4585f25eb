//! What each side may read of proposals and disclosures: the association all of it; the support person what they are
//! asked about; the professional from the support person's yes on, and whose it is from the disclosure on.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{
    DisclosureId, Id, MatchProposalId, OrganisationId, PersonId, ReferralId, SupportPersonId,
    SupportedCaseId,
};
use rinnalla_entity::states::{
    AskingChannel, CaseBackground, DisclosedMatter, DisclosureBasis, MatchProposalStatus,
    SupportBackground, SupportForm,
};
use sea_orm::FromQueryResult;

use super::matching::MatchReason;
use super::queries::{self, PROPOSALS_FROM};
use super::reading::grouped;
use super::reasons;
use crate::access::{self, Permission, ReadProposals, Scope};
use crate::audit::ObjectKind;
use crate::case_code;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{Cursor, Grouped, Page, PageArgs};
use crate::reach::Question;

/// A proposal, as far as the reader may see it.
#[derive(Clone, Debug)]
pub struct MatchProposal {
    /// Its id.
    pub id: MatchProposalId,
    /// The association.
    pub organisation_id: OrganisationId,
    /// The referral that it answers.
    pub referral_id: ReferralId,
    /// Whether the reader is the one who is proposed.
    pub is_readers: bool,
    /// Who is proposed: for the association and for that person; for the professional once the details are disclosed.
    pub support_person_id: Option<SupportPersonId>,
    /// The state.
    pub status: MatchProposalStatus,
    /// How the support person was asked.
    pub asked_through: Option<AskingChannel>,
    /// Why, on the day of proposing: for the association and the professional.
    pub reasons: Vec<MatchReason>,
    /// The sum of the reasons' weights: for the association.
    pub score: Option<i32>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The referral's version, which acts on the proposal are made from.
    pub version: i32,
}

impl MatchProposal {
    /// Where the proposal stands in [`proposals_waiting`].
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: None,
            id: self.id.0,
        }
    }
}

const PROPOSAL: &str = "SELECT mp.id, mp.organisation_id, mp.referral_id, mp.support_person_id, sp.person_id, mp.status,
   a.channel, mp.reasons, mp.score, mp.created_at, r.version";

#[derive(FromQueryResult)]
struct ProposalRow {
    id: MatchProposalId,
    organisation_id: OrganisationId,
    referral_id: ReferralId,
    support_person_id: SupportPersonId,
    person_id: PersonId,
    status: MatchProposalStatus,
    channel: Option<AskingChannel>,
    reasons: String,
    score: i32,
    created_at: DateTime<Utc>,
    version: i32,
}

impl ProposalRow {
    fn seen_by<P: Permission>(self, scope: &Scope<P>) -> MatchProposal {
        let is_association = scope.covers(self.organisation_id);
        let is_oneself = scope.support_people().contains(&self.person_id);
        let is_disclosed = self.status == MatchProposalStatus::Disclosed;
        let reasons = match (is_association, is_oneself) {
            (true, _) => reasons::read(&self.reasons),
            // They would tell how old the supported person is.
            (false, true) => Vec::new(),
            (false, false) => reasons::read(&self.reasons)
                .into_iter()
                .filter(|reason| !matches!(reason, MatchReason::FreeCapacity(_)))
                .collect(),
        };
        MatchProposal {
            id: self.id,
            organisation_id: self.organisation_id,
            referral_id: self.referral_id,
            is_readers: is_oneself,
            support_person_id: (is_association || is_oneself || is_disclosed)
                .then_some(self.support_person_id),
            status: self.status,
            asked_through: self.channel.filter(|_| is_association || is_oneself),
            reasons,
            score: is_association.then_some(self.score),
            created_at: self.created_at,
            version: self.version,
        }
    }
}

async fn read_proposals(
    ctx: &Ctx,
    scope: &Scope<ReadProposals>,
    question: Question,
) -> Result<Vec<MatchProposal>> {
    let rows: Vec<ProposalRow> = question.all(ctx.store.reader()).await?;
    let seen: Vec<_> = rows
        .iter()
        .map(|row| (row.organisation_id, row.referral_id.0))
        .collect();
    ctx.see(scope, ObjectKind::Referral, seen);
    Ok(rows.into_iter().map(|row| row.seen_by(scope)).collect())
}

/// The proposals among `ids` that the reader may see: the association all, a support person the own, a professional
/// those of own cases from the support person's yes on.
pub async fn proposals_for_ids(
    ctx: &Ctx,
    ids: &[MatchProposalId],
) -> Result<HashMap<MatchProposalId, MatchProposal>> {
    let scope = access::require::<ReadProposals>(ctx)?;
    let mut question = queries::proposals(ctx.store.reader(), PROPOSAL, ids);
    queries::reaches_proposal(&mut question, &scope);
    let rows = read_proposals(ctx, &scope, question).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// One proposal; `None` where absent or not the reader's to know of.
pub async fn find_proposal(ctx: &Ctx, id: MatchProposalId) -> Result<Option<MatchProposal>> {
    let scope = access::require::<ReadProposals>(ctx)?;
    let found = proposals_for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Referral, id);
    }
    Ok(found)
}

/// The proposals of each referral, in the order in which they were made.
pub async fn proposals_for_referrals(
    ctx: &Ctx,
    ids: &[ReferralId],
) -> Result<Grouped<ReferralId, MatchProposal>> {
    let scope = access::require::<ReadProposals>(ctx)?;
    let mut question = Question::new(ctx.store.backend(), PROPOSAL);
    question
        .words(PROPOSALS_FROM)
        .is_one_of("mp.referral_id", ids)
        .words(" AND ");
    queries::reaches_proposal(&mut question, &scope);
    question.words(" ORDER BY mp.id");
    let rows = read_proposals(ctx, &scope, question).await?;
    Ok(grouped(rows, |row| row.referral_id))
}

/// The proposals that wait for the reader, the longest waiting first: a support person's answer in the register, a
/// professional's word on what the supported person says, a coordinator's phone call or disclosure.
pub async fn proposals_waiting(ctx: &Ctx, page: PageArgs) -> Result<Page<MatchProposal>> {
    let scope = access::require::<ReadProposals>(ctx)?;
    let mut question = Question::new(ctx.store.backend(), PROPOSAL);
    question.words(PROPOSALS_FROM);
    queries::awaits(&mut question, &scope);
    if let Some(after) = page.after {
        question.words(" AND mp.id > ").bind(after.id);
    }
    question.words(" ORDER BY mp.id LIMIT ").bind(page.limit());
    let rows = read_proposals(ctx, &scope, question).await?;
    let total = match page.total {
        true => Some(count_waiting(ctx, &scope).await?),
        false => None,
    };
    Ok(Page::of(rows, &page, total))
}

async fn count_waiting(ctx: &Ctx, scope: &Scope<ReadProposals>) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        total: i64,
    }
    let mut question = Question::new(ctx.store.backend(), "SELECT count(*) AS total");
    question.words(PROPOSALS_FROM);
    queries::awaits(&mut question, scope);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.total.unsigned_abs()))
}

/// What a professional is told of somebody who is proposed, before any contact details: nothing that names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedPerson {
    /// The ground of the peerness.
    pub background: SupportBackground,
    /// The first year of the decade of birth, as 1980.
    pub birth_decade: Option<i16>,
    /// The official code of the county.
    pub county_code: String,
    /// Codes of interests.
    pub interests: Vec<String>,
    /// Codes of languages.
    pub languages: Vec<String>,
}

/// What is told of the person of each proposal that the reader may see.
pub async fn proposed_people_for(
    ctx: &Ctx,
    ids: &[MatchProposalId],
) -> Result<HashMap<MatchProposalId, ProposedPerson>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: MatchProposalId,
        background: SupportBackground,
        birth_decade: Option<i16>,
        county_code: String,
        list: Option<i32>,
        code: Option<String>,
    }
    let scope = access::require::<ReadProposals>(ctx)?;
    let db = ctx.store.reader();
    let mut question = Question::new(
        db.get_database_backend(),
        "WITH q AS (SELECT mp.id, sp.id AS support_person_id, sp.background, sp.birth_decade, sp.county_code",
    );
    question
        .words(PROPOSALS_FROM)
        .is_one_of("mp.id", ids)
        .words(" AND ");
    queries::reaches_proposal(&mut question, &scope);
    question.words(
        ") SELECT q.id, q.background, q.birth_decade, q.county_code, t.list, t.code FROM q LEFT JOIN (
           SELECT o.id AS of_id, 1 AS list, i.code FROM q o JOIN support_person_interests i ON i.support_person_id = o.support_person_id
           UNION ALL
           SELECT o.id, 2, l.code FROM q o JOIN support_person_languages l ON l.support_person_id = o.support_person_id) t
         ON t.of_id = q.id ORDER BY t.list, t.code",
    );
    let mut people: HashMap<MatchProposalId, ProposedPerson> = HashMap::new();
    for row in question.all::<Row>(db).await? {
        let person = people.entry(row.id).or_insert_with(|| ProposedPerson {
            background: row.background,
            birth_decade: row.birth_decade,
            county_code: row.county_code,
            interests: Vec::new(),
            languages: Vec::new(),
        });
        match (row.list, row.code) {
            (Some(1), Some(code)) => person.interests.push(code),
            (Some(_), Some(code)) => person.languages.push(code),
            _ => {}
        }
    }
    Ok(people)
}

/// What a support person is told of somebody whom they are asked to support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedAbout {
    /// The case.
    pub case_id: SupportedCaseId,
    /// Its code, as it is read aloud.
    pub case_code: String,
    /// Why somebody is supported.
    pub background: CaseBackground,
    /// The official code of the county.
    pub county_code: String,
    /// One person, or a family.
    pub form: SupportForm,
    /// Codes of interests.
    pub interests: Vec<String>,
    /// Codes of wishes.
    pub wishes: Vec<String>,
}

/// What the support person of each proposal is told, as long as nobody has said no.
pub async fn asked_about_for(
    ctx: &Ctx,
    ids: &[MatchProposalId],
) -> Result<HashMap<MatchProposalId, AskedAbout>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: MatchProposalId,
        organisation_id: OrganisationId,
        case_id: SupportedCaseId,
        case_code: String,
        background: CaseBackground,
        county_code: String,
        form: SupportForm,
        list: Option<i32>,
        code: Option<String>,
    }
    let scope = access::require::<ReadProposals>(ctx)?;
    let db = ctx.store.reader();
    let mut question = Question::new(
        db.get_database_backend(),
        "WITH q AS (SELECT mp.id, r.id AS referral_id, r.case_id, r.form",
    );
    question
        .words(PROPOSALS_FROM)
        .is_one_of("mp.id", ids)
        .words(" AND ");
    queries::reaches_proposal_and_case(&mut question, &scope);
    question.words(
        ") SELECT q.id, c.organisation_id, c.id AS case_id, c.case_code, c.background, c.county_code, q.form, t.list, t.code
         FROM q JOIN supported_cases c ON c.id = q.case_id LEFT JOIN (
           SELECT o.id AS of_id, 1 AS list, i.code FROM q o JOIN case_interests i ON i.case_id = o.case_id
           UNION ALL
           SELECT o.id, 2, w.code FROM q o JOIN referral_wishes w ON w.referral_id = o.referral_id) t
         ON t.of_id = q.id ORDER BY t.list, t.code",
    );
    let mut about: HashMap<MatchProposalId, AskedAbout> = HashMap::new();
    let mut seen = Vec::new();
    for row in question.all::<Row>(db).await? {
        seen.push((row.organisation_id, row.case_id.0));
        let one = about.entry(row.id).or_insert_with(|| AskedAbout {
            case_id: row.case_id,
            case_code: case_code::shown(&row.case_code),
            background: row.background,
            county_code: row.county_code,
            form: row.form,
            interests: Vec::new(),
            wishes: Vec::new(),
        });
        match (row.list, row.code) {
            (Some(1), Some(code)) => one.interests.push(code),
            (Some(_), Some(code)) => one.wishes.push(code),
            _ => {}
        }
    }
    ctx.see(&scope, ObjectKind::SupportedCase, seen);
    Ok(about)
}

/// What was given to whom, about whom, on what ground (act 703/2023 § 11).
#[derive(Clone, Debug, FromQueryResult)]
pub struct Disclosure {
    /// Its id.
    pub id: DisclosureId,
    /// The proposal that it answers.
    pub proposal_id: MatchProposalId,
    /// Whose details were given.
    pub of_person_id: PersonId,
    /// To whom.
    pub to_person_id: PersonId,
    /// The organisation of the receiver.
    pub to_organisation_id: OrganisationId,
    /// What was given.
    pub what: DisclosedMatter,
    /// On what ground.
    pub basis: DisclosureBasis,
    /// Who gave it.
    pub disclosed_by: PersonId,
    /// When.
    pub disclosed_at: DateTime<Utc>,
}

/// The disclosures of each proposal that the reader may see, the oldest first.
pub async fn disclosures_for(
    ctx: &Ctx,
    ids: &[MatchProposalId],
) -> Result<Grouped<MatchProposalId, Disclosure>> {
    let scope = access::require::<ReadProposals>(ctx)?;
    let rows = disclosures(ctx, &scope, "d.proposal_id", ids).await?;
    Ok(grouped(rows, |row| row.proposal_id))
}

/// One disclosure; `None` where it is absent or hidden.
pub async fn find_disclosure(ctx: &Ctx, id: DisclosureId) -> Result<Option<Disclosure>> {
    let scope = access::require::<ReadProposals>(ctx)?;
    let found = disclosures(ctx, &scope, "d.id", &[id]).await?.pop();
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Person, id);
    }
    Ok(found)
}

/// `column` says what `ids` names: proposals, or the disclosures themselves.
async fn disclosures<T: Id + Ord>(
    ctx: &Ctx,
    scope: &Scope<ReadProposals>,
    column: &'static str,
    ids: &[T],
) -> Result<Vec<Disclosure>> {
    #[derive(FromQueryResult)]
    struct Row {
        organisation_id: OrganisationId,
        #[sea_orm(nested)]
        disclosure: Disclosure,
    }
    let db = ctx.store.reader();
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT d.organisation_id, d.id, d.proposal_id, d.of_person_id, d.to_person_id, d.to_organisation_id, d.what, d.basis,
           d.disclosed_by, d.disclosed_at FROM disclosures d WHERE ",
    );
    question
        .is_one_of(column, ids)
        .words(" AND d.proposal_id IN (SELECT mp.id")
        .words(PROPOSALS_FROM);
    queries::reaches_proposal(&mut question, scope);
    question.words(") ORDER BY d.id");
    let rows: Vec<Row> = question.all(db).await?;
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.disclosure.of_person_id.0));
    ctx.see(scope, ObjectKind::Person, seen);
    Ok(rows.into_iter().map(|row| row.disclosure).collect())
}
