use std::time::Duration;

use supabase_store::Charge;

use super::Reader;

/// Beyond it a caller had better wait: at a few seconds a report, this is a day's work for one worker.
const DEFAULT_QUEUE_LIMIT: u64 = 10_000;

/// More than anyone reads; what asks faster is a loop gone wrong.
const DEFAULT_USER_LIMIT: u64 = 30;

/// How jobs are worked off.
#[derive(Debug, Clone)]
pub(crate) struct QueueConfig {
    /// `WORKER_THREADS`: jobs at once.
    pub jobs_at_once: usize,
    /// `JOB_ATTEMPTS`: a job that failed this often has failed for good.
    pub attempts: u32,
    /// `JOB_TIMEOUT_SECONDS`: working time of one attempt.
    pub timeout: Duration,
    /// `JOB_DEADLINE_SECONDS`: from the request to the end, waiting included.
    pub deadline: Duration,
    /// `LEASE_SECONDS`: how long a job stays with a worker that says nothing.
    pub lease: Duration,
    /// `SHUTDOWN_GRACE_SECONDS`: what running jobs may still take when the worker is asked to stop.
    pub grace: Duration,
    /// `QUEUE_LIMIT`: jobs that may wait; further ones are turned away. 0 is no limit.
    pub queue_limit: u64,
    /// `USER_LIMIT_PER_MINUTE`: jobs that one user may ask for in a minute. 0 is no limit.
    pub user_limit_per_minute: u64,
    /// `CHARGE`: who takes the token of a job.
    pub charge: Charge,
    /// `REUSE_REPORTS`: a good report on the same two filings is given out again instead of made anew.
    pub reuse_reports: bool,
}

impl QueueConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            jobs_at_once: reader.number("WORKER_THREADS", 1..=64, 2),
            attempts: reader.number("JOB_ATTEMPTS", 1..=20, 3),
            timeout: reader.seconds("JOB_TIMEOUT_SECONDS", 1..=86_400, 300),
            deadline: reader.seconds("JOB_DEADLINE_SECONDS", 1..=604_800, 3_600),
            lease: reader.seconds("LEASE_SECONDS", 2..=3_600, 30),
            // Below the 30 s that hosts usually wait before they kill.
            grace: reader.seconds("SHUTDOWN_GRACE_SECONDS", 0..=3_600, 25),
            queue_limit: reader.number("QUEUE_LIMIT", 0..=10_000_000, DEFAULT_QUEUE_LIMIT),
            user_limit_per_minute: reader.number("USER_LIMIT_PER_MINUTE", 0..=1_000_000, DEFAULT_USER_LIMIT),
            charge: reader
                .choice("CHARGE", &[("caller", Charge::Caller), ("worker", Charge::Worker)])
                .unwrap_or_default(),
            reuse_reports: reader.switch("REUSE_REPORTS", true),
        }
    }
}
