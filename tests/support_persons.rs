//! Support persons: the gates, the states, what each may see, and how many more people they can take.

mod bad_input;
mod lists;

use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::json;

use crate::on_both;
use crate::support::databases::Kind;
use crate::support::matching::{World, profile};

on_both! {
    async fn an_applicant_becomes_a_support_person_through_three_gates(app: App) {
        let world = World::new(&app).await;
        let person = app.person("Tuula", world.association, Role::PeerGuide).await;
        let input = json!({ "organisationId": rinnalla_domain::ids::Id::encode(world.association), "personId": person.node(),
            "profile": profile(json!({})) });
        let answer = app.mutate(&world.kaisa, "supportPersonAdd", input).await;
        let id = answer.done()["supportPerson"]["id"].as_str().unwrap().to_owned();
        let tuula = crate::support::matching::Supporter { actor: person, id };
        assert_eq!(tuula.status(&app, &world.kaisa).await, "APPLICANT");
        // The role came with it: she sees herself.
        assert_eq!(tuula.status(&app, &tuula.actor).await, "APPLICANT");

        for (mutation, on, then) in [
            ("supportPersonStartTraining", "2026-09-01", "IN_TRAINING"),
            ("supportPersonRecordWeekend", "2026-09-05", "IN_TRAINING"),
            ("supportPersonRecordWeekend", "2026-09-19", "TRAINED"),
            ("supportPersonSignConfidentiality", "2026-09-21", "TRAINED"),
        ] {
            world.record(&app, &tuula, mutation, on).await.done();
            assert_eq!(tuula.status(&app, &world.kaisa).await, then, "{mutation}");
        }
        let early = world.record(&app, &tuula, "supportPersonActivate", "2026-10-01").await;
        assert_eq!(early.user_errors(), ["- GATES_OPEN"]);
        let criterion = json!({ "substanceFreeSince": "2025-09-30", "on": "2026-10-02" });
        let met = world.on_supporter(&app, &tuula, "supportPersonAttestCriterion", criterion).await;
        assert_eq!(met.done()["isMet"], true);
        let before = world.record(&app, &tuula, "supportPersonActivate", "2026-10-01").await;
        assert_eq!(before.user_errors(), ["- GATES_OPEN"], "checked on the day in question");
        world.record(&app, &tuula, "supportPersonActivate", "2026-10-02").await.done();
        assert_eq!(tuula.status(&app, &world.kaisa).await, "ACTIVE");

        let query = "query($id: ID!) { supportPerson(id: $id) { gates { criterionMetOn weekendsAttended trainingCompleteOn
            confidentialitySignedOn areAllMet } capacity { openRelationships openProposals freeCapacity } interests languages
            municipalityCodes weekdays maxActive person { name } organisation { name } acts { kind } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": tuula.id })).await;
        let shown = &answer.data()["supportPerson"];
        assert_eq!(shown["gates"], json!({ "criterionMetOn": "2026-10-02", "weekendsAttended": 2,
            "trainingCompleteOn": "2026-09-19", "confidentialitySignedOn": "2026-09-21", "areAllMet": true }));
        assert_eq!(shown["capacity"], json!({ "openRelationships": 0, "openProposals": 0, "freeCapacity": 2 }));
        assert_eq!(shown["interests"], json!(["COFFEE", "FISHING"]));
        assert_eq!(shown["weekdays"].as_array().unwrap().len(), 7);
        assert_eq!(shown["person"]["name"], "Tuula");
        assert_eq!(shown["acts"].as_array().unwrap().len(), 6);
    }
}

on_both! {
    async fn the_one_year_criterion_is_met_on_the_same_day_a_year_later(app: App) {
        let world = World::new(&app).await;
        let tuula = world.applicant(&app, "Tuula").await;
        let attest = "supportPersonAttestCriterion";
        for (since, on) in [("2025-11-22", "2026-11-21"), ("2024-02-29", "2025-02-27")] {
            app.on_day(on);
            let version = tuula.version(&app).await;
            let input = json!({ "supportPersonId": tuula.id, "version": version, "substanceFreeSince": since });
            let answer = app.mutate(&world.kaisa, attest, input).await;
            assert_eq!(answer.done()["isMet"], false, "{since}");
            assert_eq!(tuula.version(&app).await, version, "nothing is recorded");
        }
        assert_eq!(app.read_sql("SELECT count(*) FROM support_person_acts").await, "0");
        for (since, on) in [("2025-11-22", "2026-11-22"), ("2024-02-29", "2025-02-28")] {
            app.on_day(on);
            let input = json!({ "substanceFreeSince": since });
            let answer = world.on_supporter(&app, &tuula, attest, input).await;
            assert_eq!(answer.done()["isMet"], true, "{since}");
            app.write_sql("DELETE FROM support_person_acts").await;
        }
    }
}

on_both! {
    async fn since_when_somebody_is_substance_free_is_kept_nowhere(app: App) {
        let world = World::new(&app).await;
        let tuula = world.applicant(&app, "Tuula").await;
        let input = json!({ "substanceFreeSince": "2019-03-17" });
        world.on_supporter(&app, &tuula, "supportPersonAttestCriterion", input).await.done();
        let met_since = "20190317";
        let tables: &[&str] = &["support_person_acts", "support_persons", "idempotency_keys", "access_log", "access_log_objects", "changes"];
        for table in tables {
            let list = match app.database.kind {
                Kind::Sqlite => format!(
                    "SELECT coalesce(group_concat(x, '|'), '') FROM (SELECT (SELECT group_concat(name, ',') FROM pragma_table_info('{table}')) || ':' AS x)"
                ),
                Kind::Postgres => format!("SELECT coalesce(string_agg(t::text, '|'), '') FROM {table} t"),
            };
            let text = app.read_sql(&list).await;
            assert!(!text.replace('-', "").contains(met_since), "{table}: {text}");
        }
        if app.database.kind == Kind::Sqlite {
            app.write_sql("PRAGMA wal_checkpoint(TRUNCATE)").await;
            let file = app.database.url.trim_start_matches("sqlite:");
            let bytes = std::fs::read(file).unwrap();
            for written in ["2019-03-17", "20190317", "17.3.2019"] {
                let found = bytes.windows(written.len()).any(|window| window == written.as_bytes());
                assert!(!found, "{written} is in the database's file");
            }
        }
        // The key's row holds a keyed hash: trying all dates of ten years against a plain one would tell the date.
        assert_eq!(app.read_sql("SELECT count(*) FROM idempotency_keys WHERE act = 'supportPersonAttestCriterion'").await, "1");
    }
}

on_both! {
    async fn a_support_person_whose_gate_is_cancelled_is_active_no_longer(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        for kind in ["CRITERION_MET", "TRAINING_WEEKEND_ATTENDED", "CONFIDENTIALITY_SIGNED"] {
            let act = tuula.entry(&app, &world.kaisa, kind).await;
            let input = json!({ "actId": act, "version": tuula.version(&app).await });
            let answer = app.mutate(&world.kaisa, "supportPersonActCancel", input).await;
            let then = if kind == "TRAINING_WEEKEND_ATTENDED" { "IN_TRAINING" } else { "TRAINED" };
            assert_eq!(answer.done()["supportPerson"]["status"], then, "{kind}");
            let again = match kind {
                "CRITERION_MET" => ("supportPersonAttestCriterion", json!({ "substanceFreeSince": "2025-08-01", "on": "2026-09-01" })),
                "CONFIDENTIALITY_SIGNED" => ("supportPersonSignConfidentiality", json!({ "on": "2026-09-21" })),
                _ => ("supportPersonRecordWeekend", json!({ "on": "2026-09-19" })),
            };
            world.on_supporter(&app, &tuula, again.0, again.1).await.done();
            assert_eq!(tuula.status(&app, &world.kaisa).await, "ACTIVE", "as without the mistake: {kind}");
        }
        let act = tuula.entry(&app, &world.kaisa, "ACTIVATED").await;
        let input = json!({ "actId": act, "version": tuula.version(&app).await });
        app.mutate(&world.kaisa, "supportPersonActCancel", input.clone()).await.done();
        assert_eq!(tuula.status(&app, &world.kaisa).await, "TRAINED");
        let twice = json!({ "actId": act, "version": tuula.version(&app).await });
        let answer = app.mutate(&world.kaisa, "supportPersonActCancel", twice).await;
        assert_eq!(answer.user_errors(), ["- ALREADY_CANCELLED"]);
    }
}

on_both! {
    async fn a_pause_has_no_reason_and_may_be_ones_own(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let oneself = |version: i64| json!({ "supportPersonId": tuula.id, "version": version });
        let answer = app.mutate(&tuula.actor, "supportPersonPause", oneself(tuula.version(&app).await)).await;
        assert_eq!(answer.done()["supportPerson"]["status"], "PAUSED");
        let answer = app.mutate(&tuula.actor, "supportPersonActivate", oneself(tuula.version(&app).await)).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        let answer = app.mutate(&tuula.actor, "supportPersonResume", oneself(tuula.version(&app).await)).await;
        assert_eq!(answer.done()["supportPerson"]["status"], "ACTIVE");

        let timo = world.active(&app, "Timo").await;
        let others = json!({ "supportPersonId": timo.id, "version": timo.version(&app).await });
        let answer = app.mutate(&tuula.actor, "supportPersonPause", others).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"]);

        world.record(&app, &timo, "supportPersonPause", "2026-10-05").await.done();
        let act = timo.entry(&app, &world.kaisa, "ACTIVATED").await;
        let input = json!({ "actId": act, "version": timo.version(&app).await });
        let answer = app.mutate(&world.kaisa, "supportPersonActCancel", input).await;
        assert_eq!(answer.user_errors(), ["- LATER_ENTRIES_STAND_ON_IT"]);
    }
}

on_both! {
    async fn a_day_that_is_put_right_counts_as_if_it_had_been_so_from_the_start(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let correct = |act: String, version: i64, on: &str| json!({ "actId": act, "version": version, "on": on });
        let signed = tuula.entry(&app, &world.kaisa, "CONFIDENTIALITY_SIGNED").await;
        let late = correct(signed, tuula.version(&app).await, "2026-10-02");
        let answer = app.mutate(&world.kaisa, "supportPersonActCorrect", late).await;
        assert_eq!(answer.done()["supportPerson"]["status"], "TRAINED", "signed after the activation");
        let signed = tuula.entry(&app, &world.kaisa, "CONFIDENTIALITY_SIGNED").await;
        let early = correct(signed, tuula.version(&app).await, "2026-09-30");
        let answer = app.mutate(&world.kaisa, "supportPersonActCorrect", early).await;
        assert_eq!(answer.done()["supportPerson"]["status"], "ACTIVE");

        let met = tuula.entry(&app, &world.kaisa, "CRITERION_MET").await;
        let input = correct(met, tuula.version(&app).await, "2026-08-01");
        let answer = app.mutate(&world.kaisa, "supportPersonActCorrect", input).await;
        assert_eq!(answer.user_errors(), ["- ATTEST_AGAIN"]);
        let activated = tuula.entry(&app, &world.kaisa, "ACTIVATED").await;
        let input = correct(activated, tuula.version(&app).await, "2026-09-29");
        let answer = app.mutate(&world.kaisa, "supportPersonActCorrect", input).await;
        assert_eq!(answer.user_errors(), ["- GATES_OPEN"]);
    }
}

on_both! {
    async fn the_criterion_is_waived_for_next_of_kin_alone(app: App) {
        let world = World::new(&app).await;
        let kin = world.applicant_with(&app, "Tuula", json!({ "background": "NEXT_OF_KIN" })).await;
        let own = world.applicant(&app, "Timo").await;
        let waive = "supportPersonAttestCriterionNotApplicable";
        world.record(&app, &kin, waive, "2026-09-01").await.done();
        let answer = world.record(&app, &own, waive, "2026-09-01").await;
        assert_eq!(answer.user_errors(), ["- CRITERION_APPLIES"]);

        world.record(&app, &kin, "supportPersonAttestEarlierTraining", "2026-09-01").await.done();
        world.record(&app, &kin, "supportPersonSignConfidentiality", "2026-09-01").await.done();
        world.record(&app, &kin, "supportPersonActivate", "2026-09-02").await.done();
        // Another background works the gates out anew.
        let input = json!({ "profile": profile(json!({})) });
        let answer = world.on_supporter(&app, &kin, "supportPersonCorrect", input).await;
        assert_eq!(answer.done()["supportPerson"]["status"], "TRAINED");
        let input = json!({ "profile": profile(json!({ "background": "NEXT_OF_KIN", "maxActive": 3, "weekdays": ["MONDAY"] })) });
        let answer = world.on_supporter(&app, &kin, "supportPersonCorrect", input).await;
        assert_eq!(answer.done()["supportPerson"]["status"], "ACTIVE");
    }
}

on_both! {
    async fn nobody_ends_while_people_rely_on_them(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        let answer = world.record(&app, &tuula, "supportPersonEnd", "2026-11-23").await;
        assert_eq!(answer.user_errors(), ["- OPEN_PROPOSALS_REMAIN"]);
        let about = (referral.as_str(), proposal.as_str());
        let yes = json!({ "agrees": true, "channel": "PHONE" });
        world.on_proposal(&app, &world.kaisa, about, "matchProposalAnswer", yes).await.done();
        let yes = json!({ "agrees": true });
        world.on_proposal(&app, &world.pekka, about, "matchProposalAnswerForSupported", yes).await.done();
        let answer = world.on_proposal(&app, &world.kaisa, about, "matchProposalDiscloseContact", json!({})).await;
        let relationship = answer.done()["supportRelationship"]["id"].as_str().unwrap().to_owned();
        let answer = world.record(&app, &tuula, "supportPersonEnd", "2026-11-23").await;
        assert_eq!(answer.user_errors(), ["- OPEN_RELATIONSHIPS_REMAIN"]);
        world.meet(&app, &relationship).await.done();
        world.end(&app, &relationship).await.done();
        world.record(&app, &tuula, "supportPersonEnd", "2026-11-23").await.done();
        let answer = world.record(&app, &tuula, "supportPersonRecordWeekend", "2026-11-23").await;
        assert_eq!(answer.user_errors(), ["- WRONG_STATE"]);
        let act = tuula.entry(&app, &world.kaisa, "ENDED").await;
        let input = json!({ "actId": act, "version": tuula.version(&app).await });
        let answer = app.mutate(&world.kaisa, "supportPersonActCancel", input).await;
        assert_eq!(answer.done()["supportPerson"]["status"], "ACTIVE");
    }
}

on_both! {
    async fn a_stranger_learns_nothing_of_a_support_person(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let other = World::named(&app, "toinen").await;
        let rauha = app.person("Rauha", world.association, Role::SupportPerson).await;
        let absent = rinnalla_domain::ids::Id::encode(<rinnalla_domain::ids::SupportPersonId as rinnalla_domain::ids::Id>::random());
        let query = "query($id: ID!) { supportPerson(id: $id) { id status gates { areAllMet } acts { id } person { name } } }";
        for stranger in [&other.kaisa, &other.pekka, &rauha, &world.pekka] {
            let hidden = stranger.ask(&app, query, json!({ "id": tuula.id })).await;
            let missing = stranger.ask(&app, query, json!({ "id": absent })).await;
            assert_eq!(hidden.json, missing.json);
            assert_eq!(hidden.data()["supportPerson"], json!(null));
            assert_eq!(hidden.statements, missing.statements, "the same statements, whether or not it exists");
        }
        for (mutation, more) in [
            ("supportPersonPause", json!({})),
            ("supportPersonActivate", json!({})),
            ("supportPersonEnd", json!({})),
            ("supportPersonRecordWeekend", json!({})),
            ("supportPersonAttestCriterion", json!({ "substanceFreeSince": "2020-01-01" })),
            ("supportPersonCorrect", json!({ "profile": profile(json!({})) })),
        ] {
            let input = |id: &str| {
                let mut input = more.clone();
                input["supportPersonId"] = json!(id);
                input["version"] = json!(1);
                input
            };
            let hidden = app.mutate(&other.kaisa, mutation, input(&tuula.id)).await;
            let missing = app.mutate(&other.kaisa, mutation, input(&absent)).await;
            assert_eq!(hidden.codes(), ["NOT_FOUND"], "{mutation}");
            assert_eq!(hidden.statements, missing.statements, "{mutation}");
        }
        let act = tuula.entry(&app, &world.kaisa, "ACTIVATED").await;
        for mutation in ["supportPersonActCancel", "supportPersonActCorrect"] {
            let mut input = json!({ "actId": act, "version": 1 });
            if mutation == "supportPersonActCorrect" {
                input["on"] = json!("2026-10-01");
            }
            let answer = app.mutate(&other.kaisa, mutation, input).await;
            assert_eq!(answer.codes(), ["NOT_FOUND"], "{mutation}");
        }
        let theirs = other.kaisa.ask(&app, "{ supportPersons { nodes { id } totalCount } }", json!({})).await;
        assert_eq!(theirs.data()["supportPersons"], json!({ "nodes": [], "totalCount": 0 }));
        assert_eq!(tuula.status(&app, &world.kaisa).await, "ACTIVE");

        let analyst = app.person("Anna", world.association, Role::Analyst).await;
        let answer = analyst.ask(&app, "{ supportPersons { nodes { id } } }", json!({})).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        let own = world.kaisa.ask(&app, "{ supportPersons { nodes { id } } }", json!({})).await;
        assert_eq!(own.data()["supportPersons"]["nodes"].as_array().unwrap().len(), 1);
    }
}

on_both! {
    async fn a_support_person_is_added_once_and_only_from_the_own_association(app: App) {
        let world = World::new(&app).await;
        let tuula = world.applicant(&app, "Tuula").await;
        let add = |organisation: String, person: String| json!({ "organisationId": organisation, "personId": person,
            "profile": profile(json!({})) });
        let association = rinnalla_domain::ids::Id::encode(world.association);
        let answer = app.mutate(&world.kaisa, "supportPersonAdd", add(association.clone(), tuula.actor.node())).await;
        assert_eq!(answer.user_errors(), ["personId ALREADY_SUPPORT_PERSON"]);
        let stranger = app.organisation("Muu", OrganisationKind::Association).await;
        let vieno = app.person("Vieno", stranger, Role::SupportPerson).await;
        let answer = app.mutate(&world.kaisa, "supportPersonAdd", add(association, vieno.node())).await;
        assert_eq!(answer.user_errors(), ["personId UNKNOWN"]);
        let elsewhere = add(rinnalla_domain::ids::Id::encode(stranger), vieno.node());
        let answer = app.mutate(&world.kaisa, "supportPersonAdd", elsewhere).await;
        assert_eq!(answer.user_errors(), ["organisationId UNKNOWN"]);
    }
}
