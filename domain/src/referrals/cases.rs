//! Supported cases: a code, and what matching needs. No name, no identity number, no diagnosis, no substance: nothing
//! here tells who somebody is, and nothing is asked that would.

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{OrganisationId, SupportedCaseId};
use rinnalla_entity::states::CaseBackground;
use sea_orm::FromQueryResult;

use super::queries::{reaches_proposed_case, reaches_whole_case};
use crate::access::{self, Permission, ReadCases, Scope};
use crate::audit::ObjectKind;
use crate::case_code;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;

/// A supported case. A support person sees the code, the background, the county and the interests, and nothing more.
#[derive(Clone, Debug)]
pub struct SupportedCase {
    /// Its id.
    pub id: SupportedCaseId,
    /// The association.
    pub organisation_id: OrganisationId,
    /// The code as it is read aloud: `7KXR-2MHD`.
    pub code: String,
    /// Why somebody is supported.
    pub background: CaseBackground,
    /// The official code of the county.
    pub county_code: String,
    /// Rises with every change, also of its professionals.
    pub version: i32,
    /// What only the professional and the association see.
    pub details: Option<CaseDetails>,
}

/// What the professional and the association see of a case besides.
#[derive(Clone, Debug)]
pub struct CaseDetails {
    /// The organisation of the professional.
    pub referring_organisation_id: OrganisationId,
    /// How a next of kin is related: a code.
    pub kin_relation: Option<String>,
    /// The first year of the decade of birth, as 1980.
    pub birth_decade: Option<i16>,
    /// The official code of the municipality, where it was given for matching.
    pub municipality_code: Option<String>,
    /// The language that the supported person talks in.
    pub language: String,
    /// The day on which the case came into the register.
    pub created_on: NaiveDate,
}

#[derive(FromQueryResult)]
struct Row {
    id: SupportedCaseId,
    organisation_id: OrganisationId,
    referring_organisation_id: OrganisationId,
    case_code: String,
    background: CaseBackground,
    kin_relation: Option<String>,
    birth_decade: Option<i16>,
    county_code: String,
    municipality_code: Option<String>,
    language: String,
    created_on: NaiveDate,
    version: i32,
    is_whole: i32,
}

/// The cases among `ids` that the reader may see, each as far as the reader may see it.
pub async fn cases_for_ids(
    ctx: &Ctx,
    ids: &[SupportedCaseId],
) -> Result<HashMap<SupportedCaseId, SupportedCase>> {
    let scope = access::require::<ReadCases>(ctx)?;
    let db = ctx.store.reader();
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT c.id, c.organisation_id, c.referring_organisation_id, c.case_code, c.background, c.kin_relation, c.birth_decade,
           c.county_code, c.municipality_code, c.language, c.created_on, c.version, CASE WHEN ",
    );
    reaches_whole_case(&mut question, &scope);
    question
        .words(" THEN 1 ELSE 0 END AS is_whole FROM supported_cases c WHERE ")
        .is_one_of("c.id", ids)
        .words(" AND ");
    reaches_any(&mut question, &scope);
    let rows: Vec<Row> = question.all(db).await?;
    let seen: Vec<_> = rows
        .iter()
        .map(|row| (row.organisation_id, row.id.0))
        .collect();
    ctx.see(&scope, ObjectKind::SupportedCase, seen);
    Ok(rows
        .into_iter()
        .map(|row| (row.id, SupportedCase::of(row)))
        .collect())
}

/// One case; `None` where absent or not the reader's to know of.
pub async fn find_case(ctx: &Ctx, id: SupportedCaseId) -> Result<Option<SupportedCase>> {
    let scope = access::require::<ReadCases>(ctx)?;
    let found = cases_for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::SupportedCase, id);
    }
    Ok(found)
}

/// The codes of each case's interests.
pub async fn interests_for_cases(
    ctx: &Ctx,
    ids: &[SupportedCaseId],
) -> Result<HashMap<SupportedCaseId, Vec<String>>> {
    #[derive(FromQueryResult)]
    struct Interest {
        case_id: SupportedCaseId,
        code: String,
    }
    let scope = access::require::<ReadCases>(ctx)?;
    let db = ctx.store.reader();
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT i.case_id, i.code FROM case_interests i JOIN supported_cases c ON c.id = i.case_id WHERE ",
    );
    question.is_one_of("i.case_id", ids).words(" AND ");
    reaches_any(&mut question, &scope);
    question.words(" ORDER BY i.code");
    let mut of: HashMap<SupportedCaseId, Vec<String>> = HashMap::new();
    for row in question.all::<Interest>(db).await? {
        of.entry(row.case_id).or_default().push(row.code);
    }
    Ok(of)
}

fn reaches_any<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    let is_whole = !scope.organisations().is_empty() || !scope.professionals().is_empty();
    let is_support = !scope.support_people().is_empty();
    match (is_whole, is_support) {
        (true, true) => {
            question.words("(");
            reaches_whole_case(question, scope);
            question.words(" OR ");
            reaches_proposed_case(question, scope);
            question.words(")");
        }
        (_, false) => reaches_whole_case(question, scope),
        (false, true) => reaches_proposed_case(question, scope),
    }
}

impl SupportedCase {
    fn of(row: Row) -> Self {
        Self {
            id: row.id,
            organisation_id: row.organisation_id,
            code: case_code::shown(&row.case_code),
            background: row.background,
            county_code: row.county_code,
            version: row.version,
            details: (row.is_whole == 1).then_some(CaseDetails {
                referring_organisation_id: row.referring_organisation_id,
                kin_relation: row.kin_relation,
                birth_decade: row.birth_decade,
                municipality_code: row.municipality_code,
                language: row.language,
                created_on: row.created_on,
            }),
        }
    }
}
