//! How much is taken in: jobs that may wait, and jobs that one user may ask for.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use supabase_store::{NewJob, QueueCounts, StoreError};
use tokio::sync::Mutex;

use super::problem::Problem;
use crate::{config::QueueConfig, engine::Store};

/// Counting a long queue takes milliseconds, so an answer is good for a while.
const FRESH: Duration = Duration::from_secs(1);

const MINUTE_SECONDS: u32 = 60;

/// When the queue is full, a caller should come back so much later.
const FULL_RETRY_SECONDS: u32 = 30;

pub(super) struct Limits {
    store: Arc<dyn Store>,
    /// 0 is no limit.
    waiting: u64,
    /// 0 is no limit.
    per_user: u64,
    counted: Mutex<Option<(Instant, QueueCounts)>>,
    /// Accepted since the queue was counted.
    since: AtomicU64,
}

impl Limits {
    pub(super) fn new(store: Arc<dyn Store>, config: &QueueConfig) -> Self {
        Self {
            store,
            waiting: config.queue_limit,
            per_user: config.user_limit_per_minute,
            counted: Mutex::default(),
            since: AtomicU64::default(),
        }
    }

    /// Refuses a new job where there are too many. A job that is known is no new one, and passes.
    pub(super) async fn admit(&self, job: &NewJob) -> Result<(), Problem> {
        if !self.is_full().await? && !self.is_too_fast(job).await? {
            return Ok(());
        }
        if self.store.job(&job.job_id).await?.is_some() {
            return Ok(());
        }
        Err(if self.is_full().await? {
            Problem::too_many("queue_full", "Too many jobs wait; try again later", FULL_RETRY_SECONDS)
        } else {
            Problem::too_many("rate_limited", "This user asks for too many reports at once", MINUTE_SECONDS)
        })
    }

    /// A job was taken in.
    pub(super) fn note(&self) {
        self.since.fetch_add(1, Ordering::Relaxed);
    }

    /// What waits and runs, as of a second ago at most.
    pub(super) async fn counts(&self) -> Result<QueueCounts, StoreError> {
        // Held while the store is asked, so that of many at once one asks.
        let mut counted = self.counted.lock().await;
        if let Some((at, counts)) = &*counted
            && at.elapsed() < FRESH
        {
            return Ok(*counts);
        }
        let counts = self.store.counts().await?;
        self.since.store(0, Ordering::Relaxed);
        *counted = Some((Instant::now(), counts));
        Ok(counts)
    }

    async fn is_full(&self) -> Result<bool, StoreError> {
        Ok(self.waiting > 0
            && self.counts().await?.waiting + self.since.load(Ordering::Relaxed) >= self.waiting)
    }

    async fn is_too_fast(&self, job: &NewJob) -> Result<bool, StoreError> {
        let Some(user_id) = job.user_id.as_deref().filter(|_| self.per_user > 0) else { return Ok(false) };
        Ok(self.store.jobs_of_user_since(user_id, MINUTE_SECONDS).await? >= self.per_user)
    }
}
