//! Questions that come at the same moment share a statement on PostgreSQL, and each is answered by the own reach.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::App;
use crate::support::databases::Kind;
use crate::support::relationships::joint;

const RELATIONSHIP: &str = "query($id: ID!) { supportRelationship(id: $id) { id caseCode } }";
/// What every statement has that asks for relationships by their ids.
const BY_ID: &str = "FROM support_relationships r JOIN supported_cases c";
/// What every statement has that asks how a review stands.
const STOOD: &str = ") o) END AS recorded";
/// What the statement of several has, and nothing else does.
const TOGETHER: &str = ") SELECT q.*, a.n AS asked_by FROM asked a";

/// Everybody asks for everything at once: coordinators, professionals and support persons of two circles, which have two
/// relationships each. Whoever is in the circle is answered, and nobody else. `first` happens before a statement with these words.
async fn everybody_asks(app: &App, (words, first): (&'static str, &str)) {
    app.on_day("2026-09-14");
    let circles = [app.circle("Esimerkki").await, app.circle("Toinen").await];
    let mut own = Vec::new();
    for circle in &circles {
        own.push([circle.active(app).await, circle.active(app).await]);
    }
    if app.database.kind == Kind::Postgres {
        app.before(words, &[first]);
    }
    let mut asked = Vec::new();
    for (at, circle) in circles.iter().enumerate() {
        for actor in [&circle.kaisa, &circle.mikko, &circle.sari] {
            for (of, relationships) in own.iter().enumerate() {
                asked.extend(relationships.iter().map(|one| (actor, one, of == at)));
            }
        }
    }
    let answers = asked
        .iter()
        .map(|(actor, one, _)| app.ask(Some(&actor.token), RELATIONSHIP, json!({ "id": one.id })));
    let answers = join_all(answers).await;
    for ((_, one, is_own), answer) in asked.iter().zip(&answers) {
        let expected = match is_own {
            true => json!({ "id": one.id, "caseCode": one.case_code }),
            false => Value::Null,
        };
        assert_eq!(answer.data()["supportRelationship"], expected);
    }
}

on_both! {
    async fn each_is_answered_what_they_reach_and_logged_for_themselves(app: App) {
        everybody_asks(&app, (BY_ID, "SELECT pg_sleep(0.3)")).await;
        if app.database.kind == Kind::Postgres {
            let statements = app.statements();
            let of = |words: &str| statements.iter().filter(|it| it.contains(words)).count();
            let (together, all) = (of(TOGETHER), of(BY_ID));
            assert!(together > 0 && all < 24, "{together} and {all} statements for 24 questions");
        }
        for act in ["READ", "REFUSED"] {
            let logged = format!(
                "SELECT count(*) FROM access_log l JOIN access_log_looks o ON o.entry_id = l.id
                 JOIN role_grants g ON g.id = l.grant_id AND g.person_id = l.person_id WHERE o.act = '{act}'
                   AND o.object_kind = 'SUPPORT_RELATIONSHIP' AND l.request_id IN (
                     SELECT a.request_id FROM access_log a ORDER BY a.id DESC LIMIT 24)"
            );
            assert_eq!(app.read_sql(&logged).await, "12", "{act}");
        }
    }
}

on_both! {
    async fn how_a_review_stands_is_told_to_those_who_may_record_it(app: App) {
        app.on_day("2026-09-14");
        let circles = [app.circle("Esimerkki").await, app.circle("Toinen").await];
        let mut own = Vec::new();
        for circle in &circles {
            own.push([circle.active(&app).await, circle.active(&app).await]);
        }
        app.on_day("2026-12-15");
        let mut acts = Vec::new();
        for (at, circle) in circles.iter().enumerate() {
            for one in &own[at] {
                let open = circle.open_review(&app, one).await;
                let input = json!({ "jointReviewId": open["id"], "version": open["version"], "held": joint("2026-12-15") });
                // Whoever may not comes as early as whoever may.
                acts.push((&circles[1 - at].mikko, false, input.clone()));
                acts.push((&circle.mikko, true, input));
            }
        }
        if app.database.kind == Kind::Postgres {
            app.before(STOOD, &["SELECT pg_sleep(0.3)"]);
        }
        let sent = acts.iter().map(|(who, _, input)| app.act(who, "jointReviewRecordHeld", input.clone()));
        let answers = join_all(sent).await;
        for ((_, is_own, _), answer) in acts.iter().zip(&answers) {
            match is_own {
                true => assert_eq!(answer.done()["jointReview"]["status"], "HELD"),
                false => assert_eq!(answer.codes(), ["NOT_FOUND"]),
            }
        }
        if app.database.kind == Kind::Postgres {
            let statements = app.statements();
            let together = statements.iter().filter(|it| it.contains(STOOD) && it.contains(TOGETHER)).count();
            assert!((1..8).contains(&together), "{together} statements of several");
            let step_by_step = |it: &&String| it.contains("INTO joint_review_records") && !it.contains("FROM asked a");
            assert_eq!(statements.iter().filter(step_by_step).count(), 0, "each was told how the own review stands");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_statement_of_several_fails_each_is_asked_alone() {
    let Some(app) = App::on(Kind::Postgres).await else {
        return;
    };
    let gone = "ALTER FUNCTION json_to_recordset(json) RENAME TO gone";
    everybody_asks(&app, (TOGETHER, gone)).await;
}
