//! What every store must do: each case runs against each of them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod answers;
mod cancel;
mod concurrency;
mod queue;
pub(crate) mod samples;
mod settle;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use crate::{JobQueue, JobState, Lease, Memory, ModelAnswers, ReportStore, StoreError, clock::Clock};

trait Store: ReportStore + JobQueue + ModelAnswers {}
impl<S: ReportStore + JobQueue + ModelAnswers> Store for S {}

/// An empty store and the clock that it looks at.
struct Case {
    store: Arc<dyn Store>,
    clock: TestClock,
    _folder: Option<tempfile::TempDir>,
}

impl Case {
    fn memory() -> Self {
        let clock = TestClock::default();
        Self { store: Arc::new(Memory::with_clock(clock.clock())), clock, _folder: None }
    }

    #[cfg(feature = "sqlite")]
    async fn sqlite() -> Self {
        let clock = TestClock::default();
        let folder = tempfile::tempdir().unwrap();
        let store = crate::Sqlite::with_clock(folder.path().join("store.db"), clock.clock()).await.unwrap();
        Self { store: Arc::new(store), clock, _folder: Some(folder) }
    }

    /// Enqueues a job of `user` and leases it.
    async fn leased(&self, job_id: &str, user: Option<&str>) -> Lease {
        self.store.enqueue(&samples::asked(job_id, user)).await.unwrap();
        let lease = self.store.lease("worker", 30).await.unwrap().unwrap();
        assert_eq!(lease.job.job_id, job_id);
        lease
    }

    async fn state(&self, job_id: &str) -> JobState {
        self.store.job(job_id).await.unwrap().unwrap().state
    }

    async fn reports(&self) -> usize {
        self.store.reports(100).await.unwrap().len()
    }
}

/// Stands still until a test moves it.
#[derive(Clone)]
struct TestClock(Arc<AtomicI64>);

impl Default for TestClock {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(1_700_000_000_123_456)))
    }
}

impl TestClock {
    fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }

    fn clock(&self) -> Clock {
        Clock::Manual(self.0.clone())
    }
}

fn is_lost<T: std::fmt::Debug>(result: &Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::LeaseLost { .. }))
}

/// One test per case and store.
macro_rules! every_store {
    ($($case:ident)*) => { $(
        mod $case {
            #[tokio::test]
            async fn memory() {
                super::$case($crate::tests::Case::memory()).await;
            }

            #[cfg(feature = "sqlite")]
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$case($crate::tests::Case::sqlite().await).await;
            }
        }
    )* };
}
use every_store;
