//! Who has been without supervision for how long, and how much there was.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::json;

use crate::on_both;
use crate::support::Actor;
use crate::support::matching::World;
use crate::support::supervision::{ATTENDED, SESSION};

on_both! {
    async fn who_has_been_without_for_longer_than_the_associations_own_limit_is_missing(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let eero = app.person("Eero Osaava", world.association, Role::Expert).await;
        app.person("Nea Nimetön", world.association, Role::PeerGuide).await;
        log.held(&app, "2025-11-20", &[&venla]).await;
        log.held(&app, "2026-09-24", &[&venla, &eero]).await;
        log.held(&app, "2026-10-24", &[&eero]).await;
        // Planned or cancelled, a session is none that somebody was at.
        log.planned(&app, "2026-11-20", &[&venla]).await;
        let peers = log.peers(&app, &world.kaisa, false).await;
        assert_eq!(peers, [
            json!({ "person": { "name": "Eero Osaava" }, "lastOn": "2026-10-24", "daysSince": 30, "isMissing": false, "sessions": 2, "minutes": 180 }),
            json!({ "person": { "name": "Nea Nimetön" }, "lastOn": null, "daysSince": null, "isMissing": false, "sessions": 0, "minutes": 0 }),
            json!({ "person": { "name": "Venla Vertainen" }, "lastOn": "2026-09-24", "daysSince": 60, "isMissing": false, "sessions": 1, "minutes": 90 }),
        ], "no limit is set, and what was a year ago is counted no more");
        assert_eq!(log.peers(&app, &log.tyyne, false).await, peers);

        let limit = |version: i32, days: serde_json::Value| json!({ "organisationId": world.association.encode(), "version": version, "limitDays": days });
        let settings = "supervisionSettings { limitDays version }";
        let set = world.kaisa.does(&app, "supervisionLimitSet", settings, limit(0, json!(60))).await;
        assert_eq!(set.done()["supervisionSettings"], json!({ "limitDays": 60, "version": 1 }));
        let missing = async |who: &Actor| {
            let rows = log.peers(&app, who, true).await;
            assert!(rows.iter().all(|row| row["isMissing"] == true));
            rows.iter().map(|row| row["person"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(missing(&world.kaisa).await, ["Nea Nimetön"], "sixty days are not longer than sixty");
        app.on_day("2026-11-24");
        assert_eq!(missing(&world.kaisa).await, ["Nea Nimetön", "Venla Vertainen"]);
        assert_eq!(missing(&log.tyyne).await, ["Nea Nimetön", "Venla Vertainen"]);
        let stale = world.kaisa.does(&app, "supervisionLimitSet", settings, limit(0, json!(90))).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let off = world.kaisa.does(&app, "supervisionLimitSet", settings, limit(1, json!(null))).await;
        assert_eq!(off.done()["supervisionSettings"]["limitDays"], json!(null));
        assert!(missing(&world.kaisa).await.is_empty());
        let refused = log.tyyne.does(&app, "supervisionLimitSet", settings, limit(2, json!(90))).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
    }
}

on_both! {
    async fn figures_count_sessions_hours_and_whom_they_reached(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let eero = app.person("Eero Osaava", world.association, Role::Expert).await;
        log.held(&app, "2026-10-01", &[&venla, &eero]).await;
        let mut alone = log.details("2026-10-02", &[&venla]);
        alone["details"]["form"] = json!("INDIVIDUAL");
        let id = log.tyyne.does(&app, "supervisionSessionPlan", SESSION, alone).await;
        let id = id.done()["supervisionSession"]["id"].as_str().unwrap().to_owned();
        log.does(&app, "supervisionSessionRecord", log.record(&id, 1, 45, &[&venla], &[])).await;
        log.held(&app, "2026-11-02", &[&eero]).await;
        app.person("Nea Nimetön", world.association, Role::PeerGuide).await;
        let query = "query($id: ID!) { supervisionFigures(organisationId: $id, from: \"2026-10-01\", to: \"2026-10-31\") {
            peers supervised sessions minutes attendedMinutes inGroups individual remote } }";
        let id = json!({ "id": world.association.encode() });
        let answer = world.kaisa.ask(&app, query, id.clone()).await;
        assert_eq!(answer.data()["supervisionFigures"], json!({ "peers": 3, "supervised": 2, "sessions": 2, "minutes": 135,
            "attendedMinutes": 225, "inGroups": 1, "individual": 1, "remote": 0 }));
        let other = World::named(&app, "toinen").await;
        let answer = other.kaisa.ask(&app, query, id).await;
        assert_eq!(answer.data()["supervisionFigures"]["peers"], 0);
        assert_eq!(answer.data()["supervisionFigures"]["sessions"], 0);
    }
}

on_both! {
    async fn lists_take_one_statement_a_level_whatever_their_length(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let mut peers = Vec::new();
        for name in ["Aino", "Bea", "Cilla", "Dora"] {
            peers.push(app.person(&format!("{name} Vertainen"), world.association, Role::PeerGuide).await);
        }
        let own = format!("{{ supervisionSessions(first: 50) {{ nodes {} }} }}", SESSION.trim_start_matches("supervisionSession "));
        let coverage = "query($id: ID!) { supervisedPeers(organisationId: $id, first: 50) { nodes { lastOn person { name } } } }";
        let id = json!({ "id": world.association.encode() });
        let mut counts = Vec::new();
        for n in [1, 3] {
            for (peer, day) in peers.iter().zip(["2026-11-02", "2026-11-03", "2026-11-04"]).take(n) {
                log.held(&app, day, &[peer, &peers[3]]).await;
            }
            let sessions = log.tyyne.ask(&app, &own, json!({})).await;
            sessions.data();
            let covered = world.kaisa.ask(&app, coverage, id.clone()).await;
            covered.data();
            let attended = world.kaisa.ask(&app, ATTENDED, id.clone()).await;
            attended.data();
            counts.push([&sessions, &covered, &attended].map(|answer| answer.statements.len()));
        }
        assert_eq!(counts[0], counts[1]);
        // Signing in, sessions, supervisors, substitutes, themes, texts, invitations with people, attendance with people;
        // and the page, its people and, where it is asked for, their number. The log's own statements come on top.
        assert!(counts[0][0] <= 14 && counts[0][1] <= 7 && counts[0][2] <= 8, "{counts:?}");
    }
}
