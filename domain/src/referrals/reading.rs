//! What each side may read: referrals, what was recorded about them, proposals, disclosures.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    DisclosureId, Id, MatchProposalId, OrganisationId, PersonId, ReferralActId, ReferralId,
    SupportPersonId, SupportedCaseId,
};
use rinnalla_entity::states::{
    AskingChannel, CaseBackground, DisclosedMatter, DisclosureBasis, MatchProposalStatus,
    ReferralActKind, SupportBackground, SupportForm, WithdrawnBy,
};
use sea_orm::FromQueryResult;

use super::matching::MatchReason;
use super::queries::{self, PROPOSALS_FROM};
use super::{Filter, Referral, cases, reasons};
use crate::access::{self, Permission, ReadProposals, ReadReferrals, Scope};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Result, Violations};
use crate::organisations::rules::is_county_code;
use crate::page::{Cursor, Grouped, Page, PageArgs};
use crate::reach::Question;

/// The referrals among `ids` that the reader may see: a professional own cases, a coordinator what was submitted to
/// the own organisation.
pub async fn for_ids(ctx: &Ctx, ids: &[ReferralId]) -> Result<HashMap<ReferralId, Referral>> {
    let scope = access::require::<ReadReferrals>(ctx)?;
    let rows = queries::for_ids(ctx.store.reader(), &scope, ids).await?;
    see(ctx, &scope, &rows);
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The referrals of each case, the oldest first.
pub async fn for_cases(
    ctx: &Ctx,
    ids: &[SupportedCaseId],
) -> Result<Grouped<SupportedCaseId, Referral>> {
    let scope = access::require::<ReadReferrals>(ctx)?;
    let rows = queries::for_cases(ctx.store.reader(), &scope, ids).await?;
    see(ctx, &scope, &rows);
    Ok(grouped(rows, |row| row.case_id))
}

/// One referral; `None` where absent or not the reader's to know of.
pub async fn find(ctx: &Ctx, id: ReferralId) -> Result<Option<Referral>> {
    let scope = access::require::<ReadReferrals>(ctx)?;
    let found = for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Referral, id);
    }
    Ok(found)
}

/// Referrals, the newest first; where those who wait are asked for, the longest waiting first.
pub async fn list(ctx: &Ctx, filter: &Filter, page: PageArgs) -> Result<Page<Referral>> {
    let scope = access::require::<ReadReferrals>(ctx)?;
    if let Some(county) = &filter.county_code {
        Violations::default()
            .check(is_county_code(county), "countyCode", "MALFORMED")
            .done()?;
    }
    let db = ctx.store.reader();
    let rows = queries::list(db, &scope, filter, &page).await?;
    let total = match page.total {
        true => Some(queries::count(db, &scope, filter).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    see(ctx, &scope, &page.rows);
    Ok(page)
}

impl Referral {
    /// Where the referral stands in [`list`].
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: None,
            id: self.id.0,
        }
    }
}

/// The codes of what each referral's supported person wishes of a support person.
pub async fn wishes_for(ctx: &Ctx, ids: &[ReferralId]) -> Result<HashMap<ReferralId, Vec<String>>> {
    #[derive(FromQueryResult)]
    struct Wish {
        referral_id: ReferralId,
        code: String,
    }
    let scope = access::require::<ReadReferrals>(ctx)?;
    let db = ctx.store.reader();
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT w.referral_id, w.code FROM referral_wishes w JOIN referrals r ON r.id = w.referral_id WHERE ",
    );
    question.is_one_of("w.referral_id", ids).words(" AND ");
    queries::reaches(&mut question, &scope);
    question.words(" ORDER BY w.code");
    let mut of: HashMap<ReferralId, Vec<String>> = HashMap::new();
    for row in question.all::<Wish>(db).await? {
        of.entry(row.referral_id).or_default().push(row.code);
    }
    Ok(of)
}

/// What has been recorded on the way to submitting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preparation {
    /// When the supported person's interest was confirmed.
    pub interest_confirmed_on: Option<NaiveDate>,
    /// When the consent was given that stands.
    pub consent_given_on: Option<NaiveDate>,
    /// Which wording it was given to.
    pub consent_text_version: Option<String>,
    /// When it was withdrawn.
    pub consent_withdrawn_on: Option<NaiveDate>,
}

/// How far each referral is prepared.
pub async fn preparation_for(
    ctx: &Ctx,
    ids: &[ReferralId],
) -> Result<HashMap<ReferralId, Preparation>> {
    #[derive(FromQueryResult)]
    struct Row {
        referral_id: ReferralId,
        kind: ReferralActKind,
        on_date: NaiveDate,
        text_version: Option<String>,
    }
    let scope = access::require::<ReadReferrals>(ctx)?;
    let db = ctx.store.reader();
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT a.referral_id, a.kind, a.on_date, a.text_version FROM referral_acts a JOIN referrals r ON r.id = a.referral_id
         WHERE a.cancelled_at IS NULL AND a.kind IN ('INTEREST_CONFIRMED', 'CONSENT_GIVEN', 'CONSENT_WITHDRAWN') AND ",
    );
    question.is_one_of("a.referral_id", ids).words(" AND ");
    queries::reaches(&mut question, &scope);
    let mut of: HashMap<ReferralId, Preparation> = HashMap::new();
    for row in question.all::<Row>(db).await? {
        let one = of.entry(row.referral_id).or_default();
        match row.kind {
            ReferralActKind::InterestConfirmed => one.interest_confirmed_on = Some(row.on_date),
            ReferralActKind::ConsentGiven => {
                one.consent_given_on = Some(row.on_date);
                one.consent_text_version = row.text_version;
            }
            _ => one.consent_withdrawn_on = Some(row.on_date),
        }
    }
    Ok(of)
}

/// Something that was recorded about a referral.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ReferralAct {
    /// The entry.
    pub id: ReferralActId,
    /// The referral.
    pub referral_id: ReferralId,
    /// The proposal that it is about, where it is about one.
    pub proposal_id: Option<MatchProposalId>,
    /// What happened.
    pub kind: ReferralActKind,
    /// The day on which it happened.
    pub on_date: NaiveDate,
    /// How a support person was asked or answered.
    pub channel: Option<AskingChannel>,
    /// Who took the referral back.
    #[sea_orm(from_alias = "reason")]
    pub withdrawn_by: Option<WithdrawnBy>,
    /// Which wording a consent was given to.
    pub text_version: Option<String>,
    /// Who wrote it down.
    pub recorded_by: PersonId,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// When it was cancelled, where it was.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Who cancelled it.
    pub cancelled_by: Option<PersonId>,
}

/// Whether an entry says something about a support person that the professional is not to know: who was asked, and
/// what they answered.
pub(super) fn is_between_association_and_support_person(kind: ReferralActKind) -> bool {
    use ReferralActKind::{
        ProposalWithdrawn, SupportPersonAgreed, SupportPersonAsked, SupportPersonRefused,
    };
    matches!(
        kind,
        SupportPersonAsked | SupportPersonAgreed | SupportPersonRefused | ProposalWithdrawn
    )
}

/// Everything that was recorded about each, what was cancelled as well, in the order of recording. What passed between
/// the association and a support person is shown to the association alone.
pub async fn acts_for(ctx: &Ctx, ids: &[ReferralId]) -> Result<Grouped<ReferralId, ReferralAct>> {
    let scope = access::require::<ReadReferrals>(ctx)?;
    let rows = shown_acts(ctx, &scope, "a.referral_id", ids).await?;
    Ok(grouped(rows, |act| act.referral_id))
}

/// One entry of a referral, cancelled or not; `None` where it is absent or hidden.
pub async fn find_act(ctx: &Ctx, id: ReferralActId) -> Result<Option<ReferralAct>> {
    let scope = access::require::<ReadReferrals>(ctx)?;
    let found = shown_acts(ctx, &scope, "a.id", &[id]).await?.pop();
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Referral, id);
    }
    Ok(found)
}

/// `column` says what `ids` names: referrals, or the entries themselves.
async fn shown_acts<T: Id + Ord>(
    ctx: &Ctx,
    scope: &Scope<ReadReferrals>,
    column: &'static str,
    ids: &[T],
) -> Result<Vec<ReferralAct>> {
    #[derive(FromQueryResult)]
    struct Row {
        organisation_id: OrganisationId,
        #[sea_orm(nested)]
        act: ReferralAct,
    }
    let db = ctx.store.reader();
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT r.organisation_id, a.id, a.referral_id, a.proposal_id, a.kind, a.on_date, a.channel, a.reason, a.text_version,
           a.recorded_by, a.recorded_at, a.cancelled_at, a.cancelled_by
         FROM referral_acts a JOIN referrals r ON r.id = a.referral_id WHERE ",
    );
    question.is_one_of(column, ids).words(" AND ");
    queries::reaches(&mut question, scope);
    question.words(" ORDER BY a.seq, a.id");
    let rows: Vec<Row> = question.all(db).await?;
    let shown = rows.into_iter().filter(|row| {
        scope.covers(row.organisation_id)
            || !is_between_association_and_support_person(row.act.kind)
    });
    let shown: Vec<Row> = shown.collect();
    let seen = shown
        .iter()
        .map(|row| (row.organisation_id, row.act.referral_id.0));
    ctx.see(scope, ObjectKind::Referral, seen);
    Ok(shown.into_iter().map(|row| row.act).collect())
}

/// A proposal, as far as the reader may see it.
#[derive(Clone, Debug)]
pub struct MatchProposal {
    /// Its id.
    pub id: MatchProposalId,
    /// The association.
    pub organisation_id: OrganisationId,
    /// The referral that it answers.
    pub referral_id: ReferralId,
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
            case_code: cases::shown(&row.case_code),
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

fn see<P: Permission>(ctx: &Ctx, scope: &Scope<P>, rows: &[Referral]) {
    let seen = rows.iter().map(|row| (row.organisation_id, row.id.0));
    ctx.see(scope, ObjectKind::Referral, seen);
}

fn grouped<K: Eq + std::hash::Hash, T>(rows: Vec<T>, by: impl Fn(&T) -> K) -> Grouped<K, T> {
    let mut of = Grouped::new();
    for row in rows {
        of.entry(by(&row)).or_insert_with(Vec::new).push(row);
    }
    of
}
