//! A register that is told to answer known documents alone.

use std::{fs, path::PathBuf, sync::Arc};

use rinnalla_api::{TrustedDocuments, server::Patience, socket::Manners, transport::Policy};
use serde_json::json;

use crate::support::{App, GRAPHQL, JSON, app, app_with};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = format!("rinnalla_trusted_{}_{name}", std::process::id());
        let folder = Self(std::env::temp_dir().join(folder));
        for (name, text) in files {
            let file = folder.0.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn trusting(documents: TrustedDocuments) -> Policy {
    Policy {
        trusted: Some(Arc::new(documents)),
        ..Policy::default()
    }
}

async fn serving(documents: TrustedDocuments) -> App {
    app_with(trusting(documents), Manners::default(), Patience::default()).await
}

#[tokio::test]
async fn a_register_with_known_documents_answers_no_other() {
    let folder = Folder::new(
        "alone",
        &[
            ("hello.graphql", "# the greeting\nquery Hello { hello }\n"),
            (
                "acts/touch.graphql",
                "mutation Touch($n: Even) { touch(n: $n) }",
            ),
            ("README.md", "query Me { me }"),
        ],
    );
    let app = serving(TrustedDocuments::read(&folder.0).unwrap()).await;
    for query in [
        "query Hello { hello }",
        "query Hello{hello}",
        "query Hello {\n  hello,\n}\n",
    ] {
        for _ in 0..2 {
            let reply = app.ask(query).await;
            assert_eq!(reply.json()["data"]["hello"], "hei", "{query}");
        }
    }
    let query = "mutation Touch($n: Even) { touch(n: $n) }";
    let reply = app.ask_with(query, json!({ "n": 2 }), &[]).await;
    assert_eq!(reply.json()["data"]["touch"], 1);

    for query in [
        "{ hello }",
        "query Hello { hello me }",
        "query Hello { x: hello }",
        "query Me { me }",
        "{ __typename }",
        "{ __schema { types { name } } }",
        "not even a document",
        "\"\\u0000\"",
        "",
    ] {
        let reply = app.ask(query).await;
        let given = (reply.status, reply.code());
        assert_eq!(given, (400, "UNKNOWN_DOCUMENT".to_owned()), "{query}");
        assert!(reply.json().get("data").is_none(), "{query}");
    }
    let body = json!({ "query": "{ hello }" }).to_string();
    let reply = app
        .post(&[("content-type", JSON), ("accept", JSON)], body)
        .await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (200, "UNKNOWN_DOCUMENT")
    );
    let reply = app.get("/graphql?query=%7Bhello%7D").await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (400, "UNKNOWN_DOCUMENT")
    );
    assert_eq!(
        reply.header("content-type").unwrap().split(';').next(),
        Some(GRAPHQL)
    );
}

#[tokio::test]
async fn known_documents_may_come_as_one_json_file() {
    let text = json!({ "1": "query Hello { hello }", "sha256:0": "{ thing { id } }" });
    let folder = Folder::new("json", &[("documents.json", &text.to_string())]);
    let app = serving(TrustedDocuments::read(&folder.0.join("documents.json")).unwrap()).await;
    assert_eq!(app.ask("{ thing { id } }").await.status, 200);
    assert_eq!(
        app.ask("{ thing { name } }").await.code(),
        "UNKNOWN_DOCUMENT"
    );
}

#[tokio::test]
async fn without_a_list_any_document_is_answered() {
    assert_eq!(app().await.ask("{ hello }").await.status, 200);
}

#[test]
fn a_list_that_is_of_no_use_is_told_with_its_file() {
    let folder = Folder::new(
        "faults",
        &[
            ("empty/README.md", "nothing here"),
            ("list.json", "[1]"),
            ("nul/a.graphql", "{ a(b: \"\\u0000\") }"),
        ],
    );
    for (name, says) in [
        ("empty", "no document in it"),
        ("list.json", "expected a folder, or a JSON object"),
        ("nul", "text must not contain NUL"),
        ("missing", "No such file"),
    ] {
        let said = TrustedDocuments::read(&folder.0.join(name)).unwrap_err();
        assert!(said.contains(says) && said.contains(name), "{name}: {said}");
    }
}

#[test]
fn a_known_document_that_is_over_a_limit_is_told_at_the_start() {
    let deep = format!("{}id{}", "{ inner ".repeat(12), "}".repeat(12));
    let folder = Folder::new("deep", &[("deep.graphql", &format!("{{ thing {deep} }}"))]);
    let documents = TrustedDocuments::read(&folder.0).unwrap();
    let sdl = "type Query { thing: Thing! } type Thing { id: Int! inner: Thing! }";
    let limits = rinnalla_api::limits::Limits::for_schema(sdl, false).unwrap();
    let said = documents.check(&limits).unwrap_err();
    assert!(
        said.contains("deep.graphql") && said.contains("depth"),
        "{said}"
    );
}
