//! Whatever is wrong has a code and a field, and changes nothing; strangers find nothing.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use super::{SUCCESSION, Stage};
use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_proposal_is_checked_whole(app: App) {
        let stage = Stage::new(&app).await;
        let (service, county) = (stage.world.service, stage.county(&app).await);
        let other = World::named(&app, "toinen").await;
        let good = json!({ "formerId": service.encode(), "successorId": county.encode() });
        let before = app.rows(&["successions", "succession_entries", "organisations", "role_grants", "partnerships"]).await;
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "formerId": other.service.encode() }), &["formerId UNKNOWN"]),
            (json!({ "successorId": other.service.encode() }), &["successorId UNKNOWN"]),
            (json!({ "formerId": "x", "successorId": "\u{0}", "from": "2026-11-24" }), &["formerId UNKNOWN", "successorId UNKNOWN", "from DATE_IN_FUTURE"]),
            (json!({ "successorId": service.encode() }), &["successorId SAME_TWICE"]),
            (json!({ "from": "2026-11-24" }), &["from DATE_IN_FUTURE"]),
        ];
        stage.aino.tries(&app, "successionPropose", "succession { id }", &good, &faults).await;
        for nobody in [&stage.world.kaisa, &stage.world.pekka, &stage.tuula.actor] {
            let answer = nobody.does(&app, "successionPropose", "succession { id }", good.clone()).await;
            assert_eq!(answer.codes(), ["FORBIDDEN"]);
        }
        assert_eq!(app.rows(&["successions", "succession_entries", "organisations", "role_grants", "partnerships"]).await, before);
        stage.propose(&app, service, county).await.done();
        let answer = stage.propose(&app, stage.world.association, service).await;
        assert_eq!(answer.user_errors(), ["successorId ORGANISATION_CLOSED"]);
    }
}

on_both! {
    async fn only_who_acts_for_the_successor_agrees_and_strangers_find_nothing(app: App) {
        let stage = Stage::new(&app).await;
        let former = stage.world.association;
        let successor = app.organisation("Suuri yhdistys", OrganisationKind::Association).await;
        let boris = app.person("Boris", successor, Role::Admin).await;
        let stranger = app.organisation("Vieras yhdistys", OrganisationKind::Association).await;
        let viola = app.person("Viola", stranger, Role::Admin).await;
        app.refers(former, successor).await;
        let id = stage.propose(&app, former, successor).await.done()["succession"]["id"].clone();
        let again = stage.propose(&app, former, successor).await;
        assert_eq!(again.user_errors(), ["formerId SUCCESSION_PROPOSED"]);
        let preview = "query($f: ID!, $s: ID!) { successionPreview(formerId: $f, successorId: $s) { cases } }";
        let one = "query($id: ID!) { succession(id: $id) { id } node(id: $id) { id } }";
        let answer = viola.ask(&app, one, json!({ "id": id })).await;
        assert_eq!(answer.data(), &json!({ "succession": null, "node": null }));
        let answer = viola.ask(&app, preview, json!({ "f": former.encode(), "s": successor.encode() })).await;
        assert_eq!(answer.data()["successionPreview"], Value::Null);
        let answer = boris.ask(&app, preview, json!({ "f": successor.encode(), "s": stranger.encode() })).await;
        assert_eq!(answer.data()["successionPreview"], Value::Null, "of a stranger nothing is learnt");
        for act in ["successionAccept", "successionWithdraw", "successionUndo"] {
            let input = json!({ "successionId": id, "version": 1 });
            assert_eq!(viola.does(&app, act, SUCCESSION, input.clone()).await.codes(), ["NOT_FOUND"], "{act}");
            assert_eq!(stage.world.kaisa.does(&app, act, SUCCESSION, input).await.codes(), ["FORBIDDEN"], "{act}");
            let stale = json!({ "successionId": id, "version": 2 });
            assert_eq!(boris.does(&app, act, SUCCESSION, stale).await.codes(), ["CONFLICT"], "{act}");
            let malformed = json!({ "successionId": "x", "version": 1 });
            assert_eq!(boris.does(&app, act, SUCCESSION, malformed).await.codes(), ["NOT_FOUND"], "{act}");
        }
        let input = json!({ "successionId": id, "version": 1 });
        assert_eq!(stage.aino.does(&app, "successionAccept", SUCCESSION, input.clone()).await.codes(), ["NOT_FOUND"], "the former side alone");
        assert_eq!(boris.does(&app, "successionUndo", SUCCESSION, input.clone()).await.user_errors(), ["- WRONG_STATE"]);
        let answer = stage.aino.does(&app, "successionWithdraw", SUCCESSION, input).await;
        assert_eq!(answer.done()["succession"]["status"], "WITHDRAWN");
        let late = json!({ "successionId": id, "version": 2 });
        assert_eq!(boris.does(&app, "successionAccept", SUCCESSION, late).await.user_errors(), ["- WRONG_STATE"]);
    }
}

on_both! {
    async fn somebody_who_supports_for_both_ends_with_one_of_them_first(app: App) {
        let stage = Stage::new(&app).await;
        let former = stage.world.association;
        let successor = World::named(&app, "toinen").await;
        app.refers(former, successor.association).await;
        let boris = app.person("Boris", successor.association, Role::Admin).await;
        let timo = stage.world.active(&app, "Timo").await;
        app.write_sql(&format!(
            "INSERT INTO role_grants (id, person_id, organisation_id, role, valid_from, created_at)
             SELECT {}, person_id, (SELECT id FROM organisations WHERE name LIKE 'Esimerkkiyhdistys toinen'), role, valid_from, created_at
             FROM role_grants WHERE role = 'SUPPORT_PERSON' AND person_id IN (SELECT person_id FROM support_persons WHERE id = {})",
            literal(&app, uuid::Uuid::from_u128(9)),
            literal(&app, rinnalla_domain::ids::SupportPersonId::decode(&timo.id).unwrap().uuid()),
        )).await;
        let add = json!({ "organisationId": successor.association.encode(), "personId": timo.actor.node(),
            "profile": crate::support::matching::profile(json!({})) });
        app.mutate(&successor.kaisa, "supportPersonAdd", add).await.done();
        let id = stage.propose(&app, former, successor.association).await.done()["succession"]["id"].clone();
        let accept = json!({ "successionId": id, "version": 1 });
        let answer = boris.does(&app, "successionAccept", SUCCESSION, accept.clone()).await;
        assert_eq!(answer.user_errors(), ["- SUPPORT_PERSON_IN_BOTH"]);
        stage.world.record(&app, &timo, "supportPersonEnd", "2026-11-23").await.done();
        let answer = boris.does(&app, "successionAccept", SUCCESSION, accept).await;
        assert_eq!(answer.done()["succession"]["movedSupportPersons"], 1, "Tuula; Timo stays where he ended");
        // Each association had a default programme: one is left.
        assert_eq!(app.read_sql("SELECT count(*) FROM programmes WHERE is_default").await, "1");
        assert_eq!(app.read_sql("SELECT count(*) FROM programmes").await, "2");
    }
}

fn literal(app: &crate::support::App, id: uuid::Uuid) -> String {
    match app.register.store.is_postgres() {
        true => format!("'{id}'"),
        false => format!("x'{}'", id.simple()),
    }
}
