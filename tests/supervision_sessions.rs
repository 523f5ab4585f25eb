//! The supervision log: the provider's supervisors write it, the association is told attendance and hours, peers see
//! their own.

mod bad_input;
mod coverage;
mod merging;
mod sight;

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;
use crate::support::supervision::SESSION;
use crate::support::{Actor, App};

/// What a peer sees of their own invitations.
async fn invited(app: &App, who: &Actor) -> Vec<Value> {
    let query = "{ mySupervisionInvitations { id version on startsAt minutes form status answer presence supervisor { name } } }";
    let answer = who.ask(app, query, json!({})).await;
    answer.data()["mySupervisionInvitations"]
        .as_array()
        .unwrap()
        .clone()
}

async fn answers(app: &App, who: &Actor, invitation: &Value, said: &str) -> crate::support::Answer {
    let input = json!({ "supervisionInvitationId": invitation["id"], "version": invitation["version"], "answer": said });
    let object = "ownSupervisionInvitation { answer version }";
    who.does(app, "supervisionInvitationAnswer", object, input)
        .await
}

on_both! {
    async fn a_session_is_planned_answered_held_and_put_right(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let eero = app.person("Eero Osaava", world.association, Role::Expert).await;
        let id = log.planned(&app, "2026-11-23", &[&venla, &eero]).await;
        let own = invited(&app, &venla).await;
        assert_eq!(own.len(), 1);
        assert_eq!((&own[0]["on"], &own[0]["startsAt"], &own[0]["minutes"], &own[0]["form"]),
            (&json!("2026-11-23"), &json!("17:30"), &json!(90), &json!("GROUP")));
        assert_eq!((&own[0]["status"], &own[0]["answer"], &own[0]["supervisor"]["name"]),
            (&json!("PLANNED"), &json!("NOT_ANSWERED"), &json!("Tyyne Ohjaaja")));
        let said = answers(&app, &venla, &own[0], "COMING").await;
        assert_eq!(said.done()["ownSupervisionInvitation"], json!({ "answer": "COMING", "version": 2 }));
        let stale = answers(&app, &venla, &own[0], "NOT_COMING").await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let others = answers(&app, &eero, &own[0], "COMING").await;
        assert_eq!(others.codes(), ["NOT_FOUND"], "an invitation is answered by whom it is for");
        let seen = log.seen_by(&app, &log.tyyne, &id).await;
        assert_eq!(seen["organisationName"], "Esimerkkiyhdistys ");
        assert_eq!(seen["invitations"][0], json!({ "id": own[0]["id"], "answer": "COMING", "person": { "name": "Venla Vertainen" } }));
        assert_eq!(seen["invitations"][1]["answer"], "NOT_ANSWERED");

        // Held, and recorded again where it was wrong: what was recorded first stands no longer.
        let held = log.does(&app, "supervisionSessionRecord", log.record(&id, 1, 75, &[&venla], &[&eero])).await;
        assert_eq!((&held["status"], &held["minutes"], &held["heldMinutes"]), (&json!("HELD"), &json!(90), &json!(75)));
        let mended = log.does(&app, "supervisionSessionRecord", log.record(&id, 2, 80, &[&venla, &eero], &[])).await;
        assert_eq!((mended["attendance"].as_array().unwrap().len(), &mended["heldMinutes"]), (2, &json!(80)));
        assert!(mended["attendance"].as_array().unwrap().iter().all(|it| it["status"] == "ATTENDED"));
        assert_eq!(app.read_sql("SELECT count(*) FROM supervision_attendances").await, "4", "what was wrong stays, cancelled");
        assert_eq!(invited(&app, &eero).await[0]["presence"], "ATTENDED");
        let late = answers(&app, &venla, &invited(&app, &venla).await[0], "NOT_COMING").await;
        assert_eq!(late.user_errors(), ["- WRONG_STATE"]);

        // Taken back, cancelled, and let take place after all.
        let on = |version: i32| json!({ "supervisionSessionId": id, "version": version });
        let refused = log.tyyne.does(&app, "supervisionSessionCancel", SESSION, on(3)).await;
        assert_eq!(refused.user_errors(), ["- WRONG_STATE"]);
        let open = log.does(&app, "supervisionSessionRecordCancel", on(3)).await;
        assert_eq!((&open["status"], &open["heldMinutes"], &open["attendance"]), (&json!("PLANNED"), &Value::Null, &json!([])));
        assert_eq!(log.does(&app, "supervisionSessionCancel", on(4)).await["status"], "CANCELLED");
        assert_eq!(invited(&app, &venla).await[0]["status"], "CANCELLED");
        assert_eq!(log.does(&app, "supervisionSessionReinstate", on(5)).await["status"], "PLANNED");
        // Whoever is no longer named is no longer invited; others keep their answers.
        let mut correct = on(6);
        correct["details"] = log.details("2026-11-24", &[&venla])["details"].clone();
        let corrected = log.does(&app, "supervisionSessionCorrect", correct).await;
        assert_eq!(corrected["invitations"].as_array().unwrap().len(), 1);
        assert_eq!((&corrected["on"], &corrected["invitations"][0]["answer"]), (&json!("2026-11-24"), &json!("COMING")));
        assert!(invited(&app, &eero).await.is_empty());
    }
}

on_both! {
    async fn a_partner_supervises_and_another_organisation_does_not(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let other = World::named(&app, "toinen").await;
        let mut input = log.details("2026-12-07", &[]);
        input["organisationId"] = json!(other.association.encode());
        let answer = log.tyyne.does(&app, "supervisionSessionPlan", SESSION, input).await;
        assert_eq!(answer.user_errors(), ["organisationId NOT_SUPERVISED"]);
        let mut input = log.details("2026-12-07", &[]);
        input["providerId"] = json!(world.association.encode());
        let answer = log.tyyne.does(&app, "supervisionSessionPlan", SESSION, input).await;
        assert_eq!(answer.user_errors(), ["providerId UNKNOWN"]);
        // The partnership ends: what is after its last day cannot be planned.
        app.write_sql("UPDATE partnerships SET valid_to = '2026-12-06' WHERE kind = 'SUPERVISES'").await;
        let answer = log.tyyne.does(&app, "supervisionSessionPlan", SESSION, log.details("2026-12-07", &[])).await;
        assert_eq!(answer.user_errors(), ["organisationId NOT_SUPERVISED"]);
        log.planned(&app, "2026-12-06", &[]).await;
        let query = "{ supervisedOrganisations { organisationId name providerId limitDays } }";
        let answer = log.tyyne.ask(&app, query, json!({})).await;
        assert_eq!(answer.data()["supervisedOrganisations"], json!([{ "organisationId": world.association.encode(),
            "name": "Esimerkkiyhdistys ", "providerId": log.provider.encode(), "limitDays": null }]));
    }
}

on_both! {
    async fn peers_take_part_from_their_training_on_and_while_paused_but_not_before_or_after(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let training = world.applicant(&app, "Tero Koulutettava").await;
        world.record(&app, &training, "supportPersonStartTraining", "2026-11-01").await.done();
        let trained = world.applicant(&app, "Taru Koulutettu").await;
        world.through_the_gates(&app, &trained).await;
        let paused = world.active(&app, "Päivi Tauolla").await;
        world.record(&app, &paused, "supportPersonPause", "2026-11-10").await.done();
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let eero = app.person("Eero Osaava", world.association, Role::Expert).await;
        let all = [&training.actor, &trained.actor, &paused.actor, &venla, &eero];
        let id = log.held(&app, "2026-11-20", &all).await;
        assert_eq!(log.seen_by(&app, &log.tyyne, &id).await["attendance"].as_array().unwrap().len(), 5);

        let applicant = world.applicant(&app, "Aapo Hakija").await;
        let ended = world.active(&app, "Elli Lopettanut").await;
        world.record(&app, &ended, "supportPersonEnd", "2026-11-10").await.done();
        let other = World::named(&app, "toinen").await;
        let strange = app.person("Veikko Vieras", other.association, Role::PeerGuide).await;
        for (who, why) in [(&applicant.actor, "an applicant"), (&ended.actor, "ended"), (&strange, "another's"),
            (&world.kaisa, "a coordinator"), (&log.tarja, "a supervisor")] {
            let input = log.details("2026-11-20", &[who]);
            let answer = log.tyyne.does(&app, "supervisionSessionPlan", SESSION, input).await;
            assert_eq!(answer.user_errors(), ["inviteeIds NOT_A_PEER_THERE"], "{why}");
            let answer = log.tyyne.does(&app, "supervisionSessionRecord", SESSION, log.record(&id, 2, 90, &[who], &[])).await;
            assert_eq!(answer.user_errors(), ["marks NOT_A_PEER_THERE"], "{why}");
        }
        // On a day on which she was still there, whoever has ended since was there.
        log.held(&app, "2026-11-09", &[&ended.actor]).await;
    }
}

on_both! {
    async fn a_substitute_holds_a_session_and_another_supervisor_does_not_reach_it(app: App) {
        let world = World::new(&app).await;
        let log = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let id = log.planned(&app, "2026-11-20", &[&venla]).await;
        assert_eq!(log.seen_by(&app, &log.tarja, &id).await, Value::Null);
        let record = log.record(&id, 2, 60, &[&venla], &[]);
        let answer = log.tarja.does(&app, "supervisionSessionRecord", SESSION, record.clone()).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"]);
        let stranger = app.person("Vieno Vieras", world.association, Role::Supervisor).await;
        let input = json!({ "supervisionSessionId": id, "version": 1, "personId": stranger.node() });
        let answer = log.tyyne.does(&app, "supervisionSessionSubstitute", SESSION, input).await;
        assert_eq!(answer.user_errors(), ["personId NOT_A_SUPERVISOR_THERE"]);
        let input = json!({ "supervisionSessionId": id, "version": 1, "personId": log.tarja.node() });
        let session = log.does(&app, "supervisionSessionSubstitute", input).await;
        assert_eq!((&session["supervisor"]["name"], &session["substitute"]["name"]), (&json!("Tyyne Ohjaaja"), &json!("Tarja Ohjaaja")));
        assert_eq!(invited(&app, &venla).await[0]["supervisor"]["name"], "Tarja Ohjaaja");
        let answer = log.tarja.does(&app, "supervisionSessionRecord", SESSION, record).await;
        assert_eq!(answer.done()["supervisionSession"]["status"], "HELD");
        // Taken back, and then she reaches it no longer.
        let input = json!({ "supervisionSessionId": id, "version": 3, "personId": null });
        assert_eq!(log.does(&app, "supervisionSessionSubstitute", input).await["substitute"], Value::Null);
        assert_eq!(log.seen_by(&app, &log.tarja, &id).await, Value::Null);
    }
}
