//! The SQL of relationships that are moved, and of what hangs on them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    Id as _, MatchProposalId, OrganisationId, PersonId, ReferralId, SupportPersonId,
    SupportRelationshipId, SupportedCaseId,
};
use rinnalla_entity::states::{
    CaseBackground, EndReason, HandoverException, MeetingRhythm, NotHeldReason,
    RehabilitationPhase, ReviewChannel, ReviewOutcome, ReviewProgress, ReviewRecordKind,
    SupportForm, SupportRelationshipStatus,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::super::told::{Agreed, CaseTold, Met, RelationshipTold, Reviewed, Stood};
use crate::error::Result;
use crate::sql::Sql;

/// A relationship in the register, with what hangs on it.
#[derive(Clone, Debug)]
pub(in crate::moving) struct StoodRelationship {
    pub case: SupportedCaseId,
    pub case_code: String,
    pub referral: ReferralId,
    pub proposal: MatchProposalId,
    pub status: SupportRelationshipStatus,
    pub stood: Stood<RelationshipTold>,
}

/// How often a relationship, its case or its reviews have changed: any of them makes a file's copy an old one.
macro_rules! count_of_changes {
    () => {
        "CAST(r.version + c.version + coalesce((SELECT sum(jr.version) FROM joint_reviews jr WHERE jr.relationship_id = r.id), 0)
           AS bigint)"
    };
}

pub(in crate::moving) type Relationships = BTreeMap<SupportRelationshipId, StoodRelationship>;

#[derive(FromQueryResult)]
struct RelationshipRow {
    id: SupportRelationshipId,
    case_id: SupportedCaseId,
    case_code: String,
    background: CaseBackground,
    kin_relation: Option<String>,
    birth_decade: Option<i16>,
    county_code: String,
    municipality_code: Option<String>,
    language: String,
    support_person_id: SupportPersonId,
    professional_id: Option<PersonId>,
    referring_organisation_id: OrganisationId,
    referral_id: ReferralId,
    proposal_id: MatchProposalId,
    form: SupportForm,
    phase: RehabilitationPhase,
    consent_on: Option<NaiveDate>,
    status: SupportRelationshipStatus,
    proposed_on: NaiveDate,
    version: i64,
}

/// The organisation's relationships, those cancelled left out.
pub(in crate::moving) async fn relationships(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<Relationships> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT r.id, r.case_id, c.case_code, c.background, c.kin_relation, c.birth_decade, c.county_code,
           c.municipality_code, c.language, r.support_person_id, k.person_id AS professional_id,
           r.referring_organisation_id, r.referral_id, r.proposal_id, f.form, f.phase,
           (SELECT max(a.on_date) FROM referral_acts a WHERE a.referral_id = f.id AND a.kind = 'CONSENT_GIVEN'
             AND a.cancelled_at IS NULL) AS consent_on, r.status, r.proposed_on, ",
        count_of_changes!(),
        " AS version
         FROM support_relationships r JOIN supported_cases c ON c.id = r.case_id JOIN referrals f ON f.id = r.referral_id
         LEFT JOIN case_professionals k ON k.case_id = c.id AND k.to_on IS NULL AND k.is_responsible
         WHERE r.organisation_id = $1 AND r.status <> 'CANCELLED' ORDER BY r.id",
    ));
    let own = || [Value::from(of.0)];
    let rows: Vec<RelationshipRow> = SQL.all(db, own()).await?;
    let mut parts = Parts::read(db, of).await?;
    let mut read = Relationships::new();
    for row in rows {
        let mut told = RelationshipTold {
            case: CaseTold {
                background: row.background,
                kin_relation: row.kin_relation,
                birth_decade: row.birth_decade,
                county: row.county_code,
                municipality: row.municipality_code,
                language: row.language,
            },
            support_person: row.support_person_id,
            professional: row.professional_id,
            referring: row.referring_organisation_id,
            form: row.form,
            phase: row.phase,
            consent_on: row.consent_on.unwrap_or(row.proposed_on),
            disclosed_on: row.proposed_on,
            met: None,
            agreed: None,
            reviewed: None,
            paused_on: None,
            resumed_on: None,
            ended: None,
        };
        parts.tell(row.id, &mut told);
        let stood = StoodRelationship {
            case: row.case_id,
            case_code: row.case_code,
            referral: row.referral_id,
            proposal: row.proposal_id,
            status: row.status,
            stood: Stood {
                told,
                version: row.version,
            },
        };
        read.insert(row.id, stood);
    }
    Ok(read)
}

#[derive(FromQueryResult)]
struct ActRow {
    relationship_id: SupportRelationshipId,
    kind: String,
    on_date: NaiveDate,
    exception_reason: Option<HandoverException>,
    end_reason: Option<EndReason>,
}

#[derive(FromQueryResult)]
struct AgreementRow {
    id: Uuid,
    relationship_id: SupportRelationshipId,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
    signed_on: NaiveDate,
    rhythm: MeetingRhythm,
    review_interval_months: i16,
    professional_follows: bool,
}

#[derive(FromQueryResult)]
struct RecordRow {
    relationship_id: SupportRelationshipId,
    kind: ReviewRecordKind,
    held_on: Option<NaiveDate>,
    supported_present: Option<bool>,
    support_person_present: Option<bool>,
    settles_cycle: Option<bool>,
    channel: Option<ReviewChannel>,
    progress: Option<ReviewProgress>,
    outcome: Option<ReviewOutcome>,
    not_held_reason: Option<NotHeldReason>,
}

/// The entries of all relationships, each list in the order of recording.
struct Parts {
    acts: HashMap<SupportRelationshipId, Vec<ActRow>>,
    agreements: HashMap<SupportRelationshipId, AgreementRow>,
    records: HashMap<SupportRelationshipId, RecordRow>,
    places: HashMap<Uuid, BTreeSet<String>>,
}

impl Parts {
    async fn read(db: &impl ConnectionTrait, of: OrganisationId) -> Result<Self> {
        static ACTS: Sql = Sql::new(
            "SELECT relationship_id, kind, on_date, exception_reason, end_reason FROM support_relationship_acts
             WHERE organisation_id = $1 AND cancelled_at IS NULL
             ORDER BY coalesce(corrects_at, recorded_at), coalesce(corrects_id, id)",
        );
        static AGREEMENTS: Sql = Sql::new(
            "SELECT id, relationship_id, starts_on, ends_on, signed_on, rhythm, review_interval_months, professional_follows
             FROM support_agreements WHERE organisation_id = $1 AND cancelled_at IS NULL ORDER BY version_no",
        );
        static PLACES: Sql = Sql::new(
            "SELECT p.agreement_id, p.code FROM support_agreement_places p JOIN support_agreements a ON a.id = p.agreement_id
             WHERE a.organisation_id = $1 AND a.cancelled_at IS NULL",
        );
        static RECORDS: Sql = Sql::new(
            "SELECT jr.relationship_id, e.kind, e.held_on, e.supported_present, e.support_person_present, e.settles_cycle,
               e.channel, e.progress, e.outcome, e.not_held_reason
             FROM joint_review_records e JOIN joint_reviews jr ON jr.id = e.joint_review_id
             WHERE e.organisation_id = $1 AND e.cancelled_at IS NULL
             ORDER BY coalesce(e.corrects_at, e.recorded_at), coalesce(e.corrects_id, e.id)",
        );
        #[derive(FromQueryResult)]
        struct Place {
            agreement_id: Uuid,
            code: String,
        }
        let own = || [Value::from(of.0)];
        let mut acts: HashMap<_, Vec<ActRow>> = HashMap::new();
        for act in ACTS.all::<ActRow>(db, own()).await? {
            acts.entry(act.relationship_id).or_default().push(act);
        }
        let agreements: Vec<AgreementRow> = AGREEMENTS.all(db, own()).await?;
        let records: Vec<RecordRow> = RECORDS.all(db, own()).await?;
        let mut places: HashMap<_, BTreeSet<String>> = HashMap::new();
        for place in PLACES.all::<Place>(db, own()).await? {
            places
                .entry(place.agreement_id)
                .or_default()
                .insert(place.code);
        }
        Ok(Self {
            acts,
            // The newest of each stays.
            agreements: agreements
                .into_iter()
                .map(|row| (row.relationship_id, row))
                .collect(),
            records: records
                .into_iter()
                .map(|row| (row.relationship_id, row))
                .collect(),
            places,
        })
    }

    fn tell(&mut self, id: SupportRelationshipId, told: &mut RelationshipTold) {
        for act in self.acts.remove(&id).unwrap_or_default() {
            match (act.kind.as_str(), act.end_reason) {
                ("FIRST_MEETING_HELD", _) => {
                    told.met = Some(Met {
                        on: act.on_date,
                        exception: act.exception_reason,
                    });
                }
                ("PAUSED", _) => (told.paused_on, told.resumed_on) = (Some(act.on_date), None),
                ("RESUMED", _) => told.resumed_on = Some(act.on_date),
                ("ENDED", Some(reason)) => told.ended = Some((act.on_date, reason)),
                _ => {}
            }
        }
        told.agreed = self.agreements.remove(&id).map(|row| Agreed {
            from: row.starts_on,
            until: row.ends_on,
            signed_on: row.signed_on,
            rhythm: row.rhythm,
            places: self.places.remove(&row.id).unwrap_or_default(),
            interval: row.review_interval_months,
            follows: row.professional_follows,
        });
        told.reviewed = self.records.remove(&id).and_then(|row| match row.kind {
            ReviewRecordKind::NotHeld => row.not_held_reason.map(Reviewed::NotHeld),
            ReviewRecordKind::Held => Some(Reviewed::Held {
                on: row.held_on?,
                supported: row.supported_present?,
                support_person: row.support_person_present?,
                settles: row.settles_cycle?,
                channel: row.channel?,
                progress: row.progress?,
                outcome: row.outcome?,
            }),
        });
    }
}

/// Each relationship's count of changes, as [`relationships`] has it.
pub(in crate::moving) async fn relationship_versions(
    db: &impl ConnectionTrait,
    of: OrganisationId,
) -> Result<HashMap<SupportRelationshipId, i64>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT r.id, ",
        count_of_changes!(),
        " AS version FROM support_relationships r JOIN supported_cases c ON c.id = r.case_id WHERE r.organisation_id = $1",
    ));
    #[derive(FromQueryResult)]
    struct Row {
        id: SupportRelationshipId,
        version: i64,
    }
    let rows: Vec<Row> = SQL.all(db, [of.0.into()]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.version)).collect())
}

/// One relationship's count of changes.
pub(in crate::moving) async fn relationship_version(
    db: &impl ConnectionTrait,
    id: SupportRelationshipId,
) -> Result<Option<i64>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        count_of_changes!(),
        " AS version FROM support_relationships r JOIN supported_cases c ON c.id = r.case_id WHERE r.id = $1",
    ));
    #[derive(FromQueryResult)]
    struct Row {
        version: i64,
    }
    let row: Option<Row> = SQL.one(db, [id.uuid().into()]).await?;
    Ok(row.map(|row| row.version))
}
