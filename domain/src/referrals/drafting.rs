//! Drafting a referral, and putting right what was told in it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    CaseProfessionalId, Id as _, OrganisationId, PersonId, ReferralId, SupportedCaseId,
};
use rinnalla_entity::states::ReferralStatus;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::telling::{CaseInput, ReferralInput, Told, check, write_codes};
use super::{queries, standing};
use crate::access::{self, Refer};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::case_code::CaseCode;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::reach::Question;
use crate::sql::Sql;

/// How often a code that is taken is drawn again: with 35 bits, once is rare already.
const DRAWS: usize = 8;

/// A new referral with its case.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The association that it is made to.
    pub organisation: OrganisationId,
    /// The organisation that the professional makes it for; where the professional has one only, that one.
    pub referring_organisation: Option<OrganisationId>,
    /// Whom it is about.
    pub case: CaseInput,
    /// What is told.
    pub referral: ReferralInput,
}

/// A correction: everything as it should be.
#[derive(Clone, Debug)]
pub struct Correct {
    /// The referral.
    pub id: ReferralId,
    /// The version that the correction was made from.
    pub version: i32,
    /// Whom it is about.
    pub case: CaseInput,
    /// What is told.
    pub referral: ReferralInput,
}

/// Begins a referral to an association that the professional's organisation refers people to, with a fresh case code.
/// Nobody but the professional sees a draft.
///
/// Errors: `Invalid`: `referringOrganisationId` (`REQUIRED` where the professional has several, `UNKNOWN`),
/// `organisationId NO_PARTNERSHIP`, and the faults of what is told.
pub async fn draft(ctx: &Ctx, key: &IdempotencyKey, input: Draft) -> Result<ReferralId> {
    let scope = access::require::<Refer>(ctx)?;
    if let Some(done) = ctx.done_before("referralDraft", key).await? {
        return Ok(ReferralId(done));
    }
    let mut faults = Violations::default();
    let own: BTreeSet<OrganisationId> = scope.any_organisations().into_iter().collect();
    let referring = match (input.referring_organisation, own.first()) {
        (Some(named), _) if own.contains(&named) => Some(named),
        (Some(_), _) => {
            faults.check(false, "referringOrganisationId", "UNKNOWN");
            None
        }
        (None, Some(only)) if own.len() == 1 => Some(*only),
        (None, _) => {
            faults.check(false, "referringOrganisationId", "REQUIRED");
            None
        }
    };
    let county = &input.case.county_code;
    if let Some(referring) = referring {
        let db = ctx.store.reader();
        let knows = may_refer(db, input.organisation, referring, county, ctx.today).await?;
        faults.check(knows, "organisationId", "NO_PARTNERSHIP");
    }
    let told = check(ctx, &input.case, &input.referral, &mut faults).await?;
    let referring =
        referring.ok_or_else(|| Error::invalid("referringOrganisationId", "REQUIRED"))?;
    let (id, case) = (ReferralId::random(), SupportedCaseId::random());
    let mut act = match ctx.begin("referralDraft", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ReferralId(done)),
    };
    open_case(&act, case, input.organisation, referring, &told).await?;
    take_case(&act, case, scope.actor()).await?;
    insert_referral(&act, id, case, input.organisation, referring, &told).await?;
    write_codes(&act, case, id, &told).await?;
    act.changed(&scope, input.organisation, ObjectKind::SupportedCase, case);
    act.changed(&scope, input.organisation, ObjectKind::Referral, id);
    act.done().await.map(ReferralId)
}

/// Puts right what was told of the case and in the referral, as long as the referral is open.
///
/// Errors: `NotFound`; `Conflict` (`STALE_VERSION`); `Invalid`: `WRONG_STATE`, and the faults of what is told.
pub async fn correct(ctx: &Ctx, key: &IdempotencyKey, input: Correct) -> Result<ReferralId> {
    static CASE: Sql = Sql::new(
        "UPDATE supported_cases SET background = $2, kin_relation = $3, birth_decade = $4, county_code = $5, municipality_code = $6,
           language = $7, version = version + 1 WHERE id = $1",
    );
    static REFERRAL: Sql = Sql::new(
        "UPDATE referrals SET form = $2, phase = $3, information_source = $4 WHERE id = $1",
    );
    #[derive(FromQueryResult)]
    struct Found {
        case_id: SupportedCaseId,
        organisation_id: OrganisationId,
        status: ReferralStatus,
    }
    let scope = access::require::<Refer>(ctx)?;
    if let Some(done) = ctx.done_before("referralCorrect", key).await? {
        return Ok(ReferralId(done));
    }
    let told = check(
        ctx,
        &input.case,
        &input.referral,
        &mut Violations::default(),
    )
    .await?;
    let id = input.id;
    let mut act = match ctx.begin("referralCorrect", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(ReferralId(done)),
    };
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT r.case_id, r.organisation_id, r.status FROM referrals r WHERE r.id = ",
    );
    question.bind(id.0).words(" AND ");
    queries::reaches(&mut question, &scope);
    let Some(found) = question.one::<Found>(&act.tx).await? else {
        ctx.refuse(&scope, ObjectKind::Referral, id);
        return Err(Error::NotFound);
    };
    standing::lock(&act.tx, id, input.version).await?;
    if is_over(found.status) {
        return Err(Error::invalid("", "WRONG_STATE"));
    }
    let values = [
        found.case_id.0.into(),
        code(told.background),
        told.kin_relation.clone().into(),
        told.birth_decade.into(),
        told.county_code.clone().into(),
        told.municipality_code.clone().into(),
        told.language.clone().into(),
    ];
    CASE.run(&act.tx, values).await?;
    let values = [
        id.0.into(),
        code(told.form),
        code(told.phase),
        told.information_source.clone().into(),
    ];
    REFERRAL.run(&act.tx, values).await?;
    write_codes(&act, found.case_id, id, &told).await?;
    act.changed(
        &scope,
        found.organisation_id,
        ObjectKind::SupportedCase,
        found.case_id,
    );
    act.changed(&scope, found.organisation_id, ObjectKind::Referral, id);
    act.done().await.map(ReferralId)
}

/// Whether nothing more happens to a referral in this state.
pub(super) fn is_over(status: ReferralStatus) -> bool {
    use ReferralStatus::{Closed, Declined, Expired, Withdrawn};
    matches!(status, Closed | Declined | Expired | Withdrawn)
}

/// Whether an organisation refers people of a county to an association on a day.
pub(super) async fn may_refer(
    db: &impl ConnectionTrait,
    association: OrganisationId,
    referring: OrganisationId,
    county: &str,
    on: NaiveDate,
) -> Result<bool> {
    static SQL: Sql = Sql::new(
        "SELECT p.id FROM partnerships p WHERE p.organisation_id = $1 AND p.partner_id = $2 AND p.kind = 'REFERS'
           AND p.valid_from <= $4 AND (p.valid_to IS NULL OR p.valid_to >= $4) AND (p.county_code IS NULL OR p.county_code = $3)
         LIMIT 1",
    );
    #[derive(FromQueryResult)]
    struct Row {
        #[allow(dead_code)]
        id: uuid::Uuid,
    }
    // PostgreSQL takes no NUL in a text, even to look for.
    let county = county.replace('\0', " ");
    let values = [
        association.0.into(),
        referring.0.into(),
        county.into(),
        on.into(),
    ];
    let row: Option<Row> = SQL.one(db, values).await?;
    Ok(row.is_some())
}

/// Opens a case under a code that no other case has.
async fn open_case(
    act: &Act<'_>,
    id: SupportedCaseId,
    association: OrganisationId,
    referring: OrganisationId,
    told: &Told,
) -> Result<()> {
    static INSERT: Sql = Sql::new(
        "INSERT INTO supported_cases (id, organisation_id, referring_organisation_id, case_code, background, kin_relation, birth_decade,
           county_code, municipality_code, language, version, created_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11) ON CONFLICT (case_code) DO NOTHING",
    );
    for _ in 0..DRAWS {
        let values = [
            id.0.into(),
            association.0.into(),
            referring.0.into(),
            CaseCode::random().as_str().to_owned().into(),
            code(told.background),
            told.kin_relation.clone().into(),
            told.birth_decade.into(),
            told.county_code.clone().into(),
            told.municipality_code.clone().into(),
            told.language.clone().into(),
            act.ctx.today.into(),
        ];
        if INSERT.run(&act.tx, values).await? == 1 {
            return Ok(());
        }
    }
    Err(Error::internal("no free case code was drawn"))
}

async fn take_case(act: &Act<'_>, case: SupportedCaseId, professional: PersonId) -> Result<()> {
    static INSERT: Sql = Sql::new(
        "INSERT INTO case_professionals (id, case_id, person_id, is_responsible, from_on) VALUES ($1, $2, $3, $4, $5)",
    );
    let values = [
        CaseProfessionalId::random().0.into(),
        case.0.into(),
        professional.0.into(),
        true.into(),
        act.ctx.today.into(),
    ];
    INSERT.run(&act.tx, values).await?;
    Ok(())
}

async fn insert_referral(
    act: &Act<'_>,
    id: ReferralId,
    case: SupportedCaseId,
    association: OrganisationId,
    referring: OrganisationId,
    told: &Told,
) -> Result<()> {
    static INSERT: Sql = Sql::new(
        "INSERT INTO referrals (id, organisation_id, referring_organisation_id, case_id, professional_id, form, phase, information_source,
           status, proposal_count, version, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'DRAFT', 0, 1, $9)",
    );
    let values = [
        id.0.into(),
        association.0.into(),
        referring.0.into(),
        case.0.into(),
        act.ctx.actor()?.person.0.into(),
        code(told.form),
        code(told.phase),
        told.information_source.clone().into(),
        act.ctx.now.into(),
    ];
    INSERT.run(&act.tx, values).await?;
    Ok(())
}
