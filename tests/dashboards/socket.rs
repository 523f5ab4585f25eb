//! The news over a real socket, from the sign-in to the event.

use futures_util::{SinkExt as _, StreamExt as _};
use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::path::Path;
use crate::on_both;

type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn say(client: &mut Client, message: Value) {
    client
        .send(Message::text(message.to_string()))
        .await
        .unwrap();
}

async fn hear(client: &mut Client) -> Value {
    loop {
        let message = timeout(Duration::from_secs(20), client.next()).await;
        match message.expect("nothing was said").unwrap().unwrap() {
            Message::Text(text) => return serde_json::from_str(&text).unwrap(),
            Message::Ping(_) | Message::Pong(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

on_both! {
    async fn a_dashboard_hears_over_its_socket_that_something_changed(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-11-23", true).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let settings = rinnalla_api::Settings::default();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let server = tokio::spawn(rinnalla_api::serve(app.register.clone(), settings, listener, Box::pin(async {
            let _ = stopped.await;
        })));

        let mut request = format!("ws://{address}/graphql/ws").into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        let (mut client, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        say(&mut client, json!({ "type": "connection_init", "payload": { "token": path.kaisa.token } })).await;
        assert_eq!(hear(&mut client).await["type"], "connection_ack");
        let query = "subscription { changes { kind id at } }";
        say(&mut client, json!({ "type": "subscribe", "id": "1", "payload": { "query": query } })).await;
        // The protocol acknowledges no subscription, so it is given the time to begin.
        sleep(Duration::from_secs(2)).await;
        path.pause(&app, relationship).await;
        let event = hear(&mut client).await;
        assert_eq!((&event["type"], &event["id"]), (&json!("next"), &json!("1")));
        let change = &event["payload"]["data"]["changes"];
        assert_eq!(change["kind"], "SUPPORT_RELATIONSHIP");
        assert_eq!(change["id"], json!(relationship.encode()));

        say(&mut client, json!({ "type": "complete", "id": "1" })).await;
        drop(client);
        stop.send(()).unwrap();
        server.await.unwrap().unwrap();
    }
}
