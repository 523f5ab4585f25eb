//! Who signed in is remembered by each process, and what is remembered lets nobody in that may not come in any more.

use std::collections::BTreeSet;

use futures_util::FutureExt as _;
use rinnalla_api::gate::Via;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::{OrganisationKind, Role};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::json;

use crate::on_both;
use crate::support::databases::Kind;
use crate::support::{Actor, Answer, App};

const MINE: &str = "{ me { person { name } } supportPersons(first: 5) { nodes { id } } }";
const OUTDATED: &str = "Outdated";

/// A question over HTTP: of somebody who is remembered first.
async fn question(app: &App, of: &Actor) -> Answer {
    app.ask_via(Via::Question, Some(&of.token), MINE, json!({}))
        .await
}

/// Whether the last question was asked by somebody who signed in for it.
fn signs_in(app: &App) -> bool {
    app.statements()
        .iter()
        .any(|sql| sql.contains("access_tokens"))
}

#[track_caller]
fn refused(answer: &Answer, with: &str) {
    assert_eq!(answer.json, json!({ "refused": with }));
}

/// Kaisa coordinates and has asked once.
async fn kaisa(app: &App) -> Actor {
    let association = app
        .organisation("Kaislaranta ry", OrganisationKind::Association)
        .await;
    let kaisa = app
        .person("Kaisa Koordinaattori", association, Role::Coordinator)
        .await;
    let first = question(app, &kaisa).await;
    assert!(signs_in(app), "nobody is remembered yet");
    first.data();
    kaisa
}

on_both! {
    async fn whoever_is_remembered_signs_in_no_more_and_is_logged_all_the_same(app: App) {
        let kaisa = kaisa(&app).await;
        let logged = app.rows(&["access_log"]).await.len();
        let again = question(&app, &kaisa).await;
        assert!(!signs_in(&app));
        assert_eq!(again.data()["me"]["person"]["name"], "Kaisa Koordinaattori");
        assert_eq!(app.rows(&["access_log"]).await.len(), logged + 1);
    }
}

on_both! {
    async fn a_token_that_another_process_revokes_is_refused_at_once(app: App) {
        let kaisa = kaisa(&app).await;
        app.run("UPDATE access_tokens SET revoked_at = expires_at", []).await;
        refused(&question(&app, &kaisa).await, OUTDATED);
        let anew = app.ask(Some(&kaisa.token), MINE, json!({})).await;
        refused(&anew, "Unauthenticated");
        refused(&question(&app, &kaisa).await, "Unauthenticated");
        assert_eq!(app.rows(&["access_log"]).await.len(), 1, "what was looked at in vain is not in the log");
    }
}

on_both! {
    async fn a_role_that_ends_or_begins_is_seen_at_once(app: App) {
        let kaisa = kaisa(&app).await;
        app.run("UPDATE role_grants SET cancelled_at = valid_from", []).await;
        refused(&question(&app, &kaisa).await, OUTDATED);
        let anew = app.ask(Some(&kaisa.token), MINE, json!({})).await;
        assert_eq!(anew.codes(), ["FORBIDDEN"]);
        assert_eq!(question(&app, &kaisa).await.codes(), ["FORBIDDEN"], "that is remembered now");
        app.run("UPDATE role_grants SET cancelled_at = NULL", []).await;
        refused(&question(&app, &kaisa).await, OUTDATED);
    }
}

on_both! {
    async fn whatever_a_sign_in_reads_makes_memories_outdated(app: App) {
        let kaisa = kaisa(&app).await;
        app.person("Sanna Sijainen", kaisa.organisation, Role::Professional).await;
        for change in [
            "UPDATE people SET language = 'sv'",
            "INSERT INTO absences (id, organisation_id, person_id, substitute_id, from_on, to_on, created_at)
             SELECT g.id, g.organisation_id, g.person_id, c.person_id, g.valid_from, g.valid_from, g.created_at
             FROM role_grants g JOIN role_grants c ON c.role = 'COORDINATOR' WHERE g.role = 'PROFESSIONAL'",
            "UPDATE absences SET to_on = '2026-11-03'",
            "DELETE FROM absences",
            "DELETE FROM role_grants WHERE role = 'PROFESSIONAL'",
            "UPDATE people SET is_active = (1 = 0)",
        ] {
            assert!(app.ask(Some(&kaisa.token), MINE, json!({})).await.json.get("refused").is_none());
            question(&app, &kaisa).await.data();
            assert!(!signs_in(&app), "{change}");
            app.run(change, []).await;
            refused(&question(&app, &kaisa).await, OUTDATED);
        }
        refused(&app.ask(Some(&kaisa.token), MINE, json!({})).await, "Unauthenticated");
    }
}

on_both! {
    async fn organisations_are_remembered_and_what_changes_of_them_is_seen_at_once(app: App) {
        let kaisa = kaisa(&app).await;
        let service = app.organisation("Koivukunnan palvelu", OrganisationKind::WellbeingCounty).await;
        let both = format!(
            "{{ one: organisation(id: \"{}\") {{ name }} other: organisation(id: \"{}\") {{ name }} }}",
            kaisa.organisation.encode(), service.encode(),
        );
        let asked = async || app.ask_via(Via::Question, Some(&kaisa.token), &both, json!({})).await;
        let anew = async || {
            refused(&asked().await, OUTDATED);
            app.ask(Some(&kaisa.token), &both, json!({})).await.data();
            asked().await.data().clone()
        };
        let reads = |answer: &Answer| answer.statements.iter().filter(|sql| sql.contains("FROM organisations o")).count();
        let known = json!({ "one": { "name": "Kaislaranta ry" }, "other": null });
        assert_eq!(*asked().await.data(), known);
        let again = asked().await;
        assert_eq!(*again.data(), known);
        assert_eq!(reads(&again), 1, "the one that is in nobody's reach is asked for each time");

        app.refers(kaisa.organisation, service).await;
        assert_eq!(anew().await["other"]["name"], "Koivukunnan palvelu", "a partnership begins");
        let again = asked().await;
        assert_eq!(again.data()["other"]["name"], "Koivukunnan palvelu");
        assert_eq!(reads(&again), 0, "both are remembered");
        app.run("UPDATE organisations SET name = 'Kaislaranta yhdistys' WHERE name = 'Kaislaranta ry'", []).await;
        assert_eq!(anew().await["one"]["name"], "Kaislaranta yhdistys", "another name");
        app.run("UPDATE organisations SET version = version", []).await;
        assert_eq!(reads(&asked().await), 0, "a row that is only held is as it was");
        app.run("DELETE FROM partnerships", []).await;
        assert_eq!(anew().await["other"], json!(null), "a partnership is no more");
    }
}

on_both! {
    async fn an_act_looks_before_it_begins(app: App) {
        let kaisa = kaisa(&app).await;
        let add = "mutation($input: PersonAddInput!) { personAdd(input: $input) { userErrors { field code } } }";
        let input = json!({ "input": {
            "idempotencyKey": app.key(), "organisationId": kaisa.organisation.encode(), "name": "Uusi Ihminen",
            "role": "SUPPORT_PERSON", "email": "uusi@example.org", "language": "FI",
        } });
        let known = app.ask(Some(&kaisa.token), add, input.clone()).await;
        known.done();
        assert!(!signs_in(&app));
        app.run("UPDATE access_tokens SET revoked_at = expires_at", []).await;
        refused(&app.ask(Some(&kaisa.token), add, input).await, "Unauthenticated");
    }
}

on_both! {
    async fn the_next_day_and_the_end_of_a_token_are_not_remembered_away(app: App) {
        let kaisa = kaisa(&app).await;
        app.on_day("2026-11-24");
        question(&app, &kaisa).await.data();
        assert!(signs_in(&app), "the roles are another day's");
        app.on_day("2046-11-24");
        refused(&question(&app, &kaisa).await, "Unauthenticated");
    }
}

on_both! {
    async fn a_role_that_an_administrator_ends_is_over_for_whoever_is_remembered(app: App) {
        let kaisa = kaisa(&app).await;
        let arttu = app.person("Arttu Ylläpitäjä", kaisa.organisation, Role::Admin).await;
        let roles = "query($id: ID!) { person(id: $id) { roles { id version } } }";
        let roles = arttu.ask(&app, roles, json!({ "id": kaisa.node() })).await;
        let role = &roles.data()["person"]["roles"][0];
        let end = "mutation($input: RoleGrantEndInput!) { roleGrantEnd(input: $input) { userErrors { field code } } }";
        let input = json!({ "input": {
            "idempotencyKey": app.key(), "roleGrantId": role["id"], "version": role["version"], "endsOn": "2026-11-22",
        } });
        question(&app, &kaisa).await.data();
        arttu.ask(&app, end, input).await.done();
        refused(&question(&app, &kaisa).await, OUTDATED);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_that_is_given_up_costs_no_connection() {
    let Some(app) = App::on(Kind::Postgres).await else {
        return;
    };
    let kaisa = kaisa(&app).await;
    let db = app.db().await;
    let serving = || async {
        let sql = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let rows = db
            .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
            .await
            .unwrap();
        let pids = rows
            .iter()
            .map(|row| row.try_get_by_index::<i32>(0).unwrap());
        pids.collect::<BTreeSet<_>>()
    };
    let before = serving().await;
    // Most get no further than to the first statement; a quick database answers some before they are given up.
    let mut given_up = 0;
    for _ in 0..1000 {
        given_up += usize::from(question(&app, &kaisa).now_or_never().is_none());
        if given_up == 10 {
            break;
        }
    }
    assert_eq!(given_up, 10);
    question(&app, &kaisa).await.data();
    assert!(
        serving().await.is_superset(&before),
        "what was there is there still"
    );
    db.close().await.unwrap();
}
