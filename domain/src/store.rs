//! The database: one writer on SQLite, a pool on PostgreSQL.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{self, ConnectOptions as _, SqliteConnection};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection,
    DatabaseTransaction, DbBackend, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};

use crate::access::{Remembered, SignIns};
use crate::act::Acts;
use crate::audit::journal::Journal;
use crate::error::{Error, Result};
use crate::reach::Questions;
use crate::statements::{Lent, Statements};

/// Connections that one process keeps to PostgreSQL for single statements, and again for transactions; more were slower when
/// measured.
const POOL: u32 = 8;
/// How long a caller waits for a free connection before it is told `UNAVAILABLE`.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(2);
/// How long one statement may run.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(5);
/// After how many steps of SQLite's machine the time is looked at: about every millisecond.
const STEPS_BETWEEN_LOOKS: i32 = 20_000;

/// Told of every statement that is sent: its text, never its values.
pub type Observer = Arc<dyn Fn(&str) + Send + Sync>;

/// The register's database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    /// For single statements that ask.
    read: Statements,
    /// For single statements that change something.
    write: Statements,
    /// For transactions.
    acts: DatabaseConnection,
    count: DatabaseConnection,
    journal: Journal,
    at_once: Acts,
    questions: Questions,
    sign_ins: SignIns,
    remembered: Remembered,
}

impl Store {
    /// Connects to `sqlite:PATH` (the file is made where it is missing) or `postgres://…`.
    ///
    /// Errors: `Unavailable` where the database cannot be reached, `Internal` where its settings would lose answered
    /// changes.
    pub async fn open(url: &str) -> Result<Self> {
        Self::open_observed(url, None).await
    }

    /// The same, with every statement's text told to `observer`.
    pub async fn open_observed(url: &str, observer: Option<Observer>) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let file = format!("sqlite:{}?mode=rwc", path.trim_start_matches("//"));
            let write = connect(options(&file, 1), observer.clone()).await?;
            let mut reading = options(&file, 4);
            reading
                .map_sqlx_sqlite_pool_opts(|pool| {
                    pool.after_connect(|new, _| Box::pin(async move { limit_time(new).await }))
                })
                .map_sqlx_sqlite_before_acquire(|rested, _| {
                    Box::pin(async move { limit_time(rested).await.map(|()| true) })
                });
            let mut counting = options(&file, 1);
            counting.min_connections(0).connect_lazy(true);
            let count = connect(counting, observer.clone()).await?;
            let read = connect(reading, observer).await?;
            return Ok(Self {
                read: Statements::Kept(read),
                write: Statements::Kept(write.clone()),
                acts: write,
                count,
                journal: Journal::default(),
                at_once: Acts::default(),
                questions: Questions::default(),
                sign_ins: SignIns::default(),
                remembered: Remembered::default(),
            });
        }
        let mut options = options(url, POOL);
        options.statement_timeout(STATEMENT_TIMEOUT);
        let pool = connect(options, observer.clone()).await?;
        let row = pool
            .query_one_raw(sea_orm::Statement::from_string(
                DbBackend::Postgres,
                "SELECT current_setting('synchronous_commit') AS v",
            ))
            .await?;
        let setting: String = row
            .ok_or_else(|| Error::internal("no settings"))?
            .try_get("", "v")?;
        if setting == "off" {
            return Err(Error::internal(
                "synchronous_commit is off: answered changes could be lost",
            ));
        }
        let single: PgConnectOptions = url.parse().map_err(|_| Error::Unavailable)?;
        let timeout = STATEMENT_TIMEOUT.as_millis().to_string();
        let single = on_postgres(single)
            .options([("statement_timeout", timeout)])
            .disable_statement_logging();
        let single = Lent::new(single, POOL as usize, ACQUIRE_TIMEOUT, observer);
        Ok(Self {
            read: Statements::Lent(single.clone()),
            write: Statements::Lent(single),
            count: pool.clone(),
            acts: pool,
            journal: Journal::default(),
            at_once: Acts::default(),
            questions: Questions::default(),
            sign_ins: SignIns::default(),
            remembered: Remembered::default(),
        })
    }

    /// Whether this is PostgreSQL (else SQLite).
    pub fn is_postgres(&self) -> bool {
        self.backend() == DbBackend::Postgres
    }

    /// Lends the writing connection to the migrations, which bring the schema up or look at its level.
    pub async fn migrate_with<F, T, E>(
        &self,
        migrate: impl FnOnce(DatabaseConnection) -> F,
    ) -> std::result::Result<T, E>
    where
        F: Future<Output = std::result::Result<T, E>>,
    {
        migrate(self.acts.clone()).await
    }

    /// Lends a reading connection to whoever looks at the schema's level.
    pub async fn look_with<F, T, E>(
        &self,
        look: impl FnOnce(DatabaseConnection) -> F,
    ) -> std::result::Result<T, E>
    where
        F: Future<Output = std::result::Result<T, E>>,
    {
        look(self.acts.clone()).await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.acts.ping().await?)
    }

    /// Closes all connections.
    pub async fn close(self) -> Result<()> {
        match &self.read {
            Statements::Kept(read) => {
                read.clone().close().await?;
                self.count.close().await?;
            }
            Statements::Lent(single) => single.close(),
        }
        Ok(self.acts.close().await?)
    }

    /// What questions have looked at, on its way into the access log.
    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Acts that are one write, on their way into the database.
    pub(crate) fn at_once(&self) -> &Acts {
        &self.at_once
    }

    /// Questions that are asked together, on their way to the database.
    pub(crate) fn questions(&self) -> &Questions {
        &self.questions
    }

    /// Tokens that are being looked up.
    pub(crate) fn sign_ins(&self) -> &SignIns {
        &self.sign_ins
    }

    /// Who signed in lately.
    pub(crate) fn remembered(&self) -> &Remembered {
        &self.remembered
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// For questions.
    pub(crate) fn reader(&self) -> &Statements {
        &self.read
    }

    /// For single statements that change something outside an act (the outbox, the logs).
    pub(crate) fn writer(&self) -> &Statements {
        &self.write
    }

    /// What transactions are begun on.
    pub(crate) fn acts(&self) -> &DatabaseConnection {
        &self.acts
    }

    /// Begins a transaction that only reads, sees one state of the register throughout, and may take its time: for counting.
    /// Nobody waits for it; on SQLite it has a connection of its own, since questions are cut off after a while.
    pub(crate) async fn begin_count(&self) -> Result<DatabaseTransaction> {
        if !self.is_postgres() {
            return Ok(self.count.begin().await?);
        }
        let options = TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..Default::default()
        };
        let tx = self.count.begin_with_options(options).await?;
        tx.execute_unprepared("SET LOCAL statement_timeout = 0")
            .await?;
        Ok(tx)
    }

    /// Begins a transaction that will write. SQLite takes its write lock at once: a transaction that read first
    /// would fail with BUSY when another one wrote meanwhile.
    pub(crate) async fn begin_write(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        Ok(self.acts.begin_with_options(options).await?)
    }
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        // The pool's own upkeep has been seen to spin for ever; connections live as long as their server.
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("foreign_keys", "ON")
                .pragma("busy_timeout", "5000")
                .pragma("cache_size", "-16000")
        })
        .map_sqlx_postgres_opts(on_postgres);
    options
}

/// What every connection to PostgreSQL is set to. Compiling a plan costs more than any of ours takes: planning notices over
/// 100,000 open reviews took 5 s with it and a fifth of a second without.
fn on_postgres(options: PgConnectOptions) -> PgConnectOptions {
    options
        .statement_cache_capacity(500)
        .options([("jit", "off")])
}

/// SQLite knows no time limit for a statement, but asks every so often whether to go on. A question takes its
/// connection for one statement, so its time begins when it takes it.
async fn limit_time(connection: &mut SqliteConnection) -> std::result::Result<(), sqlx::Error> {
    let began = Instant::now();
    let is_in_time = move || began.elapsed() < STATEMENT_TIMEOUT;
    let mut handle = connection.lock_handle().await?;
    handle.set_progress_handler(STEPS_BETWEEN_LOOKS, is_in_time);
    Ok(())
}

async fn connect(
    options: ConnectOptions,
    observer: Option<Observer>,
) -> Result<DatabaseConnection> {
    let mut db = Database::connect(options).await?;
    if let Some(observer) = observer {
        db.set_metric_callback(move |info| observer(&info.statement.sql));
    }
    Ok(db)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_question_without_an_end_is_cut_off_on_sqlite_too() {
        const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
             SELECT count(*) AS v FROM n";
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register.db");
        let store = Store::open(&format!("sqlite:{}", file.display()))
            .await
            .unwrap();
        for _ in 0..2 {
            let cut = crate::sql::Sql::new(ENDLESS);
            let cut = cut.all::<sea_orm::JsonValue>(store.reader(), []).await;
            assert!(matches!(cut, Err(Error::Unavailable)), "{cut:?}");
        }
        store.ping().await.unwrap();
        store.close().await.unwrap();
    }
}
