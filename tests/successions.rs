//! An organisation's successor takes over: what goes over, who still sees what, and how it is undone.

mod bad_input;

use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::{Supporter, World};
use crate::support::{Actor, Answer, App};

pub const SUCCESSION: &str = "succession { id version status formerName successorName fromOn movedCases movedReferrals movedRelationships
    movedSupportPersons movedPeople }";

/// Where rows are, of every table that goes over.
const WHERE: [(&str, &str); 13] = [
    ("supported_cases", "organisation_id"),
    ("supported_cases", "referring_organisation_id"),
    ("referrals", "organisation_id"),
    ("referrals", "referring_organisation_id"),
    ("referral_acts", "organisation_id"),
    ("match_proposals", "organisation_id"),
    ("support_relationships", "organisation_id"),
    ("support_relationships", "referring_organisation_id"),
    ("support_relationship_acts", "organisation_id"),
    ("joint_reviews", "organisation_id"),
    ("support_persons", "organisation_id"),
    ("support_person_acts", "organisation_id"),
    ("programmes", "organisation_id"),
];

/// A relationship under way, and everybody in it.
pub struct Stage {
    pub world: World,
    pub aino: Actor,
    pub tuula: Supporter,
    pub relationship: String,
}

impl Stage {
    /// Aino administers the association; Tuula supports somebody whom Pekka referred.
    pub async fn new(app: &App) -> Self {
        let world = World::new(app).await;
        let aino = app.person("Aino", world.association, Role::Admin).await;
        let tuula = world.active(app, "Tuula").await;
        let referral = world.submitted(app).await;
        let proposal = world.asked(app, &referral, &tuula).await;
        let about = (referral.as_str(), proposal.as_str());
        let yes = json!({ "agrees": true, "channel": "PHONE" });
        world
            .on_proposal(app, &world.kaisa, about, "matchProposalAnswer", yes)
            .await
            .done();
        let yes = json!({ "agrees": true });
        world
            .on_proposal(
                app,
                &world.pekka,
                about,
                "matchProposalAnswerForSupported",
                yes,
            )
            .await
            .done();
        let answer = world
            .on_proposal(
                app,
                &world.kaisa,
                about,
                "matchProposalDiscloseContact",
                json!({}),
            )
            .await;
        let relationship = answer.done()["supportRelationship"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        world.meet(app, &relationship).await.done();
        Self {
            world,
            aino,
            tuula,
            relationship,
        }
    }

    /// A partner of the association that nobody acts for yet.
    pub async fn county(&self, app: &App) -> OrganisationId {
        let county = app
            .organisation("Uusi hyvinvointialue", OrganisationKind::WellbeingCounty)
            .await;
        app.refers(self.world.association, county).await;
        county
    }

    pub async fn propose(
        &self,
        app: &App,
        former: OrganisationId,
        successor: OrganisationId,
    ) -> Answer {
        let input = json!({ "formerId": former.encode(), "successorId": successor.encode() });
        self.aino
            .does(app, "successionPropose", SUCCESSION, input)
            .await
    }

    /// Whether somebody sees the relationship.
    pub async fn is_seen_by(&self, app: &App, who: &Actor) -> bool {
        let query = "query($id: ID!) { supportRelationship(id: $id) { id caseCode meetings(first: 1) { id } reviews(first: 1) { plannedOn } } }";
        let answer = who
            .ask(app, query, json!({ "id": self.relationship }))
            .await;
        !answer.data()["supportRelationship"].is_null()
    }
}

/// How many rows of each table are an organisation's.
async fn owned(app: &App, of: OrganisationId) -> Vec<(String, String)> {
    let mut owned = Vec::new();
    let hex = of.uuid().simple().to_string();
    for (table, column) in WHERE {
        let id = if app.register.store.is_postgres() {
            format!("'{}'", of.uuid())
        } else {
            format!("x'{hex}'")
        };
        let n = app
            .read_sql(&format!(
                "SELECT count(*) FROM {table} WHERE {column} = {id}"
            ))
            .await;
        owned.push((format!("{table}.{column}"), n));
    }
    owned
}

fn all_none(owned: &[(String, String)]) -> bool {
    owned.iter().all(|(_, n)| n == "0")
}

/// The roles of somebody today, as `ROLE at organisation`.
async fn roles(app: &App, who: &Actor) -> Vec<String> {
    let answer = who
        .ask(
            app,
            "{ me { roles { role organisation { name } } } }",
            json!({}),
        )
        .await;
    let roles = answer.data()["me"]["roles"].as_array().unwrap().clone();
    let role = |it: &Value| {
        format!(
            "{} at {}",
            it["role"].as_str().unwrap(),
            it["organisation"]["name"].as_str().unwrap().trim()
        )
    };
    roles.iter().map(role).collect()
}

on_both! {
    async fn a_citys_cases_go_to_the_wellbeing_services_county_in_one_act(app: App) {
        let stage = Stage::new(&app).await;
        let (service, county) = (stage.world.service, stage.county(&app).await);
        let preview = "query($f: ID!, $s: ID!) { successionPreview(formerId: $f, successorId: $s) { cases referrals relationships openRelationships
            supportPersons partnerships roleGrants people supportPersonsInBoth } }";
        let asked = json!({ "f": service.encode(), "s": county.encode() });
        let answer = stage.aino.ask(&app, preview, asked).await;
        assert_eq!(answer.data()["successionPreview"], json!({ "cases": 1, "referrals": 1, "relationships": 1, "openRelationships": 1,
            "supportPersons": 0, "partnerships": 1, "roleGrants": 1, "people": 1, "supportPersonsInBoth": 0 }));
        let before = owned(&app, stage.world.association).await;

        let answer = stage.propose(&app, service, county).await;
        let made = &answer.done()["succession"];
        assert_eq!((&made["status"], &made["fromOn"]), (&json!("MADE"), &json!("2026-11-23")), "Aino acts for both");
        assert_eq!((&made["movedCases"], &made["movedReferrals"], &made["movedRelationships"], &made["movedPeople"]),
            (&json!(1), &json!(1), &json!(1), &json!(1)));
        assert!(all_none(&owned(&app, service).await), "nothing is left behind");
        assert_eq!(owned(&app, stage.world.association).await, before, "who coordinates is who coordinated");

        // People keep their rights: Pekka works in the county now, and goes on as before.
        assert_eq!(roles(&app, &stage.world.pekka).await, ["PROFESSIONAL at Uusi hyvinvointialue"]);
        for who in [&stage.world.pekka, &stage.world.kaisa, &stage.tuula.actor] {
            assert!(stage.is_seen_by(&app, who).await);
        }
        let referral = stage.world.submitted(&app).await;
        let query = "query($id: ID!) { referral(id: $id) { referringOrganisation { name } } }";
        let answer = stage.world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        assert_eq!(answer.data()["referral"]["referringOrganisation"]["name"], "Uusi hyvinvointialue");
        // The city stays, closed, with its history: its roles and partnerships have ended.
        let query = "query($id: ID!) { organisation(id: $id) { closedOn partnerships { validTo } } }";
        let answer = stage.world.kaisa.ask(&app, query, json!({ "id": service.encode() })).await;
        assert_eq!(answer.data()["organisation"], json!({ "closedOn": "2026-11-23", "partnerships": [{ "validTo": "2026-11-22" }] }));
        let log = "SELECT count(*) FROM access_log WHERE purpose = 'successionPropose'";
        assert_eq!(app.read_sql(log).await, "3", "in the log of the city, the county and the association");
    }
}

on_both! {
    async fn two_associations_that_both_act_for_themselves_must_agree(app: App) {
        let stage = Stage::new(&app).await;
        let former = stage.world.association;
        let successor = app.organisation("Suuri yhdistys", OrganisationKind::Association).await;
        let bertta = app.person("Bertta", successor, Role::Coordinator).await;
        let boris = app.person("Boris", successor, Role::Admin).await;
        app.refers(former, successor).await;
        let before = owned(&app, former).await;
        app.write_sql(&unsent(&app, &stage)).await;

        let proposed = stage.propose(&app, former, successor).await.done()["succession"].clone();
        assert_eq!(proposed["status"], "PROPOSED");
        assert_eq!(owned(&app, former).await, before, "nothing goes over before the other side agrees");
        assert!(!stage.is_seen_by(&app, &bertta).await);
        let answer = boris.ask(&app, "{ successions { id status formerName version } }", json!({})).await;
        assert_eq!(answer.data()["successions"], json!([{ "id": proposed["id"], "status": "PROPOSED", "formerName": "Esimerkkiyhdistys ", "version": 1 }]));
        let preview = "query($f: ID!, $s: ID!) { successionPreview(formerId: $f, successorId: $s) { cases supportPersons programmes unsentNotices } }";
        let answer = boris.ask(&app, preview, json!({ "f": former.encode(), "s": successor.encode() })).await;
        assert_eq!(answer.data()["successionPreview"], json!({ "cases": 1, "supportPersons": 1, "programmes": 1, "unsentNotices": 1 }));

        let decide = json!({ "successionId": proposed["id"], "version": 1 });
        let answer = boris.does(&app, "successionAccept", SUCCESSION, decide).await;
        let made = answer.done()["succession"].clone();
        assert_eq!((&made["status"], &made["movedSupportPersons"]), (&json!("MADE"), &json!(1)));
        assert!(all_none(&owned(&app, former).await), "{:?}", owned(&app, former).await);
        for who in [&bertta, &stage.world.kaisa, &stage.world.pekka, &stage.tuula.actor] {
            assert!(stage.is_seen_by(&app, who).await);
        }
        assert_eq!(roles(&app, &stage.world.kaisa).await, ["COORDINATOR at Suuri yhdistys"]);
        assert_eq!(roles(&app, &stage.tuula.actor).await, ["SUPPORT_PERSON at Suuri yhdistys"]);
        assert_eq!(roles(&app, &stage.aino).await, ["ADMIN at Esimerkkiyhdistys"], "who oversees is named by the successor");
        assert_eq!(stage.tuula.status(&app, &bertta).await, "ACTIVE");
        // Unsent mail follows; Pekka's partnership does too, so that he can refer to the successor.
        let notices = "SELECT o.name FROM outbox_messages m JOIN organisations o ON o.id = m.organisation_id";
        assert_eq!(app.read_sql(notices).await, "Suuri yhdistys");
        let answer = bertta.ask(&app, "{ organisations { nodes { name } } }", json!({})).await;
        let names = answer.data()["organisations"]["nodes"].to_string();
        assert!(names.contains("Esimerkkialue"), "{names}");
        // Both organisations' logs tell what went over.
        let log = "SELECT count(*) FROM access_log_objects x JOIN access_log l ON l.id = x.entry_id
            WHERE l.purpose = 'successionAccept' AND x.object_kind = 'SUPPORT_RELATIONSHIP'";
        assert_eq!(app.read_sql(log).await, "2");

        let undo = json!({ "successionId": made["id"], "version": made["version"] });
        let answer = boris.does(&app, "successionUndo", SUCCESSION, undo).await;
        assert_eq!(answer.done()["succession"]["status"], "UNDONE");
        assert_eq!(owned(&app, former).await, before, "everything is as it was");
        assert!(all_none(&owned(&app, successor).await));
        assert_eq!(roles(&app, &stage.world.kaisa).await, ["COORDINATOR at Esimerkkiyhdistys"]);
        assert!(!stage.is_seen_by(&app, &bertta).await);
        for who in [&stage.world.kaisa, &stage.world.pekka, &stage.tuula.actor] {
            assert!(stage.is_seen_by(&app, who).await);
        }
        assert_eq!(app.read_sql(notices).await, "Esimerkkiyhdistys ");
        assert_eq!(app.read_sql("SELECT count(*) FROM partnerships").await, "2");
        let closed = "SELECT count(*) FROM organisations WHERE closed_on IS NOT NULL";
        assert_eq!(app.read_sql(closed).await, "0");
        // It can be made again.
        assert_eq!(stage.propose(&app, former, successor).await.done()["succession"]["status"], "PROPOSED");
    }
}

/// A planned notice about the relationship, as the nightly job would have written it.
fn unsent(app: &App, stage: &Stage) -> String {
    let relationship =
        rinnalla_domain::ids::SupportRelationshipId::decode(&stage.relationship).unwrap();
    let (id, of, about) = (
        uuid::Uuid::from_u128(7),
        stage.world.association.uuid(),
        relationship.uuid(),
    );
    let write = |id: uuid::Uuid| match app.register.store.is_postgres() {
        true => format!("'{id}'"),
        false => format!("x'{}'", id.simple()),
    };
    format!(
        "INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on, status, not_before, key_version, created_at)
         VALUES ({}, {}, 'REVIEW_COMING', {}, 1, 'PROFESSIONAL', '2027-02-01', 'PLANNED', '2026-11-20 07:00:00+00:00', 1, '2026-11-20 07:00:00+00:00')",
        write(id), write(of), write(about)
    )
}

on_both! {
    async fn what_was_built_on_cannot_be_undone(app: App) {
        let stage = Stage::new(&app).await;
        let (service, county) = (stage.world.service, stage.county(&app).await);
        let made = stage.propose(&app, service, county).await.done()["succession"].clone();
        app.on_day("2026-11-24");
        let input = json!({ "supportRelationshipId": stage.relationship, "metOn": "2026-11-23", "minutes": 60, "activity": "COFFEE", "channel": "IN_PERSON" });
        stage.world.pekka.does(&app, "meetingRecord", "meeting { id }", input).await.done();
        let undo = json!({ "successionId": made["id"], "version": made["version"] });
        let answer = stage.aino.does(&app, "successionUndo", SUCCESSION, undo).await;
        assert_eq!(answer.user_errors(), ["- LATER_ENTRIES_STAND_ON_IT"]);
        assert!(all_none(&owned(&app, service).await));
    }
}

on_both! {
    async fn a_former_partner_can_be_undone_and_keeps_the_roles_that_it_had(app: App) {
        let stage = Stage::new(&app).await;
        let (service, county) = (stage.world.service, stage.county(&app).await);
        let (of_service, of_county) = (owned(&app, service).await, owned(&app, county).await);
        let made = stage.propose(&app, service, county).await.done()["succession"].clone();
        let undo = json!({ "successionId": made["id"], "version": made["version"] });
        stage.aino.does(&app, "successionUndo", SUCCESSION, undo).await.done();
        assert_eq!(owned(&app, service).await, of_service);
        assert_eq!(owned(&app, county).await, of_county);
        assert_eq!(roles(&app, &stage.world.pekka).await, ["PROFESSIONAL at Esimerkkialue"]);
        let standing = "SELECT count(*) FROM role_grants WHERE role = 'PROFESSIONAL' AND cancelled_at IS NULL AND valid_to IS NULL";
        assert_eq!(app.read_sql(standing).await, "1");
    }
}

on_both! {
    async fn a_closed_organisation_takes_nobody_in_and_begins_nothing(app: App) {
        let stage = Stage::new(&app).await;
        let former = stage.world.association;
        let successor = app.organisation("Suuri yhdistys", OrganisationKind::Association).await;
        let boris = app.person("Boris", successor, Role::Admin).await;
        app.refers(former, successor).await;
        let proposed = stage.propose(&app, former, successor).await.done()["succession"]["id"].clone();
        boris.does(&app, "successionAccept", SUCCESSION, json!({ "successionId": proposed, "version": 1 })).await.done();
        for (role, expected) in [("COORDINATOR", vec!["organisationId ORGANISATION_CLOSED"]), ("DPO", vec![])] {
            let input = json!({ "personId": stage.aino.node(), "organisationId": former.encode(), "role": role });
            let answer = stage.aino.does(&app, "roleGrantAdd", "roleGrant { id }", input).await;
            assert_eq!(answer.user_errors(), expected, "{role}");
        }
        let input = json!({ "organisationId": former.encode(), "partnerId": successor.encode(), "kind": "SUPERVISES" });
        let answer = stage.aino.does(&app, "partnershipStart", "partnership { id }", input).await;
        assert_eq!(answer.user_errors(), ["organisationId ORGANISATION_CLOSED"]);
        let input = json!({ "organisationId": successor.encode(), "partnerId": former.encode(), "kind": "SUPERVISES" });
        let answer = boris.does(&app, "partnershipStart", "partnership { id }", input).await;
        assert_eq!(answer.user_errors(), ["partnerId ORGANISATION_CLOSED"]);
    }
}
