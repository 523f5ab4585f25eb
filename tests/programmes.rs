//! Programmes: what an association asks for, who is in them, and what follows when that changes.

mod bad_input;

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::{Supporter, World, profile};
use crate::support::{Actor, App};

const PROGRAMME: &str = "programme { id version name validFrom validTo isDefault targetGroups forms languages
    requirements { fromOn asksCriterion trainingWeekends acceptsEarlierTraining asksConfidentiality gates { name } } }";

/// What is told of a programme, with some of it told otherwise.
pub fn details(otherwise: Value) -> Value {
    let mut told = json!({ "nameFi": "Kevyt tuki", "nameSv": "Lätt stöd", "nameEn": "Light support", "validFrom": "2026-01-01",
        "targetGroups": ["THREAT_OF_HOMELESSNESS"], "forms": ["GROUP", "INDIVIDUAL"], "languages": ["sv", "fi"] });
    for (field, value) in otherwise.as_object().unwrap() {
        told[field] = value.clone();
    }
    told
}

/// One weekend and confidentiality, with some of it told otherwise.
pub fn requirements(otherwise: Value) -> Value {
    let mut told = json!({ "asksCriterion": false, "trainingWeekends": 1, "acceptsEarlierTraining": false, "asksConfidentiality": true });
    for (field, value) in otherwise.as_object().unwrap() {
        told[field] = value.clone();
    }
    told
}

impl World {
    /// A further gate of the association.
    pub async fn gate(&self, app: &App) -> String {
        let input = json!({ "organisationId": self.association.encode(), "nameFi": "Haastattelu", "nameSv": "Intervju", "nameEn": "Interview" });
        let answer = self.kaisa.does(app, "gateAdd", "gate { id }", input).await;
        answer.done()["gate"]["id"].as_str().unwrap().to_owned()
    }

    /// A programme of the association that asks for what is said.
    pub async fn programme(&self, app: &App, told: Value) -> String {
        let input = json!({ "organisationId": self.association.encode(), "details": details(json!({})), "requirements": requirements(told) });
        let answer = self
            .kaisa
            .does(app, "programmeCreate", PROGRAMME, input)
            .await;
        answer.done()["programme"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Moves somebody to a programme.
    pub async fn move_to(&self, app: &App, whom: &Supporter, programme: &str, on: &str) -> String {
        let input = json!({ "programmeId": programme, "on": on });
        let answer = self
            .on_supporter(app, whom, "supportPersonChangeProgramme", input)
            .await;
        answer.done()["supportPerson"]["status"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

async fn programme_of(app: &App, whom: &Supporter, asker: &Actor) -> Value {
    let query = "query($id: ID!) { supportPerson(id: $id) { status programme { nameEn isDefault } gates { areAllMet further { isAsked attestedOn gate { nameEn } } }
        acts { kind gate { nameEn } programme { nameEn } } } }";
    let answer = asker.ask(app, query, json!({ "id": whom.id })).await;
    answer.data()["supportPerson"].clone()
}

on_both! {
    async fn an_association_defines_a_programme_and_everybody_who_knows_of_it_reads_it(app: App) {
        let world = World::new(&app).await;
        let gate = world.gate(&app).await;
        let input = json!({ "organisationId": world.association.encode(), "details": details(json!({ "validTo": "2027-12-31" })),
            "requirements": requirements(json!({ "gateIds": [gate] })) });
        let answer = world.kaisa.does(&app, "programmeCreate", PROGRAMME, input).await;
        let programme = &answer.done()["programme"];
        assert_eq!(programme["name"], "Kevyt tuki", "in the reader's language");
        assert_eq!(programme["targetGroups"], json!(["THREAT_OF_HOMELESSNESS"]));
        assert_eq!(programme["forms"], json!(["GROUP", "INDIVIDUAL"]));
        assert_eq!(programme["languages"], json!(["fi", "sv"]));
        assert_eq!(programme["validTo"], "2027-12-31");
        assert_eq!(programme["requirements"], json!([{ "fromOn": "2026-01-01", "asksCriterion": false, "trainingWeekends": 1,
            "acceptsEarlierTraining": false, "asksConfidentiality": true, "gates": [{ "name": "Haastattelu" }] }]));
        let id = programme["id"].clone();
        let query = "query($id: ID!) { programme(id: $id) { nameEn organisation { name } } node(id: $id) { id } }";
        let answer = world.pekka.ask(&app, query, json!({ "id": id })).await;
        assert_eq!(answer.data()["programme"]["nameEn"], "Light support", "a partner reads it");
        let other = World::named(&app, "toinen").await;
        for stranger in [&other.kaisa, &other.pekka] {
            let answer = stranger.ask(&app, query, json!({ "id": id })).await;
            assert_eq!(answer.data(), &json!({ "programme": null, "node": null }));
        }
        let query = "query($id: ID!) { node(id: $id) { ... on Gate { nameSv isActive } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": gate })).await;
        assert_eq!(answer.data()["node"], json!({ "nameSv": "Intervju", "isActive": true }));
        let answer = other.kaisa.ask(&app, query, json!({ "id": gate })).await;
        assert_eq!(answer.data()["node"], Value::Null);
    }
}

on_both! {
    async fn whoever_comes_without_a_word_is_in_the_default_programme_of_the_three_gates(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        world.active(&app, "Timo").await;
        let shown = programme_of(&app, &tuula, &world.kaisa).await;
        assert_eq!(shown["programme"], json!({ "nameEn": "Peer support persons", "isDefault": true }));
        assert_eq!(app.read_sql("SELECT count(*) FROM programmes").await, "1", "one for the association");
        let query = "query($id: ID!) { organisation(id: $id) { programmes { id version isDefault requirements { asksCriterion trainingWeekends } } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": world.association.encode() })).await;
        let programme = &answer.data()["organisation"]["programmes"][0];
        assert_eq!(programme["requirements"], json!([{ "asksCriterion": true, "trainingWeekends": 2 }]));
        let input = json!({ "programmeId": programme["id"], "version": programme["version"], "requirements": requirements(json!({})) });
        let answer = world.kaisa.does(&app, "programmeChangeRequirements", PROGRAMME, input).await;
        assert_eq!(answer.user_errors(), ["- DEFAULT_PROGRAMME"]);
        // What is told of it may be put right: an association calls it what it calls it.
        let input = json!({ "programmeId": programme["id"], "version": programme["version"],
            "details": details(json!({ "nameFi": "Tukihenkilöt", "targetGroups": [] })) });
        let answer = world.kaisa.does(&app, "programmeCorrect", PROGRAMME, input).await;
        assert_eq!(answer.done()["programme"]["name"], "Tukihenkilöt");
        assert_eq!(answer.done()["programme"]["targetGroups"], json!([]));
        assert_eq!(tuula.status(&app, &world.kaisa).await, "ACTIVE");
    }
}

on_both! {
    async fn a_support_person_begins_in_a_programme_and_passes_its_gates(app: App) {
        let world = World::new(&app).await;
        let gate = world.gate(&app).await;
        let programme = world.programme(&app, json!({ "gateIds": [gate] })).await;
        let person = app.person("Tuula", world.association, Role::PeerGuide).await;
        let input = json!({ "organisationId": world.association.encode(), "personId": person.node(), "programmeId": programme,
            "profile": profile(json!({})) });
        let answer = app.mutate(&world.kaisa, "supportPersonAdd", input).await;
        let id = answer.done()["supportPerson"]["id"].as_str().unwrap().to_owned();
        let tuula = Supporter { actor: person, id };
        world.record(&app, &tuula, "supportPersonRecordWeekend", "2026-09-05").await.done();
        world.record(&app, &tuula, "supportPersonSignConfidentiality", "2026-09-06").await.done();
        let answer = world.record(&app, &tuula, "supportPersonActivate", "2026-10-01").await;
        assert_eq!(answer.user_errors(), ["- GATES_OPEN"]);
        let input = json!({ "gateId": gate, "on": "2026-10-01" });
        world.on_supporter(&app, &tuula, "supportPersonAttestGate", input.clone()).await.done();
        let twice = world.on_supporter(&app, &tuula, "supportPersonAttestGate", input).await;
        assert_eq!(twice.user_errors(), ["on ALREADY_RECORDED"]);
        let early = world.record(&app, &tuula, "supportPersonActivate", "2026-09-30").await;
        assert_eq!(early.user_errors(), ["- GATES_OPEN"], "checked on the day in question");
        world.record(&app, &tuula, "supportPersonActivate", "2026-10-01").await.done();
        let shown = programme_of(&app, &tuula, &tuula.actor).await;
        assert_eq!(shown["status"], "ACTIVE");
        assert_eq!(shown["programme"]["nameEn"], "Light support");
        assert_eq!(shown["gates"], json!({ "areAllMet": true,
            "further": [{ "isAsked": true, "attestedOn": "2026-10-01", "gate": { "nameEn": "Interview" } }] }));
        assert_eq!(shown["acts"][2], json!({ "kind": "GATE_ATTESTED", "gate": { "nameEn": "Interview" }, "programme": null }));
        let act = tuula.entry(&app, &world.kaisa, "GATE_ATTESTED").await;
        let input = json!({ "actId": act, "version": tuula.version(&app).await });
        let answer = app.mutate(&world.kaisa, "supportPersonActCancel", input).await;
        assert_eq!(answer.done()["supportPerson"]["status"], "TRAINED", "a gate that is cancelled is no gate");
    }
}

on_both! {
    async fn a_move_to_another_programme_works_the_gates_out_anew_and_can_be_taken_back(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let gate = world.gate(&app).await;
        let light = world.programme(&app, json!({})).await;
        let strict = world.programme(&app, json!({ "gateIds": [gate] })).await;
        assert_eq!(world.move_to(&app, &tuula, &light, "2026-11-02").await, "ACTIVE", "asks for less");
        let again = json!({ "programmeId": light });
        let answer = world.on_supporter(&app, &tuula, "supportPersonChangeProgramme", again).await;
        assert_eq!(answer.user_errors(), ["on ALREADY_RECORDED"]);
        assert_eq!(world.move_to(&app, &tuula, &strict, "2026-11-20").await, "TRAINED", "asks for more");
        let moved = programme_of(&app, &tuula, &world.kaisa).await;
        assert_eq!(moved["acts"][6], json!({ "kind": "PROGRAMME_CHANGED", "gate": null, "programme": { "nameEn": "Light support" } }));
        let list = "query($of: ID!) { supportPersons(filter: { programmeId: $of }) { totalCount } }";
        for (of, n) in [(&light, 0), (&strict, 1)] {
            let answer = world.kaisa.ask(&app, list, json!({ "of": of })).await;
            assert_eq!(answer.data()["supportPersons"]["totalCount"], n);
        }
        let version = tuula.version(&app).await;
        let query = "query($id: ID!) { supportPerson(id: $id) { acts { id kind } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": tuula.id })).await;
        let acts = answer.data()["supportPerson"]["acts"].as_array().unwrap().clone();
        let last = acts.iter().rfind(|act| act["kind"] == "PROGRAMME_CHANGED").unwrap();
        let input = json!({ "actId": last["id"], "version": version });
        let answer = app.mutate(&world.kaisa, "supportPersonActCancel", input).await;
        assert_eq!(answer.done()["supportPerson"]["status"], "ACTIVE", "as without the mistake");
        let answer = world.kaisa.ask(&app, list, json!({ "of": light })).await;
        assert_eq!(answer.data()["supportPersons"]["totalCount"], 1);
    }
}

on_both! {
    async fn whoever_lacks_what_a_programme_newly_asks_for_is_active_no_longer(app: App) {
        let world = World::new(&app).await;
        let programme = world.programme(&app, json!({})).await;
        let (tuula, timo) = (world.active(&app, "Tuula").await, world.active(&app, "Timo").await);
        let liisa = world.active(&app, "Liisa").await;
        for whom in [&tuula, &timo] {
            assert_eq!(world.move_to(&app, whom, &programme, "2026-11-02").await, "ACTIVE");
        }
        world.record(&app, &timo, "supportPersonRecordWeekend", "2026-11-15").await.done();
        let change = |version: i64, from: &str, weekends: i64| json!({ "programmeId": programme, "version": version, "from": from,
            "requirements": requirements(json!({ "trainingWeekends": weekends })) });
        let answer = world.kaisa.does(&app, "programmeChangeRequirements", PROGRAMME, change(1, "2026-11-16", 3)).await;
        let asked = answer.done()["programme"]["requirements"].as_array().unwrap().clone();
        assert_eq!(asked.len(), 2, "what was asked for before stays");
        assert_eq!((&asked[0]["trainingWeekends"], &asked[0]["fromOn"]), (&json!(3), &json!("2026-11-16")));
        for (whom, status) in [(&tuula, "IN_TRAINING"), (&timo, "ACTIVE"), (&liisa, "ACTIVE")] {
            assert_eq!(whom.status(&app, &world.kaisa).await, status, "{}", whom.id);
        }
        // The same day again puts it right.
        let answer = world.kaisa.does(&app, "programmeChangeRequirements", PROGRAMME, change(2, "2026-11-16", 2)).await;
        assert_eq!(answer.done()["programme"]["requirements"].as_array().unwrap().len(), 2);
        assert_eq!(tuula.status(&app, &world.kaisa).await, "ACTIVE");
        let log = "SELECT count(*) FROM access_log_objects o JOIN access_log l ON l.id = o.entry_id
            WHERE l.purpose = 'programmeChangeRequirements' AND o.object_kind = 'SUPPORT_PERSON'";
        assert_eq!(app.read_sql(log).await, "2", "whose state changed is in the log: Tuula, twice");
    }
}

on_both! {
    async fn candidates_can_be_looked_for_in_one_programme_and_nothing_of_it_is_kept(app: App) {
        let world = World::new(&app).await;
        let (tuula, _timo) = (world.active(&app, "Tuula").await, world.active(&app, "Timo").await);
        let programme = world.programme(&app, json!({})).await;
        world.move_to(&app, &tuula, &programme, "2026-11-02").await;
        let referral = world.submitted(&app).await;
        let query = "query($r: ID!, $p: ID) { matchCandidates(referralId: $r, programmeId: $p) { supportPerson { id programme { isDefault } } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "r": referral, "p": programme })).await;
        assert_eq!(answer.data()["matchCandidates"], json!([{ "supportPerson": { "id": tuula.id, "programme": { "isDefault": false } } }]));
        for all in [json!({ "r": referral }), json!({ "r": referral, "p": null })] {
            let answer = world.kaisa.ask(&app, query, all).await;
            assert_eq!(answer.data()["matchCandidates"].as_array().unwrap().len(), 2);
        }
        let unknown = json!({ "r": referral, "p": tuula.id });
        let answer = world.kaisa.ask(&app, query, unknown).await;
        assert_eq!(answer.data()["matchCandidates"], json!([]));
    }
}

on_both! {
    async fn programmes_take_as_many_statements_for_one_support_person_as_for_many(app: App) {
        let world = World::new(&app).await;
        let gate = world.gate(&app).await;
        let first = world.programme(&app, json!({ "gateIds": [gate] })).await;
        let query = "{ supportPersons { nodes { programme { targetGroups requirements { gates { name } } } gates { areAllMet further { gate { name } } }
            acts { gate { name } programme { name } } } } }";
        let tuula = world.active(&app, "Tuula").await;
        world.move_to(&app, &tuula, &first, "2026-11-02").await;
        let one = world.kaisa.ask(&app, query, json!({})).await;
        one.data();
        let second = world.programme(&app, json!({ "gateIds": [world.gate(&app).await] })).await;
        for (n, name) in ["Timo", "Liisa", "Eero"].into_iter().enumerate() {
            let whom = world.active(&app, name).await;
            world.move_to(&app, &whom, [&first, &second][n % 2], "2026-11-02").await;
        }
        let many = world.kaisa.ask(&app, query, json!({})).await;
        assert_eq!(many.data()["supportPersons"]["nodes"].as_array().unwrap().len(), 4);
        assert_eq!(many.statements.len(), one.statements.len(), "{:#?}", many.statements);
    }
}

on_both! {
    async fn whoever_was_a_support_person_before_there_were_programmes_is_in_the_default_one(app: App) {
        use rinnalla_migration::{Migrator, MigratorTrait as _};
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let programme = world.programme(&app, json!({})).await;
        world.move_to(&app, &tuula, &programme, "2026-11-02").await;
        let db = app.db().await;
        let since_programmes = u32::try_from(Migrator::migrations().len() - 1).unwrap();
        Migrator::down(&db, Some(since_programmes)).await.unwrap();
        assert_eq!(app.read_sql("SELECT count(*) FROM support_person_acts").await, "5", "what the older level knows of is kept");
        Migrator::up(&db, None).await.unwrap();
        let everybody = "SELECT count(*) FROM support_persons s JOIN programmes p ON p.id = s.programme_id AND p.id = s.first_programme_id
            JOIN programme_requirements r ON r.programme_id = p.id WHERE p.is_default AND r.asks_criterion AND r.training_weekends = 2
              AND p.organisation_id = s.organisation_id";
        assert_eq!(app.read_sql(everybody).await, "1");
        assert_eq!(app.read_sql("SELECT count(*) FROM programmes").await, "1");
        db.close().await.unwrap();
    }
}
