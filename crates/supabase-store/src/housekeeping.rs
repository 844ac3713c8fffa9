use std::ops::AddAssign;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// What goes by age, and what goes with a user.
#[async_trait]
pub trait Housekeeping: Send + Sync {
    /// Removes what ended or was kept more than so many days ago: jobs, callbacks, answers of models and their batches.
    ///
    /// A job whose callback is still to be made stays. Reports, ledger and error logs stay, so that a job that comes
    /// back can neither be paid for nor be refunded twice. Done in parts, so that nobody who writes waits for long; after
    /// an error what went stays gone.
    async fn remove_older_than(&self, days: u32) -> Result<Removed, StoreError>;

    /// Cancels and removes a user's jobs, removes their reports and callbacks, and empties what is personal in error
    /// logs and ledger. The ledger stays balanced.
    async fn erase_user(&self, user_id: &str) -> Result<Erased, StoreError>;
}

/// How much was removed for its age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Removed {
    /// Jobs that ended.
    pub jobs: u64,
    /// Callbacks that were made, refused or given up.
    pub deliveries: u64,
    /// Answers of language models.
    pub answers: u64,
}

impl AddAssign for Removed {
    fn add_assign(&mut self, part: Self) {
        self.jobs += part.jobs;
        self.deliveries += part.deliveries;
        self.answers += part.answers;
    }
}

/// How much was removed with a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Erased {
    /// Reports, with their documents.
    pub reports: u64,
    /// Jobs, those included that were cancelled for it.
    pub jobs: u64,
    /// Error logs, which stay without user and text.
    pub error_logs: u64,
}
