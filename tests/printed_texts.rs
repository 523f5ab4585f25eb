//! What an association has printed: agreement templates and the questions of its review sheet, a version at a time.

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::relationships::Circle;
use crate::support::{Actor, App};

const PUBLISH: &str = "printedTextPublish";
const TEXT: &str = "printedText { id kind language version lines publishedAt }";
const CURRENT: &str =
    "query($id: ID!) { organisation(id: $id) { printedTexts { kind language version lines } } }";
const VERSIONS: &str =
    "query($id: ID!, $first: Int, $after: String) { printedTextVersions(organisationId: $id,
    kind: AGREEMENT_TEMPLATE, language: FI, first: $first, after: $after) {
    nodes { version lines } totalCount pageInfo { hasNextPage endCursor } } }";

/// Terms in Finnish, otherwise than said.
pub fn terms(circle: &Circle, otherwise: Value) -> Value {
    let mut input = json!({ "organisationId": circle.association.encode(), "kind": "AGREEMENT_TEMPLATE", "language": "FI",
        "version": 0, "lines": ["Vaitiolo jatkuu.", "Tukisuhde on maksuton."] });
    for (field, value) in otherwise.as_object().unwrap() {
        input[field] = value.clone();
    }
    input
}

/// Publishes a text; its id.
pub async fn published(app: &App, circle: &Circle, otherwise: Value) -> String {
    let input = terms(circle, otherwise);
    let answer = circle.kaisa.does(app, PUBLISH, TEXT, input).await;
    answer.done()["printedText"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn current(app: &App, circle: &Circle, who: &Actor) -> Value {
    let id = json!({ "id": circle.association.encode() });
    who.ask(app, CURRENT, id).await.data()["organisation"]["printedTexts"].clone()
}

on_both! {
    async fn publishing_adds_a_version_and_the_former_ones_stay(app: App) {
        let circle = app.circle("Salo").await;
        let answer = circle.kaisa.does(&app, PUBLISH, TEXT, terms(&circle, json!({}))).await;
        let told = &answer.done()["printedText"];
        assert_eq!(told["version"], 1);
        assert_eq!(told["lines"], json!(["Vaitiolo jatkuu.", "Tukisuhde on maksuton."]));
        let anna = app.person("Anna Hallinto", circle.association, Role::Admin).await;
        let second = terms(&circle, json!({ "version": 1, "lines": [" Uudet ehdot. "] }));
        anna.does(&app, PUBLISH, TEXT, second).await.done();
        published(&app, &circle, json!({ "language": "SV", "lines": ["Villkor."] })).await;
        published(&app, &circle, json!({ "kind": "REVIEW_QUESTIONS", "lines": ["Mikä on ollut hyvää?"] })).await;
        let shown = json!([
            { "kind": "AGREEMENT_TEMPLATE", "language": "FI", "version": 2, "lines": ["Uudet ehdot."] },
            { "kind": "AGREEMENT_TEMPLATE", "language": "SV", "version": 1, "lines": ["Villkor."] },
            { "kind": "REVIEW_QUESTIONS", "language": "FI", "version": 1, "lines": ["Mikä on ollut hyvää?"] },
        ]);
        for who in [&circle.kaisa, &circle.mikko, &circle.sari] {
            assert_eq!(current(&app, &circle, who).await, shown, "everybody who works with it reads it");
        }
        let asked = json!({ "id": circle.association.encode(), "first": 1 });
        let answer = circle.mikko.ask(&app, VERSIONS, asked).await;
        let page = &answer.data()["printedTextVersions"];
        assert_eq!(page["nodes"], json!([{ "version": 2, "lines": ["Uudet ehdot."] }]));
        assert_eq!((&page["totalCount"], &page["pageInfo"]["hasNextPage"]), (&json!(2), &json!(true)));
        let next = json!({ "id": circle.association.encode(), "after": page["pageInfo"]["endCursor"] });
        let answer = circle.mikko.ask(&app, VERSIONS, next).await;
        let page = &answer.data()["printedTextVersions"];
        assert_eq!(page["nodes"][0]["version"], 1);
        assert_eq!(page["pageInfo"]["hasNextPage"], false);
    }
}

on_both! {
    async fn nothing_is_printed_any_more_once_that_is_published(app: App) {
        let circle = app.circle("Salo").await;
        published(&app, &circle, json!({})).await;
        published(&app, &circle, json!({ "version": 1, "lines": [] })).await;
        assert_eq!(current(&app, &circle, &circle.mikko).await[0]["lines"], json!([]));
    }
}

on_both! {
    async fn what_is_published_is_checked_whole(app: App) {
        let circle = app.circle("Salo").await;
        let good = terms(&circle, json!({}));
        let number = format!("{}{}", "131052", "-308T");
        let questions = |lines: Value| json!({ "kind": "REVIEW_QUESTIONS", "lines": lines });
        let faults: Vec<(Value, &[&str])> = vec![
            (json!({ "lines": ["ä".repeat(601)] }), &["lines TOO_LONG"]),
            (json!({ "lines": ["Ehto.", " "] }), &["lines EMPTY"]),
            (json!({ "lines": ["a\nb"] }), &["lines CONTROL_CHARACTER"]),
            (json!({ "lines": ["a\u{202e}b"] }), &["lines CONTROL_CHARACTER"]),
            (json!({ "lines": [number] }), &["lines LOOKS_LIKE_IDENTITY_NUMBER"]),
            (json!({ "lines": vec!["Ehto."; 31] }), &["lines TOO_MANY"]),
            (questions(json!(vec!["Miten menee?"; 13])), &["lines TOO_MANY"]),
            (questions(json!(["ä".repeat(201)])), &["lines TOO_LONG"]),
            (json!({ "language": "SE" }), &["language UNKNOWN_CODE"]),
            (json!({ "organisationId": circle.partner.encode() }), &["organisationId UNKNOWN"]),
            (json!({ "organisationId": "x", "language": "SMN", "lines": [""] }),
                &["organisationId UNKNOWN", "language UNKNOWN_CODE", "lines EMPTY"]),
        ];
        circle.kaisa.tries(&app, PUBLISH, TEXT, &good, &faults).await;
        for (version, what) in [(1, "there is none yet"), (-1, "no version"), (i32::MAX, "far away")] {
            let input = terms(&circle, json!({ "version": version }));
            assert_eq!(circle.kaisa.does(&app, PUBLISH, TEXT, input).await.codes(), ["CONFLICT"], "{what}");
        }
        assert_eq!(app.rows(&["printed_texts"]).await.len(), 0);
        // Written on a version that somebody has replaced in between.
        published(&app, &circle, json!({})).await;
        let late = circle.kaisa.does(&app, PUBLISH, TEXT, good.clone()).await;
        assert_eq!(late.codes(), ["CONFLICT"]);
        assert_eq!(app.rows(&["printed_texts"]).await.len(), 1);
    }
}

on_both! {
    async fn an_associations_words_are_its_own_to_publish_and_its_partners_to_read(app: App) {
        let circle = app.circle("Salo").await;
        let stranger = app.circle("Vieras").await;
        let id = published(&app, &circle, json!({})).await;
        for who in [&circle.mikko, &circle.sari] {
            let input = terms(&circle, json!({ "version": 1 }));
            assert_eq!(who.does(&app, PUBLISH, TEXT, input).await.codes(), ["FORBIDDEN"]);
        }
        let input = terms(&circle, json!({ "version": 1 }));
        let foreign = stranger.kaisa.does(&app, PUBLISH, TEXT, input).await;
        assert_eq!(foreign.user_errors(), ["organisationId UNKNOWN"]);
        assert_eq!(app.rows(&["printed_texts"]).await.len(), 1);

        let versions = json!({ "id": circle.association.encode() });
        let hidden = stranger.kaisa.ask(&app, VERSIONS, versions).await;
        assert_eq!(hidden.data()["printedTextVersions"]["totalCount"], 0);
        let node = "query($id: ID!) { node(id: $id) { ... on PrintedText { lines } } }";
        let hidden = stranger.kaisa.ask(&app, node, json!({ "id": id })).await;
        assert_eq!(hidden.data()["node"], Value::Null);
        let known = circle.mikko.ask(&app, node, json!({ "id": id })).await;
        assert_eq!(known.data()["node"]["lines"][0], "Vaitiolo jatkuu.");
    }
}
