//! Whatever is wrong with an input has a code and a field, and changes nothing.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;
use crate::support::supervision::SESSION;

const TABLES: [&str; 6] = [
    "supervision_sessions",
    "supervision_themes",
    "supervision_invitations",
    "supervision_attendances",
    "supervision_texts",
    "supervision_settings",
];

on_both! {
    async fn a_session_is_checked_whole(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let eero = app.person("Eero Osaava", world.association, Role::Expert).await;
        let id = log.planned(&app, "2026-11-20", &[&venla]).await;
        let before = app.rows(&TABLES).await;
        let good = log.details("2026-11-20", &[&venla]);
        let told = |change: Value| {
            let mut details = good["details"].clone();
            for (field, value) in change.as_object().unwrap() {
                details[field] = value.clone();
            }
            json!({ "details": details })
        };
        let faults: Vec<(Value, &[&str])> = vec![
            (told(json!({ "on": "2028-11-24", "minutes": 14, "themes": ["FISHING"] })),
                &["on OUT_OF_RANGE", "minutes OUT_OF_RANGE", "themes UNKNOWN_CODE"]),
            (told(json!({ "on": "2021-11-22", "minutes": 481 })), &["on OUT_OF_RANGE", "minutes OUT_OF_RANGE"]),
            (told(json!({ "startsAt": "22:31" })), &["startsAt OUT_OF_RANGE"]),
            (told(json!({ "themes": vec!["COPING"; 11] })), &["themes OUT_OF_RANGE"]),
            (told(json!({ "form": "INDIVIDUAL", "inviteeIds": [venla.node(), eero.node()] })), &["inviteeIds TOO_MANY"]),
            (told(json!({ "inviteeIds": ["x"] })), &["inviteeIds NOT_A_PEER_THERE"]),
        ];
        log.tyyne.tries(&app, "supervisionSessionPlan", SESSION, &good, &faults).await;
        let mut correct = json!({ "supervisionSessionId": id, "version": 1 });
        correct["details"] = good["details"].clone();
        log.tyyne.tries(&app, "supervisionSessionCorrect", SESSION, &correct, &faults).await;

        let good = log.record(&id, 1, 90, &[&venla], &[]);
        let twice = json!([{ "personId": venla.node(), "status": "ATTENDED" }, { "personId": venla.node(), "status": "ABSENT" }]);
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "minutes": 0, "marks": [] }), &["minutes OUT_OF_RANGE", "marks EMPTY"]),
            (json!({ "marks": twice }), &["marks SAME_TWICE"]),
            (json!({ "marks": [{ "personId": "x", "status": "ATTENDED" }] }), &["marks NOT_A_PEER_THERE"]),
        ];
        log.tyyne.tries(&app, "supervisionSessionRecord", SESSION, &good, &faults).await;
        assert_eq!(app.rows(&TABLES).await, before);

        let later = log.planned(&app, "2026-11-24", &[&venla]).await;
        let answer = log.tyyne.does(&app, "supervisionSessionRecord", SESSION, log.record(&later, 1, 90, &[&venla], &[])).await;
        assert_eq!(answer.user_errors(), ["- DATE_IN_FUTURE"]);
        let limit = |days: i32| json!({ "organisationId": world.association.encode(), "version": 0, "limitDays": days });
        for days in [6, 731, -1] {
            let answer = world.kaisa.does(&app, "supervisionLimitSet", "supervisionSettings { version }", limit(days)).await;
            assert_eq!(answer.user_errors(), ["limitDays OUT_OF_RANGE"]);
        }
    }
}

on_both! {
    async fn an_act_that_is_sent_again_is_done_once_and_a_stale_version_is_refused(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let mut input = log.details("2026-11-20", &[]);
        input["idempotencyKey"] = json!("once");
        let first = log.tyyne.does(&app, "supervisionSessionPlan", SESSION, input.clone()).await;
        let again = log.tyyne.does(&app, "supervisionSessionPlan", SESSION, input).await;
        assert_eq!(first.done(), again.done());
        assert_eq!(app.read_sql("SELECT count(*) FROM supervision_sessions").await, "1");
        let id = first.done()["supervisionSession"]["id"].clone();
        let answer = log.tyyne.does(&app, "supervisionSessionCancel", SESSION, json!({ "supervisionSessionId": id, "version": 2 })).await;
        assert_eq!(answer.codes(), ["CONFLICT"]);
    }
}
