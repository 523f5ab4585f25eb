//! Connections that dawdle, and the end of the program.

use std::time::{Duration, Instant};

use rinnalla_api::{server::Patience, socket::Manners, transport::Policy};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{sleep, timeout},
};

use crate::support::{App, JSON, app_with, post, read};

async fn app(patience: Patience) -> App {
    app_with(Policy::default(), Manners::default(), patience).await
}

fn ms(time: u64) -> Duration {
    Duration::from_millis(time)
}

/// How long it took until the server hung up.
async fn until_hung_up(stream: &mut tokio::net::TcpStream) -> Duration {
    let begun = Instant::now();
    let mut rest = Vec::new();
    let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut rest))
        .await
        .expect("hung up");
    begun.elapsed()
}

#[tokio::test]
async fn a_header_that_trickles_is_cut_off() {
    let app = app(Patience {
        header: ms(300),
        ..Patience::default()
    })
    .await;
    let (mut receive, mut send) = app.connect().await.into_split();
    let trickle = tokio::spawn(async move {
        for byte in b"GET /graphql?query=%7Bhello%7D HTTP/1.1\r\nhost: x\r\nx-slow: 1"
            .iter()
            .cycle()
        {
            if send.write_all(&[*byte]).await.is_err() {
                return;
            }
            sleep(ms(20)).await;
        }
    });
    let begun = Instant::now();
    let mut rest = Vec::new();
    let _ = timeout(Duration::from_secs(5), receive.read_to_end(&mut rest))
        .await
        .expect("hung up");
    assert!(begun.elapsed() < ms(1500), "{:?}", begun.elapsed());
    trickle.abort();
}

#[tokio::test]
async fn a_connection_may_be_idle_for_longer_than_a_header_may_take() {
    let app = app(Patience {
        header: ms(200),
        idle: ms(900),
        ..Patience::default()
    })
    .await;
    let mut stream = app.connect().await;
    for _ in 0..3 {
        let request = post(&[("content-type", JSON)], br#"{"query":"{ hello }"}"#);
        stream.write_all(&request).await.unwrap();
        assert_eq!(read(&mut stream).await.unwrap().status, 200);
        sleep(ms(400)).await;
    }
    assert!(until_hung_up(&mut stream).await < ms(1500));
    let mut silent = app.connect().await;
    assert!(until_hung_up(&mut silent).await < ms(1500));
}

#[tokio::test]
async fn a_slow_answer_does_not_count_as_a_slow_header() {
    let app = app(Patience {
        header: ms(100),
        idle: ms(300),
        ..Patience::default()
    })
    .await;
    let reply = app.ask("{ slow(ms: 600) }").await;
    assert_eq!(reply.json()["data"]["slow"], "vihdoin");
}

#[tokio::test]
async fn a_large_header_is_refused() {
    let app = app(Patience::default()).await;
    let large = "x".repeat(40 * 1024);
    let reply = app
        .raw(format!(
            "GET /graphql HTTP/1.1\r\nhost: x\r\nx-large: {large}\r\n\r\n"
        ))
        .await;
    assert_eq!(reply.status, 431);
}

#[tokio::test]
async fn a_client_that_does_not_take_its_answer_is_let_go() {
    let app = app(Patience {
        write: ms(300),
        connections: 1,
        ..Patience::default()
    })
    .await;
    let mut stream = app.connect().await;
    let body = json!({ "query": "{ large(bytes: 30000000) }" }).to_string();
    stream
        .write_all(&post(&[("content-type", JSON)], body.as_bytes()))
        .await
        .unwrap();
    // There is one place, so this is answered only once the other has been let go.
    let reply = timeout(Duration::from_secs(8), app.ask("{ hello }"))
        .await
        .unwrap();
    assert_eq!(reply.status, 200);
    drop(stream);
}

#[tokio::test]
async fn connections_over_the_limit_wait_for_their_turn() {
    let app = app(Patience {
        connections: 1,
        idle: ms(500),
        ..Patience::default()
    })
    .await;
    let holds = app.connect().await;
    sleep(ms(50)).await;
    let begun = Instant::now();
    assert_eq!(app.ask("{ hello }").await.status, 200);
    assert!(begun.elapsed() > ms(200), "{:?}", begun.elapsed());
    drop(holds);
}

#[tokio::test]
async fn what_is_under_way_is_finished_and_nothing_new_begun() {
    let mut app = app(Patience::default()).await;
    let mut idle = app.connect().await;
    let mut kept = app.connect().await;
    let ready = b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n";
    kept.write_all(ready).await.unwrap();
    assert_eq!(read(&mut kept).await.unwrap().status, 200);
    let mut busy = app.connect().await;
    let body = json!({ "query": "{ slow(ms: 400) }" }).to_string();
    busy.write_all(&post(&[("content-type", JSON)], body.as_bytes()))
        .await
        .unwrap();
    sleep(ms(100)).await;

    app.stop.take().unwrap().send(()).unwrap();
    sleep(ms(50)).await;
    assert!(app.drain.is_stopping());
    assert!(until_hung_up(&mut idle).await < ms(100));
    assert!(until_hung_up(&mut kept).await < ms(100));
    assert!(tokio::net::TcpStream::connect(app.address).await.is_err());
    assert_eq!(
        read(&mut busy).await.unwrap().json()["data"]["slow"],
        "vihdoin"
    );
    timeout(Duration::from_secs(2), app.task)
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn readiness_goes_off_with_the_drain() {
    let app = app(Patience::default()).await;
    assert_eq!(app.get("/readyz").await.status, 200);
    app.drain.stop();
    let mut stream = app.connect().await;
    stream
        .write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    if let Some(reply) = read(&mut stream).await {
        assert_eq!(reply.status, 503);
    }
}

#[tokio::test]
async fn what_does_not_end_in_time_is_cut_off() {
    let mut app = app(Patience {
        drain: ms(300),
        ..Patience::default()
    })
    .await;
    let mut busy = app.connect().await;
    let body = json!({ "query": "{ slow(ms: 60000) }" }).to_string();
    busy.write_all(&post(&[("content-type", JSON)], body.as_bytes()))
        .await
        .unwrap();
    sleep(ms(100)).await;
    app.stop.take().unwrap().send(()).unwrap();
    timeout(Duration::from_secs(2), app.task)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        app.gate.0.dropped.load(std::sync::atomic::Ordering::SeqCst),
        1
    );
}
