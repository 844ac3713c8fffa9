use std::{
    collections::HashMap,
    error::Error,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use futures::{
    FutureExt,
    future::{BoxFuture, Shared, WeakShared},
};

use super::watcher::{FetchWatcher, Watchers};
use crate::{FetchError, layout::EdgarPath};

/// What all who wait for an answer get: the same bytes, or the same error.
type Outcome = Result<Arc<Vec<u8>>, Arc<FetchError>>;

/// One fetch at a time per object, so that several jobs on one company ask EDGAR once.
///
/// A fetch belongs to all who wait for it: it goes on when some of them give up, and ends when the last one does.
#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<EdgarPath, Flight>>);

struct Flight {
    outcome: WeakShared<BoxFuture<'static, Outcome>>,
    watchers: Arc<Watchers>,
}

impl Flights {
    /// Waits for the fetch of this object that is under way, or for the one that this begins.
    pub(super) async fn join<F>(
        &self,
        path: &EdgarPath,
        watcher: Option<&Arc<dyn FetchWatcher>>,
        begin: impl FnOnce(Arc<Watchers>) -> F,
    ) -> Result<Vec<u8>, FetchError>
    where
        F: Future<Output = Result<Vec<u8>, FetchError>> + Send + 'static,
    {
        let outcome = self.boarded(path, watcher, begin).await;
        match outcome {
            Ok(bytes) => Ok(Arc::unwrap_or_clone(bytes)),
            Err(error) => Err(Arc::try_unwrap(error).unwrap_or_else(|error| copy(&error))),
        }
    }

    fn boarded<F>(
        &self,
        path: &EdgarPath,
        watcher: Option<&Arc<dyn FetchWatcher>>,
        begin: impl FnOnce(Arc<Watchers>) -> F,
    ) -> Shared<BoxFuture<'static, Outcome>>
    where
        F: Future<Output = Result<Vec<u8>, FetchError>> + Send + 'static,
    {
        let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let under_way = flights.get(path).and_then(|flight| {
            let outcome = flight.outcome.upgrade()?;
            // One that has ended already is an answer from before this question.
            outcome.peek().is_none().then(|| (outcome, Arc::clone(&flight.watchers)))
        });
        let (outcome, watchers) = under_way.unwrap_or_else(|| {
            let watchers = Arc::new(Watchers::default());
            let fetch = begin(Arc::clone(&watchers));
            let outcome = fetch.map(|result| result.map(Arc::new).map_err(Arc::new)).boxed().shared();
            flights.retain(|_, flight| flight.outcome.upgrade().is_some());
            if let Some(begun) = outcome.downgrade() {
                flights.insert(path.clone(), Flight { outcome: begun, watchers: Arc::clone(&watchers) });
            }
            (outcome, watchers)
        });
        if let Some(watcher) = watcher {
            watchers.add(watcher);
        }
        outcome
    }
}

/// The same error for another caller.
fn copy(error: &Arc<FetchError>) -> FetchError {
    use FetchError as E;
    match error.as_ref() {
        E::Blocked { until } => E::Blocked { until: *until },
        E::Undeclared { until } => E::Undeclared { until: *until },
        E::RateLimited { until } => E::RateLimited { until: *until },
        E::NotFound { url } => E::NotFound { url: url.clone() },
        E::Offline { url } => E::Offline { url: url.clone() },
        E::TooLarge { url, limit_bytes } => E::TooLarge { url: url.clone(), limit_bytes: *limit_bytes },
        E::Cut { url } => E::Cut { url: url.clone() },
        E::TimedOut { url } => E::TimedOut { url: url.clone() },
        E::Redirected { url, to } => E::Redirected { url: url.clone(), to: to.clone() },
        E::Status { url, status } => E::Status { url: url.clone(), status: *status },
        E::Unreadable { url, source } => {
            E::Unreadable { url: url.clone(), source: serde::de::Error::custom(source) }
        }
        E::Transport { url, .. } => {
            E::Transport { url: url.clone(), source: Box::new(SharedCause(Arc::clone(error))) }
        }
        other => E::Client { source: other.to_string().into() },
    }
}

/// The cause of an error that several callers got.
#[derive(Debug)]
struct SharedCause(Arc<FetchError>);

impl fmt::Display for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.source().map_or(Ok(()), |cause| fmt::Display::fmt(cause, f))
    }
}

impl Error for SharedCause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()?.source()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Notify;

    use super::*;

    /// Counts fetches; each ends when it is told to.
    #[derive(Default)]
    struct Place {
        flights: Flights,
        begun: AtomicUsize,
        may_end: Arc<Notify>,
    }

    impl Place {
        async fn ask(&self, fails: bool) -> Result<Vec<u8>, FetchError> {
            let path = EdgarPath::tickers();
            let join = self.flights.join(&path, None, |_| {
                self.begun.fetch_add(1, Ordering::SeqCst);
                let may_end = Arc::clone(&self.may_end);
                async move {
                    may_end.notified().await;
                    if fails { Err(FetchError::Cut { url: "x".to_owned() }) } else { Ok(b"tickers".to_vec()) }
                }
            });
            join.await
        }

        fn asked(self: &Arc<Self>, fails: bool) -> tokio::task::JoinHandle<Result<Vec<u8>, FetchError>> {
            let place = Arc::clone(self);
            tokio::spawn(async move { place.ask(fails).await })
        }
    }

    #[tokio::test]
    async fn a_fetch_outlives_the_caller_that_began_it() {
        let place = Arc::new(Place::default());
        let first = place.asked(false);
        tokio::task::yield_now().await;
        let others = [place.asked(false), place.asked(false)];
        tokio::task::yield_now().await;
        first.abort();
        assert!(first.await.unwrap_err().is_cancelled());
        place.may_end.notify_one();
        for other in others {
            assert_eq!(other.await.unwrap().unwrap(), b"tickers");
        }
        assert_eq!(place.begun.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_failure_is_everybodys_and_the_next_question_is_new() {
        let place = Arc::new(Place::default());
        let callers = [place.asked(true), place.asked(true), place.asked(true)];
        tokio::task::yield_now().await;
        place.may_end.notify_one();
        for caller in callers {
            assert!(matches!(caller.await.unwrap(), Err(FetchError::Cut { .. })));
        }
        place.may_end.notify_one();
        assert_eq!(place.ask(false).await.unwrap(), b"tickers");
        assert_eq!(place.begun.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_fetch_that_nobody_waits_for_ends() {
        let place = Arc::new(Place::default());
        let only = place.asked(false);
        tokio::task::yield_now().await;
        only.abort();
        let _ = only.await;
        place.may_end.notify_one();
        place.ask(false).await.unwrap();
        assert_eq!(place.begun.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_copy_of_an_error_says_the_same() {
        fn chain(error: &FetchError) -> Vec<String> {
            std::iter::successors(Some(error as &(dyn Error + 'static)), |&error| error.source())
                .map(ToString::to_string)
                .collect()
        }
        let cause = std::io::Error::other(std::fmt::Error);
        let original = Arc::new(FetchError::Transport { url: "u".to_owned(), source: Box::new(cause) });
        assert_eq!(chain(&copy(&original)), chain(&original));
    }
}
