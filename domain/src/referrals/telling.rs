//! What is told of a supported person and in a referral, and the check of it: codes and numbers, no free text, nothing
//! that names anyone.

use std::collections::BTreeSet;

use chrono::Datelike as _;
use rinnalla_entity::ids::{ReferralId, SupportedCaseId};
use rinnalla_entity::states::{CaseBackground, RehabilitationPhase, SupportForm};

use crate::act::Act;
use crate::ctx::Ctx;
use crate::error::{Result, Violations};
use crate::organisations::rules::is_municipality_code;
use crate::organisations::{self, CodeList};
use crate::sql::Sql;
use crate::texts::Language;

/// How many codes of one list a case may have: our own choice, far above need.
const MOST_CODES: usize = 40;

/// What is told of a supported person: nothing that names anyone.
#[derive(Clone, Debug)]
pub struct CaseInput {
    /// Why somebody is supported.
    pub background: CaseBackground,
    /// How a next of kin is related: a code.
    pub kin_relation: Option<String>,
    /// The first year of the decade of birth, as 1980.
    pub birth_decade: Option<i32>,
    /// The official code of the county.
    pub county_code: String,
    /// The official code of the municipality, for matching.
    pub municipality_code: Option<String>,
    /// The code of the language that the supported person talks in.
    pub language: String,
    /// Codes of interests.
    pub interests: Vec<String>,
}

/// What is told in a referral.
#[derive(Clone, Debug)]
pub struct ReferralInput {
    /// One person, or a family.
    pub form: SupportForm,
    /// Where in rehabilitation the supported person is.
    pub phase: RehabilitationPhase,
    /// Who told of peer support: a code.
    pub information_source: Option<String>,
    /// Codes of what is wished of a support person.
    pub wishes: Vec<String>,
}

/// What is told, checked.
pub(super) struct Told {
    pub background: CaseBackground,
    pub kin_relation: Option<String>,
    pub birth_decade: Option<i16>,
    pub county_code: String,
    pub municipality_code: Option<String>,
    pub language: String,
    pub interests: BTreeSet<String>,
    pub form: SupportForm,
    pub phase: RehabilitationPhase,
    pub information_source: Option<String>,
    pub wishes: BTreeSet<String>,
}

pub(super) async fn check(
    ctx: &Ctx,
    case: &CaseInput,
    referral: &ReferralInput,
    faults: &mut Violations,
) -> Result<Told> {
    let db = ctx.store.reader();
    let is_county = organisations::is_county(db, &case.county_code).await?;
    faults.check(is_county, "countyCode", "UNKNOWN_CODE");
    let birth_decade = case.birth_decade.map(i16::try_from).transpose().ok();
    let is_decade =
        |decade: &i16| decade % 10 == 0 && (1900..=ctx.today.year()).contains(&i32::from(*decade));
    faults
        .check(
            birth_decade.is_some_and(|decade| decade.as_ref().is_none_or(is_decade)),
            "birthDecade",
            "OUT_OF_RANGE",
        )
        .check(
            case.municipality_code
                .as_deref()
                .is_none_or(is_municipality_code),
            "municipalityCode",
            "MALFORMED",
        )
        .check(
            Language::ALL.iter().any(|it| it.code() == case.language),
            "language",
            "UNKNOWN_CODE",
        )
        .check(
            case.kin_relation.is_none() || case.background == CaseBackground::NextOfKin,
            "kinRelation",
            "NOT_NEXT_OF_KIN",
        );
    let one = |code: &Option<String>| code.iter().cloned().collect::<Vec<_>>();
    for (list, field, codes) in [
        (
            CodeList::KinRelation,
            "kinRelation",
            one(&case.kin_relation),
        ),
        (CodeList::Interest, "interests", case.interests.clone()),
        (CodeList::MatchWish, "wishes", referral.wishes.clone()),
        (
            CodeList::InformationSource,
            "informationSource",
            one(&referral.information_source),
        ),
    ] {
        if codes.len() > MOST_CODES {
            faults.check(false, field, "OUT_OF_RANGE");
        } else if !codes.is_empty() {
            let unknown = organisations::unknown_codes(db, list, &codes).await?;
            faults.check(unknown.is_empty(), field, "UNKNOWN_CODE");
        }
    }
    faults.done()?;
    Ok(Told {
        background: case.background,
        kin_relation: case.kin_relation.clone(),
        birth_decade: birth_decade.flatten(),
        county_code: case.county_code.clone(),
        municipality_code: case.municipality_code.clone(),
        language: case.language.clone(),
        interests: case.interests.iter().cloned().collect(),
        form: referral.form,
        phase: referral.phase,
        information_source: referral.information_source.clone(),
        wishes: referral.wishes.iter().cloned().collect(),
    })
}

/// Writes the codes of a case and its referral anew.
pub(super) async fn write_codes(
    act: &Act<'_>,
    case: SupportedCaseId,
    referral: ReferralId,
    told: &Told,
) -> Result<()> {
    static FORGET_INTERESTS: Sql = Sql::new("DELETE FROM case_interests WHERE case_id = $1");
    static FORGET_WISHES: Sql = Sql::new("DELETE FROM referral_wishes WHERE referral_id = $1");
    static INTEREST: Sql = Sql::new("INSERT INTO case_interests (case_id, code) VALUES ($1, $2)");
    static WISH: Sql = Sql::new("INSERT INTO referral_wishes (referral_id, code) VALUES ($1, $2)");
    FORGET_INTERESTS.run(&act.tx, [case.0.into()]).await?;
    for code in &told.interests {
        INTEREST
            .run(&act.tx, [case.0.into(), code.clone().into()])
            .await?;
    }
    FORGET_WISHES.run(&act.tx, [referral.0.into()]).await?;
    for code in &told.wishes {
        WISH.run(&act.tx, [referral.0.into(), code.clone().into()])
            .await?;
    }
    Ok(())
}
