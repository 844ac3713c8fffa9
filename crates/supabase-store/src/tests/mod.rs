//! What every store must do: each case runs against each of them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod answers;
mod cancel;
mod charge;
mod concurrency;
mod counts;
mod deliveries;
mod edgar_slots;
mod housekeeping;
mod queue;
#[cfg(feature = "supabase")]
mod real;
mod retry;
mod reuse;
pub(crate) mod samples;
mod settle;
mod time;

use std::sync::Arc;

use jiff::Timestamp;

use self::time::Time;
use crate::{
    Deliveries, EdgarSlots, Housekeeping, Job, JobQueue, JobState, Lease, Memory, ModelAnswers, ModelBatches,
    ReportStore, StoreError,
};

trait Store:
    ReportStore + JobQueue + Deliveries + Housekeeping + EdgarSlots + ModelAnswers + ModelBatches
{
}

impl<S> Store for S where
    S: ReportStore + JobQueue + Deliveries + Housekeeping + EdgarSlots + ModelAnswers + ModelBatches
{
}

/// An empty store and the clock that it looks at.
struct Case {
    store: Arc<dyn Store>,
    time: Time,
    _folder: Option<tempfile::TempDir>,
}

impl Case {
    fn memory() -> Self {
        let time = Time::manual();
        Self { store: Arc::new(Memory::with_clock(time.clock())), time, _folder: None }
    }

    #[cfg(feature = "sqlite")]
    async fn sqlite() -> Self {
        let time = Time::manual();
        let folder = tempfile::tempdir().unwrap();
        let store = crate::Sqlite::with_clock(folder.path().join("store.db"), time.clock()).await.unwrap();
        Self { store: Arc::new(store), time, _folder: Some(folder) }
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

    async fn balance(&self, user: &str) -> i64 {
        self.store.balance(&samples::id(user)).await.unwrap()
    }

    async fn reports(&self) -> usize {
        self.store.reports(100).await.unwrap().len()
    }

    async fn pass(&self, seconds: i64) {
        self.time.pass(seconds).await;
    }

    /// Whether the store's clock is out of our hands.
    fn is_real(&self) -> bool {
        self.time.is_real()
    }

    /// A time that the store tells now, as it would have told it at the beginning.
    fn later(&self, time: Timestamp) -> Timestamp {
        time + self.time.passed()
    }

    /// The same for a job.
    fn now(&self, mut job: Job) -> Job {
        for time in [&mut job.queued_at, &mut job.created_at, &mut job.updated_at] {
            *time = self.later(*time);
        }
        job.finished_at = job.finished_at.map(|time| self.later(time));
        job
    }

    async fn job(&self, job_id: &str) -> Option<Job> {
        Some(self.now(self.store.job(job_id).await.unwrap()?))
    }

    async fn cancelled(&self, job_id: &str) -> Option<Job> {
        Some(self.now(self.store.cancel(job_id).await.unwrap()?))
    }
}

fn is_lost<T: std::fmt::Debug>(result: &Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::LeaseLost { .. }))
}

/// One test per case and store; on Supabase one for all, since its database takes a while to start.
macro_rules! every_store {
    ($($case:ident)*) => {
        $crate::tests::every_embedded_store! { $($case)* }

        #[cfg(feature = "supabase")]
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn supabase() {
            let stack = $crate::tests::real::stack().await;
            $(
                eprintln!("case {}", stringify!($case));
                Box::pin($case($crate::tests::Case::supabase(&stack).await)).await;
            )*
        }
    };
}
use every_store;

macro_rules! every_embedded_store {
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
use every_embedded_store;
