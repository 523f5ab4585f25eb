//! What many requests need at the same time, done once for all of them.
//!
//! A statement costs about as much for one request as for fifty. So those that wait for the same kind of statement are
//! served together: whoever comes while one is under way goes with the next. Nobody waits for company, except for those who
//! are as far already: alone, a request is served at once.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::oneshot;
use tokio::task::yield_now;
use tokio::time::timeout;

/// The most requests that are served together: a statement that fails takes no more answers with it.
const TOGETHER: usize = 64;

/// How long serving may take before the next are served, though its connection be silent: twice what a statement may take.
const SERVED_WITHIN: Duration = Duration::from_millis(if cfg!(test) { 50 } else { 10_000 });

/// Those who wait, each with what is asked, and where the answer goes.
pub(crate) struct Together<Q, A>(Arc<Mutex<Queue<Q, A>>>);

struct Queue<Q, A> {
    waiting: Vec<(Q, oneshot::Sender<A>)>,
    is_serving: bool,
}

impl<Q, A> Clone for Together<Q, A> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<Q, A> Default for Together<Q, A> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Queue {
            waiting: Vec::new(),
            is_serving: false,
        })))
    }
}

impl<Q, A> std::fmt::Debug for Together<Q, A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        write!(f, "{} waiting", queue.waiting.len())
    }
}

impl<Q: Send + 'static, A: Send + 'static> Together<Q, A> {
    /// Has one thing served with whatever else waits. `serve` answers all that it is given, in their order; it is called
    /// where nobody else's is at work. `None` where the serving broke off, and it is not known how far it came.
    pub(crate) async fn join<F>(
        &self,
        one: Q,
        serve: impl Fn(Vec<Q>) -> F + Send + 'static,
    ) -> Option<A>
    where
        F: Future<Output = Vec<A>> + Send + 'static,
    {
        let (answer, told) = oneshot::channel();
        let begins = {
            let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            queue.waiting.push((one, answer));
            !std::mem::replace(&mut queue.is_serving, true)
        };
        if begins {
            // On its own, since a request may be given up while others wait for what it serves.
            tokio::spawn(self.clone().serve_all(serve));
        }
        told.await.ok()
    }

    async fn serve_all<F>(self, serve: impl Fn(Vec<Q>) -> F + Send)
    where
        F: Future<Output = Vec<A>> + Send,
    {
        // Whoever is as far already comes along.
        yield_now().await;
        while let Some(batch) = self.next() {
            let (asked, waiting): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
            let serving = AssertUnwindSafe(serve(asked)).catch_unwind();
            // Whoever it broke off for is told nothing; the next are served all the same.
            let Ok(Ok(answers)) = timeout(SERVED_WITHIN, serving).await else {
                continue;
            };
            for (one, answer) in waiting.into_iter().zip(answers) {
                // Somebody may have given up meanwhile.
                let _ = one.send(answer);
            }
        }
    }

    /// Those who go next; none where nobody waits, and then the next to come begins anew.
    fn next(&self) -> Option<Vec<(Q, oneshot::Sender<A>)>> {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nothing is done for those who gave up.
        queue.waiting.retain(|(_, answer)| !answer.is_closed());
        let many = queue.waiting.len().min(TOGETHER);
        queue.is_serving = many > 0;
        (many > 0).then(|| queue.waiting.drain(..many).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::task::JoinSet;

    use super::*;

    #[tokio::test]
    async fn whoever_waits_at_the_same_time_is_served_together_and_told_the_own_answer() {
        let together = Together::<usize, usize>::default();
        let runs = Arc::new(AtomicUsize::new(0));
        let mut all = JoinSet::new();
        for n in 0..200 {
            let (together, runs) = (together.clone(), Arc::clone(&runs));
            all.spawn(async move {
                let serve = move |asked: Vec<usize>| {
                    runs.fetch_add(1, Ordering::SeqCst);
                    async move { asked.into_iter().map(|n| n * 2).collect() }
                };
                (n, together.join(n, serve).await)
            });
        }
        let told = all.join_all().await;
        assert!(told.iter().all(|(n, told)| *told == Some(n * 2)));
        let runs = runs.load(Ordering::SeqCst);
        assert_eq!(
            runs,
            200_usize.div_ceil(TOGETHER),
            "all came before the first was served"
        );
    }

    #[tokio::test]
    async fn somebody_who_gives_up_takes_nobody_with_them() {
        let together = Together::<u8, u8>::default();
        let serve = |asked: Vec<u8>| async move {
            yield_now().await;
            asked
        };
        let given_up = tokio::select! {
            biased;
            _ = together.join(1, serve) => false,
            () = std::future::ready(()) => true,
        };
        assert!(given_up);
        assert_eq!(together.join(2, serve).await, Some(2));
    }

    #[tokio::test]
    async fn what_breaks_off_or_never_ends_keeps_nobody_from_being_served() {
        let together = Together::<u8, u8>::default();
        let serve = |asked: Vec<u8>| async move {
            match asked[..] {
                [1] => panic!("on purpose"),
                [2] => std::future::pending().await,
                _ => asked,
            }
        };
        for (one, told) in [(1, None), (2, None), (3, Some(3))] {
            assert_eq!(together.join(one, serve).await, told);
        }
    }
}
