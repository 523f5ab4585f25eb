//! Whatever is wrong with an input has a code and a field, and changes nothing.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::courses::details;
use crate::support::matching::World;

const TABLES: [&str; 8] = [
    "courses",
    "course_goals",
    "course_organisers",
    "course_facilitators",
    "course_sessions",
    "enrolments",
    "enrolment_decisions",
    "attendances",
];

on_both! {
    async fn a_course_is_checked_whole(app: App) {
        let world = World::new(&app).await;
        let other = World::named(&app, "toinen").await;
        let course = app.course(&world.kaisa, "2026-12-03", json!({})).await;
        let before = app.rows(&TABLES).await;
        let told = |told: Value| json!({ "details": details(told) });
        // Written in pieces, so that the file itself holds none.
        let identity = format!("{}{}", "131052", "-308T");
        let faults: Vec<(Value, &[&str])> = vec![
            (told(json!({ "name": " " })), &["name EMPTY"]),
            (told(json!({ "name": "a".repeat(81), "unit": "a\u{0}b", "lunchMinutes": 121 })),
                &["name TOO_LONG", "unit CONTROL_CHARACTER", "lunchMinutes OUT_OF_RANGE"]),
            (told(json!({ "unit": identity })), &["unit LOOKS_LIKE_IDENTITY_NUMBER"]),
            (told(json!({ "lunchMinutes": -1, "baselineGroupSize": 41, "participantLimit": 0 })),
                &["lunchMinutes OUT_OF_RANGE", "baselineGroupSize OUT_OF_RANGE", "participantLimit OUT_OF_RANGE"]),
            (told(json!({ "goals": ["FISHING"] })), &["goals UNKNOWN_CODE"]),
            (told(json!({ "organiserIds": [other.service.encode()], "partnerIds": ["x"] })), &["organiserIds UNKNOWN", "partnerIds UNKNOWN"]),
            (told(json!({ "organiserIds": [world.service.encode()], "partnerIds": [world.service.encode()] })), &["partnerIds SAME_TWICE"]),
        ];
        let good = json!({ "organisationId": world.association.encode(), "startsOn": "2026-12-03", "startsAt": "12:00", "details": details(json!({})) });
        world.kaisa.tries(&app, "courseCreate", "course { id }", &good, &faults).await;
        let correct = json!({ "courseId": course, "version": 1, "details": details(json!({})) });
        world.kaisa.tries(&app, "courseCorrect", "course { id }", &correct, &faults).await;
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "organisationId": other.association.encode() }), &["organisationId UNKNOWN"]),
            (json!({ "startsOn": "2028-11-24", "startsAt": "20:01" }), &["startsOn OUT_OF_RANGE", "startsAt OUT_OF_RANGE"]),
            (json!({ "startsOn": "2016-11-22" }), &["startsOn OUT_OF_RANGE"]),
        ];
        world.kaisa.tries(&app, "courseCreate", "course { id }", &good, &faults).await;
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn sessions_and_parts_are_checked(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-08-06", json!({})).await;
        let aino = led.enrol(&app, "Aino").await;
        led.records_all(&app, &[(&aino, "PRESENT")]).await;
        let coming = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        let venla = app.person("Venla", world.association, Role::PeerGuide).await;
        coming.enrol_person(&app, &venla).await;
        let stranger = World::named(&app, "toinen").await;
        let before = app.rows(&TABLES).await;

        let mut session = coming.session(&app, 0).await;
        session["theme"] = json!("Kuuntelu");
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "theme": "a".repeat(121), "methods": "a\nb", "materials": "" }), &["theme TOO_LONG", "methods CONTROL_CHARACTER", "materials EMPTY"]),
        ];
        coming.ossi.tries(&app, "courseSessionDescribe", "courseSession { id }", &session, &faults).await;
        let mut session = coming.session(&app, 0).await;
        session["on"] = json!("2026-12-04");
        session["startsAt"] = json!("12:00");
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "on": "2027-12-04" }), &["on OUT_OF_RANGE"]),
            (json!({ "on": "2026-12-10" }), &["on DAY_TAKEN"]),
            (json!({ "startsAt": "20:30" }), &["startsAt OUT_OF_RANGE"]),
        ];
        coming.ossi.tries(&app, "courseSessionMove", "courseSession { id }", &session, &faults).await;
        let held = led.session(&app, 0).await;
        let act = "courseSessionCancel";
        assert_eq!(led.ossi.does(&app, act, "courseSession { id }", held).await.user_errors(), ["- WRONG_STATE"]);

        let add = json!({ "courseId": coming.id, "name": "Bea", "isPseudonym": false });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "name": "Bea 2" }), &["name MALFORMED"]),
            (json!({ "name": "" }), &["name EMPTY"]),
            (json!({ "name": "a".repeat(41), "isPseudonym": true }), &["name TOO_LONG"]),
            (json!({ "courseId": led.id }), &["- WRONG_STATE"]),
        ];
        coming.ossi.tries(&app, "enrolmentAdd", "enrolment { id }", &add, &faults[..3]).await;
        led.ossi.tries(&app, "enrolmentAdd", "enrolment { id }", &add, &faults[3..]).await;
        let add = json!({ "courseId": coming.id, "personId": venla.node() });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({}), &["personId ALREADY_ENROLLED"]),
            (json!({ "personId": stranger.kaisa.node() }), &["personId UNKNOWN"]),
            (json!({ "personId": "x" }), &["personId UNKNOWN"]),
        ];
        coming.ossi.tries(&app, "enrolmentAddPerson", "enrolment { id }", &add, &faults).await;

        let mut part = led.part(&app, &aino).await;
        part["on"] = json!("2026-11-23");
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "on": "2026-11-24", "nextSteps": ["FISHING"] }), &["on DATE_IN_FUTURE", "nextSteps UNKNOWN_CODE"]),
            (json!({ "on": "2026-09-23" }), &["on DATES_OUT_OF_ORDER"]),
        ];
        led.ossi.tries(&app, "enrolmentGraduate", "enrolment { id }", &part, &faults).await;
        part["ending"] = json!("NO_SHOW");
        led.ossi.tries(&app, "enrolmentEnd", "enrolment { id }", &part, &[(json!({}), &["- WRONG_STATE"])]).await;
        for act in ["enrolmentCancel", "enrolmentDecisionCancel"] {
            let input = led.part(&app, &aino).await;
            let answer = led.ossi.does(&app, act, "enrolment { id }", input).await;
            assert_eq!(answer.user_errors().len(), 1, "{act}");
        }
        assert_eq!(app.rows(&TABLES).await, before);
    }
}
