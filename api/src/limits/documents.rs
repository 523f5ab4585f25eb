//! Documents that were asked before, so that a dashboard's query is parsed and measured
//! once and not at every refresh.
//!
//! Two generations: what is asked moves into the young one; when that is full it becomes
//! the old one, and the old one is forgotten. Only documents that passed validation are
//! kept, so that nonsense pushes nothing out.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Checked, Limits, TrustedDocuments};
use crate::fault::Fault;

/// The most tokens in a generation: parsed, some 5 MB.
const KEPT_TOKENS: usize = 20_000;

/// The limits, and the documents that are known to be within them.
#[derive(Debug)]
pub struct Documents {
    limits: Limits,
    trusted: Option<Arc<TrustedDocuments>>,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    young: HashMap<Box<str>, Arc<Checked>>,
    old: HashMap<Box<str>, Arc<Checked>>,
    tokens: usize,
}

impl Documents {
    /// No documents yet. Where some are trusted, no other will come.
    pub fn new(limits: Limits, trusted: Option<Arc<TrustedDocuments>>) -> Self {
        Self {
            limits,
            trusted,
            known: Mutex::default(),
        }
    }

    /// The limits.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The measured document of a query, and whether it was known.
    ///
    /// # Errors
    /// Those of [`Limits::check`], and `UNKNOWN_DOCUMENT` for one that is not trusted.
    pub fn find(&self, query: &str) -> Result<(Arc<Checked>, bool), Fault> {
        let known = self
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .find(query);
        if let Some(checked) = known {
            return Ok((checked, true));
        }
        if let Some(trusted) = &self.trusted {
            trusted.let_through(query)?;
        }
        Ok((Arc::new(self.limits.check(query)?), false))
    }

    /// Keeps a document that passed validation.
    pub fn keep(&self, query: String, checked: Arc<Checked>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.keep(query.into_boxed_str(), checked);
    }
}

impl Known {
    fn find(&mut self, query: &str) -> Option<Arc<Checked>> {
        if let Some(checked) = self.young.get(query) {
            return Some(Arc::clone(checked));
        }
        let (query, checked) = self.old.remove_entry(query)?;
        self.keep(query, Arc::clone(&checked));
        Some(checked)
    }

    fn keep(&mut self, query: Box<str>, checked: Arc<Checked>) {
        let tokens = checked.tokens;
        if self.tokens + tokens > KEPT_TOKENS {
            self.old = mem::take(&mut self.young);
            self.tokens = 0;
        }
        if self.young.insert(query, checked).is_none() {
            self.tokens += tokens;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_again_stays_and_the_rest_goes() {
        let limits = Limits::for_schema("type Query { a: Int q: Query }", false).unwrap();
        let documents = Documents::new(limits, None);
        let filler = |n: usize| format!("{{ q {{{}}} #{n}\n }}", " a".repeat(990));
        let often = "{ a }".to_owned();
        let (checked, known) = documents.find(&often).unwrap();
        assert!(!known);
        documents.keep(often.clone(), checked);
        for n in 0..200 {
            let (checked, known) = documents.find(&filler(n)).unwrap();
            assert!(!known);
            documents.keep(filler(n), checked);
            assert!(documents.find(&often).unwrap().1, "forgotten after {n}");
        }
        assert!(!documents.find(&filler(0)).unwrap().1);
        let known = documents.known.lock().unwrap();
        assert!(known.young.len() + known.old.len() < 60);
    }
}
