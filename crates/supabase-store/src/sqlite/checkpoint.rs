//! What was written is copied from the log into the database beside the writers: left to SQLite, one of them would do it in
//! the middle of its commit and let all others wait.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use super::Sqlite;

/// Transactions between two checkpoints. SQLite's own begins at some megabytes.
const BETWEEN: u32 = 32;

/// How many have begun, and whether a checkpoint runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Checkpoints {
    begun: Arc<AtomicU32>,
    is_running: Arc<AtomicBool>,
}

impl Sqlite {
    /// Begins one in the background when it is time.
    pub(super) fn checkpoint_now_and_then(&self) {
        let Checkpoints { begun, is_running } = &self.checkpoints;
        if begun.fetch_add(1, Ordering::Relaxed) % BETWEEN != BETWEEN - 1
            || is_running.swap(true, Ordering::AcqRel)
        {
            return;
        }
        let (readers, is_running) = (self.readers.clone(), Arc::clone(is_running));
        self.home.spawn(async move {
            // Copies what nobody reads any more and waits for nobody. What it leaves, the next one copies.
            if let Err(error) = sqlx::query("pragma wal_checkpoint(passive)").execute(&readers).await {
                tracing::debug!(%error, "no checkpoint");
            }
            is_running.store(false, Ordering::Release);
        });
    }
}
