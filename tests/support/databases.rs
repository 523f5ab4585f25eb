//! A fresh, migrated database for each test: a SQLite file, or a database made from one template on a private
//! PostgreSQL cluster (or the server of `TEST_DATABASE_URL`).

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use rinnalla_domain::store::Store;
use sea_orm::{ConnectionTrait as _, Database};
use tokio::sync::OnceCell;

use super::machine::{left_out, say};

/// Which of the two databases a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A database that is gone soon after this is dropped: SQLite's folder at once, PostgreSQL's database before the next
/// one is made, since twelve megabytes a test would fill a small disk.
pub struct TestDatabase {
    pub url: String,
    pub kind: Kind,
    folder: Option<PathBuf>,
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
        if self.kind == Kind::Postgres
            && let Some((_, name)) = self.url.rsplit_once('/')
        {
            DONE_WITH.lock().unwrap().push(name.to_owned());
        }
    }
}

/// PostgreSQL's databases that no test looks at any more.
static DONE_WITH: Mutex<Vec<String>> = Mutex::new(Vec::new());

static NUMBER: AtomicU32 = AtomicU32::new(0);

fn fresh_name() -> String {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("rinnalla_test_{}_{number}", std::process::id())
}

/// A fresh database; `None` where there is no PostgreSQL to be had.
pub async fn fresh(kind: Kind) -> Option<TestDatabase> {
    match kind {
        Kind::Sqlite => Some(fresh_sqlite().await),
        Kind::Postgres => fresh_postgres().await,
    }
}

/// SQLite's template is migrated once; each test gets a copy of its bytes.
async fn fresh_sqlite() -> TestDatabase {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let template = TEMPLATE
        .get_or_init(|| async {
            let folder = std::env::temp_dir().join(fresh_name());
            std::fs::create_dir_all(&folder).unwrap();
            let file = folder.join("template.db");
            migrate(&format!("sqlite:{}", file.display())).await;
            let template = std::fs::read(&file).unwrap();
            std::fs::remove_dir_all(&folder).unwrap();
            template
        })
        .await;
    let folder = std::env::temp_dir().join(fresh_name());
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("register.db");
    std::fs::write(&file, template).unwrap();
    TestDatabase {
        url: format!("sqlite:{}", file.display()),
        kind: Kind::Sqlite,
        folder: Some(folder),
    }
}

async fn fresh_postgres() -> Option<TestDatabase> {
    static TEMPLATE: OnceCell<Option<(String, String)>> = OnceCell::const_new();
    let (server, template) = TEMPLATE
        .get_or_init(|| async {
            let server = server()?;
            let template = fresh_name();
            sql(&server, &[format!("CREATE DATABASE {template}")]).await;
            migrate(&format!("{server}/{template}")).await;
            Some((server, template))
        })
        .await
        .as_ref()?;
    let name = fresh_name();
    let mut statements: Vec<_> = std::mem::take(&mut *DONE_WITH.lock().unwrap())
        .into_iter()
        .map(|done| format!("DROP DATABASE {done} WITH (FORCE)"))
        .collect();
    statements.push(format!("CREATE DATABASE {name} TEMPLATE {template}"));
    sql(server, &statements).await;
    Some(TestDatabase {
        url: format!("{server}/{name}"),
        kind: Kind::Postgres,
        folder: None,
    })
}

async fn migrate(url: &str) {
    let store = Store::open(url).await.unwrap();
    store
        .migrate_with(|db| async move { rinnalla_migration::migrate(&db).await })
        .await
        .unwrap();
    store.close().await.unwrap();
}

async fn sql(server: &str, statements: &[String]) {
    // Copying a template fails while someone looks at it: one at a time.
    static ONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _one = ONE.lock().await;
    let db = Database::connect(quiet(&format!("{server}/postgres")))
        .await
        .unwrap();
    for statement in statements {
        db.execute_unprepared(statement).await.unwrap();
    }
    db.close().await.unwrap();
}

/// The server's address without a database; started once a test process.
fn server() -> Option<String> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    SERVER
        .get_or_init(|| {
            if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
                let (server, _) = url
                    .rsplit_once('/')
                    .expect("TEST_DATABASE_URL ends in /database");
                say("tests run on SQLite and on the PostgreSQL of TEST_DATABASE_URL");
                return Some(server.to_owned());
            }
            let Some(programs) = programs() else {
                left_out("tests run on SQLite alone: PostgreSQL's programs were not found");
                return None;
            };
            say(&format!(
                "tests run on SQLite and on a private PostgreSQL of {}",
                programs.display()
            ));
            Some(start(&programs))
        })
        .clone()
}

/// The folder of `initdb` and `postgres`: Debian's versioned ones first, then the PATH.
fn programs() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    versions.sort();
    versions.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    versions
        .into_iter()
        .chain(std::env::split_paths(&path))
        .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

/// Starts a cluster that ends with this process: a shell waits for the end of its input, which we hold, then stops
/// the server and removes the folder. The server refuses root, so as root it runs as the user `postgres`.
fn start(programs: &Path) -> String {
    const SCRIPT: &str = r#"
        trap '' INT TERM HUP
        as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
        mkdir -p "$2"
        if [ "$(id -u)" = 0 ]; then chown postgres "$2"; fi
        as "$1/initdb" -D "$2/data" -U postgres --auth=trust -E UTF8 --locale=C >"$2.log" 2>&1
        as "$1/pg_ctl" -D "$2/data" -l "$2/server.log" -w start \
            -o "-p $3 -k $2 -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB" \
            >>"$2.log" 2>&1 && echo ready || echo failed
        cat >/dev/null
        as "$1/pg_ctl" -D "$2/data" -m immediate stop >>"$2.log" 2>&1
        rm -rf "$2" "$2.log"
    "#;
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let folder = std::env::temp_dir().join(format!("rinnalla_pg_{}", std::process::id()));
    let mut shell = Command::new("bash")
        .args(["-c", SCRIPT, "cluster"])
        .arg(programs)
        .arg(&folder)
        .arg(port.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut output = std::io::BufReader::new(shell.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut output, &mut line).unwrap();
    assert_eq!(
        line.trim(),
        "ready",
        "the private PostgreSQL did not start: see {}.log",
        folder.display()
    );
    // Held until the process ends: that is what the shell waits for.
    std::mem::forget(shell);
    format!("postgres://postgres@127.0.0.1:{port}")
}

/// Without the pool's upkeep, which has been seen to spin for ever.
pub fn quiet(url: &str) -> sea_orm::ConnectOptions {
    let mut options = sea_orm::ConnectOptions::new(url);
    options.idle_timeout(None).max_lifetime(None);
    options
}
