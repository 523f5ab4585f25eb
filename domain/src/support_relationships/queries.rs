//! What is asked about support relationships, in SQL.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    Id, OrganisationId, PersonId, SupportAgreementId, SupportRelationshipId, SupportedCaseId,
};
use rinnalla_entity::states::MeetingRhythm;
use sea_orm::FromQueryResult;

use super::{
    Filter, Particulars, SupportAgreement, SupportRelationship, SupportRelationshipAct, With,
};
use crate::access::{ReadRelationships, Scope};
use crate::act::code;
use crate::audit::ObjectKind;
use crate::case_code::CaseCode;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{MAX_FIRST, PageArgs};
use crate::reach::Question;
use crate::sql::columns;

type Reading = Scope<ReadRelationships>;

columns!(
    SupportRelationship with With:
    id = "r.id",
    organisation_id = "r.organisation_id",
    referring_organisation_id = "r.referring_organisation_id",
    case_id = "r.case_id",
    case_code = "c.case_code",
    support_person_id = "r.support_person_id",
    status = "r.status",
    first_meeting_on = "r.first_meeting_on",
    ended_on = "r.ended_on",
    version = "r.version"
    [supporter_id = "sp.person_id" if supporter,
    is_peer = "(sp.background = 'NEXT_OF_KIN') = (c.background = 'NEXT_OF_KIN')" if supporter,
    professional_id = "cp.person_id" if professional]
    {particulars of Particulars}
);

columns!(
    Particulars with ():
    referral_id = "r.referral_id",
    proposal_id = "r.proposal_id",
    proposed_on = "r.proposed_on",
    starts_on = "r.starts_on",
    agreed_until = "r.agreed_until",
    end_reason = "r.end_reason",
    review_interval_months = "r.review_interval_months",
    professional_follows = "r.professional_follows"
);

/// The case's code, and the two people where they are asked for.
fn joined(question: &mut Question, with: With) -> &mut Question {
    question.words(" JOIN supported_cases c ON c.id = r.case_id");
    if with.supporter {
        question.words(" JOIN support_persons sp ON sp.id = r.support_person_id");
    }
    if with.professional {
        question.words(
            " LEFT JOIN case_professionals cp ON cp.case_id = r.case_id AND cp.to_on IS NULL AND cp.is_responsible",
        );
    }
    question
}

/// The relationship of each review.
pub(super) fn join_to_reviews(question: &mut Question, with: With) {
    question.words(" JOIN support_relationships r ON r.id = jr.relationship_id");
    joined(question, with);
}

/// What a list asks for, read and with its dates worked out.
pub(super) struct Asked<'a> {
    pub filter: &'a Filter,
    pub case_code: Option<CaseCode>,
    pub ending_by: Option<NaiveDate>,
}

/// The rows of the page are chosen first, and joined then: no more is looked up than is shown. PostgreSQL plans without
/// knowing what is bound and would take a page for a tenth of all rows; the most that a page may hold it can read.
pub(super) async fn list(
    ctx: &Ctx,
    scope: &Reading,
    asked: &Asked<'_>,
    page: &PageArgs,
    with: With,
) -> Result<Vec<SupportRelationship>> {
    let mut question = Question::select::<SupportRelationship>(ctx.store.backend(), with);
    question.words(" FROM (SELECT r.* FROM (SELECT r.*");
    conditions(&mut question, scope, asked);
    if let Some(after) = page.after {
        question.words(" AND r.id < ").bind(after.id);
    }
    let most = format!(" ORDER BY r.id DESC LIMIT {}) AS r", MAX_FIRST + 1);
    question
        .words(&most)
        .words(" ORDER BY r.id DESC LIMIT ")
        .bind(page.limit())
        .words(") AS r");
    joined(&mut question, with).words(" ORDER BY r.id DESC");
    question.placed(ctx.store.reader(), with).await
}

pub(super) async fn count(ctx: &Ctx, scope: &Reading, asked: &Asked<'_>) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let mut question = Question::new(ctx.store.backend(), "SELECT count(*) AS n");
    conditions(&mut question, scope, asked);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

fn conditions(question: &mut Question, scope: &Reading, asked: &Asked<'_>) {
    let filter = asked.filter;
    question.words(" FROM support_relationships r WHERE ");
    if filter.mine {
        question.reaches_own_relationship(scope);
    } else {
        question.reaches_relationship(scope);
    }
    match filter.status {
        Some(status) => question.words(" AND r.status = ").bind(code(status)),
        None => question.words(" AND r.status <> 'CANCELLED'"),
    };
    if let Some(county) = &filter.county_code {
        question
            .words(" AND r.case_id IN (SELECT c.id FROM supported_cases c WHERE c.county_code = ")
            .bind(county.clone())
            .words(")");
    }
    if let Some(ending_by) = asked.ending_by {
        question
            .words(" AND r.status IN ('AGREED', 'ACTIVE', 'PAUSED') AND r.agreed_until <= ")
            .bind(ending_by);
    }
    if let Some(case_code) = &asked.case_code {
        question
            .words(" AND r.case_id IN (SELECT c.id FROM supported_cases c WHERE c.case_code = ")
            .bind(case_code.as_str().to_owned())
            .words(")");
    }
    if let Some(support_person) = filter.support_person {
        question.words(" AND ");
        question.is_one_of("r.support_person_id", &[support_person]);
    }
    if let Some(organisation) = filter.organisation {
        question.words(" AND ");
        question.is_one_of("r.organisation_id", &[organisation]);
    }
}

pub(super) async fn for_ids(
    ctx: &Ctx,
    scope: &Reading,
    ids: &[SupportRelationshipId],
    with: With,
) -> Result<Vec<SupportRelationship>> {
    let mut question = Question::select::<SupportRelationship>(ctx.store.backend(), with);
    question.words(" FROM support_relationships r");
    joined(&mut question, with)
        .words(" WHERE ")
        .is_one_of("r.id", ids)
        .words(" AND ")
        .reaches_relationship(scope);
    match ids {
        [_] => question.placed_at_once(&ctx.store, with).await,
        _ => question.placed(ctx.store.reader(), with).await,
    }
}

pub(super) async fn for_cases(
    ctx: &Ctx,
    scope: &Reading,
    cases: &[SupportedCaseId],
    with: With,
) -> Result<Vec<SupportRelationship>> {
    let mut question = Question::select::<SupportRelationship>(ctx.store.backend(), with);
    question.words(" FROM support_relationships r");
    joined(&mut question, with)
        .words(" WHERE ")
        .is_one_of("r.case_id", cases)
        .words(" AND r.status <> 'CANCELLED' AND ")
        .reaches_relationship(scope)
        .words(" ORDER BY r.id DESC");
    question.placed(ctx.store.reader(), with).await
}

/// `column` says what `of` names: relationships, or the entries themselves.
pub(super) async fn acts_for<T: Id + Ord>(
    ctx: &Ctx,
    scope: &Reading,
    column: &'static str,
    of: &[T],
) -> Result<Vec<SupportRelationshipAct>> {
    #[derive(FromQueryResult)]
    struct Row {
        organisation_id: OrganisationId,
        #[sea_orm(nested)]
        act: SupportRelationshipAct,
    }
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT a.organisation_id, a.id, a.relationship_id, a.kind, a.on_date, a.professional_present, a.exception_reason,
           a.handover_by, a.end_reason, a.corrects_id, a.recorded_by, a.recorded_at, a.cancelled_at
         FROM support_relationship_acts a WHERE ",
    );
    question
        .is_one_of(column, of)
        .words(" AND ")
        .reaches_part(scope, "a.organisation_id", "a.relationship_id")
        .words(" ORDER BY a.recorded_at, a.id");
    let rows: Vec<Row> = question.all(ctx.store.reader()).await?;
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.act.relationship_id.uuid()));
    ctx.see(scope, ObjectKind::SupportRelationship, seen);
    Ok(rows.into_iter().map(|row| row.act).collect())
}

#[derive(FromQueryResult)]
struct AgreementRow {
    organisation_id: OrganisationId,
    id: SupportAgreementId,
    relationship_id: SupportRelationshipId,
    version_no: i16,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    rhythm: MeetingRhythm,
    places: Option<String>,
    review_interval_months: i16,
    professional_follows: bool,
    signed_on: NaiveDate,
    corrects_id: Option<SupportAgreementId>,
    recorded_by: PersonId,
    recorded_at: DateTime<Utc>,
    cancelled_at: Option<DateTime<Utc>>,
}

impl From<AgreementRow> for SupportAgreement {
    fn from(row: AgreementRow) -> Self {
        let places = row.places.unwrap_or_default();
        let mut places: Vec<String> = places.split_terminator(',').map(str::to_owned).collect();
        places.sort_unstable();
        Self {
            id: row.id,
            relationship_id: row.relationship_id,
            version_no: row.version_no,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            rhythm: row.rhythm,
            places,
            review_interval_months: row.review_interval_months,
            professional_follows: row.professional_follows,
            signed_on: row.signed_on,
            corrects_id: row.corrects_id,
            recorded_by: row.recorded_by,
            recorded_at: row.recorded_at,
            cancelled_at: row.cancelled_at,
        }
    }
}

/// `column` says what `of` names: relationships, or the agreements themselves.
pub(super) async fn agreements_for<T: Id + Ord>(
    ctx: &Ctx,
    scope: &Reading,
    column: &'static str,
    of: &[T],
    current_only: bool,
) -> Result<Vec<SupportAgreement>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT a.organisation_id, a.id, a.relationship_id, a.version_no, a.starts_on, a.ends_on, a.rhythm,
           a.review_interval_months, a.professional_follows, a.signed_on, a.corrects_id, a.recorded_by, a.recorded_at,
           a.cancelled_at, (SELECT ",
    );
    question
        .words_on("string_agg", "group_concat")
        .words(
            "(p.code, ',') FROM support_agreement_places p WHERE p.agreement_id = a.id) AS places
             FROM support_agreements a WHERE ",
        )
        .is_one_of(column, of);
    if current_only {
        question.words(
            " AND a.cancelled_at IS NULL AND NOT EXISTS (SELECT 1 FROM support_agreements n
                WHERE n.relationship_id = a.relationship_id AND n.cancelled_at IS NULL AND n.version_no > a.version_no)",
        );
    }
    question
        .words(" AND ")
        .reaches_part(scope, "a.organisation_id", "a.relationship_id")
        .words(" ORDER BY a.recorded_at, a.id");
    let rows: Vec<AgreementRow> = question.all(ctx.store.reader()).await?;
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.relationship_id.uuid()));
    ctx.see(scope, ObjectKind::SupportRelationship, seen);
    Ok(rows.into_iter().map(SupportAgreement::from).collect())
}
