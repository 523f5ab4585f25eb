//! What stands where a field failed.

use serde_json::{Value, json};

use crate::support::{App, app};

async fn data(app: &App, query: &str) -> Value {
    let reply = app.ask(query).await;
    let json = reply.json();
    assert!(json["errors"].is_array(), "{query}: {json}");
    json["data"].clone()
}

#[tokio::test]
async fn a_failed_field_is_null_under_its_own_key() {
    let app = app().await;
    let given = data(&app, "{ hello maybeMe }").await;
    assert_eq!(given, json!({ "hello": "hei", "maybeMe": null }));
    let given = data(&app, "{ hello mine: maybeMe }").await;
    assert_eq!(given, json!({ "hello": "hei", "mine": null }));
    let reply = app.ask("{ maybeMe }").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["data"], json!({ "maybeMe": null }));
}

#[tokio::test]
async fn an_object_of_which_every_field_failed_is_still_there() {
    let app = app().await;
    let given = data(&app, "{ maybeThing(id: 1) { inner { maybe } } }").await;
    let wanted = json!({ "maybeThing": { "inner": { "maybe": null } } });
    assert_eq!(given, wanted);
    let given = data(&app, "{ things(first: 2) { nodes { maybe } } }").await;
    let wanted = json!({ "things": { "nodes": [{ "maybe": null }, { "maybe": null }] } });
    assert_eq!(given, wanted);
}

#[tokio::test]
async fn what_must_not_be_null_takes_its_parents_along_as_far_as_the_schema_says() {
    let app = app().await;
    for (query, wanted) in [
        ("{ hello me }", json!(null)),
        (
            "{ hello maybeThing(id: 1) { id even } }",
            json!({ "hello": "hei", "maybeThing": null }),
        ),
        (
            "{ hello maybeThing(id: 1) { maybe even } }",
            json!({ "hello": "hei", "maybeThing": null }),
        ),
        (
            "{ maybeThing(id: 0) { id inner { inner { id } x: even } } }",
            json!({ "maybeThing": null }),
        ),
        (
            "{ a: maybeThing(id: 1) { ...on Thing { ...f } id } } fragment f on Thing { x: even }",
            json!({ "a": null }),
        ),
        (
            "{ row { id even } }",
            json!({ "row": [{ "id": 0, "even": "parillinen" }, null, { "id": 2, "even": "parillinen" }] }),
        ),
        ("{ hello things(first: 2) { nodes { even } } }", json!(null)),
    ] {
        assert_eq!(data(&app, query).await, wanted, "{query}");
    }
    assert_eq!(app.ask("{ hello me }").await.status, 401);
}

#[tokio::test]
async fn what_was_carried_out_is_told_beside_what_failed() {
    let app = app().await;
    let given = data(&app, "mutation { a: touch b: touch(n: 3) c: touch }").await;
    assert_eq!(given, json!({ "a": 1, "b": null, "c": 2 }));
}
