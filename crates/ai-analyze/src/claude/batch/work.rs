//! What goes on behind those who wait: gathering, sending, and asking how far a batch is.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::sync::{Notify, OnceCell};

use super::{
    client::{Batch, Batches},
    desk::{Desk, Next, Parcel},
    ledger::{BatchLedger, OpenBatch},
    model::BatchConfig,
};
use crate::{
    AnalyzeError,
    claude::{config::ClaudeConfig, failure},
};

/// Results can be had for so long.
const KEPT_FOR: Duration = Duration::from_hours(29 * 24);

/// Our clock may differ by so much from the provider's.
const CLOCK_ERROR: Duration = Duration::from_mins(5);

/// What those who ask and those who work share.
pub(super) struct Office {
    pub(super) batches: Batches,
    pub(super) ledger: Arc<dyn BatchLedger>,
    pub(super) config: BatchConfig,
    pub(super) http: ClaudeConfig,
    pub(super) desk: Mutex<Desk>,
    pub(super) told: Notify,
    pub(super) opened: OnceCell<()>,
}

impl Office {
    pub(super) fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the ledger, once.
    pub(super) async fn open(&self) -> Result<(), AnalyzeError> {
        let read = || async {
            let batches = self.ledger.list().await.map_err(|source| AnalyzeError::Ledger { source })?;
            let oldest = Timestamp::now() - KEPT_FOR;
            for batch in batches {
                if batch.created_at < oldest {
                    self.forget(&batch.id).await;
                } else {
                    tracing::info!(batch = batch.id, calls = batch.keys.len(), "an open batch is found");
                    self.desk().find(batch);
                }
            }
            Ok(())
        };
        self.opened.get_or_try_init(read).await.copied()
    }

    pub(super) fn go_on(self: &Arc<Self>, next: Next) {
        match next {
            Next::Nothing => {}
            Next::Tell => self.told.notify_one(),
            Next::Gather => drop(tokio::spawn(Arc::clone(self).gather())),
            Next::Follow(id) => drop(tokio::spawn(Arc::clone(self).follow(id))),
        }
    }

    pub(super) async fn forget(&self, id: &str) {
        if let Err(error) = self.ledger.forget(id).await {
            tracing::error!(batch = id, error = error.to_string(), "a batch cannot be taken off the ledger");
        }
    }

    /// Waits until nobody new comes, and sends what there is.
    async fn gather(self: Arc<Self>) {
        while !self.desk().all_wait() {
            if tokio::time::timeout(self.config.quiet, self.told.notified()).await.is_err() {
                break;
            }
        }
        let parcels = self.desk().take_gathered(self.config.most_requests, self.config.most_bytes);
        for parcel in parcels {
            self.send(parcel).await;
        }
    }

    async fn send(self: &Arc<Self>, parcel: Parcel) {
        let began_at = Timestamp::now();
        for attempt in 1.. {
            let error = match self.batches.create_from(&parcel.bodies).await {
                Ok(batch) => return self.sent(&batch, parcel.keys, false).await,
                Err(error) => error,
            };
            let pause = error.retry_after().unwrap_or_default();
            if !error.is_transient() || attempt >= self.http.max_attempts || pause > self.http.longest_pause {
                return self.desk().fail(&parcel.keys, &error);
            }
            tokio::time::sleep(self.http.backoff(attempt).max(pause)).await;
            if failure::is_turned_away(&error) {
                continue;
            }
            // The answer was lost, the batch perhaps not.
            if let Some(batch) = self.lost(began_at, parcel.keys.len()).await {
                return self.sent(&batch, parcel.keys, true).await;
            }
        }
    }

    /// A batch that looks like the one we sent and that nobody knows. Its results will show whether it is.
    async fn lost(&self, began_at: Timestamp, calls: usize) -> Option<Batch> {
        let newest = self.batches.newest().await.unwrap_or_default();
        newest.into_iter().find(|batch| {
            batch.created_at >= began_at - CLOCK_ERROR
                && batch.counts.total() == calls as u64
                && !self.desk().knows(&batch.id)
        })
    }

    async fn sent(self: &Arc<Self>, batch: &Batch, keys: Vec<String>, is_found: bool) {
        tracing::info!(batch = batch.id, calls = keys.len(), "a batch is sent");
        let open = OpenBatch { id: batch.id.clone(), keys: keys.clone(), created_at: batch.created_at };
        if let Err(error) = self.ledger.remember(&open).await {
            tracing::error!(batch = batch.id, error = error.to_string(), "a batch is not on the ledger");
        }
        self.desk().sent(&batch.id, keys, is_found);
        self.go_on(Next::Follow(batch.id.clone()));
    }

    /// Asks how far a batch is until its results are here or nobody waits for them.
    async fn follow(self: Arc<Self>, id: String) {
        loop {
            match self.look(&id).await {
                Ok(true) => return,
                Ok(false) => {}
                Err(AnalyzeError::Rejected { status: 404, .. }) => {
                    tracing::warn!(batch = id, "a batch or its results are gone");
                    self.forget(&id).await;
                    let next = self.desk().lose(&id);
                    return self.go_on(next);
                }
                Err(error) if error.is_transient() => {}
                Err(error) => return self.desk().fail_batch(&id, &error),
            }
            if !self.desk().is_awaited(&id) {
                return;
            }
            tokio::time::sleep(self.config.poll).await;
        }
    }

    /// Whether the batch has ended; if so, its results are handed over.
    async fn look(self: &Arc<Self>, id: &str) -> Result<bool, AnalyzeError> {
        let batch = self.batches.status(id).await?;
        if !batch.has_ended() {
            return Ok(false);
        }
        tracing::info!(batch = id, counts = ?batch.counts, "a batch has ended");
        let mut results = self.batches.results(&batch).await?;
        while let Some(result) = results.next().await? {
            let next = self.desk().deliver(id, &result.custom_id, result.answer);
            self.go_on(next);
        }
        let (next, is_done) = {
            let mut desk = self.desk();
            (desk.end(id), desk.is_done(id))
        };
        self.go_on(next);
        if is_done {
            self.forget(id).await;
        }
        Ok(true)
    }
}
