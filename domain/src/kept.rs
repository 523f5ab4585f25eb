//! What is the same for everybody and was told lately: whoever asks again costs no more than a look at whether it has changed.
//!
//! Nothing that depends on who asks belongs here.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// How much is kept before all of it is forgotten: far above what pages and calendars of any register ask for. Our own choice.
const MOST_KEPT: usize = 200;

type Told = HashMap<String, (i32, Arc<dyn Any + Send + Sync>)>;

/// What one process has told lately, by name. Cheap to clone.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<Told>>);

impl Kept {
    /// What was kept under a name, if nothing has changed since: `changes` counts that.
    pub(crate) fn get<T: Any + Send + Sync>(&self, name: &str, changes: i32) -> Option<Arc<T>> {
        let told = self.lock();
        let (then, value) = told.get(name)?;
        let stands = (*then == changes).then(|| Arc::clone(value))?;
        stands.downcast().ok()
    }

    /// Keeps something under a name, in the place of what was there.
    pub(crate) fn put<T: Any + Send + Sync>(&self, name: String, changes: i32, value: &Arc<T>) {
        let mut told = self.lock();
        if told.len() >= MOST_KEPT && !told.contains_key(&name) {
            told.clear();
        }
        told.insert(name, (changes, Arc::clone(value) as _));
    }

    fn lock(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(|e| e.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_changed_is_not_told_again_and_not_too_much_is_kept() {
        let kept = Kept::default();
        let told = Arc::new("avoinna".to_owned());
        kept.put("kulma".to_owned(), 1, &told);
        assert_eq!(kept.get::<String>("kulma", 1), Some(told.clone()));
        assert_eq!(kept.get::<String>("kulma", 2), None);
        assert_eq!(kept.get::<String>("torni", 1), None);
        for n in 0..MOST_KEPT {
            kept.put(n.to_string(), 1, &told);
        }
        assert_eq!(kept.get::<String>("kulma", 1), None);
        assert_eq!(kept.lock().len(), 1);
    }
}
