//! What each side may read of referrals, and of what was recorded about them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    Id, MatchProposalId, OrganisationId, PersonId, ReferralActId, ReferralId, SupportedCaseId,
};
use rinnalla_entity::states::{AskingChannel, ReferralActKind, WithdrawnBy};
use sea_orm::FromQueryResult;

use super::queries;
use super::{Filter, Referral};
use crate::access::{self, Permission, ReadReferrals, Scope};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Result, Violations};
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
    let mut faults = Violations::default();
    filter.check(&mut faults);
    faults.done()?;
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

fn see<P: Permission>(ctx: &Ctx, scope: &Scope<P>, rows: &[Referral]) {
    let seen = rows.iter().map(|row| (row.organisation_id, row.id.0));
    ctx.see(scope, ObjectKind::Referral, seen);
}

pub(super) fn grouped<K: Eq + std::hash::Hash, T>(
    rows: Vec<T>,
    by: impl Fn(&T) -> K,
) -> Grouped<K, T> {
    let mut of = Grouped::new();
    for row in rows {
        of.entry(by(&row)).or_insert_with(Vec::new).push(row);
    }
    of
}
