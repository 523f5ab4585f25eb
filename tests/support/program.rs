//! The program itself, run as an administrator runs it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use super::databases::{self, Kind, TestDatabase};
use super::machine::Folder;

/// Declares tests that run the program on both databases: `name::sqlite` and `name::postgres`.
macro_rules! on_both_installations {
    ($(fn $name:ident($it:ident: Installation) $body:block)+) => {
        $(mod $name {
            #[allow(unused_imports)]
            use super::*;
            use $crate::support::databases::Kind;

            fn it($it: $crate::support::program::Installation) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                if let Some(installation) = $crate::support::program::Installation::on(Kind::Sqlite).await {
                    it(installation);
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(installation) = $crate::support::program::Installation::on(Kind::Postgres).await {
                    it(installation);
                }
            }
        })+
    };
}
pub(crate) use on_both_installations;

/// A folder with a key file, and a database.
pub struct Installation {
    pub folder: Folder,
    pub database: Option<TestDatabase>,
}

impl Installation {
    /// An installation on a fresh database; `None` where this one is not to be had.
    pub async fn on(kind: Kind) -> Option<Self> {
        let database = databases::fresh(kind).await?;
        let it = Self {
            folder: Folder::new("rinnalla-program"),
            database: Some(database),
        };
        it.must(&["migrate"]);
        Some(it)
    }

    /// An empty folder without a database.
    pub fn empty() -> Self {
        Self {
            folder: Folder::new("rinnalla-program"),
            database: None,
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program in the folder, with nothing of this machine's settings.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rinnalla"));
        command.args(args).current_dir(self.path()).env_clear();
        for kept in ["PATH", "TMPDIR", "HOME"] {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        if let Some(database) = &self.database {
            command.env("DATABASE_URL", &database.url);
        }
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs a command that must end well; what it printed.
    #[track_caller]
    pub fn must(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {told}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Runs a command that must not end well; its exit code and what it said.
    #[track_caller]
    pub fn refused(&self, args: &[&str]) -> (i32, String) {
        let output = self.run(args);
        let code = output.status.code().unwrap_or(-1);
        assert_ne!(code, 0, "{args:?} ended well");
        (code, String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Starts a command that goes on.
    pub fn start(&self, args: &[&str]) -> Running {
        Running::of(self.command(args))
    }
}

/// A process under way; it is killed when this is dropped.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
    pub said: Vec<String>,
}

impl Running {
    pub fn of(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let (tell, lines) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            lines,
            said: Vec::new(),
        }
    }

    /// Waits for a line that holds a text, and returns it.
    #[track_caller]
    pub fn hear(&mut self, text: &str) -> String {
        loop {
            match self.lines.recv_timeout(Duration::from_secs(60)) {
                Ok(line) => {
                    self.said.push(line.clone());
                    if line.contains(text) {
                        return line;
                    }
                }
                Err(_) => panic!("{text:?} was not said: {:#?}", self.said),
            }
        }
    }

    /// Asks it to stop, and waits for that; its exit code.
    pub fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.unwrap().success());
        let ended = self.child.wait().unwrap().code();
        self.said.extend(self.lines.try_iter());
        ended
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks over HTTP; the status and the body.
pub fn http(address: &str, path: &str, token: &str, body: Option<Value>) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    let (method, body) = match body {
        Some(body) => ("POST", body.to_string()),
        None => ("GET", String::new()),
    };
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let body = answer.split_once("\r\n\r\n").unwrap().1.to_owned();
    (status, body)
}

/// Asks a GraphQL question.
#[track_caller]
pub fn ask(address: &str, token: &str, query: &str, variables: Value) -> Value {
    let body = json!({ "query": query, "variables": variables });
    let (_, text) = http(address, "/graphql", token, Some(body));
    let begins = text.find('{').unwrap_or_default();
    let ends = text.rfind('}').map_or(0, |at| at + 1);
    serde_json::from_str(&text[begins..ends]).unwrap_or_else(|_| panic!("{text}"))
}

/// Waits until somebody listens.
#[track_caller]
pub fn wait_for(address: &str) {
    for _ in 0..600 {
        if TcpStream::connect(address).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("nobody listens on {address}");
}

/// A port that nobody listens on.
pub fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}
