//! Whatever is wrong with an input has a code and a field, and changes nothing; strangers find nothing.

use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};

use super::{details, requirements};
use crate::on_both;
use crate::support::matching::World;

const TABLES: [&str; 7] = [
    "programmes",
    "programme_codes",
    "programme_languages",
    "programme_requirements",
    "programme_requirement_gates",
    "gates",
    "support_person_acts",
];

on_both! {
    async fn a_programme_is_checked_whole(app: App) {
        let world = World::new(&app).await;
        let other = World::named(&app, "toinen").await;
        let (gate, foreign) = (world.gate(&app).await, other.gate(&app).await);
        let programme = world.programme(&app, json!({})).await;
        let before = app.rows(&TABLES).await;
        let good = json!({ "organisationId": world.association.encode(), "details": details(json!({})), "requirements": requirements(json!({})) });
        let told = |told: Value| json!({ "details": details(told) });
        let asked = |told: Value| json!({ "requirements": requirements(told) });
        let long = "a".repeat(81);
        let faults_of_details: Vec<(Value, &[&str])> = vec![
            (told(json!({ "nameFi": "" })), &["nameFi EMPTY"]),
            (told(json!({ "nameFi": long, "nameSv": " ", "nameEn": "a\u{0}b" })), &["nameFi TOO_LONG", "nameSv EMPTY", "nameEn CONTROL_CHARACTER"]),
            (told(json!({ "validTo": "2025-12-31" })), &["validTo DATES_OUT_OF_ORDER"]),
            (told(json!({ "targetGroups": ["FISHING"] })), &["targetGroups UNKNOWN_CODE"]),
            (told(json!({ "targetGroups": ["\u{0}"], "forms": ["THREAT_OF_HOMELESSNESS"] })), &["targetGroups UNKNOWN_CODE", "forms UNKNOWN_CODE"]),
            (told(json!({ "forms": vec!["GROUP"; 41] })), &["forms OUT_OF_RANGE"]),
            (told(json!({ "languages": ["xx"] })), &["languages UNKNOWN_CODE"]),
        ];
        world.kaisa.tries(&app, "programmeCreate", "programme { id }", &good, &faults_of_details).await;
        let correct = json!({ "programmeId": programme, "version": 1, "details": details(json!({})) });
        world.kaisa.tries(&app, "programmeCorrect", "programme { id }", &correct, &faults_of_details).await;
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "organisationId": other.association.encode() }), &["organisationId UNKNOWN"]),
            (json!({ "organisationId": "x" }), &["organisationId UNKNOWN"]),
            (asked(json!({ "trainingWeekends": -1 })), &["trainingWeekends OUT_OF_RANGE"]),
            (asked(json!({ "trainingWeekends": 21, "gateIds": [gate, foreign] })), &["trainingWeekends OUT_OF_RANGE", "gateIds UNKNOWN"]),
            (asked(json!({ "gateIds": ["", "\u{0}"] })), &["gateIds UNKNOWN"]),
        ];
        world.kaisa.tries(&app, "programmeCreate", "programme { id }", &good, &faults).await;
        let change = json!({ "programmeId": programme, "version": 1, "requirements": requirements(json!({})) });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "from": "2026-11-24" }), &["from DATE_IN_FUTURE"]),
            (json!({ "from": "2025-12-31" }), &["from DATES_OUT_OF_ORDER"]),
            (json!({ "from": "2026-11-24", "requirements": requirements(json!({ "trainingWeekends": 2147483647, "gateIds": [foreign] })) }),
                &["from DATE_IN_FUTURE", "trainingWeekends OUT_OF_RANGE", "gateIds UNKNOWN"]),
        ];
        world.kaisa.tries(&app, "programmeChangeRequirements", "programme { id }", &change, &faults).await;
        let names = json!({ "organisationId": world.association.encode(), "nameFi": "a", "nameSv": "b", "nameEn": "c" });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "organisationId": other.association.encode(), "nameSv": "\u{202e}" }), &["organisationId UNKNOWN", "nameSv CONTROL_CHARACTER"]),
            (json!({ "nameFi": long }), &["nameFi TOO_LONG"]),
        ];
        world.kaisa.tries(&app, "gateAdd", "gate { id }", &names, &faults).await;
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn nobody_else_may_and_what_is_stale_is_refused(app: App) {
        let world = World::new(&app).await;
        let other = World::named(&app, "toinen").await;
        let programme = world.programme(&app, json!({})).await;
        let gate = world.gate(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let version = tuula.version(&app).await;
        let foreign = other.programme(&app, json!({})).await;
        let past = world.programme(&app, json!({})).await;
        let input = json!({ "programmeId": past, "version": 1, "details": details(json!({ "validTo": "2026-06-30" })) });
        world.kaisa.does(&app, "programmeCorrect", "programme { id }", input).await.done();
        let before = app.rows(&TABLES).await;
        let names = json!({ "nameFi": "a", "nameSv": "b", "nameEn": "c", "isActive": true });
        let acts = [
            ("programmeCorrect", "programme { id }", json!({ "programmeId": programme, "version": 1, "details": details(json!({})) })),
            ("programmeChangeRequirements", "programme { id }", json!({ "programmeId": programme, "version": 1, "requirements": requirements(json!({})) })),
            ("gateCorrect", "gate { id }", { let mut input = names.clone(); input["gateId"] = json!(gate); input["version"] = json!(1); input }),
            ("supportPersonChangeProgramme", "supportPerson { id }", json!({ "supportPersonId": tuula.id, "version": version, "programmeId": programme })),
            ("supportPersonAttestGate", "supportPerson { id }", json!({ "supportPersonId": tuula.id, "version": version, "gateId": gate })),
        ];
        for (mutation, object, input) in acts {
            let answer = world.pekka.does(&app, mutation, object, input.clone()).await;
            assert_eq!(answer.codes(), ["FORBIDDEN"], "{mutation}");
            let answer = other.kaisa.does(&app, mutation, object, input.clone()).await;
            assert_eq!(answer.codes(), ["NOT_FOUND"], "{mutation}");
            let mut stale = input;
            stale["version"] = json!(99);
            let answer = world.kaisa.does(&app, mutation, object, stale).await;
            assert_eq!(answer.codes(), ["CONFLICT"], "{mutation}");
        }
        let create = json!({ "organisationId": world.association.encode(), "details": details(json!({})), "requirements": requirements(json!({})) });
        let answer = world.pekka.does(&app, "programmeCreate", "programme { id }", create).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        let change = json!({ "supportPersonId": tuula.id, "version": version, "programmeId": programme });
        let faults: [(Value, &[&str]); 4] = [
            (json!({ "programmeId": foreign }), &["programmeId UNKNOWN"]),
            (json!({ "programmeId": past }), &["programmeId NOT_VALID_THEN"]),
            (json!({ "programmeId": "x", "on": "2026-11-24" }), &["on DATE_IN_FUTURE", "programmeId UNKNOWN"]),
            (json!({ "on": "2025-12-31" }), &["programmeId NOT_VALID_THEN"]),
        ];
        world.kaisa.tries(&app, "supportPersonChangeProgramme", "supportPerson { id }", &change, &faults).await;
        let attest = json!({ "supportPersonId": tuula.id, "version": version, "gateId": gate });
        let faults: [(Value, &[&str]); 2] = [
            (json!({ "gateId": other.gate(&app).await, "on": "2026-11-24" }), &["on DATE_IN_FUTURE", "gateId UNKNOWN"]),
            (json!({ "gateId": programme }), &["gateId UNKNOWN"]),
        ];
        world.kaisa.tries(&app, "supportPersonAttestGate", "supportPerson { id }", &attest, &faults).await;
        let now = app.rows(&TABLES).await;
        assert_eq!(now.len(), before.len() + 1, "the other association's new gate alone");
        // A gate out of use is asked for by no programme any more.
        let input = json!({ "gateId": gate, "version": 1, "nameFi": "a", "nameSv": "b", "nameEn": "c", "isActive": false });
        let answer = world.kaisa.does(&app, "gateCorrect", "gate { isActive nameEn }", input).await;
        assert_eq!(answer.done()["gate"], json!({ "isActive": false, "nameEn": "c" }));
        let change = json!({ "programmeId": programme, "version": 1, "requirements": requirements(json!({ "gateIds": [gate] })) });
        let answer = world.kaisa.does(&app, "programmeChangeRequirements", "programme { id }", change).await;
        assert_eq!(answer.user_errors(), ["gateIds UNKNOWN"]);
        assert_eq!(tuula.version(&app).await, version);
    }
}
