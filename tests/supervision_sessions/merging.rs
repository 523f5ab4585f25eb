//! Merging two records of a peer: what was theirs in supervision and in trainings goes along, and comes back.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::invited;
use crate::on_both;
use crate::support::Actor;
use crate::support::matching::World;

const MERGE: &str = "personMerge { id changes { kind count } }";

fn two(kept: &Actor, merged: &Actor) -> Value {
    json!({ "keptId": kept.node(), "keptVersion": 1, "mergedId": merged.node(), "mergedVersion": 1 })
}

on_both! {
    async fn merging_two_records_of_a_peer_moves_their_parts_in_supervision_and_back(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let again = app.person("Venla Vertainen-", world.association, Role::PeerGuide).await;
        let past = log.held(&app, "2026-11-20", &[&again]).await;
        let both = log.held(&app, "2026-11-21", &[&venla, &again]).await;
        let next = log.planned(&app, "2026-12-07", &[&again]).await;
        let asks = json!({ "organisationId": world.association.encode() });
        again.does(&app, "supervisionContactRequestSend", "supervisionContactRequest { id }", asks).await.done();
        let tables = ["supervision_invitations", "supervision_attendances", "supervision_contact_requests"];
        let whose = async || {
            let mut rows = Vec::new();
            for table in tables {
                rows.push(app.read_sql(&format!("SELECT count(*) FROM {table} WHERE person_id = (SELECT merged_id FROM person_merges)")).await);
            }
            rows
        };
        let days = async |of: &Actor| {
            let seen = invited(&app, of).await;
            let mut days: Vec<String> = seen.iter().map(|it| format!("{} {}", it["on"].as_str().unwrap(), it["presence"])).collect();
            days.sort();
            days
        };

        let merged = world.kaisa.does(&app, "personMerge", MERGE, two(&venla, &again)).await;
        let merge = merged.done()["personMerge"].clone();
        let changes = merge["changes"].as_array().unwrap();
        for (kind, count) in [("SUPERVISION_MOVED", 2), ("CONTACT_REQUEST_MOVED", 1)] {
            assert!(changes.contains(&json!({ "kind": kind, "count": count })), "{kind}: {changes:?}");
        }
        let all = ["2026-11-20 \"ATTENDED\"", "2026-11-21 \"ATTENDED\"", "2026-12-07 null"];
        assert_eq!(days(&venla).await, all);
        assert_eq!(whose().await, ["1", "1", "0"], "where both had a part, each keeps their own");
        let seen = log.seen_by(&app, &log.tyyne, &past).await;
        assert_eq!(seen["attendance"], json!([{ "status": "ATTENDED", "person": { "name": "Venla Vertainen" } }]));
        assert_eq!(log.seen_by(&app, &log.tyyne, &next).await["invitations"][0]["person"]["name"], "Venla Vertainen");

        let undo = json!({ "personMergeId": merge["id"], "version": 1 });
        world.kaisa.does(&app, "personMergeCancel", MERGE, undo).await.done();
        assert_eq!(days(&venla).await, [all[1]]);
        assert_eq!(days(&again).await, all);
        assert_eq!(whose().await, ["3", "2", "1"]);
        assert_eq!(log.seen_by(&app, &log.tyyne, &both).await["attendance"].as_array().unwrap().len(), 2);
    }
}
