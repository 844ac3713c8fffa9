use async_trait::async_trait;

use crate::{Enqueued, Job, Lease, NewJob, QueueCounts, StoreError};

/// Where jobs wait: any number of workers share it.
///
/// Each call is one transaction. A call that was cut off has either happened or not, and may be made again.
#[async_trait]
pub trait JobQueue: Send + Sync {
    /// Takes a job in; durable before it returns.
    ///
    /// The same id with another body is [`StoreError::Conflict`]. With [`Charge::Worker`](crate::Charge::Worker) the
    /// user's token is taken in the same transaction; [`StoreError::InsufficientTokens`] when there is none.
    async fn enqueue(&self, job: &NewJob) -> Result<Enqueued, StoreError>;

    /// The oldest job that waits or whose lease ended, for `seconds`; `None` when there is none.
    ///
    /// `worker` is noted for operators. How often a job may be lost or fail is the worker's to judge, by
    /// [`Job::lost_leases`] and [`Job::attempts`].
    async fn lease(&self, worker: &str, seconds: u32) -> Result<Option<Lease>, StoreError>;

    /// Keeps the job for `seconds` from now.
    ///
    /// [`StoreError::LeaseLost`] when another lease has it or it was ended: stop working on it.
    async fn renew(&self, lease: &Lease, seconds: u32) -> Result<Lease, StoreError>;

    /// Notes how far the work is; more than 100 `percent` is 100.
    async fn progress(&self, lease: &Lease, percent: u8, step: &str) -> Result<(), StoreError>;

    /// Gives the job back, to be taken again after `delay_seconds`.
    ///
    /// `counts` says whether it was a failed attempt or a mere wait.
    async fn release(&self, lease: &Lease, delay_seconds: u32, counts: bool) -> Result<(), StoreError>;

    /// Ends a job that is not finished: as failed with the error `cancelled`, the charge refunded, a running lease lost.
    ///
    /// Returns the job as it is then, unchanged if it was finished before; `None` when there is no such job.
    async fn cancel(&self, job_id: &str) -> Result<Option<Job>, StoreError>;

    /// Lets a failed job be tried again at once, as an operator wants it: its attempts and its deadline count anew.
    ///
    /// A refund that was paid stays paid, so the new try is free, and no second one is ever paid. Any job but a failed
    /// one is returned as it is.
    async fn retry(&self, job_id: &str) -> Result<Job, StoreError>;

    /// A job by its id.
    async fn job(&self, job_id: &str) -> Result<Option<Job>, StoreError>;

    /// The latest jobs, newest first.
    async fn jobs(&self, limit: u32) -> Result<Vec<Job>, StoreError>;

    /// How many jobs wait: queued, delayed, or with a lease that ended.
    async fn depth(&self) -> Result<u64, StoreError>;

    /// How many jobs wait and run, and for how long the oldest has waited.
    async fn counts(&self) -> Result<QueueCounts, StoreError>;

    /// How many jobs a user has begun in the last so many seconds, whatever became of them.
    async fn jobs_of_user_since(&self, user_id: &str, seconds: u32) -> Result<u64, StoreError>;
}
