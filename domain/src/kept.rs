//! What was read lately and is the same as long as a number stands: whoever asks again costs no more than a look at that.
//!
//! Nothing that depends on who asks belongs here, unless its name says for whom it was read.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// How much is kept before all of it is forgotten: far above what pages, calendars and dashboards of any register ask for. Our
/// own choice.
const MOST_KEPT: usize = 1_000;

type Read = HashMap<Vec<u8>, (i64, Arc<dyn Any + Send + Sync>)>;

/// What one process has read lately, by name. Cheap to clone.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<Read>>);

impl Kept {
    /// What was kept under a name, if nothing has changed since: `changes` counts that, and only grows.
    pub(crate) fn get<T: Any + Send + Sync>(
        &self,
        name: impl AsRef<[u8]>,
        changes: impl Into<i64>,
    ) -> Option<Arc<T>> {
        let read = self.lock();
        let (then, value) = read.get(name.as_ref())?;
        let stands = (*then == changes.into()).then(|| Arc::clone(value))?;
        stands.downcast().ok()
    }

    /// Keeps something under a name, in the place of what is no newer.
    pub(crate) fn put<T: Any + Send + Sync>(
        &self,
        name: impl Into<Vec<u8>>,
        changes: impl Into<i64>,
        value: &Arc<T>,
    ) {
        let (name, changes) = (name.into(), changes.into());
        let mut read = self.lock();
        match read.get(&name) {
            Some((then, _)) if *then > changes => return,
            None if read.len() >= MOST_KEPT => read.clear(),
            _ => {}
        }
        read.insert(name, (changes, Arc::clone(value) as _));
    }

    fn lock(&self) -> MutexGuard<'_, Read> {
        self.0.lock().unwrap_or_else(|e| e.into_inner())
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} kept", self.lock().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_changed_is_not_told_again_and_not_too_much_is_kept() {
        let kept = Kept::default();
        let told = Arc::new("avoinna".to_owned());
        kept.put("kulma", 2, &told);
        assert_eq!(kept.get::<String>("kulma", 2), Some(told.clone()));
        assert_eq!(kept.get::<String>("kulma", 3), None);
        assert_eq!(kept.get::<String>("torni", 2), None);
        kept.put("kulma", 1, &Arc::new("kiinni".to_owned()));
        assert_eq!(kept.get::<String>("kulma", 2), Some(told.clone()));
        for n in 0..MOST_KEPT {
            kept.put(n.to_string(), 1, &told);
        }
        assert_eq!(kept.get::<String>("kulma", 2), None);
        assert_eq!(kept.lock().len(), 1);
    }
}
