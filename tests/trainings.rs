//! Trainings of support persons: two weekends, who was there, and the gate that follows.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::{Supporter, World};
use crate::support::{Actor, Answer, App};

const TRAINING: &str = "training { id version isCancelled firstOn secondOn participants { attendedFirst attendedSecond attendedBoth
    supportPerson { id status person { name } } } }";

/// What is told of a training, given by the association itself.
fn details(world: &World, first: &str, second: &str) -> Value {
    json!({ "name": "Kevään koulutus", "trainerId": world.association.encode(), "firstOn": first, "secondOn": second })
}

struct Training {
    id: String,
}

impl Training {
    async fn of(app: &App, world: &World, people: &[&Supporter]) -> Self {
        let input = json!({ "organisationId": world.association.encode(),
            "details": details(world, "2026-11-07", "2026-11-21") });
        let answer = world
            .kaisa
            .does(app, "trainingCreate", TRAINING, input)
            .await;
        let id = answer.done()["training"]["id"].as_str().unwrap().to_owned();
        let training = Self { id };
        for who in people {
            let input = json!({ "supportPersonId": who.id });
            training
                .does(app, world, "trainingParticipantAdd", input)
                .await
                .done();
        }
        training
    }

    async fn seen_by(&self, app: &App, who: &Actor) -> Value {
        let query = format!(
            "query($id: ID!) {{ it: training(id: $id) {} }}",
            &TRAINING[9..]
        );
        who.ask(app, &query, json!({ "id": self.id })).await.data()["it"].clone()
    }

    /// An act at the training's present version.
    async fn does(&self, app: &App, world: &World, act: &str, mut input: Value) -> Answer {
        let seen = self.seen_by(app, &world.kaisa).await;
        input["trainingId"] = json!(self.id);
        input["version"] = seen["version"].clone();
        world.kaisa.does(app, act, TRAINING, input).await
    }

    async fn records(
        &self,
        app: &App,
        world: &World,
        weekend: &str,
        marks: &[(&Supporter, bool)],
    ) -> Answer {
        let mark =
            |(who, was): &(&Supporter, bool)| json!({ "supportPersonId": who.id, "wasThere": was });
        let marks: Value = marks.iter().map(mark).collect();
        let input = json!({ "weekend": weekend, "marks": marks });
        self.does(app, world, "trainingRecordAttendance", input)
            .await
    }
}

on_both! {
    async fn whoever_was_at_both_weekends_is_through_the_gate_until_a_mark_is_taken_back(app: App) {
        let world = World::new(&app).await;
        let (tuula, timo) = (world.applicant(&app, "Tuula").await, world.applicant(&app, "Timo").await);
        let training = Training::of(&app, &world, &[&tuula, &timo]).await;
        training.records(&app, &world, "FIRST", &[(&tuula, true), (&timo, true)]).await.done();
        assert_eq!(tuula.status(&app, &world.kaisa).await, "IN_TRAINING");
        let after = training.records(&app, &world, "SECOND", &[(&tuula, true), (&timo, false)]).await;
        let seen = after.done()["training"]["participants"].clone();
        let part = |who: usize| (seen[who]["attendedBoth"] == true, seen[who]["supportPerson"]["status"].as_str().unwrap().to_owned());
        assert_eq!((part(0), part(1)), ((true, "TRAINED".to_owned()), (false, "IN_TRAINING".to_owned())));

        let criterion = json!({ "substanceFreeSince": "2025-08-01", "on": "2026-11-22" });
        world.on_supporter(&app, &tuula, "supportPersonAttestCriterion", criterion).await.done();
        world.record(&app, &tuula, "supportPersonSignConfidentiality", "2026-11-22").await.done();
        world.record(&app, &tuula, "supportPersonActivate", "2026-11-22").await.done();
        // The mark was wrong: with it falls what was built on it.
        training.records(&app, &world, "SECOND", &[(&tuula, false)]).await.done();
        assert_eq!(tuula.status(&app, &world.kaisa).await, "IN_TRAINING");
        training.records(&app, &world, "SECOND", &[(&tuula, true)]).await.done();
        assert_eq!(tuula.status(&app, &world.kaisa).await, "ACTIVE");
        // An attestation of an earlier training stands for the weekends.
        world.record(&app, &timo, "supportPersonAttestEarlierTraining", "2026-11-22").await.done();
        assert_eq!(timo.status(&app, &world.kaisa).await, "TRAINED");
    }
}

on_both! {
    async fn a_weekend_that_moves_takes_its_marks_along(app: App) {
        let world = World::new(&app).await;
        let tuula = world.applicant(&app, "Tuula").await;
        let training = Training::of(&app, &world, &[&tuula]).await;
        training.records(&app, &world, "FIRST", &[(&tuula, true)]).await.done();
        training.records(&app, &world, "SECOND", &[(&tuula, true)]).await.done();
        let complete = async || {
            let query = "query($id: ID!) { supportPerson(id: $id) { gates { trainingCompleteOn weekendsAttended } } }";
            let answer = world.kaisa.ask(&app, query, json!({ "id": tuula.id })).await;
            answer.data()["supportPerson"]["gates"].clone()
        };
        assert_eq!(complete().await, json!({ "trainingCompleteOn": "2026-11-21", "weekendsAttended": 2 }));
        let told = json!({ "details": details(&world, "2026-11-07", "2026-11-14") });
        let answer = training.does(&app, &world, "trainingCorrect", told).await;
        assert_eq!(answer.done()["training"]["participants"][0]["attendedBoth"], true);
        assert_eq!(complete().await, json!({ "trainingCompleteOn": "2026-11-14", "weekendsAttended": 2 }));
        // Nobody was there on a day that is still to come.
        let ahead = json!({ "details": details(&world, "2026-11-07", "2026-12-12") });
        let answer = training.does(&app, &world, "trainingCorrect", ahead).await;
        assert_eq!(answer.user_errors(), ["secondOn DATE_IN_FUTURE"]);
        assert_eq!(complete().await["trainingCompleteOn"], "2026-11-14");
    }
}

on_both! {
    async fn an_entry_by_hand_and_a_mark_are_the_same_entry(app: App) {
        let world = World::new(&app).await;
        let tuula = world.applicant(&app, "Tuula").await;
        let training = Training::of(&app, &world, &[&tuula]).await;
        world.record(&app, &tuula, "supportPersonRecordWeekend", "2026-11-07").await.done();
        training.records(&app, &world, "FIRST", &[(&tuula, true)]).await.done();
        assert_eq!(app.read_sql("SELECT count(*) FROM support_person_acts").await, "1");
        let query = "query($id: ID!) { supportPerson(id: $id) { version acts { id } } }";
        let found = world.kaisa.ask(&app, query, json!({ "id": tuula.id })).await;
        let found = &found.data()["supportPerson"];
        let input = json!({ "actId": found["acts"][0]["id"], "version": found["version"] });
        app.mutate(&world.kaisa, "supportPersonActCancel", input).await.done();
        let seen = training.seen_by(&app, &world.kaisa).await;
        assert_eq!(seen["participants"][0]["attendedFirst"], false, "taken back on the support person");
        assert_eq!(tuula.status(&app, &world.kaisa).await, "APPLICANT");
    }
}

on_both! {
    async fn what_cannot_be_is_refused_with_its_field(app: App) {
        let world = World::new(&app).await;
        let tuula = world.applicant(&app, "Tuula").await;
        let create = async |told: Value| {
            let input = json!({ "organisationId": world.association.encode(), "details": told });
            world.kaisa.does(&app, "trainingCreate", TRAINING, input).await.user_errors()
        };
        let mut told = details(&world, "2026-11-21", "2026-11-22");
        told["name"] = json!(" ");
        told["trainerId"] = json!(world.service.encode());
        let other = app.organisation("Vieras ry", OrganisationKind::Association).await;
        assert_eq!(create(told.clone()).await, ["name EMPTY", "secondOn DATES_OUT_OF_ORDER"], "one weekend, not two");
        told["trainerId"] = json!(other.encode());
        told["firstOn"] = json!("1999-01-01");
        assert_eq!(create(told).await, ["name EMPTY", "firstOn OUT_OF_RANGE", "trainerId NO_PARTNERSHIP"]);

        let training = Training::of(&app, &world, &[&tuula]).await;
        let again = json!({ "supportPersonId": tuula.id });
        let answer = training.does(&app, &world, "trainingParticipantAdd", again.clone()).await;
        assert_eq!(answer.user_errors(), ["supportPersonId ALREADY_RECORDED"]);
        app.on_day("2026-11-20");
        let answer = training.records(&app, &world, "SECOND", &[(&tuula, true)]).await;
        assert_eq!(answer.user_errors(), ["weekend DATE_IN_FUTURE"]);
        training.records(&app, &world, "FIRST", &[(&tuula, true)]).await.done();
        for act in ["trainingParticipantRemove", "trainingCancel"] {
            let input = if act == "trainingCancel" { json!({}) } else { again.clone() };
            let answer = training.does(&app, &world, act, input).await;
            assert!(answer.user_errors()[0].ends_with("LATER_ENTRIES_STAND_ON_IT"), "{act}");
        }
        training.records(&app, &world, "FIRST", &[(&tuula, false)]).await.done();
        training.does(&app, &world, "trainingCancel", json!({})).await.done();
        let answer = training.records(&app, &world, "FIRST", &[(&tuula, true)]).await;
        assert_eq!(answer.user_errors(), ["- WRONG_STATE"]);
        let back = training.does(&app, &world, "trainingReinstate", json!({})).await;
        assert_eq!(back.done()["training"]["isCancelled"], false);
        let gone = training.does(&app, &world, "trainingParticipantRemove", again).await;
        assert_eq!(gone.done()["training"]["participants"], json!([]));
    }
}

on_both! {
    async fn a_support_person_sees_the_own_trainings_and_oneself_in_them(app: App) {
        let world = World::new(&app).await;
        let (tuula, timo) = (world.applicant(&app, "Tuula").await, world.applicant(&app, "Timo").await);
        let training = Training::of(&app, &world, &[&tuula, &timo]).await;
        Training::of(&app, &world, &[&timo]).await;
        let query = format!("{{ trainings {{ totalCount nodes {} }} }}", &TRAINING[9..]);
        let answer = tuula.actor.ask(&app, &query, json!({})).await;
        let seen = &answer.data()["trainings"];
        assert_eq!((&seen["totalCount"], &seen["nodes"][0]["id"]), (&json!(1), &json!(training.id)));
        let names: Vec<&Value> = seen["nodes"][0]["participants"].as_array().unwrap().iter().map(|it| &it["supportPerson"]["person"]["name"]).collect();
        assert_eq!(names, ["Tuula"]);
        let other = World::named(&app, "toinen").await;
        assert!(training.seen_by(&app, &other.kaisa).await.is_null());
        assert_eq!(world.pekka.ask(&app, &query, json!({})).await.codes(), ["FORBIDDEN"]);
    }
}

on_both! {
    async fn whoever_gives_a_training_records_who_was_there_and_is_told_names_alone(app: App) {
        let world = World::new(&app).await;
        let trainers = app.organisation("Tukihenkilötyö ry", OrganisationKind::Association).await;
        app.supervises(world.association, trainers).await;
        let taina = app.person("Taina Kouluttaja", trainers, Role::Facilitator).await;
        let other = app.person("Ossi Ohjaaja", world.association, Role::Facilitator).await;
        let tuula = world.applicant(&app, "Tuula").await;
        let training = Training::of(&app, &world, &[&tuula]).await;
        let query = "query($id: ID!) { training(id: $id) { version participants { supportPersonId name attendedFirst attendedBoth supportPerson { id } } }
            trainings { nodes { id } } }";
        let seen_by = async |who: &Actor| who.ask(&app, query, json!({ "id": training.id })).await.data().clone();
        assert_eq!(seen_by(&taina).await, json!({ "training": null, "trainings": { "nodes": [] } }), "given by the association itself");
        assert_eq!(seen_by(&other).await["training"]["participants"][0]["name"], "Tuula", "which its own facilitators record as well");

        let mut told = details(&world, "2026-11-07", "2026-11-21");
        told["trainerId"] = json!(trainers.encode());
        training.does(&app, &world, "trainingCorrect", json!({ "details": told })).await.done();
        assert!(seen_by(&other).await["training"].is_null(), "no longer theirs to give");
        let seen = seen_by(&taina).await;
        assert_eq!(seen["trainings"], json!({ "nodes": [{ "id": training.id }] }));
        let part = json!({ "supportPersonId": tuula.id, "name": "Tuula", "attendedFirst": false, "attendedBoth": false, "supportPerson": null });
        assert_eq!(seen["training"]["participants"], json!([part]), "a name, and nothing else");

        let records = async |who: &Actor, version: i64, weekend: &str| {
            let input = json!({ "trainingId": training.id, "version": version, "weekend": weekend,
                "marks": [{ "supportPersonId": tuula.id, "wasThere": true }] });
            who.does(&app, "trainingRecordAttendance", "training { version }", input).await
        };
        let version = seen["training"]["version"].as_i64().unwrap();
        assert_eq!(records(&other, version, "FIRST").await.codes(), ["NOT_FOUND"]);
        records(&taina, version, "FIRST").await.done();
        records(&taina, version + 1, "SECOND").await.done();
        assert_eq!(tuula.status(&app, &world.kaisa).await, "TRAINED");
        let cancel = json!({ "trainingId": training.id, "version": version + 2 });
        let answer = taina.does(&app, "trainingCancel", "training { id }", cancel).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"], "planning stays the association's");
    }
}

on_both! {
    async fn merging_two_records_of_a_person_moves_their_parts_in_trainings_and_back(app: App) {
        let world = World::new(&app).await;
        let again = world.applicant(&app, "Tuula Esimerkki-").await;
        let tuula = app.person("Tuula Esimerkki", world.association, Role::PeerGuide).await;
        let training = Training::of(&app, &world, &[&again]).await;
        training.records(&app, &world, "FIRST", &[(&again, true)]).await.done();
        let own = format!("{{ trainings {{ nodes {} }} }}", &TRAINING[9..]);
        assert_eq!(tuula.ask(&app, &own, json!({})).await.codes(), ["FORBIDDEN"], "no support person yet");

        let two = json!({ "keptId": tuula.node(), "keptVersion": 1, "mergedId": again.actor.node(), "mergedVersion": 1 });
        let merged = world.kaisa.does(&app, "personMerge", "personMerge { id }", two).await;
        let merge = merged.done()["personMerge"]["id"].clone();
        let seen = tuula.ask(&app, &own, json!({})).await;
        let seen = seen.data()["trainings"]["nodes"][0].clone();
        assert_eq!(seen["id"], training.id);
        assert_eq!(seen["participants"][0]["supportPerson"]["person"]["name"], "Tuula Esimerkki");
        assert_eq!(seen["participants"][0]["attendedFirst"], true);
        let second = training.records(&app, &world, "SECOND", &[(&again, true)]).await;
        assert_eq!(second.done()["training"]["participants"][0]["supportPerson"]["status"], "TRAINED");

        let undo = json!({ "personMergeId": merge, "version": 1 });
        world.kaisa.does(&app, "personMergeCancel", "personMerge { id }", undo).await.done();
        assert_eq!(tuula.ask(&app, &own, json!({})).await.codes(), ["FORBIDDEN"]);
        let seen = again.actor.ask(&app, &own, json!({})).await;
        let part = &seen.data()["trainings"]["nodes"][0]["participants"][0];
        assert_eq!((&part["attendedBoth"], &part["supportPerson"]["person"]["name"]), (&json!(true), &json!("Tuula Esimerkki-")));
    }
}

on_both! {
    async fn a_list_of_trainings_takes_as_many_statements_for_many_as_for_one(app: App) {
        let world = World::new(&app).await;
        let mut people = Vec::new();
        for name in ["Tuula", "Timo", "Tarja"] {
            people.push(world.applicant(&app, name).await);
        }
        let all: Vec<&Supporter> = people.iter().collect();
        let query = format!("{{ trainings {{ nodes {} }} }}", &TRAINING[9..]);
        Training::of(&app, &world, &all[..1]).await;
        let one = world.kaisa.ask(&app, &query, json!({})).await.statements.len();
        for _ in 0..4 {
            Training::of(&app, &world, &all).await;
        }
        let many = world.kaisa.ask(&app, &query, json!({})).await;
        assert_eq!(many.data()["trainings"]["nodes"].as_array().unwrap().len(), 5);
        assert_eq!(many.statements.len(), one);
    }
}
