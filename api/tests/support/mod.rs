//! A toy server on a port of its own, and a client that can misbehave.

pub mod toy;

use std::{net::SocketAddr, time::Duration};

use rinnalla_api::{
    server::{Drain, Patience, serve},
    socket::Manners,
    transport::Policy,
};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};

pub const GRAPHQL: &str = "application/graphql-response+json";
pub const JSON: &str = "application/json";

pub struct App {
    pub address: SocketAddr,
    pub gate: toy::ToyGate,
    pub drain: Drain,
    pub stop: Option<oneshot::Sender<()>>,
    pub task: JoinHandle<()>,
}

pub async fn app() -> App {
    app_with(Policy::default(), Manners::default(), Patience::default()).await
}

pub async fn app_with(policy: Policy, manners: Manners, patience: Patience) -> App {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (gate, drain) = (toy::ToyGate::default(), Drain::default());
    let routes = toy::app(&gate, policy, manners, &drain);
    let (stop, stopped) = oneshot::channel::<()>();
    let told = async {
        let _ = stopped.await;
    };
    let serving = serve(listener, routes, drain.clone(), patience, told);
    let task = tokio::spawn(async { serving.await.unwrap() });
    App {
        address,
        gate,
        drain,
        stop: Some(stop),
        task,
    }
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub fn limit(&self) -> String {
        self.json()["errors"][0]["extensions"]["limit"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

impl App {
    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends a request as it is written and reads the answer.
    pub async fn raw(&self, request: impl AsRef<[u8]>) -> Reply {
        let mut stream = self.connect().await;
        stream.write_all(request.as_ref()).await.unwrap();
        read(&mut stream).await.expect("an answer")
    }

    /// POSTs a body with further header lines.
    pub async fn post(&self, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
        self.raw(post(headers, body.as_ref())).await
    }

    /// POSTs a query as a client of today does.
    pub async fn ask(&self, query: &str) -> Reply {
        self.ask_with(query, serde_json::json!({}), &[]).await
    }

    pub async fn ask_with(&self, query: &str, variables: Value, more: &[(&str, &str)]) -> Reply {
        let body = serde_json::json!({ "query": query, "variables": variables }).to_string();
        let mut headers = vec![("content-type", JSON), ("accept", GRAPHQL)];
        headers.extend(more);
        self.post(&headers, body).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.raw(format!(
            "GET {path} HTTP/1.1\r\nhost: x\r\naccept: {GRAPHQL}\r\n\r\n"
        ))
        .await
    }
}

pub fn post(headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut request = b"POST /graphql HTTP/1.1\r\nhost: x\r\n".to_vec();
    for (name, value) in headers {
        request.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    request.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    request.extend_from_slice(body);
    request
}

/// One answer; nothing if the connection ends, or 10 seconds go by, before it is whole.
pub async fn read(stream: &mut TcpStream) -> Option<Reply> {
    let mut bytes = Vec::new();
    let whole = async {
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let mut reply = Reply {
                    status: 0,
                    head: head.to_owned(),
                    text: body.to_owned(),
                };
                reply.status = head.split(' ').nth(1)?.parse().ok()?;
                let length: usize = reply.header("content-length").unwrap_or("0").parse().ok()?;
                if reply.text.len() >= length {
                    return Some(reply);
                }
            }
            let mut chunk = [0; 4096];
            match stream.read(&mut chunk).await {
                Ok(0) | Err(_) => return None,
                Ok(read) => bytes.extend_from_slice(&chunk[..read]),
            }
        }
    };
    timeout(Duration::from_secs(10), whole).await.ok().flatten()
}
