use serde::{Deserialize, Serialize};

/// How full a queue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct QueueCounts {
    /// Jobs that wait: queued, delayed, or with a lease that ended.
    pub waiting: u64,
    /// Jobs that a worker has.
    pub running: u64,
    /// For how long the oldest that waits has been here; `None` when none waits.
    pub oldest_seconds: Option<u64>,
}
