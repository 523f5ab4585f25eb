//! Experts by experience who support people, where a programme takes experts.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::{Expert, trained};
use crate::on_both;
use crate::support::matching::{World, profile};
use crate::support::{Answer, App};

const SEEN: &str = "supportPerson { id version status gates { weekendsAttended trainingCompleteOn } programme { id } }";

/// Neither a criterion nor confidentiality: the training alone.
async fn programme(app: &App, world: &World, takes_experts: bool) -> String {
    let told = json!({ "trainingWeekends": 2, "asksConfidentiality": false, "takesExperts": takes_experts });
    world.programme(app, told).await
}

async fn support(app: &App, world: &World, eero: &Expert, told: Value) -> Answer {
    let mut input = json!({ "profile": profile(json!({})) });
    for (field, value) in told.as_object().unwrap() {
        input[field] = value.clone();
    }
    input["expertProfileId"] = json!(eero.id);
    input["version"] = eero.seen_by(app, &world.kaisa).await["version"].clone();
    world
        .kaisa
        .does(app, "supportPersonAddExpert", SEEN, input)
        .await
}

/// The state of a support person, and how the gate of the training stands.
async fn stands(app: &App, world: &World, id: &Value) -> (String, bool, Value) {
    let query = "query($id: ID!) { supportPerson(id: $id) { status version gates { trainingCompleteOn } } }";
    let answer = world.kaisa.ask(app, query, json!({ "id": id })).await;
    let seen = &answer.data()["supportPerson"];
    let status = seen["status"].as_str().unwrap().to_owned();
    (
        status,
        !seen["gates"]["trainingCompleteOn"].is_null(),
        seen["version"].clone(),
    )
}

/// Eero, who supports people.
async fn supporting(app: &App, world: &World, eero: &Expert) -> Value {
    let taking = programme(app, world, true).await;
    let answer = support(
        app,
        world,
        eero,
        json!({ "programmeId": taking, "on": "2026-10-01" }),
    )
    .await;
    let made = answer.done()["supportPerson"].clone();
    assert_eq!(
        (&made["status"], &made["gates"]["weekendsAttended"]),
        (&json!("TRAINED"), &json!(0))
    );
    let input =
        json!({ "supportPersonId": made["id"], "version": made["version"], "on": "2026-10-02" });
    let active = world
        .kaisa
        .does(app, "supportPersonActivate", SEEN, input)
        .await;
    assert_eq!(active.done()["supportPerson"]["status"], "ACTIVE");
    made["id"].clone()
}

on_both! {
    async fn an_expert_is_proposed_as_support_and_the_reasons_say_that_it_is_one(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        supporting(&app, &world, &eero).await;
        let referral = world.submitted(&app).await;
        let query = "query($id: ID!) { matchCandidates(referralId: $id) { supportPerson { id person { name } } reasons { kind } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        let candidates = answer.data()["matchCandidates"].as_array().unwrap();
        assert_eq!(candidates.len(), 1);
        let kinds: Vec<&str> = candidates[0]["reasons"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
        assert!(kinds.contains(&"EXPERT"), "{kinds:?}");
        let roles = app.rows(&["role_grants"]).await;
        assert_eq!(roles.iter().filter(|row| row.contains("SUPPORT_PERSON")).count(), 1, "with the role of a support person");
        let again = support(&app, &world, &eero, json!({ "programmeId": programme(&app, &world, true).await })).await;
        assert_eq!(again.user_errors(), ["personId ALREADY_SUPPORT_PERSON"]);
    }
}

on_both! {
    async fn what_rests_on_an_experts_training_falls_with_it(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let id = supporting(&app, &world, &eero).await;
        let mut later = trained(&world);
        later["trainedOn"] = json!("2026-09-30");
        eero.does(&app, &world.kaisa, "expertCorrect", json!({ "details": later })).await.done();
        assert_eq!(stands(&app, &world, &id).await.0, "ACTIVE", "trained by then all the same");
        later["trainedOn"] = json!("2026-10-15");
        eero.does(&app, &world.kaisa, "expertCorrect", json!({ "details": later })).await.done();
        let (status, has_training, _) = stands(&app, &world, &id).await;
        assert_eq!((status.as_str(), has_training), ("APPLICANT", false), "not trained on the day in question");
        let attest = async |on: &str, expert: &Expert| {
            let version = stands(&app, &world, &id).await.2;
            let input = json!({ "supportPersonId": id, "version": version, "expertProfileId": expert.id, "on": on });
            world.kaisa.does(&app, "supportPersonAttestExpert", SEEN, input).await
        };
        assert_eq!(attest("2026-10-14", &eero).await.user_errors(), ["on NOT_TRAINED_THEN"]);
        let other = Expert::new(&app, &world, "Oskari").await;
        assert_eq!(attest("2026-10-15", &other).await.user_errors(), ["expertProfileId UNKNOWN"], "somebody else's training");
        assert_eq!(attest("2026-10-15", &eero).await.done()["supportPerson"]["status"], "TRAINED");

        let liisa = Expert::new(&app, &world, "Liisa").await;
        let id = supporting(&app, &world, &liisa).await;
        liisa.does(&app, &world.kaisa, "expertRemove", json!({})).await.done();
        let (status, has_training, _) = stands(&app, &world, &id).await;
        assert_eq!((status.as_str(), has_training), ("APPLICANT", false), "no expert any more");
        let acts = app.rows(&["support_person_acts"]).await;
        assert!(acts.iter().filter(|row| row.contains("EARLIER_TRAINING_ATTESTED")).count() == 3, "they stay, cancelled: {acts:?}");
    }
}

on_both! {
    async fn a_cohort_that_ends_later_after_all_takes_the_gate_of_its_experts(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let told = |ends: &str| json!({ "name": "Ryhmä", "trainerId": world.association.encode(), "startsOn": "2026-01-10", "endsOn": ends });
        let input = json!({ "organisationId": world.association.encode(), "details": told("2026-05-31") });
        let cohort = world.kaisa.does(&app, "expertCohortAdd", "expertCohort { id version }", input).await.done()["expertCohort"].clone();
        let details = json!({ "trainerId": world.association.encode(), "expertCohortId": cohort["id"] });
        eero.does(&app, &world.kaisa, "expertCorrect", json!({ "details": details })).await.done();
        let id = supporting(&app, &world, &eero).await;
        let input = json!({ "expertCohortId": cohort["id"], "version": 1, "details": told("2026-12-31") });
        world.kaisa.does(&app, "expertCohortCorrect", "expertCohort { id }", input).await.done();
        assert_eq!(stands(&app, &world, &id).await.0, "APPLICANT");
    }
}

on_both! {
    async fn nobody_supports_as_an_expert_where_no_experts_are_taken_or_before_being_trained(app: App) {
        let world = World::new(&app).await;
        let eero = Expert::new(&app, &world, "Eero").await;
        let (taking, other) = (programme(&app, &world, true).await, programme(&app, &world, false).await);
        for (told, faults) in [
            (json!({ "programmeId": other }), vec!["programmeId TAKES_NO_EXPERTS"]),
            (json!({ "programmeId": taking, "on": "2021-05-19" }), vec!["on NOT_TRAINED_THEN"]),
            (json!({ "programmeId": taking, "on": "2026-12-24" }), vec!["on DATE_IN_FUTURE"]),
            (json!({ "programmeId": taking, "profile": profile(json!({ "countyCode": "XX", "birthDecade": 1985 })) }),
                vec!["countyCode UNKNOWN_CODE", "birthDecade OUT_OF_RANGE"]),
        ] {
            let answer = support(&app, &world, &eero, told.clone()).await;
            assert_eq!(answer.user_errors(), faults, "{told}");
        }
        assert_eq!(app.rows(&["support_persons"]).await.len(), 0, "nothing was written");
        let stranger = World::named(&app, "toinen").await;
        let input = json!({ "expertProfileId": eero.id, "version": 1, "programmeId": taking, "profile": profile(json!({})) });
        let refused = stranger.kaisa.does(&app, "supportPersonAddExpert", SEEN, input).await;
        assert_eq!(refused.codes(), ["NOT_FOUND"]);
    }
}

on_both! {
    async fn merging_two_records_of_an_expert_leaves_the_support_person_as_they_are(app: App) {
        let world = World::new(&app).await;
        let kept = app.person("Eero Esimerkki", world.association, Role::PeerGuide).await;
        let eero = Expert::new(&app, &world, "Eero Esimerkki-").await;
        let id = supporting(&app, &world, &eero).await;
        let two = json!({ "keptId": kept.node(), "keptVersion": 1, "mergedId": eero.actor.node(), "mergedVersion": 1 });
        let merge = world.kaisa.does(&app, "personMerge", "personMerge { id }", two).await.done()["personMerge"].clone();
        let (status, has_training, _) = stands(&app, &world, &id).await;
        assert_eq!((status.as_str(), has_training), ("ACTIVE", true));
        let mut later = trained(&world);
        later["trainedOn"] = json!("2026-10-15");
        eero.does(&app, &world.kaisa, "expertCorrect", json!({ "details": later })).await.done();
        assert_eq!(stands(&app, &world, &id).await.0, "APPLICANT", "the entry is followed all the same");
        let undo = json!({ "personMergeId": merge["id"], "version": 1 });
        world.kaisa.does(&app, "personMergeCancel", "personMerge { id }", undo).await.done();
        assert_eq!(stands(&app, &world, &id).await.0, "APPLICANT");
    }
}
