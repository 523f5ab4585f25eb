//! Questions that come at once, asked in one statement.
//!
//! What a short question costs is mostly the way there and back. On PostgreSQL those of the same words that wait at the same
//! time go as the rows of one, each with its own values and its own reach; one that is alone goes as it is. Where the one
//! statement fails, each is asked alone after all.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::{ConnectionTrait as _, FromQueryResult, QueryResult};

use super::Question;
use crate::error::{Error, Result};
use crate::sql::{self, Placed};
use crate::store::Store;
use crate::together::Together;

/// Questions on their way to the database. Each kind goes by itself: none waits for another kind.
#[derive(Clone, Default)]
pub(crate) struct Questions(Arc<Mutex<HashMap<String, Alike>>>);

type Alike = Together<Question, Came>;

/// What came of a question.
enum Came {
    Answered(Result<Vec<QueryResult>>),
    /// Nothing, since it was asked with others and that failed. It is to be asked alone.
    Alone(Question),
}

impl Questions {
    /// Those that have the same words.
    fn alike(&self, words: &str) -> Alike {
        let mut kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kinds.get(words) {
            Some(alike) => alike.clone(),
            None => kinds.entry(words.to_owned()).or_default().clone(),
        }
    }
}

impl fmt::Debug for Questions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        write!(f, "{} kinds", kinds.len())
    }
}

impl Question {
    /// The rows of a question that many ask at the same time and that is answered shortly.
    pub(crate) async fn all_at_once<T: FromQueryResult>(self, store: &Store) -> Result<Vec<T>> {
        sql::named(&self.rows_at_once(store).await?)
    }

    /// The same of a [`Self::select`] with the same `with`.
    pub(crate) async fn placed_at_once<T: Placed>(
        self,
        store: &Store,
        with: T::With,
    ) -> Result<Vec<T>> {
        sql::placed(&self.rows_at_once(store).await?, with)
    }

    async fn rows_at_once(self, store: &Store) -> Result<Vec<QueryResult>> {
        if !store.is_postgres() {
            return self.rows(store.reader()).await;
        }
        let alike = store.questions().alike(&self.text);
        let on = store.clone();
        let came = alike.join(self, move |questions| {
            let on = on.clone();
            async move { ask_all(&on, questions).await }
        });
        match came.await {
            Some(Came::Answered(rows)) => rows,
            Some(Came::Alone(question)) => question.rows(store.reader()).await,
            None => Err(Error::Unavailable),
        }
    }
}

async fn ask_all(store: &Store, mut questions: Vec<Question>) -> Vec<Came> {
    if questions.len() == 1
        && let Some(one) = questions.pop()
    {
        return vec![Came::Answered(one.rows(store.reader()).await)];
    }
    match ask_as_one(store, &questions).await {
        Ok(rows) => {
            let answered = |rows| Came::Answered(Ok(rows));
            rows.into_iter().map(answered).collect()
        }
        Err(error) => {
            let many = questions.len();
            tracing::warn!(questions = many, "asked together they failed: {error}");
            questions.into_iter().map(Came::Alone).collect()
        }
    }
}

/// The rows of each. A LATERAL is read anew for each row of `asked`, so that rows in an order stay in it.
async fn ask_as_one(store: &Store, all: &[Question]) -> Result<Vec<Vec<QueryResult>>> {
    let before = ") SELECT q.*, a.n AS asked_by FROM asked a CROSS JOIN LATERAL (";
    let statement = Question::as_one(all, before, ") AS q")
        .ok_or_else(|| Error::internal("a value that has no place in a row"))?;
    let mut rows: Vec<_> = all.iter().map(|_| Vec::new()).collect();
    for row in store.reader().query_all_raw(statement).await? {
        let by: i32 = row.try_get("", "asked_by")?;
        if let Some(rows) = rows.get_mut(by.unsigned_abs() as usize) {
            rows.push(row);
        }
    }
    Ok(rows)
}
