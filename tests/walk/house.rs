//! An association with a referring service, somebody in every role, and one of everything that has an id.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};

use rinnalla_domain::ids::{
    Id as _, OrganisationId, SupportPersonId, SupportRelationshipId, TYPE_BYTES, decode, encode,
};
use rinnalla_domain::notices;
use rinnalla_domain::states::{OrganisationKind, Role};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{courses, experts, groups, keeping, places, succeeding, supervising, trainings};
use crate::support::matching::{Supporter, World};
use crate::support::relationships::{Circle, Relationship, joint};
use crate::support::{Actor, App};

/// The day of every walk; relationships have begun so long ago that their review is due.
pub const TODAY: &str = "2026-11-23";
const BEGUN: &str = "2026-08-24";

pub struct House {
    pub circle: Circle,
    pub world: World,
    pub supporter: Supporter,
    /// Who arranges the association's supervision.
    pub provider: OrganisationId,
    /// Somebody in each role, in the order of the handbook.
    pub people: Vec<(Role, Actor)>,
    /// An id of everything that is there, by type byte.
    pub things: BTreeMap<u8, String>,
    newcomers: AtomicU32,
}

/// Where each kind of id lives.
const TABLES: [(&str, &str); 59] = [
    ("OrganisationId", "organisations"),
    ("PartnershipId", "partnerships"),
    ("PersonId", "people"),
    ("RoleGrantId", "role_grants"),
    ("AbsenceId", "absences"),
    ("AccessTokenId", "access_tokens"),
    ("SupportPersonId", "support_persons"),
    ("SupportPersonActId", "support_person_acts"),
    ("SupportedCaseId", "supported_cases"),
    ("ReferralId", "referrals"),
    ("MatchProposalId", "match_proposals"),
    ("ReferralActId", "referral_acts"),
    ("DisclosureId", "disclosures"),
    ("SupportRelationshipId", "support_relationships"),
    ("SupportRelationshipActId", "support_relationship_acts"),
    ("SupportAgreementId", "support_agreements"),
    ("MeetingId", "meetings"),
    ("JointReviewId", "joint_reviews"),
    ("JointReviewRecordId", "joint_review_records"),
    ("OutboxMessageId", "outbox_messages"),
    ("CaseProfessionalId", "case_professionals"),
    ("CaseloadMoveId", "caseload_moves"),
    ("ProgrammeId", "programmes"),
    ("GateId", "gates"),
    ("SavedListId", "saved_lists"),
    ("PersonMergeId", "person_merges"),
    ("SuccessionId", "successions"),
    ("CourseId", "courses"),
    ("CourseSessionId", "course_sessions"),
    ("EnrolmentId", "enrolments"),
    ("CourseFeedId", "course_feeds"),
    ("CourseFeedbackWaveId", "course_feedback_waves"),
    ("CourseCostId", "course_costs"),
    ("CurriculumId", "curricula"),
    ("CurriculumWorkshopId", "curriculum_workshops"),
    ("PrintedTextId", "printed_texts"),
    ("TrainingId", "trainings"),
    ("ExpertProfileId", "expert_profiles"),
    ("ExpertCohortId", "expert_cohorts"),
    ("ExpertAssignmentId", "expert_assignments"),
    ("ExpenseId", "expenses"),
    ("SupervisionSessionId", "supervision_sessions"),
    ("SupervisionInvitationId", "supervision_invitations"),
    (
        "SupervisionContactRequestId",
        "supervision_contact_requests",
    ),
    ("DropInPlaceId", "drop_in_places"),
    ("PlaceRoleTermId", "place_role_terms"),
    ("OpeningRuleId", "opening_rules"),
    ("OpeningId", "openings"),
    ("OpeningShiftId", "opening_shifts"),
    ("ClosedDayId", "closed_days"),
    ("WishId", "wishes"),
    ("HouseMeetingId", "house_meetings"),
    ("PlaceCostId", "place_costs"),
    ("PeerGroupId", "peer_groups"),
    ("PeerGroupMeetingId", "peer_group_meetings"),
    ("EncounterId", "encounters"),
    ("InfluenceItemId", "influence_items"),
    ("GrantTargetId", "grant_targets"),
    ("SurveyWaveId", "survey_waves"),
];

/// Ids that never leave the program.
const INSIDE: [&str; 16] = [
    "ParticipationSnapshotId",
    "ParticipationPublicationId",
    "SurveyAnswerId",
    "CourseChangeId",
    "CourseFeedbackAnswerId",
    "TrainingParticipantId",
    "CourseFacilitatorId",
    "EnrolmentDecisionId",
    "SignInLinkId",
    "SessionId",
    "SealedLabelId",
    "ProgrammeRequirementId",
    "AccessLogId",
    "RequestId",
    "LeaseToken",
    "MessageAttemptId",
];

impl House {
    /// A house of its own, a stranger to every other.
    pub async fn new(app: &App, name: &str) -> Self {
        let known = ids(app).await;
        let world = World::named(app, name).await;
        let supporter = world
            .active_with(app, &format!("Sari {name}"), json!({ "maxActive": 20 }))
            .await;
        let circle = Circle {
            association: world.association,
            partner: world.service,
            kaisa: world.kaisa.clone(),
            mikko: world.pekka.clone(),
            sari: supporter.actor.clone(),
            support_person: SupportPersonId::decode(&supporter.id).unwrap(),
        };
        let provider = format!("Työnohjaus {name}");
        let provider = app
            .organisation(&provider, OrganisationKind::Association)
            .await;
        app.supervises(world.association, provider).await;
        let mut people = Vec::new();
        for (role, first) in [
            (Role::Professional, None),
            (Role::Coordinator, None),
            (Role::Supervisor, Some("Tyyne")),
            (Role::Facilitator, Some("Ossi")),
            (Role::PaidGuide, Some("Paavo")),
            (Role::PlaceKeeper, Some("Pia")),
            (Role::SupportPerson, None),
            (Role::PeerGuide, Some("Venla")),
            (Role::Expert, Some("Eero")),
            (Role::Analyst, Some("Antti")),
            (Role::Dpo, Some("Tiina")),
            (Role::Admin, Some("Anna")),
        ] {
            let actor = match (role, first) {
                (_, Some(first)) => {
                    let name = format!("{first} {name}");
                    let place = match role {
                        Role::Supervisor => provider,
                        _ => world.association,
                    };
                    app.person(&name, place, role).await
                }
                (Role::Professional, None) => circle.mikko.clone(),
                (Role::Coordinator, None) => circle.kaisa.clone(),
                _ => circle.sari.clone(),
            };
            people.push((role, actor));
        }
        let mut house = Self {
            circle,
            world,
            supporter,
            provider,
            people,
            things: BTreeMap::new(),
            newcomers: 0.into(),
        };
        house.fill(app).await;
        let now = ids(app).await;
        for ((name, _), (before, after)) in TABLES.iter().zip(known.iter().zip(&now)) {
            let byte = byte_of(name);
            let new = after.difference(before).next();
            let new = new.unwrap_or_else(|| panic!("the house has no {name}"));
            house.things.insert(byte, encode(byte, *new));
        }
        // Ids of cases have no order, and only this one is everybody's who is on the relationship.
        let question = "query($id: ID!) { supportRelationship(id: $id) { supportedCase { id } } }";
        let id = &house.things[&SupportRelationshipId::TYPE_BYTE];
        let kaisa = &house.circle.kaisa;
        let answer = kaisa.ask(app, question, json!({ "id": id })).await;
        let case = &answer.data()["supportRelationship"]["supportedCase"]["id"];
        let case = case.as_str().unwrap().to_owned();
        house.things.insert(byte_of("SupportedCaseId"), case);
        house
    }

    /// Somebody in a role.
    pub fn somebody(&self, role: Role) -> &Actor {
        &self.people.iter().find(|(of, _)| *of == role).unwrap().1
    }

    /// A name that nobody has yet.
    pub fn name(&self) -> String {
        let n = self.newcomers.fetch_add(1, Ordering::Relaxed);
        let letter = |n: u32| char::from(b'a' + (n % 26) as u8);
        format!("Uusi {}{}{}", letter(n / 676), letter(n / 26), letter(n))
    }

    /// Somebody new in a role of the association's or the service's.
    pub async fn newcomer(&self, app: &App, role: Role) -> Actor {
        let place = match role {
            Role::Professional => self.circle.partner,
            Role::Supervisor => self.provider,
            _ => self.circle.association,
        };
        let about = self.circle.association.uuid().simple().to_string();
        let name = format!("{} {}", self.name(), letters(&about));
        app.person(&name, place, role).await
    }

    /// A relationship that is active since August.
    pub async fn active(&self, app: &App) -> Relationship {
        app.on_day(BEGUN);
        let relationship = self.circle.active(app).await;
        app.on_day(TODAY);
        relationship
    }

    /// Lets go of all that the support person was asked for since the house was built: one carries only so much.
    pub async fn unburden(&self, app: &App) {
        let sari = self.circle.support_person.0;
        let (_, kept) = decode(&self.things[&SupportRelationshipId::TYPE_BYTE]).unwrap();
        app.run(
            "UPDATE support_relationships SET status = 'CANCELLED'
             WHERE support_person_id = $1 AND id <> $2 AND status <> 'ENDED'",
            [sari.into(), kept.into()],
        )
        .await;
        app.run(
            "UPDATE match_proposals SET status = 'WITHDRAWN'
             WHERE support_person_id = $1 AND status IN ('ASKED', 'OFFERED', 'ACCEPTED')",
            [sari.into()],
        )
        .await;
    }

    /// The open review of a fresh relationship: its id and version.
    pub async fn review(&self, app: &App) -> Value {
        let relationship = self.active(app).await;
        let review = self.circle.open_review(app, &relationship).await;
        json!({ "jointReviewId": review["id"], "version": review["version"] })
    }

    /// Does something, and must succeed; what it was about.
    pub async fn done(&self, app: &App, who: &Actor, mutation: &str, input: Value) -> Value {
        let object = match mutation {
            m if m.starts_with("caseProfessional") => "caseProfessional { id }",
            m if m.starts_with("caseloadMove") => "caseloadMove { id version }",
            m if m.starts_with("absence") => "absence { id version }",
            m if m.starts_with("roleGrant") => "roleGrant { id version }",
            m if m.starts_with("meeting") => "meeting { id version }",
            m if m.starts_with("supportedCaseLabel") => "supportedCase { label { version } }",
            m if m.starts_with("supportRelationshipLabel") => {
                "supportRelationship { supportPersonLabel { version } }"
            }
            m if m.starts_with("supportPersonNote") => "supportPerson { note { version } }",
            m if m.starts_with("supportPerson") => "supportPerson { id version }",
            m if m.starts_with("courseSession") => "courseSession { id version }",
            m if m.starts_with("courseFeedback") => "courseFeedback { id }",
            m if m.starts_with("courseFeed") => "courseFeed { id }",
            m if m.starts_with("curriculum") => "curriculum { id version workshops { id } }",
            m if m.starts_with("course") => "course { id version }",
            m if m.starts_with("dropInPlace") => "dropInPlace { id version }",
            m if m.starts_with("placeRoleTerm") => "placeRoleTerm { id version }",
            m if m.starts_with("openingRule") => "openingRule { id version }",
            m if m.starts_with("openingShift") => "openingShift { id }",
            m if m.starts_with("opening") => "opening { id version }",
            m if m.starts_with("closedDay") => "closedDay { id version }",
            m if m.starts_with("enrolment") => "enrolment { id version }",
            m if m.starts_with("expertCohort") => "expertCohort { id version }",
            m if m.starts_with("expertAssignment") => "expertAssignment { id version }",
            m if m.starts_with("expertTarget") => "organisation { id }",
            m if m.starts_with("expert") => "expert { id version }",
            "wishSend" => "wishReceipt { id }",
            m if m.starts_with("wish") => "wish { id version }",
            m if m.starts_with("houseMeeting") => "houseMeeting { id version }",
            m if m.starts_with("placeCost") => "dropInPlace { id version costs { id } }",
            m if m.starts_with("peerGroupMeeting") => "peerGroupMeeting { id version }",
            m if m.starts_with("peerGroup") => "peerGroup { id version }",
            m if m.starts_with("encounter") => "encounter { id version }",
            m if m.starts_with("influenceItem") => "influenceItem { id version }",
            m if m.starts_with("grantTarget") => "grantTarget { id version }",
            "surveyStatementsLoad" => "organisation { id }",
            m if m.starts_with("survey") => "surveyWave { id version code }",
            m if m.starts_with("expense") => "expense { id version }",
            m if m.starts_with("training") => "training { id version }",
            m if m.starts_with("supervisionSession") => "supervisionSession { id version }",
            m if m.starts_with("supervisionInvitation") => {
                "ownSupervisionInvitation { id version }"
            }
            m if m.starts_with("supervisionContact") => "supervisionContactRequest { id version }",
            m if m.starts_with("supervision") => "supervisionSettings { version }",
            m if m.starts_with("succession") => "succession { id version }",
            m if m.starts_with("directoryEntry") => "organisation { version }",
            m if m.starts_with("organisationNotes") => "organisation { version }",
            m if m.starts_with("personMerge") => "personMerge { id version }",
            m if m.starts_with("savedList") => "savedList { id version }",
            m if m.starts_with("printedText") => "printedText { id version }",
            m if m.starts_with("programme") => "programme { id version }",
            m if m.starts_with("gate") => "gate { id version }",
            m if m.starts_with("jointReview") => "jointReview { id version records { id } }",
            m => panic!("what does {m} answer?"),
        };
        let answer = who.does(app, mutation, object, input).await;
        let payload = answer.done().as_object().unwrap();
        let mut found = payload.iter().filter(|(name, _)| *name != "userErrors");
        found.next().unwrap().1.clone()
    }

    /// One of everything.
    async fn fill(&self, app: &App) {
        let (kaisa, mikko) = (&self.circle.kaisa, &self.circle.mikko);
        let followed = self.active(app).await;
        let meeting = json!({ "supportRelationshipId": followed.id, "metOn": TODAY, "minutes": 60, "activity": "COFFEE",
            "channel": "IN_PERSON" });
        self.done(app, mikko, "meetingRecord", meeting).await;
        let mut held = self.review(app).await;
        held["held"] = joint(TODAY);
        self.done(app, mikko, "jointReviewRecordHeld", held).await;
        let away = self.newcomer(app, Role::Coordinator).await;
        app.away(&away, kaisa, "2027-03-01", "2027-03-07").await;
        let leaver = self.newcomer(app, Role::Professional).await;
        app.case(self.circle.association, self.circle.partner, &[&leaver])
            .await;
        let input = json!({ "fromId": leaver.node(), "toId": mikko.node() });
        self.done(app, kaisa, "caseloadMove", input).await;
        self.done(app, kaisa, "savedListSave", keeping::list(self))
            .await;
        self.done(app, kaisa, "printedTextPublish", keeping::terms(self, 0))
            .await;
        let listed = succeeding::entry(app, self).await;
        self.done(app, kaisa, "directoryEntryCorrect", listed).await;
        let partners = succeeding::two_partners(app, self).await;
        let anna = self.somebody(Role::Admin);
        self.done(app, anna, "successionPropose", partners).await;
        let twice = keeping::twice(app, self).await;
        self.done(app, kaisa, "personMerge", twice).await;
        Box::pin(courses::recorded(app, self)).await;
        let mut training = trainings::training(app, self).await;
        training["supportPersonId"] = json!(self.supporter.id);
        self.done(app, kaisa, "trainingParticipantAdd", training)
            .await;
        Box::pin(experts::at_work(app, self)).await;
        Box::pin(experts::entry(app, self)).await;
        Box::pin(supervising::asked(app, self)).await;
        Box::pin(places::kept(app, self)).await;
        Box::pin(groups::kept(app, self)).await;
        self.world.gate(app).await;
        self.world.programme(app, json!({})).await;
        app.on_day("2026-11-24");
        notices::enqueue_review_notices(&app.job_ctx())
            .await
            .unwrap();
        app.on_day(TODAY);
    }
}

/// The ids in each of the tables.
async fn ids(app: &App) -> Vec<BTreeSet<Uuid>> {
    for (_, name) in TYPE_BYTES {
        let is_known = TABLES.iter().any(|(known, _)| known == name) || INSIDE.contains(name);
        assert!(is_known, "where do {name}s live?");
    }
    let db = app.db().await;
    let mut found = Vec::new();
    for (_, table) in TABLES {
        let sql = format!("SELECT id FROM {table}");
        let rows = db
            .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap();
        let ids = rows.iter().map(|row| row.try_get("", "id").unwrap());
        found.push(ids.collect());
    }
    db.close().await.unwrap();
    found
}

fn byte_of(name: &str) -> u8 {
    let known = TYPE_BYTES.iter().find(|(_, known)| *known == name);
    known.unwrap().0
}

/// Letters that a name may have, for some hexadecimal digits.
fn letters(digits: &str) -> String {
    digits
        .chars()
        .rev()
        .take(6)
        .map(|c| char::from(b'a' + u8::try_from(c.to_digit(16).unwrap()).unwrap()))
        .collect()
}
