use std::time::Duration;

use super::Reader;

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
        }
    }
}
