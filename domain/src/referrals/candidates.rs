//! Whom the association could propose for a referral, best first, with the reasons; a coordinator decides.

use std::collections::{BTreeSet, HashMap};

use rinnalla_entity::ids::{OrganisationId, ProgrammeId, ReferralId, SupportPersonId};
use rinnalla_entity::states::{CaseBackground, MatchProposalStatus, SupportBackground};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::matching::{self, Background, CaseRole, MatchReason, Sought, Weekdays};
use super::queries;
use crate::access::{self, HandleReferrals};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::sql::Sql;

/// Saturday and Sunday, for whoever wishes for weekends.
const WEEKEND: Weekdays = Weekdays(0b110_0000);

/// Somebody who could be proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub support_person_id: SupportPersonId,
    /// The sum of the reasons' weights; only its order means something.
    pub score: u32,
    /// Why.
    pub reasons: Vec<MatchReason>,
    /// What became of them when they were proposed for this referral before, the latest last.
    pub earlier: Vec<MatchProposalStatus>,
}

/// The best `first` of the association's active support persons with room who share a language with the case and do
/// not support it already; where a programme is given, of those in it. `None` where the referral is absent or not the reader's to know of.
///
/// Four statements, whatever the number of support persons.
pub async fn candidates(
    ctx: &Ctx,
    referral: ReferralId,
    programme: Option<ProgrammeId>,
    first: u16,
) -> Result<Option<Vec<Candidate>>> {
    #[derive(FromQueryResult)]
    struct Found {
        organisation_id: OrganisationId,
    }
    let scope = access::require::<HandleReferrals>(ctx)?;
    let db = ctx.store.reader();
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT r.organisation_id FROM referrals r WHERE r.id = ",
    );
    question.bind(referral.0).words(" AND ");
    queries::reaches(&mut question, &scope);
    let found: Option<Found> = question.one(db).await?;
    let Some(Found { organisation_id }) = found else {
        ctx.refuse(&scope, ObjectKind::Referral, referral);
        return Ok(None);
    };
    let sought = sought(db, referral).await?;
    let people = free(db, organisation_id, referral, programme).await?;
    let mut earlier = proposed_before(db, referral).await?;
    let ranked = matching::rank(&sought, &people).into_iter();
    let best: Vec<Candidate> = ranked
        .take(usize::from(first))
        .map(|one| {
            let id = SupportPersonId(one.id);
            Candidate {
                support_person_id: id,
                score: one.score,
                reasons: one.reasons,
                earlier: earlier.remove(&id).unwrap_or_default(),
            }
        })
        .collect();
    let seen: Vec<_> = best
        .iter()
        .map(|one| (organisation_id, one.support_person_id.0))
        .collect();
    ctx.see(&scope, ObjectKind::SupportPerson, seen);
    ctx.see(
        &scope,
        ObjectKind::Referral,
        [(organisation_id, referral.0)],
    );
    Ok(Some(best))
}

/// What is sought for a referral's case.
pub(super) async fn sought(db: &impl ConnectionTrait, referral: ReferralId) -> Result<Sought> {
    static SQL: Sql = Sql::new(
        "SELECT c.background, c.birth_decade, c.county_code, c.municipality_code, c.language, t.list, t.code
         FROM referrals r JOIN supported_cases c ON c.id = r.case_id
         LEFT JOIN (
           SELECT f.id AS referral_id, 1 AS list, i.code FROM referrals f JOIN case_interests i ON i.case_id = f.case_id WHERE f.id = $1
           UNION ALL SELECT w.referral_id, 2, w.code FROM referral_wishes w WHERE w.referral_id = $1) t ON t.referral_id = r.id
         WHERE r.id = $1",
    );
    #[derive(FromQueryResult)]
    struct Row {
        background: CaseBackground,
        birth_decade: Option<i16>,
        county_code: String,
        municipality_code: Option<String>,
        language: String,
        list: Option<i32>,
        code: Option<String>,
    }
    let rows: Vec<Row> = SQL.all(db, [referral.0.into()]).await?;
    let first = rows.first().ok_or(Error::NotFound)?;
    let codes = |list: i32| {
        rows.iter()
            .filter(move |row| row.list == Some(list))
            .filter_map(|row| row.code.clone())
    };
    Ok(Sought {
        role: match first.background {
            CaseBackground::DependentOrRecovering => CaseRole::DependentOrRecovering,
            CaseBackground::NextOfKin => CaseRole::NextOfKin,
        },
        birth_decade: first.birth_decade,
        county: first.county_code.clone(),
        municipality: first.municipality_code.clone(),
        interests: codes(1).collect(),
        languages: BTreeSet::from([first.language.clone()]),
        weekdays: codes(2).any(|code| code == "WEEKENDS").then_some(WEEKEND),
    })
}

macro_rules! people {
    ($narrow:literal) => {
        concat!(
            "WITH q AS (SELECT sp.id, sp.background, sp.birth_decade, sp.county_code, sp.weekdays, sp.max_active,
               (SELECT count(*) FROM support_relationships o WHERE o.support_person_id = sp.id AND o.status NOT IN ('ENDED', 'CANCELLED'))
               + (SELECT count(*) FROM match_proposals o WHERE o.support_person_id = sp.id
                  AND o.status IN ('ASKED', 'OFFERED', 'ACCEPTED')) AS occupied,
               EXISTS (SELECT 1 FROM support_person_acts x WHERE x.support_person_id = sp.id AND x.expert_id IS NOT NULL
                 AND x.cancelled_at IS NULL) AS is_expert
             FROM support_persons sp WHERE sp.organisation_id = $1 AND ",
            $narrow,
            ") SELECT q.id, q.background, q.birth_decade, q.county_code, q.weekdays, q.max_active, q.occupied, q.is_expert, t.list, t.code
             FROM q LEFT JOIN (
               SELECT i.support_person_id, 1 AS list, i.code FROM q JOIN support_person_interests i ON i.support_person_id = q.id
               UNION ALL SELECT l.support_person_id, 2, l.code FROM q JOIN support_person_languages l ON l.support_person_id = q.id
               UNION ALL SELECT m.support_person_id, 3, m.code FROM q JOIN support_person_municipalities m ON m.support_person_id = q.id) t
             ON t.support_person_id = q.id"
        )
    };
}

#[derive(FromQueryResult)]
struct PersonRow {
    id: SupportPersonId,
    background: SupportBackground,
    birth_decade: Option<i16>,
    county_code: String,
    weekdays: i16,
    max_active: i16,
    occupied: i64,
    is_expert: bool,
    list: Option<i32>,
    code: Option<String>,
}

/// The active support persons of an association who have no open relationship with the referral's case.
async fn free(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    referral: ReferralId,
    programme: Option<ProgrammeId>,
) -> Result<Vec<matching::Candidate>> {
    static SQL: Sql = Sql::new(people!(
        "sp.status = 'ACTIVE' AND NOT EXISTS (
           SELECT 1 FROM support_relationships o JOIN referrals r ON r.case_id = o.case_id
           WHERE r.id = $2 AND o.support_person_id = sp.id AND o.status NOT IN ('ENDED', 'CANCELLED'))
         AND ($3 OR sp.programme_id = $4)"
    ));
    let values = [
        organisation.0.into(),
        referral.0.into(),
        programme.is_none().into(),
        programme.map(|programme| programme.0).into(),
    ];
    Ok(gather(SQL.all(db, values).await?))
}

/// One support person of an association, whatever their state.
pub(super) async fn one(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    id: SupportPersonId,
) -> Result<Option<matching::Candidate>> {
    static SQL: Sql = Sql::new(people!("sp.id = $2"));
    let values = [organisation.0.into(), id.0.into()];
    Ok(gather(SQL.all(db, values).await?).pop())
}

fn gather(rows: Vec<PersonRow>) -> Vec<matching::Candidate> {
    let mut people: HashMap<SupportPersonId, matching::Candidate> = HashMap::new();
    for row in rows {
        let person = people.entry(row.id).or_insert_with(|| matching::Candidate {
            id: row.id.0,
            background: match row.background {
                SupportBackground::OwnRecovery => Background::OwnRecovery,
                SupportBackground::NextOfKin => Background::NextOfKin,
            },
            birth_decade: row.birth_decade,
            county: row.county_code,
            municipalities: BTreeSet::new(),
            interests: BTreeSet::new(),
            languages: BTreeSet::new(),
            weekdays: u8::try_from(row.weekdays).ok().map(Weekdays),
            occupied: u16::try_from(row.occupied).unwrap_or(u16::MAX),
            max: u16::try_from(row.max_active).unwrap_or(0),
            is_expert: row.is_expert,
        });
        let Some(code) = row.code else { continue };
        match row.list {
            Some(1) => person.interests.insert(code),
            Some(2) => person.languages.insert(code),
            _ => person.municipalities.insert(code),
        };
    }
    people.into_values().collect()
}

async fn proposed_before(
    db: &impl ConnectionTrait,
    referral: ReferralId,
) -> Result<HashMap<SupportPersonId, Vec<MatchProposalStatus>>> {
    static SQL: Sql = Sql::new(
        "SELECT support_person_id, status FROM match_proposals WHERE referral_id = $1 ORDER BY id",
    );
    #[derive(FromQueryResult)]
    struct Row {
        support_person_id: SupportPersonId,
        status: MatchProposalStatus,
    }
    let rows: Vec<Row> = SQL.all(db, [referral.0.into()]).await?;
    let mut before: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        before
            .entry(row.support_person_id)
            .or_default()
            .push(row.status);
    }
    Ok(before)
}
