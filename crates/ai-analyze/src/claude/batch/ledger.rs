use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Why a ledger did not do what it was asked.
pub type LedgerError = Box<dyn std::error::Error + Send + Sync>;

/// A batch that was sent and whose answers have not all been handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenBatch {
    /// The provider's name for it.
    pub id: String,
    /// The keys of its calls, as of [`ModelCall::key`](crate::ModelCall::key).
    pub keys: Vec<String>,
    /// When it was created.
    pub created_at: Timestamp,
}

/// Which batches are open, kept where a restarted process finds it: what runs already is not paid for twice.
///
/// One process at a time uses a ledger. Writing is whole or not at all, as a file that is renamed or a row of a table.
#[async_trait]
pub trait BatchLedger: Send + Sync {
    /// Adds a batch. It outlives the process once this returns.
    async fn remember(&self, batch: &OpenBatch) -> Result<(), LedgerError>;

    /// All batches that were not forgotten.
    async fn list(&self) -> Result<Vec<OpenBatch>, LedgerError>;

    /// Takes a batch away; one that is not there is no error.
    async fn forget(&self, id: &str) -> Result<(), LedgerError>;
}

#[async_trait]
impl<L: BatchLedger + ?Sized> BatchLedger for Arc<L> {
    async fn remember(&self, batch: &OpenBatch) -> Result<(), LedgerError> {
        (**self).remember(batch).await
    }

    async fn list(&self) -> Result<Vec<OpenBatch>, LedgerError> {
        (**self).list().await
    }

    async fn forget(&self, id: &str) -> Result<(), LedgerError> {
        (**self).forget(id).await
    }
}

/// A ledger that lasts as long as it lives: for tests, and for those who need no restart.
#[derive(Debug, Default)]
pub struct BatchesInMemory(Mutex<BTreeMap<String, OpenBatch>>);

#[async_trait]
impl BatchLedger for BatchesInMemory {
    async fn remember(&self, batch: &OpenBatch) -> Result<(), LedgerError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(batch.id.clone(), batch.clone());
        Ok(())
    }

    async fn list(&self) -> Result<Vec<OpenBatch>, LedgerError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect())
    }

    async fn forget(&self, id: &str) -> Result<(), LedgerError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        Ok(())
    }
}
