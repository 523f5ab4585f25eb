//! Who is told what of supervision: the association no word of its content, by any path.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::{answers, invited};
use crate::on_both;
use crate::support::matching::World;
use crate::support::supervision::SESSION;
use crate::support::{Actor, App};

const REQUEST: &str =
    "supervisionContactRequest { id version acknowledgedAt withdrawnAt person { name } }";

/// Everything that a coordinator can ask about supervision, and about whoever takes part in it.
async fn told(app: &App, kaisa: &Actor, session: &str, peer: &Actor) -> String {
    let of = kaisa.organisation.encode();
    let person = peer.node();
    let mut told = String::new();
    for question in [
        format!(
            "{{ attendedSupervision(organisationId: \"{of}\") {{ nodes {{ providerName on begins ends minutes form status attendance {{ status person {{ name }} }} }} }} }}"
        ),
        format!(
            "{{ supervisedPeers(organisationId: \"{of}\") {{ nodes {{ person {{ name }} lastOn daysSince isMissing sessions minutes }} }} }}"
        ),
        format!(
            "{{ supervisionFigures(organisationId: \"{of}\", from: \"2026-01-01\", to: \"2026-12-31\") {{ peers supervised sessions minutes attendedMinutes inGroups individual remote }} }}"
        ),
        format!(
            "{{ supervisionSettings(organisationId: \"{of}\") {{ limitDays keepsTexts version }} }}"
        ),
        format!("{{ history(of: \"{person}\") {{ __typename }} }}"),
        format!("{{ person(id: \"{person}\") {{ name roles {{ role }} }} }}"),
        format!("{{ node(id: \"{session}\") {{ __typename id }} }}"),
        "{ people(search: \"rajoista\") { nodes { name } } }".to_owned(),
    ] {
        let answer = kaisa.ask(app, &question, json!({})).await;
        assert!(
            answer.json["errors"].is_null(),
            "{question}: {:#}",
            answer.json
        );
        told.push_str(&answer.json.to_string());
    }
    told
}

on_both! {
    async fn the_association_is_told_attendance_and_hours_and_no_content_by_any_path(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let eero = app.person("Eero Osaava", world.association, Role::Expert).await;
        let allow = json!({ "organisationId": log.provider.encode(), "version": 0, "isAllowed": true });
        log.aila.does(&app, "supervisionTextsAllow", "supervisionSettings { keepsTexts }", allow).await.done();
        let id = log.planned(&app, "2026-11-23", &[&venla, &eero]).await;
        answers(&app, &eero, &invited(&app, &eero).await[0], "NOT_COMING").await.done();
        let text = json!({ "supervisionSessionId": id, "version": 1, "text": "Puhuttiin rajoista" });
        log.does(&app, "supervisionSessionSetText", text).await;
        let send = json!({ "organisationId": world.association.encode() });
        let sent = venla.does(&app, "supervisionContactRequestSend", REQUEST, send).await;
        let request = sent.done()["supervisionContactRequest"]["id"].as_str().unwrap().to_owned();
        log.does(&app, "supervisionSessionRecord", log.record(&id, 2, 75, &[&venla], &[&eero])).await;

        let attended = log.attended(&app, &world.kaisa).await;
        assert_eq!(attended["totalCount"], 1);
        let mut row = attended["nodes"][0].clone();
        row["attendance"].as_array_mut().unwrap().sort_by_key(|it| it["person"]["name"].to_string());
        assert_eq!(row, json!({ "providerName": "Työnohjaus ry", "on": "2026-11-23", "begins": "2026-11-23T15:30:00.000000Z",
            "ends": "2026-11-23T16:45:00.000000Z", "minutes": 75, "form": "GROUP", "status": "HELD",
            "attendance": [{ "status": "ABSENT", "person": { "name": "Eero Osaava" } },
                { "status": "ATTENDED", "person": { "name": "Venla Vertainen" } }] }));
        let told = told(&app, &world.kaisa, &id, &venla).await;
        for word in ["COPING", "rajoista", "NOT_COMING", "COMING", "ontactRequest", &request, "Tyyne"] {
            assert!(!told.contains(word), "a coordinator was told {word}: {told}");
        }
        // What a coordinator can select of it is these fields and no other.
        for (of, fields) in [("AttendedSupervision", "attendance begins ends form minutes on providerName status"),
            ("SupervisedPeer", "daysSince isMissing lastOn minutes person sessions"), ("SupervisionAttendance", "person status")] {
            let schema = rinnalla_api::sdl();
            let body = schema.split(&format!("\ntype {of} {{")).nth(1).unwrap().split("\n}").next().unwrap().to_owned();
            let mut named: Vec<&str> = body.lines().filter_map(|line| line.trim().split_once(':')).map(|(name, _)| name)
                .filter(|name| !name.contains([' ', '"'])).collect();
            named.sort_unstable();
            assert_eq!(named.join(" "), fields, "{of}");
        }
        for question in ["{ supervisionSessions { totalCount } }", "{ supervisionContactRequests { id } }", "{ supervisedOrganisations { name } }"] {
            let answer = world.kaisa.ask(&app, question, json!({})).await;
            assert_eq!(answer.codes(), ["FORBIDDEN"], "{question}");
        }
        let answer = world.kaisa.ask(&app, "query($id: ID!) { supervisionSession(id: $id) { themes } }", json!({ "id": id })).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        // Another association's coordinator is told nothing at all.
        let other = World::named(&app, "toinen").await;
        assert_eq!(log.attended(&app, &other.kaisa).await["totalCount"], 0);
        assert!(log.peers(&app, &other.kaisa, false).await.is_empty());
    }
}

on_both! {
    async fn texts_are_off_sealed_and_read_by_whoever_wrote_them_alone(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let id = log.planned(&app, "2026-11-23", &[]).await;
        let write = |version: i32, text: Value| json!({ "supervisionSessionId": id, "version": version, "text": text });
        let act = "supervisionSessionSetText";
        let off = log.tyyne.does(&app, act, SESSION, write(1, json!("Qvintessaalista"))).await;
        assert_eq!(off.user_errors(), ["text TEXTS_NOT_ALLOWED"]);
        let allow = |version: i32, is_allowed: bool| json!({ "organisationId": log.provider.encode(), "version": version, "isAllowed": is_allowed });
        let settings = "supervisionSettings { keepsTexts version }";
        let refused = log.tyyne.does(&app, "supervisionTextsAllow", settings, allow(0, true)).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        let allowed = log.aila.does(&app, "supervisionTextsAllow", settings, allow(0, true)).await;
        assert_eq!(allowed.done()["supervisionSettings"], json!({ "keepsTexts": true, "version": 1 }));
        let session = log.does(&app, act, write(1, json!(" Qvintessaalista "))).await;
        assert_eq!(session["text"], json!({ "text": "Qvintessaalista" }));
        let raw = app.raw(&["supervision_texts", "supervision_sessions", "idempotency_keys", "changes"]).await;
        assert!(!raw.windows(11).any(|it| it == b"Qvintessaal"), "the text can be read in the database");

        // A substitute holds the session, and reads nothing of it; nor can she write over it.
        let input = json!({ "supervisionSessionId": id, "version": 2, "personId": log.tarja.node() });
        log.does(&app, "supervisionSessionSubstitute", input).await;
        assert_eq!(log.seen_by(&app, &log.tarja, &id).await["text"], Value::Null);
        let over = log.tarja.does(&app, act, SESSION, write(3, json!("Omia sanoja"))).await;
        assert_eq!(over.user_errors(), ["text WRITTEN_BY_ANOTHER"]);
        log.tarja.does(&app, act, SESSION, write(3, Value::Null)).await.done();
        assert_eq!(log.seen_by(&app, &log.tyyne, &id).await["text"]["text"], "Qvintessaalista", "nobody erases another's");
        // Ending it erases them all.
        log.aila.does(&app, "supervisionTextsAllow", settings, allow(1, false)).await.done();
        assert_eq!(app.read_sql("SELECT count(*) FROM supervision_texts").await, "0");
        assert_eq!(log.seen_by(&app, &log.tyyne, &id).await["text"], Value::Null);
    }
}

on_both! {
    async fn a_peer_asks_to_be_contacted_without_a_reason_and_supervisors_see_it(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let sari = world.active(&app, "Sari Tukija").await.actor;
        let other = World::named(&app, "toinen").await;
        let send = |of: String| json!({ "organisationId": of });
        let act = "supervisionContactRequestSend";
        let answer = sari.does(&app, act, REQUEST, send(other.association.encode())).await;
        assert_eq!(answer.user_errors(), ["organisationId UNKNOWN"]);
        let answer = world.kaisa.does(&app, act, REQUEST, send(world.association.encode())).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        let sent = sari.does(&app, act, REQUEST, send(world.association.encode())).await;
        let request = sent.done()["supervisionContactRequest"].clone();
        assert_eq!(request["person"]["name"], "Sari Tukija");
        let answer = sari.does(&app, act, REQUEST, send(world.association.encode())).await;
        assert_eq!(answer.user_errors(), ["- ALREADY_RECORDED"]);

        // Every supervisor of the provider's sees it, with how to reach her; another provider's does not.
        let query = "{ supervisionContactRequests { id acknowledgedAt person { name email } } }";
        let answer = log.tarja.ask(&app, query, json!({})).await;
        assert_eq!(answer.data()["supervisionContactRequests"], json!([{ "id": request["id"], "acknowledgedAt": null,
            "person": { "name": "Sari Tukija", "email": "sari.tukija@example.org" } }]));
        let strange = app.person("Vieno Vieras", other.association, Role::Supervisor).await;
        let answer = strange.ask(&app, query, json!({})).await;
        assert_eq!(answer.data()["supervisionContactRequests"], json!([]));
        let on = |version: i32| json!({ "supervisionContactRequestId": request["id"], "version": version });
        let answer = strange.does(&app, "supervisionContactRequestAcknowledge", REQUEST, on(1)).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"]);

        let taken = log.tarja.does(&app, "supervisionContactRequestAcknowledge", REQUEST, on(1)).await;
        assert!(taken.done()["supervisionContactRequest"]["acknowledgedAt"].is_string());
        let answer = sari.does(&app, "supervisionContactRequestWithdraw", REQUEST, on(2)).await;
        assert_eq!(answer.user_errors(), ["- WRONG_STATE"]);
        let open = log.tyyne.does(&app, "supervisionContactRequestAcknowledgeCancel", REQUEST, on(2)).await;
        assert!(open.done()["supervisionContactRequest"]["acknowledgedAt"].is_null());
        let gone = sari.does(&app, "supervisionContactRequestWithdraw", REQUEST, on(3)).await;
        assert!(gone.done()["supervisionContactRequest"]["withdrawnAt"].is_string());
        let answer = log.tarja.ask(&app, query, json!({})).await;
        assert_eq!(answer.data()["supervisionContactRequests"], json!([]));
        let answer = sari.ask(&app, "{ mySupervisionContactRequests { version } }", json!({})).await;
        assert_eq!(answer.data()["mySupervisionContactRequests"], json!([{ "version": 4 }]));
        sari.does(&app, act, REQUEST, send(world.association.encode())).await.done();
    }
}
