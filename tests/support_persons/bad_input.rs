//! Whatever is wrong with an input has a code and a field, and changes nothing.

use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::{World, profile};

/// The acts that take a day.
const RECORDS: [&str; 9] = [
    "supportPersonAttestCriterionNotApplicable",
    "supportPersonStartTraining",
    "supportPersonRecordWeekend",
    "supportPersonAttestEarlierTraining",
    "supportPersonSignConfidentiality",
    "supportPersonActivate",
    "supportPersonPause",
    "supportPersonResume",
    "supportPersonEnd",
];

on_both! {
    async fn a_profile_is_checked_whole(app: App) {
        let world = World::new(&app).await;
        let tuula = world.applicant(&app, "Tuula").await;
        let version = tuula.version(&app).await;
        let faults: [(Value, &[&str]); 14] = [
            (json!({ "countyCode": "99" }), &["countyCode UNKNOWN_CODE"]),
            (json!({ "countyCode": "2\u{0}" }), &["countyCode UNKNOWN_CODE"]),
            (json!({ "birthDecade": 1985 }), &["birthDecade OUT_OF_RANGE"]),
            (json!({ "birthDecade": 2030 }), &["birthDecade OUT_OF_RANGE"]),
            (json!({ "birthDecade": 2147483647 }), &["birthDecade OUT_OF_RANGE"]),
            (json!({ "maxActive": 0 }), &["maxActive OUT_OF_RANGE"]),
            (json!({ "maxActive": 21 }), &["maxActive OUT_OF_RANGE"]),
            (json!({ "weekdays": [] }), &["weekdays REQUIRED"]),
            (json!({ "languages": [] }), &["languages REQUIRED"]),
            (json!({ "languages": ["fi", "xx"] }), &["languages UNKNOWN_CODE"]),
            (json!({ "interests": ["FISHING", "\u{0}"] }), &["interests UNKNOWN_CODE"]),
            (json!({ "municipalities": ["20A"] }), &["municipalities MALFORMED"]),
            (json!({ "interests": vec!["FISHING"; 41] }), &["interests OUT_OF_RANGE"]),
            (json!({ "countyCode": "", "interests": ["NOTHING"], "maxActive": -1 }),
                &["countyCode UNKNOWN_CODE", "maxActive OUT_OF_RANGE", "interests UNKNOWN_CODE"]),
        ];
        for (told, expected) in faults {
            let input = json!({ "supportPersonId": tuula.id, "version": version, "profile": profile(told.clone()) });
            let answer = app.mutate(&world.kaisa, "supportPersonCorrect", input).await;
            assert_eq!(answer.user_errors(), expected, "{told}");
            let input = json!({ "organisationId": world.association.encode(), "personId": world.kaisa.node(), "profile": profile(told) });
            let answer = app.mutate(&world.kaisa, "supportPersonAdd", input).await;
            assert_eq!(answer.user_errors(), expected);
        }
        assert_eq!(tuula.version(&app).await, version);
        assert_eq!(app.read_sql("SELECT count(*) FROM support_persons").await, "1");
    }
}

on_both! {
    async fn a_day_to_come_a_stale_version_and_a_foreign_id_are_refused_by_every_act(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let version = tuula.version(&app).await;
        for mutation in RECORDS {
            let future = json!({ "supportPersonId": tuula.id, "version": version, "on": "2026-11-24" });
            let answer = app.mutate(&world.kaisa, mutation, future).await;
            assert_eq!(answer.user_errors(), ["on DATE_IN_FUTURE"], "{mutation}");
            let stale = json!({ "supportPersonId": tuula.id, "version": version - 1 });
            let answer = app.mutate(&world.kaisa, mutation, stale).await;
            assert_eq!(answer.codes(), ["CONFLICT"], "{mutation}");
            for id in [world.kaisa.node(), "x".to_owned(), String::new(), "\u{0}".to_owned()] {
                let foreign = json!({ "supportPersonId": id, "version": version });
                let answer = app.mutate(&world.kaisa, mutation, foreign).await;
                assert_eq!(answer.codes(), ["NOT_FOUND"], "{mutation}");
            }
            let nobody = json!({ "supportPersonId": tuula.id, "version": version });
            let answer = app.mutate(&world.pekka, mutation, nobody).await;
            assert_eq!(answer.codes(), ["FORBIDDEN"], "{mutation}");
        }
        let criterion = |since: &str, on: &str| json!({ "supportPersonId": tuula.id, "version": version,
            "substanceFreeSince": since, "on": on });
        let answer = app.mutate(&world.kaisa, "supportPersonAttestCriterion", criterion("2026-11-24", "2026-11-25")).await;
        assert_eq!(answer.user_errors(), ["on DATE_IN_FUTURE", "substanceFreeSince DATE_IN_FUTURE"]);
        let answer = app.mutate(&world.kaisa, "supportPersonAttestCriterion", criterion("2020-01-01", "2026-10-01")).await;
        assert_eq!(answer.user_errors(), ["on ALREADY_RECORDED"]);
        for mutation in ["supportPersonActCancel", "supportPersonActCorrect"] {
            let act = tuula.entry(&app, &world.kaisa, "ACTIVATED").await;
            let mut input = json!({ "actId": act, "version": version - 1 });
            if mutation == "supportPersonActCorrect" {
                input["on"] = json!("2026-11-24");
                let answer = app.mutate(&world.kaisa, mutation, input.clone()).await;
                assert_eq!(answer.user_errors(), ["on DATE_IN_FUTURE"]);
                input["on"] = json!("2026-10-02");
            }
            let answer = app.mutate(&world.kaisa, mutation, input.clone()).await;
            assert_eq!(answer.codes(), ["CONFLICT"], "{mutation}");
            input["actId"] = json!(tuula.id);
            let answer = app.mutate(&world.kaisa, mutation, input).await;
            assert_eq!(answer.codes(), ["NOT_FOUND"], "{mutation}");
        }
        assert_eq!(tuula.version(&app).await, version);
        assert_eq!(tuula.status(&app, &world.kaisa).await, "ACTIVE");
    }
}

on_both! {
    async fn an_act_that_does_not_fit_the_state_is_refused(app: App) {
        let world = World::new(&app).await;
        let applicant = world.applicant(&app, "Tuula").await;
        let active = world.active(&app, "Timo").await;
        let version = active.version(&app).await;
        for (supporter, mutation, expected) in [
            (&applicant, "supportPersonActivate", "- GATES_OPEN"),
            (&applicant, "supportPersonPause", "- WRONG_STATE"),
            (&applicant, "supportPersonResume", "- WRONG_STATE"),
            (&active, "supportPersonActivate", "- WRONG_STATE"),
            (&active, "supportPersonResume", "- WRONG_STATE"),
            (&active, "supportPersonStartTraining", "- WRONG_STATE"),
            (&active, "supportPersonSignConfidentiality", "on ALREADY_RECORDED"),
            (&active, "supportPersonAttestCriterionNotApplicable", "- CRITERION_APPLIES"),
        ] {
            let answer = world.record(&app, supporter, mutation, "2026-11-23").await;
            assert_eq!(answer.user_errors(), [expected], "{mutation}");
        }
        let answer = world.record(&app, &active, "supportPersonRecordWeekend", "2026-09-05").await;
        assert_eq!(answer.user_errors(), ["on ALREADY_RECORDED"]);
        assert_eq!(active.version(&app).await, version);
    }
}

on_both! {
    async fn an_act_sent_twice_is_done_once_and_its_key_serves_no_other(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let version = tuula.version(&app).await;
        let pause = json!({ "supportPersonId": tuula.id, "version": version, "idempotencyKey": "one" });
        let first = app.mutate(&world.kaisa, "supportPersonPause", pause.clone()).await;
        let again = app.mutate(&world.kaisa, "supportPersonPause", pause).await;
        assert_eq!(first.done(), again.done());
        assert_eq!(tuula.version(&app).await, version + 1);
        let other = json!({ "supportPersonId": tuula.id, "version": version + 1, "idempotencyKey": "one" });
        let answer = app.mutate(&world.kaisa, "supportPersonPause", other.clone()).await;
        assert_eq!(answer.codes(), ["CONFLICT"]);
        let answer = app.mutate(&world.kaisa, "supportPersonResume", other).await;
        assert_eq!(answer.codes(), ["CONFLICT"]);
        for key in ["", " ", "a\u{0}b", &"k".repeat(81)] {
            let input = json!({ "supportPersonId": tuula.id, "version": version + 1, "idempotencyKey": key });
            let answer = app.mutate(&world.kaisa, "supportPersonResume", input).await;
            assert!(answer.user_errors()[0].starts_with("idempotencyKey "), "{key:?}");
        }
        assert_eq!(tuula.status(&app, &world.kaisa).await, "PAUSED");

        let met = json!({ "supportPersonId": tuula.id, "version": 1, "substanceFreeSince": "2020-01-01", "idempotencyKey": "two" });
        let answer = app.mutate(&world.kaisa, "supportPersonAttestCriterion", met).await;
        assert_eq!(answer.codes(), ["CONFLICT"], "a stale version");
    }
}
