//! Analyses in batches: the model, its ledger in the data folder, and the lock that keeps others off it.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use ai_analyze::{BatchLedger, LedgerError, OpenBatch};
use async_trait::async_trait;
use supabase_store::{ModelAnswers, ModelBatch, ModelBatches, Sqlite, StoreError};

use crate::app;

/// Why no batch can be sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BatchesError {
    /// Two of them would wait for the same batches and pay twice for others.
    #[error("another run of report --batch uses {}", data_dir.display())]
    InUse { data_dir: PathBuf },
    #[error("{} cannot be written", path.display())]
    Lock { path: PathBuf, source: std::io::Error },
    /// Without it a run that is cut off would pay twice.
    #[error("the batches cannot be kept track of")]
    Store(#[from] StoreError),
}

/// The batches of a data folder, for one process at a time.
pub(crate) struct Batches {
    store: Sqlite,
    /// Ended ones. They leave the ledger once the reports are made: their answers may not all be kept yet.
    ended: Mutex<Vec<String>>,
    _lock: File,
}

impl Batches {
    /// Opens the folder, which is made if need be.
    pub(crate) async fn open(data_dir: &Path) -> Result<Self, BatchesError> {
        let path = data_dir.join("batch.lock");
        let refused = |source| BatchesError::Lock { path: path.clone(), source };
        std::fs::create_dir_all(data_dir).map_err(refused)?;
        let lock = File::create(&path).map_err(refused)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => BatchesError::InUse { data_dir: data_dir.to_owned() },
            TryLockError::Error(source) => refused(source),
        })?;
        Ok(Self { store: Sqlite::open(app::database(data_dir)).await?, ended: Mutex::default(), _lock: lock })
    }

    /// The store that the ledger lies in.
    pub(crate) fn store(&self) -> &Sqlite {
        &self.store
    }

    /// Takes ended batches off the ledger, now that the reports are made.
    pub(crate) async fn settle(&self) -> Result<(), StoreError> {
        let ended = std::mem::take(&mut *self.ended.lock().unwrap_or_else(PoisonError::into_inner));
        for id in ended {
            self.store.forget_model_batch(&id).await?;
        }
        Ok(())
    }

    async fn is_kept(&self, batch: &ModelBatch) -> Result<bool, StoreError> {
        for key in &batch.keys {
            if self.store.model_answer(key).await?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

#[async_trait]
impl BatchLedger for Batches {
    async fn remember(&self, batch: &OpenBatch) -> Result<(), LedgerError> {
        let OpenBatch { id, keys, created_at } = batch.clone();
        Ok(self.store.remember_model_batch(&ModelBatch { id, keys, created_at }).await?)
    }

    /// Those of an earlier run whose answers are all kept need no waiting for.
    async fn list(&self) -> Result<Vec<OpenBatch>, LedgerError> {
        let mut open = Vec::new();
        for batch in self.store.model_batches().await? {
            if self.is_kept(&batch).await? {
                self.store.forget_model_batch(&batch.id).await?;
            } else {
                let ModelBatch { id, keys, created_at } = batch;
                open.push(OpenBatch { id, keys, created_at });
            }
        }
        Ok(open)
    }

    async fn forget(&self, id: &str) -> Result<(), LedgerError> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).push(id.to_owned());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use supabase_store::KeptAnswer;

    use super::*;

    fn batch(id: &str, keys: &[&str]) -> OpenBatch {
        OpenBatch {
            id: id.into(),
            keys: keys.iter().map(ToString::to_string).collect(),
            created_at: "2026-11-01T10:00:00Z".parse().unwrap(),
        }
    }

    async fn keep(batches: &Batches, key: &str) {
        let answer = KeptAnswer { model: "m".into(), answer: "{}".into(), tokens: 1 };
        batches.store().keep_model_answer(key, &answer).await.unwrap();
    }

    #[tokio::test]
    async fn a_batch_that_ended_before_all_its_answers_were_kept_is_found_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let dies = Batches::open(folder.path()).await.unwrap();
        let [whole, half] = [batch("b1", &["k1", "k2"]), batch("b2", &["k3", "k4"])];
        for batch in [&whole, &half] {
            dies.remember(batch).await.unwrap();
            dies.forget(&batch.id).await.unwrap();
        }
        for key in ["k1", "k2", "k3"] {
            keep(&dies, key).await;
        }
        drop(dies);
        let goes_on = Batches::open(folder.path()).await.unwrap();
        assert_eq!(goes_on.list().await.unwrap(), std::slice::from_ref(&half));
        assert_eq!(goes_on.store().model_batches().await.unwrap().len(), 1);
        goes_on.forget(&half.id).await.unwrap();
        goes_on.settle().await.unwrap();
        assert_eq!(goes_on.list().await.unwrap(), []);
    }

    #[tokio::test]
    async fn one_process_at_a_time_uses_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = Batches::open(folder.path()).await.unwrap();
        assert!(matches!(Batches::open(folder.path()).await, Err(BatchesError::InUse { .. })));
        drop(first);
        assert!(Batches::open(folder.path()).await.is_ok());
    }
}
