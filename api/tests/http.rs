//! Requests that are not GraphQL over HTTP, and answers that must not say too much.

use std::{sync::atomic::Ordering, time::Duration};

use rinnalla_api::{server::Patience, socket::Manners, transport::Policy};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use crate::support::{App, GRAPHQL, JSON, Reply, app, app_with, post, read};

const FINE: &str = r#"{"query":"{ hello }"}"#;

async fn quick(policy: Policy) -> App {
    app_with(policy, Manners::default(), Patience::default()).await
}

#[tokio::test]
async fn a_fine_request_is_answered_and_closed_at_the_gate() {
    let app = app().await;
    let reply = app.ask("{ hello }").await;
    assert_eq!(
        (reply.status, reply.json()),
        (200, json!({ "data": { "hello": "hei" } }))
    );
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert!(reply.header("content-type").unwrap().starts_with(GRAPHQL));
    assert_eq!(app.gate.0.closed.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_question_of_somebody_whose_memory_is_outdated_is_asked_again_and_an_act_is_not_done_twice()
 {
    let app = app().await;
    let headers = [
        ("content-type", JSON),
        ("accept", GRAPHQL),
        ("authorization", "Bearer changed"),
    ];
    let body =
        r#"{"query":"query($n: Int!) { thing { parts(first: $n) { id } } }","variables":{"n":2}}"#;
    let reply = app.post(&headers, body).await;
    assert_eq!(
        reply.json()["data"]["thing"]["parts"],
        json!([{ "id": 0 }, { "id": 1 }])
    );
    let counted = |of: &std::sync::atomic::AtomicUsize| of.load(Ordering::SeqCst);
    let book = &app.gate.0;
    assert_eq!(
        (
            counted(&book.opened),
            counted(&book.outdated),
            counted(&book.closed)
        ),
        (2, 1, 1)
    );

    let reply = app
        .post(&headers, r#"{"query":"mutation { touch }"}"#)
        .await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    assert_eq!((counted(&book.opened), counted(&book.touched)), (3, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_ask_for_much_at_the_same_time_are_answered_after_each_other() {
    let app = app().await;
    // Some three thousand values each: two of them are under way together.
    let much = "{ slow(ms: 400) things(first: 100) { nodes { parts(first: 30) { id } } } }";
    let opened = || app.gate.0.opened.load(Ordering::SeqCst);
    let all = futures_util::future::join_all((0..5).map(|_| app.ask(much)));
    let looks = async {
        while opened() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(
            opened(),
            2,
            "the others wait, before anything is looked up for them"
        );
    };
    let (replies, ()) = tokio::join!(all, looks);
    for reply in replies {
        assert_eq!(reply.json()["data"]["slow"], "vihdoin");
    }
    assert_eq!(opened(), 5);
    assert_eq!(
        app.ask("{ hello }").await.status,
        200,
        "all the room is free again"
    );
}

#[tokio::test]
async fn the_form_of_the_answer_is_negotiated() {
    let app = app().await;
    for (accept, status, form) in [
        ("text/html", 406, JSON),
        ("application/json;q=0", 406, JSON),
        ("*/*", 200, JSON),
        (
            "application/json;q=0.5, application/graphql-response+json;q=0.6",
            200,
            GRAPHQL,
        ),
    ] {
        let reply = app
            .post(&[("content-type", JSON), ("accept", accept)], FINE)
            .await;
        assert_eq!(reply.status, status, "{accept}");
        assert!(
            reply.header("content-type").unwrap().starts_with(form),
            "{accept}"
        );
        if status == 406 {
            assert_eq!(reply.code(), "NOT_ACCEPTABLE");
        }
    }
}

#[tokio::test]
async fn only_plain_json_in_utf_8_is_read() {
    let app = app().await;
    for headers in [
        vec![],
        vec![("content-type", "text/plain")],
        vec![("content-type", "application/x-www-form-urlencoded")],
        vec![("content-type", "multipart/form-data; boundary=x")],
        vec![("content-type", "application/json; charset=latin1")],
        vec![("content-type", "application/jsonp")],
        vec![("content-type", JSON), ("content-encoding", "gzip")],
    ] {
        let reply = app.post(&headers, FINE).await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (415, "UNSUPPORTED_MEDIA_TYPE")
        );
    }
    let reply = app
        .post(
            &[("content-type", "Application/JSON; charset=\"UTF-8\"")],
            FINE,
        )
        .await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn a_body_that_is_not_a_request_is_a_bad_request() {
    let app = app().await;
    for body in [
        "",
        "null",
        "{",
        "[]",
        r#"["{ hello }"]"#,
        r#"[{"query":"{ hello }"}]"#,
        "{}",
        r#"{"query":null}"#,
        r#"{"query":["{ hello }"]}"#,
        r#"{"query":"{ hello }","query":"{ hello }"}"#,
        r#"{"query":"{ hello }","operationName":1}"#,
        r#"{"query":"{ hello }","variables":"{}"}"#,
        r#"{"query":"{ hello }","variables":[]}"#,
        r#"{"query":"{ hello }","extensions":[]}"#,
        r#"{"query":"{ hello }"} {}"#,
    ] {
        for accept in [GRAPHQL, JSON] {
            let reply = app
                .post(&[("content-type", JSON), ("accept", accept)], body)
                .await;
            assert_eq!(
                (reply.status, reply.code().as_str()),
                (400, "BAD_REQUEST"),
                "{body}"
            );
            assert!(reply.json().get("data").is_none());
        }
    }
    let reply = app
        .post(&[("content-type", JSON)], b"{\"query\":\"\xff\"}")
        .await;
    assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_REQUEST"));
}

#[tokio::test]
async fn what_the_reader_says_does_not_repeat_the_body() {
    let body = r#"{"query":"{ hello }","variables":"salaisuus"}"#;
    let reply = app().await.post(&[("content-type", JSON)], body).await;
    assert_eq!(reply.code(), "BAD_REQUEST");
    assert!(!reply.text.contains("salaisuus"), "{}", reply.text);
}

#[tokio::test]
async fn text_that_no_table_can_hold_is_refused_with_a_code() {
    let app = app().await;
    let echo = "query($t: String!) { echo(text: $t) }";
    for text in [r"\u0000", r"\ud800", r"\udc00", r"\ud800x", r"\ud83c\ud83c"] {
        let body = format!(r#"{{"query":"{echo}","variables":{{"t":"{text}"}}}}"#);
        let reply = app.post(&[("content-type", JSON)], body).await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (400, "BAD_TEXT"),
            "{text}"
        );
    }
    let reply = app.ask(r#"{ echo(text: "\u0000") }"#).await;
    assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_TEXT"));
    for path in [
        r"/graphql?query=%7Bhello%7D&variables=%7B%22t%22%3A%22%5Cu0000%22%7D",
        "/graphql?query=%7Bhello%7D%00",
    ] {
        let reply = app.get(path).await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (400, "BAD_TEXT"),
            "{path}"
        );
    }
    let body = format!(r#"{{"query":"{echo}","variables":{{"t":"\ud83c\udfc3"}}}}"#);
    let reply = app.post(&[("content-type", JSON)], body).await;
    assert_eq!(reply.json()["data"]["echo"], "🏃");
}

#[tokio::test]
async fn json_is_neither_deep_nor_endless() {
    let app = app().await;
    let deep = format!(
        r#"{{"query":"{{ hello }}","variables":{{"a":{}"#,
        "[".repeat(70)
    );
    let long = format!(
        r#"{{"query":"{{ hello }}","variables":{{"a":[1{}]}}}}"#,
        ",1".repeat(10_000)
    );
    for (body, limit) in [(deep, "jsonDepth"), (long, "jsonValues")] {
        let reply = app.post(&[("content-type", JSON)], body).await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (400, "LIMIT_EXCEEDED")
        );
        assert_eq!(reply.limit(), limit);
    }
}

#[tokio::test]
async fn a_large_body_is_refused_whether_announced_or_not() {
    let app = app().await;
    let announced = app.raw("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 262145\r\n\r\n").await;
    assert_eq!(
        (announced.status, announced.code().as_str()),
        (413, "PAYLOAD_TOO_LARGE")
    );
    assert_eq!(announced.header("connection"), Some("close"));

    let mut stream = app.connect().await;
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    for _ in 0..5 {
        // The server may have answered, and hung up, before the last of it is sent.
        let _ = stream.write_all(chunk.as_bytes()).await;
    }
    let reply = read(&mut stream).await.unwrap();
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (413, "PAYLOAD_TOO_LARGE")
    );

    let padding = " ".repeat(256 * 1024 - FINE.len());
    let reply = app
        .post(&[("content-type", JSON)], format!("{FINE}{padding}"))
        .await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn a_slow_body_is_cut_off() {
    let app = quick(Policy {
        body_time: Duration::from_millis(200),
        ..Policy::default()
    })
    .await;
    let mut stream = app.connect().await;
    let request = post(&[("content-type", JSON)], FINE.as_bytes());
    stream
        .write_all(&request[..request.len() - 3])
        .await
        .unwrap();
    let reply = read(&mut stream).await.unwrap();
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (408, "REQUEST_TIMEOUT")
    );
    assert_eq!(reply.header("connection"), Some("close"));
}

#[tokio::test]
async fn a_get_asks_and_never_changes() {
    let app = app().await;
    let reply = app
        .get("/graphql?query=%7Bhello%7D&variables=%7B%7D&extensions=null")
        .await;
    assert_eq!(reply.json()["data"]["hello"], "hei");
    let reply = app.get("/graphql?query=mutation%7Btouch%7D").await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (405, "METHOD_NOT_ALLOWED")
    );
    assert_eq!(reply.header("allow"), Some("POST"));
    let two = "/graphql?query=query%20a%7Bhello%7D%20mutation%20b%7Btouch%7D&operationName=b";
    assert_eq!(app.get(two).await.status, 405);
    assert_eq!(app.gate.0.touched.load(Ordering::SeqCst), 0);
    for path in [
        "/graphql",
        "/graphql?query=%7Ba%7D&query=%7Ba%7D",
        "/graphql?query=%7Bhello%7D&variables=%5B%5D",
    ] {
        let reply = app.get(path).await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (400, "BAD_REQUEST"),
            "{path}"
        );
    }
    for method in ["PUT", "DELETE", "HEAD", "OPTIONS"] {
        let reply = app.raw(format!(
            "{method} /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
        ));
        if method != "HEAD" {
            assert_eq!(reply.await.header("allow"), Some("GET, POST"), "{method}");
        }
    }
}

#[tokio::test]
async fn refused_documents_have_a_code_a_status_and_no_data() {
    let app = app().await;
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ salainen }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "query a { hello } query b { hello }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            "query($x: [Bogus] = 1) { hello }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ("query($n: Even!) { even(n: $n) }", "BAD_USER_INPUT"),
        ("{ even(n: 3) }", "BAD_USER_INPUT"),
        ("{ hello even(n: 3) }", "BAD_USER_INPUT"),
        ("mutation { touch(n: 3) }", "BAD_USER_INPUT"),
        ("subscription { count(to: 3) }", "SUBSCRIPTION_NOT_ALLOWED"),
        ("{ __schema { types { name } } }", "INTROSPECTION_DISABLED"),
        (
            "{ ...a } fragment a on Query { __type(name: \"Query\") { name } }",
            "INTROSPECTION_DISABLED",
        ),
    ] {
        let reply = app.ask(query).await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (400, code),
            "{query}"
        );
        assert!(reply.json().get("data").is_none(), "{query}");
        let body = json!({ "query": query }).to_string();
        let reply = app
            .post(&[("content-type", JSON), ("accept", JSON)], body)
            .await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (200, code),
            "{query}"
        );
        assert!(reply.json().get("data").is_none(), "{query}");
    }
    assert_eq!(app.ask("{ __typename }").await.status, 200);
}

#[tokio::test]
async fn an_integer_that_no_int_can_be_is_told_with_its_argument() {
    let app = app().await;
    let told = |reply: &Reply| {
        let json = reply.json();
        let extensions = &json["errors"][0]["extensions"];
        ["code", "field", "argument"]
            .map(|it| extensions[it].as_str().unwrap_or_default().to_owned())
    };
    let of_list = ["BAD_USER_INPUT", "of", "of.1"];
    for query in [
        "{ hello list(of: [1, 2147483648]) }",
        "{ ...a } fragment a on Query { list(of: [1, -2147483649]) }",
        "query($n: Int = 2147483648) { ... { list(of: [1, $n]) } }",
    ] {
        let reply = app.ask(query).await;
        assert_eq!(
            (reply.status, told(&reply)),
            (400, of_list.map(str::to_owned)),
            "{query}"
        );
    }
    let ask = async |of: Value| {
        let query = "query($of: [Int!]) { list(of: $of) }";
        let body = json!({ "query": query, "variables": { "of": of } }).to_string();
        app.post(&[("content-type", JSON)], body).await
    };
    assert_eq!(told(&ask(json!([1, 1_u64 << 63])).await), of_list);
    assert_eq!(
        ask(json!([1, i32::MAX, i32::MIN])).await.json()["data"]["list"],
        3
    );
    let body = json!({
        "query": "query($n: Int = 2147483648) { list(of: [$n]) }", "variables": { "n": 1 },
    });
    let reply = app.post(&[("content-type", JSON)], body.to_string()).await;
    assert_eq!(reply.json()["data"]["list"], 1, "{}", reply.text);
}

#[tokio::test]
async fn a_change_that_was_made_is_not_called_refused() {
    let app = app().await;
    let reply = app.ask("mutation { touch(n: 3) }").await;
    assert_eq!(reply.status, 400);
    let reply = app.ask("mutation { a: touch b: touch(n: 3) }").await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (200, "BAD_USER_INPUT")
    );
    assert_eq!(reply.json()["data"], json!({ "a": 1, "b": null }));
    assert_eq!(app.gate.0.touched.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn errors_do_not_echo_the_question_nor_suggest_names() {
    let app = app().await;
    let reply = app.ask("{ hello salaisuus( }").await;
    assert_eq!(reply.code(), "GRAPHQL_PARSE_FAILED");
    assert!(!reply.text.contains("salaisuus"), "{}", reply.text);
    assert_eq!(reply.json()["errors"][0]["locations"][0]["line"], 1);
    let reply = app.ask("{ helo }").await;
    assert!(!reply.text.contains("Did you mean"), "{}", reply.text);
    let helpful = quick(Policy {
        suggestions: true,
        ..Policy::default()
    })
    .await;
    assert!(helpful.ask("{ helo }").await.text.contains("Did you mean"));
}

#[tokio::test]
async fn what_nobody_planned_is_internal_and_an_id() {
    let app = app().await;
    for (query, status, data) in [
        ("{ broken }", 200, Some(json!(null))),
        ("{ panics }", 500, None),
    ] {
        let reply = app.ask(query).await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (status, "INTERNAL"),
            "{query}"
        );
        let error = &reply.json()["errors"][0];
        assert_eq!(error["message"], "internal error");
        assert!(
            error["extensions"]["id"]
                .as_str()
                .unwrap()
                .starts_with("incident-")
        );
        assert!(!reply.text.contains("secret"), "{}", reply.text);
        assert_eq!(reply.json().get("data").cloned(), data);
    }
    assert_eq!(app.ask("{ hello }").await.status, 200);
}

#[tokio::test]
async fn a_resolvers_own_code_passes_through() {
    let app = app().await;
    let reply = app.ask(r#"{ coded(code: "CONFLICT") }"#).await;
    let error = &reply.json()["errors"][0];
    assert_eq!((reply.status, reply.code().as_str()), (200, "CONFLICT"));
    assert_eq!(error["message"], "in its own words");
    assert_eq!(error["path"], json!(["coded"]));
    let reply = app.ask("{ me }").await;
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (401, "UNAUTHENTICATED")
    );
    let reply = app.ask("{ hello maybeMe }").await;
    assert_eq!(
        (reply.status, reply.json()["data"]["hello"].as_str()),
        (200, Some("hei"))
    );
    let reply = app.ask(r#"{ coded(code: "UNAVAILABLE") }"#).await;
    assert_eq!(
        (reply.status, reply.header("retry-after")),
        (503, Some("5"))
    );
    let reply = app.ask("{ cookie }").await;
    assert_eq!(reply.header("set-cookie"), Some("__Host-s=1"));
}

#[tokio::test]
async fn the_gate_decides_who_is_let_in() {
    let app = app().await;
    for (given, status, code, header) in [
        (
            "Bearer unknown",
            401,
            "UNAUTHENTICATED",
            ("www-authenticate", "Bearer"),
        ),
        (
            "Basic a2Fpc2E6eA==",
            401,
            "UNAUTHENTICATED",
            ("www-authenticate", "Bearer"),
        ),
        (
            "Bearer banned",
            403,
            "FORBIDDEN",
            ("cache-control", "no-store"),
        ),
        ("Bearer hasty", 429, "RATE_LIMITED", ("retry-after", "7")),
        ("Bearer early", 503, "UNAVAILABLE", ("retry-after", "7")),
        (
            "Bearer unlucky",
            500,
            "INTERNAL",
            ("cache-control", "no-store"),
        ),
        (
            "Bearer panicky",
            500,
            "INTERNAL",
            ("cache-control", "no-store"),
        ),
    ] {
        let reply = app
            .ask_with("{ hello }", json!({}), &[("authorization", given)])
            .await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (status, code),
            "{given}"
        );
        assert_eq!(reply.header(header.0), Some(header.1), "{given}");
        assert!(!reply.text.contains("secret"), "{}", reply.text);
        assert!(reply.json().get("data").is_none());
    }
    let reply = app
        .ask_with("{ me }", json!({}), &[("authorization", "bearer kaisa")])
        .await;
    assert_eq!(reply.json()["data"]["me"], "kaisa");
}

#[tokio::test]
async fn nothing_goes_out_when_its_audit_cannot_be_written() {
    let app = app().await;
    app.gate.0.cannot_close.store(true, Ordering::SeqCst);
    let reply = app.ask("{ hello }").await;
    assert_eq!((reply.status, reply.code().as_str()), (500, "INTERNAL"));
    assert!(
        !reply.text.contains("hei") && !reply.text.contains("audit"),
        "{}",
        reply.text
    );
}

#[tokio::test]
async fn a_request_has_its_time_and_stops_with_it() {
    let app = quick(Policy {
        request_time: Duration::from_millis(100),
        ..Policy::default()
    })
    .await;
    let reply = app.ask("{ slow(ms: 60000) }").await;
    assert_eq!((reply.status, reply.code().as_str()), (503, "UNAVAILABLE"));
    assert_eq!(reply.header("retry-after"), Some("5"));
    assert_eq!(app.gate.0.dropped.load(Ordering::SeqCst), 1);
    assert_eq!(app.gate.0.closed.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_client_that_leaves_takes_its_work_along() {
    let app = app().await;
    let mut stream = app.connect().await;
    let body = json!({ "query": "{ slow(ms: 60000) }" }).to_string();
    stream
        .write_all(&post(&[("content-type", JSON)], body.as_bytes()))
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    drop(stream);
    for _ in 0..50 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if app.gate.0.dropped.load(Ordering::SeqCst) == 1 {
            return;
        }
    }
    panic!("still at work");
}
