//! Single statements: what a question asks, what the logs are written with.
//!
//! On PostgreSQL they have connections of their own. sqlx's pool asks the server at every return of a connection whether it
//! still lives, in a task that it begins for that: a second trip to the database for each statement. Here a connection
//! whose statement came to its end goes straight to the next. Where a request is given up half-way, or the statement failed
//! for the connection's sake, what is still to come is read away first, and a connection that does not answer is closed.
//! Transactions, which are few beside them, keep to SeaORM's pool.

use std::time::Duration;

use async_trait::async_trait;
use deadpool::managed::{self, Metrics, Object, Pool, PoolError, QueueMode, RecycleResult};
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{self, AssertSqlSafe, ConnectOptions as _, Connection as _, query_with};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult,
    RuntimeErr, Statement, Values,
};
use sea_query_sqlx::SqlxValues;

use crate::store::Observer;

/// After how long without use a connection is asked whether it still lives.
const ASK_AFTER: Duration = Duration::from_secs(30);
/// How long a statement that was given up may take to its end: twice what any may take.
const END_WITHIN: Duration = Duration::from_secs(10);

/// Where single statements are sent.
#[derive(Clone, Debug)]
pub(crate) enum Statements {
    /// SQLite: as SeaORM keeps it.
    Kept(DatabaseConnection),
    /// PostgreSQL.
    Lent(Lent),
}

/// Connections that are lent for one statement each.
#[derive(Clone)]
pub(crate) struct Lent {
    pool: Pool<Manager>,
    observer: Option<Observer>,
}

impl std::fmt::Debug for Lent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.pool.status())
    }
}

struct Manager(PgConnectOptions);

impl managed::Manager for Manager {
    type Type = PgConnection;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<PgConnection, sqlx::Error> {
        Box::pin(self.0.connect()).await
    }

    async fn recycle(
        &self,
        connection: &mut PgConnection,
        metrics: &Metrics,
    ) -> RecycleResult<sqlx::Error> {
        if metrics.last_used() > ASK_AFTER {
            connection.ping().await?;
        }
        Ok(())
    }
}

impl Lent {
    /// Connections to one database, none of which is open yet. `wait` is how long a statement waits for one.
    pub fn new(
        options: PgConnectOptions,
        most: usize,
        wait: Duration,
        observer: Option<Observer>,
    ) -> Self {
        let pool = Pool::builder(Manager(options))
            .max_size(most)
            .queue_mode(QueueMode::Lifo)
            .wait_timeout(Some(wait))
            .create_timeout(Some(wait))
            .recycle_timeout(Some(wait))
            .runtime(deadpool::Runtime::Tokio1)
            .build();
        // It fails for want of a runtime alone, and one is named.
        let pool = pool.unwrap_or_else(|fault| unreachable!("{fault}"));
        Self { pool, observer }
    }

    /// Closes those that are lent to nobody, and lends no more.
    pub fn close(&self) {
        self.pool.close();
    }

    async fn lend(&self, statement: &str) -> Result<Loan, DbErr> {
        if let Some(observer) = &self.observer {
            observer(statement);
        }
        match self.pool.get().await {
            Ok(lent) => Ok(Loan(Some(lent))),
            Err(PoolError::Backend(fault)) => Err(DbErr::Conn(RuntimeErr::SqlxError(fault.into()))),
            Err(PoolError::Closed) => {
                Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
            }
            Err(_) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }
}

/// A connection for one statement. Dropped before [`Loan::end`], it is in the middle of something: the next one gets it when
/// that is over, and if it still answers.
struct Loan(Option<Object<Manager>>);

impl Loan {
    fn connection(&mut self) -> Result<&mut PgConnection, DbErr> {
        let lent = self.0.as_deref_mut();
        lent.ok_or(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
    }

    /// Gives the connection to the next, unless the fault may lie with it.
    fn end<T>(mut self, came: sqlx::Result<T>) -> sqlx::Result<T> {
        let is_whole = match &came {
            Ok(_) | Err(sqlx::Error::RowNotFound) => true,
            // Class 57: the server is on its way down, or broke off; 08: the connection itself.
            Err(sqlx::Error::Database(fault)) => {
                let code = fault.code().unwrap_or_default();
                !code.starts_with("57P") && !code.starts_with("08")
            }
            Err(_) => false,
        };
        if is_whole {
            drop(self.0.take());
        }
        came
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        let Some(mut lent) = self.0.take() else {
            return;
        };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            drop(Object::take(lent));
            return;
        };
        runtime.spawn(async move {
            let answers = tokio::time::timeout(END_WITHIN, lent.ping()).await;
            if !matches!(answers, Ok(Ok(()))) {
                drop(Object::take(lent));
            }
        });
    }
}

fn query(statement: Statement) -> sqlx::query::Query<'static, sqlx::Postgres, SqlxValues> {
    let values = statement.values.unwrap_or(Values(Vec::new()));
    query_with(AssertSqlSafe(statement.sql), SqlxValues(values))
}

impl Lent {
    async fn execute(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let mut loan = self.lend(&statement.sql).await?;
        let done = query(statement).execute(loan.connection()?).await;
        let fault = |fault: sqlx::Error| DbErr::Exec(RuntimeErr::SqlxError(fault.into()));
        loan.end(done).map(Into::into).map_err(fault)
    }

    async fn one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let mut loan = self.lend(&statement.sql).await?;
        let row = query(statement).fetch_optional(loan.connection()?).await;
        Ok(loan.end(row).map_err(of_query)?.map(Into::into))
    }

    async fn all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut loan = self.lend(&statement.sql).await?;
        let rows = query(statement).fetch_all(loan.connection()?).await;
        let rows = loan.end(rows).map_err(of_query)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }
}

fn of_query(fault: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(fault.into()))
}

impl Statements {
    /// Which database it is.
    pub fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Kept(kept) => kept.get_database_backend(),
            Self::Lent(_) => DbBackend::Postgres,
        }
    }
}

#[async_trait]
impl ConnectionTrait for Statements {
    fn get_database_backend(&self) -> DbBackend {
        Self::get_database_backend(self)
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Kept(kept) => kept.execute_raw(statement).await,
            Self::Lent(lent) => lent.execute(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let statement = Statement::from_string(self.get_database_backend(), sql);
        self.execute_raw(statement).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Kept(kept) => kept.query_one_raw(statement).await,
            Self::Lent(lent) => lent.one(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Kept(kept) => kept.query_all_raw(statement).await,
            Self::Lent(lent) => lent.all(statement).await,
        }
    }
}
