//! Sockets: who may open one, what may be said, and how they end.

use std::{sync::atomic::Ordering, time::Duration};

use futures_util::{SinkExt, StreamExt};
use rinnalla_api::{TrustedDocuments, server::Patience, socket::Manners, transport::Policy};
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest},
};

use crate::{
    support::{App, app_with},
    trusted::trusting,
};

fn ms(time: u64) -> Duration {
    Duration::from_millis(time)
}

fn manners() -> Manners {
    Manners {
        origins: vec!["https://rinnalla.example".to_owned()],
        ..Manners::default()
    }
}

async fn app(manners: Manners) -> App {
    app_with(
        Policy::default(),
        manners,
        Patience {
            header: ms(200),
            ..Patience::default()
        },
    )
    .await
}

/// A client, and until when it listens.
struct Client(WebSocketStream<MaybeTlsStream<TcpStream>>, Instant);

async fn open(app: &App, headers: &[(&'static str, &str)]) -> Result<Client, u16> {
    let mut request = format!("ws://{}/graphql/socket", app.address)
        .into_client_request()
        .unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    match connect_async(request).await {
        Ok((stream, _)) => Ok(Client(stream, Instant::now() + ms(5_000))),
        Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

async fn signed_in(app: &App) -> Client {
    let mut client = open(app, &[PROTOCOL]).await.ok().unwrap();
    client
        .say(json!({ "type": "connection_init", "payload": { "token": "kaisa" } }))
        .await;
    assert_eq!(client.hear().await, json!({ "type": "connection_ack" }));
    client
}

impl Client {
    async fn say(&mut self, what: Value) {
        self.0
            .send(Message::Text(what.to_string().into()))
            .await
            .unwrap();
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": query } }))
            .await;
    }

    async fn next(&mut self) -> Message {
        loop {
            let next = timeout_at(self.1, self.0.next()).await.expect("in time");
            match next.expect("a message").expect("a whole message") {
                Message::Ping(_) | Message::Pong(_) => {}
                message => return message,
            }
        }
    }

    async fn hear(&mut self) -> Value {
        match self.next().await {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    async fn hear_code(&mut self) -> (String, String) {
        let said = self.hear().await;
        assert_eq!(said["type"], "error", "{said}");
        let code = said["payload"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default();
        (
            said["id"].as_str().unwrap_or_default().to_owned(),
            code.to_owned(),
        )
    }

    async fn close_code(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.next().await {
                return frame.map(|frame| frame.code.into()).unwrap_or_default();
            }
        }
    }
}

#[tokio::test]
async fn only_our_own_pages_and_programs_open_sockets() {
    let app = app(manners()).await;
    let foreign = ("origin", "https://rinnalla.example.evil.example");
    assert_eq!(open(&app, &[PROTOCOL, foreign]).await.err(), Some(403));
    assert_eq!(
        open(&app, &[PROTOCOL, ("origin", "null")]).await.err(),
        Some(403)
    );
    assert!(
        open(&app, &[PROTOCOL, ("origin", "https://rinnalla.example")])
            .await
            .is_ok()
    );
    assert!(open(&app, &[PROTOCOL]).await.is_ok());
    assert_eq!(open(&app, &[]).await.err(), Some(400));
    assert_eq!(
        open(&app, &[("sec-websocket-protocol", "graphql-ws")])
            .await
            .err(),
        Some(400)
    );
    assert_eq!(app.get("/graphql/socket").await.status, 400);
    app.drain.stop();
}

#[tokio::test]
async fn nothing_is_said_without_a_sign_in() {
    let app = app(Manners {
        init_time: ms(300),
        ..manners()
    })
    .await;
    for (said, code) in [
        (json!({ "type": "connection_init" }), 4401),
        (json!({ "type": "connection_init", "payload": {} }), 4401),
        (
            json!({ "type": "connection_init", "payload": { "token": "" } }),
            4401,
        ),
        (
            json!({ "type": "connection_init", "payload": { "token": "unknown" } }),
            4401,
        ),
        (
            json!({ "type": "connection_init", "payload": { "authorization": "kaisa" } }),
            4401,
        ),
        (
            json!({ "type": "connection_init", "payload": { "token": "banned" } }),
            4403,
        ),
        (
            json!({ "type": "connection_init", "payload": { "token": "early" } }),
            1013,
        ),
        (
            json!({ "type": "connection_init", "payload": { "token": "unlucky" } }),
            1011,
        ),
        (
            json!({ "type": "connection_init", "payload": { "token": "panicky" } }),
            1011,
        ),
        (
            json!({ "type": "connection_init", "payload": "kaisa" }),
            4400,
        ),
        (
            json!({ "id": "1", "type": "subscribe", "payload": { "query": "subscription { ticks }" } }),
            4401,
        ),
        (json!({ "type": "hello" }), 4400),
        (json!(["connection_init"]), 4400),
        (json!({ "type": "ping" }), 4408),
    ] {
        let mut client = open(&app, &[PROTOCOL, ("cookie", "s=1")])
            .await
            .ok()
            .unwrap();
        client.say(said.clone()).await;
        assert_eq!(client.close_code().await, code, "{said}");
    }
    let mut silent = open(&app, &[PROTOCOL]).await.ok().unwrap();
    assert_eq!(silent.close_code().await, 4408);
    for payload in [
        json!({ "authorization": "Bearer kaisa" }),
        json!({ "Authorization": "bearer kaisa" }),
    ] {
        let mut client = open(&app, &[PROTOCOL]).await.ok().unwrap();
        client
            .say(json!({ "type": "connection_init", "payload": payload }))
            .await;
        assert_eq!(client.hear().await["type"], "connection_ack");
    }
}

#[tokio::test]
async fn events_come_and_end_and_each_is_closed_at_the_gate() {
    let app = app(manners()).await;
    let mut client = signed_in(&app).await;
    client.say(json!({ "type": "ping", "payload": {} })).await;
    assert_eq!(client.hear().await, json!({ "type": "pong" }));
    client.subscribe("a", "subscription { count(to: 3) }").await;
    for n in 0..3 {
        let next = json!({ "type": "next", "id": "a", "payload": { "data": { "count": n } } });
        assert_eq!(client.hear().await, next);
    }
    assert_eq!(
        client.hear().await,
        json!({ "type": "complete", "id": "a" })
    );
    assert_eq!(app.gate.0.closed.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_completed_subscription_stops_and_its_name_is_free() {
    let app = app(manners()).await;
    let mut client = signed_in(&app).await;
    client.subscribe("a", "subscription { ticks }").await;
    assert_eq!(client.hear().await["payload"]["data"]["ticks"], 0);
    client.say(json!({ "type": "complete", "id": "a" })).await;
    client.subscribe("a", "subscription { count(to: 1) }").await;
    loop {
        let said = client.hear().await;
        if said["payload"]["data"]["count"] == 0 {
            break;
        }
        assert!(said["payload"]["data"]["ticks"].is_number(), "{said}");
    }
    assert_eq!(
        client.hear().await,
        json!({ "type": "complete", "id": "a" })
    );
    assert_eq!(app.gate.0.dropped.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_is_not_a_fine_subscription_is_refused_with_a_code() {
    let app = app(manners()).await;
    let mut client = signed_in(&app).await;
    let bomb = "{...a}fragment a on Changes{...b ...b}fragment b on Changes{...a}";
    for (query, code) in [
        ("{ hello }", "SUBSCRIPTIONS_ONLY"),
        ("mutation { touch }", "SUBSCRIPTIONS_ONLY"),
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "subscription { __schema { types { name } } }",
            "INTROSPECTION_DISABLED",
        ),
        (bomb, "GRAPHQL_VALIDATION_FAILED"),
        ("subscription($n: Int!) { count(to: $n) }", "BAD_USER_INPUT"),
        ("subscription { bursts }", "INTERNAL"),
    ] {
        client.subscribe("x", query).await;
        assert_eq!(
            client.hear_code().await,
            ("x".to_owned(), code.to_owned()),
            "{query}"
        );
    }
    assert_eq!(app.gate.0.touched.load(Ordering::SeqCst), 0);
    client
        .subscribe(
            "x",
            &format!("subscription {{ count(to: 1) #{} \n }}", "x".repeat(17_000)),
        )
        .await;
    assert_eq!(client.hear_code().await.1, "LIMIT_EXCEEDED");
}

#[tokio::test]
async fn an_event_that_fails_does_not_say_why() {
    let app = app(manners()).await;
    let mut client = signed_in(&app).await;
    client.subscribe("a", "subscription { fails }").await;
    assert_eq!(client.hear().await["payload"]["data"]["fails"], 1);
    let said = client.hear().await;
    assert!(!said.to_string().contains("secret"), "{said}");
    assert_eq!(
        said["payload"]["errors"][0]["extensions"]["code"],
        "INTERNAL"
    );
}

#[tokio::test]
async fn no_event_goes_out_when_its_audit_cannot_be_written() {
    let app = app(manners()).await;
    let mut client = signed_in(&app).await;
    app.gate.0.cannot_close.store(true, Ordering::SeqCst);
    client.subscribe("a", "subscription { count(to: 3) }").await;
    assert_eq!(
        client.hear_code().await,
        ("a".to_owned(), "INTERNAL".to_owned())
    );
}

#[tokio::test]
async fn the_protocol_is_held_to() {
    let app = app(manners()).await;
    for (said, code) in [
        (
            Message::Text(
                json!({ "type": "connection_init", "payload": { "token": "kaisa" } })
                    .to_string()
                    .into(),
            ),
            4429,
        ),
        (Message::Text("{".into()), 4400),
        (Message::Text("[]".into()), 4400),
        (Message::Text(r#"{"type":"next"}"#.into()), 4400),
        (
            Message::Text(
                r#"{"type":"subscribe","payload":{"query":"subscription{ticks}"}}"#.into(),
            ),
            4400,
        ),
        (
            Message::Text(
                r#"{"type":"subscribe","id":"","payload":{"query":"subscription{ticks}"}}"#.into(),
            ),
            4400,
        ),
        (
            Message::Text(r#"{"type":"subscribe","id":"a","payload":{"query":1}}"#.into()),
            4400,
        ),
        (
            Message::Text(r#"{"type":"complete","id":"\u0000"}"#.into()),
            4400,
        ),
        (Message::Binary(b"{}".to_vec().into()), 4400),
        (
            Message::Text(
                json!({ "type": "ping", "payload": "x".repeat(70 * 1024) })
                    .to_string()
                    .into(),
            ),
            4400,
        ),
    ] {
        let mut client = signed_in(&app).await;
        client.0.send(said.clone()).await.unwrap();
        assert_eq!(client.close_code().await, code, "{said:.80}");
    }
    let mut client = signed_in(&app).await;
    client.subscribe("a", "subscription { ticks }").await;
    client.subscribe("a", "subscription { ticks }").await;
    assert_eq!(client.close_code().await, 4409);
}

#[tokio::test]
async fn a_socket_holds_only_so_many_subscriptions() {
    let app = app(Manners {
        subscriptions: 2,
        ..manners()
    })
    .await;
    let mut client = signed_in(&app).await;
    for id in ["a", "b", "c"] {
        client.subscribe(id, "subscription { ticks }").await;
    }
    loop {
        let said = client.hear().await;
        if said["type"] == "error" {
            assert_eq!(said["id"], "c");
            assert_eq!(said["payload"][0]["extensions"]["limit"], "subscriptions");
            break;
        }
    }
    client.say(json!({ "type": "complete", "id": "a" })).await;
    client.subscribe("c", "subscription { count(to: 1) }").await;
    loop {
        let said = client.hear().await;
        assert_ne!(said["type"], "error", "{said}");
        if said["id"] == "c" {
            break;
        }
    }
}

#[tokio::test]
async fn a_session_that_ends_closes_its_socket() {
    let app = app(Manners {
        recheck_every: ms(100),
        ..manners()
    })
    .await;
    let mut client = signed_in(&app).await;
    client.subscribe("a", "subscription { ticks }").await;
    tokio::time::sleep(ms(250)).await;
    app.gate.0.withdrawn.store(true, Ordering::SeqCst);
    assert_eq!(client.close_code().await, 4401);
    assert_eq!(app.gate.0.dropped.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_store_that_is_down_for_a_moment_closes_no_socket() {
    let app = app(Manners {
        recheck_every: ms(100),
        ..manners()
    })
    .await;
    let mut client = signed_in(&app).await;
    app.gate.0.store_is_down.store(true, Ordering::SeqCst);
    tokio::time::sleep(ms(150)).await;
    app.gate.0.store_is_down.store(false, Ordering::SeqCst);
    tokio::time::sleep(ms(300)).await;
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.hear().await, json!({ "type": "pong" }));
    app.gate.0.store_is_down.store(true, Ordering::SeqCst);
    assert_eq!(client.close_code().await, 1013);
}

#[tokio::test]
async fn a_client_that_is_not_there_any_more_is_let_go() {
    let app = app(Manners {
        ping_every: ms(100),
        ..manners()
    })
    .await;
    let mut client = signed_in(&app).await;
    client.subscribe("a", "subscription { ticks }").await;
    client.hear().await;
    // Its websocket is not read any more, so it answers no ping.
    for _ in 0..50 {
        tokio::time::sleep(ms(50)).await;
        if app.gate.0.dropped.load(Ordering::SeqCst) == 1 {
            return;
        }
    }
    panic!("still waited for");
}

#[tokio::test]
async fn sockets_are_told_when_the_program_stops() {
    let mut app = app(manners()).await;
    let mut silent = open(&app, &[PROTOCOL]).await.ok().unwrap();
    let mut client = signed_in(&app).await;
    client.subscribe("a", "subscription { ticks }").await;
    client.hear().await;
    app.stop.take().unwrap().send(()).unwrap();
    assert_eq!(client.close_code().await, 1001);
    assert_eq!(silent.close_code().await, 1001);
    drop((client, silent));
    timeout(Duration::from_secs(3), app.task)
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn a_socket_answers_known_documents_alone_too() {
    let file = format!("rinnalla_trusted_{}_socket.json", std::process::id());
    let file = std::env::temp_dir().join(file);
    std::fs::write(&file, r#"{ "a": "subscription { count(to: 1) }" }"#).unwrap();
    let documents = TrustedDocuments::read(&file).unwrap();
    std::fs::remove_file(file).unwrap();
    let app = app_with(trusting(documents), manners(), Patience::default()).await;
    let mut client = signed_in(&app).await;
    client
        .subscribe("a", "subscription { count(to: 1), }")
        .await;
    assert_eq!(client.hear().await["payload"]["data"]["count"], 0);
    assert_eq!(client.hear().await["type"], "complete");
    client.subscribe("b", "subscription { count(to: 2) }").await;
    let refused = ("b".to_owned(), "UNKNOWN_DOCUMENT".to_owned());
    assert_eq!(client.hear_code().await, refused);
}
