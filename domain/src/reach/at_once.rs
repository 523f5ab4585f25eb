//! Questions that come at once, asked in one statement.
//!
//! What a short question costs is mostly the way there and back. On PostgreSQL those of the same words that wait at the same
//! time go as the rows of one, each with its own values and its own reach; one that is alone goes as it is.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::join_all;
use sea_orm::{ConnectionTrait as _, FromQueryResult, QueryResult};

use super::Question;
use crate::error::{Error, Result};
use crate::sql::{self, Placed};
use crate::store::Store;
use crate::together::Together;

/// Questions on their way to the database. Each kind goes by itself: none waits for another kind.
#[derive(Clone, Default)]
pub(crate) struct Questions(Arc<Mutex<HashMap<String, Alike>>>);

type Alike = Together<Question, Result<Vec<QueryResult>>>;

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
        let store = store.clone();
        let rows = alike.join(self, move |questions| {
            let store = store.clone();
            async move { ask_all(&store, questions).await }
        });
        rows.await.unwrap_or(Err(Error::Unavailable))
    }
}

/// The rows of each. One alone is asked as it is; and where they cannot be asked together, each is asked for itself.
async fn ask_all(store: &Store, questions: Vec<Question>) -> Vec<Result<Vec<QueryResult>>> {
    if questions.len() > 1 {
        match ask_as_one(store, &questions).await {
            Ok(Some(all)) => return all.into_iter().map(Ok).collect(),
            Ok(None) => {}
            Err(Error::Unavailable) => {
                let unavailable = |_| Err(Error::Unavailable);
                return questions.iter().map(unavailable).collect();
            }
            Err(error) => tracing::warn!(
                questions = questions.len(),
                "asked together they failed, so each is asked for itself: {error}"
            ),
        }
    }
    let alone = questions.into_iter().map(|one| one.rows(store.reader()));
    join_all(alone).await
}

/// `None` where that cannot be. A LATERAL is read anew for each row of `asked`, so the rows of each keep their order.
async fn ask_as_one(store: &Store, all: &[Question]) -> Result<Option<Vec<Vec<QueryResult>>>> {
    let before = ") SELECT q.*, a.n AS asked_by FROM asked a CROSS JOIN LATERAL (";
    let Some(statement) = Question::as_one(all, before, ") AS q") else {
        return Ok(None);
    };
    let mut answers: Vec<_> = all.iter().map(|_| Vec::new()).collect();
    for row in store.reader().query_all_raw(statement).await? {
        let by: i32 = row.try_get("", "asked_by")?;
        if let Some(answer) = answers.get_mut(by.unsigned_abs() as usize) {
            answer.push(row);
        }
    }
    Ok(Some(answers))
}
