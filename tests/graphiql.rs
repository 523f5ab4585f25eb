//! GraphiQL: there in development alone, and asking nobody but us.

use crate::support::chromium::{demonstration, walked, word_after};
use crate::support::program::{Installation, http};

#[test]
fn a_token_typed_under_its_headers_answers_a_question_and_nothing_leads_elsewhere() {
    let it = Installation::empty();
    let Some(mut demo) = demonstration(&it) else {
        return;
    };
    let address = word_after(&demo.hear("Pages "), "Pages");
    let folder = word_after(&demo.hear("Folder "), "Folder");
    let told = demo.hear("GraphiQL");
    assert!(told.contains(&format!("{address}graphiql")), "{told}");
    let token = demo.hear("rnl_");
    let token = token.split_whitespace().last().unwrap();
    let told = walked("graphiql.mjs", &address, &folder, &[("TOKEN", token)]);
    let answer = told["answer"].as_str().unwrap();
    assert!(
        answer.contains("\"person\"") && answer.contains("\"name\""),
        "{answer}"
    );
    assert!(!answer.contains("UNAUTHENTICATED"), "{answer}");
    assert_eq!(demo.stop(), Some(0));
}

#[test]
fn it_is_served_where_development_is_said_and_nowhere_else() {
    for (development, status) in [("false", 404), ("true", 200)] {
        let it = Installation::empty();
        let mut up = it.start(&[
            "up",
            "--listen",
            "127.0.0.1:0",
            "--development",
            development,
        ]);
        let address = word_after(&up.hear("Pages "), "Pages");
        let address = address.trim_start_matches("http://").trim_end_matches('/');
        let (answered, page) = http(address, "/graphiql", "", None);
        assert_eq!(answered, status, "{page}");
        assert_eq!(
            page.contains("graphiql.js"),
            development == "true",
            "{page}"
        );
        let (answered, _) = http(address, "/graphiql/x/nothing.js", "", None);
        assert_eq!(answered, 404);
        assert_eq!(up.stop(), Some(0));
    }
}
