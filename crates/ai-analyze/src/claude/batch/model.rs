use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use tokio::sync::oneshot;

use super::{
    client::{Batches, body_of},
    ledger::BatchLedger,
    work::Office,
};
use crate::{AnalyzeError, ChatModel, ClaudeModel, ModelAnswer, ModelCall, Rate};

/// Reports that run side by side ask within seconds of each other.
pub const DEFAULT_BATCH_QUIET: Duration = Duration::from_secs(2);

/// Batches take some minutes at least.
pub const DEFAULT_BATCH_POLL: Duration = Duration::from_mins(1);

/// The API takes 100,000; results of that many would be long in coming.
const MOST_REQUESTS: usize = 10_000;

/// The API takes 256 MB, which would have to be held at once.
const MOST_BYTES: usize = 64_000_000;

/// How calls are put into batches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchConfig {
    /// A batch leaves when no call has come for so long.
    pub quiet: Duration,
    /// Between two questions how far a batch is.
    pub poll: Duration,
    /// Calls in one batch.
    pub most_requests: usize,
    /// Bytes of one batch.
    pub most_bytes: usize,
}

impl Default for BatchConfig {
    fn default() -> Self {
        Self {
            quiet: DEFAULT_BATCH_QUIET,
            poll: DEFAULT_BATCH_POLL,
            most_requests: MOST_REQUESTS,
            most_bytes: MOST_BYTES,
        }
    }
}

/// Answers at half the price, within a day: calls of many reports are gathered and sent as one batch.
///
/// ```no_run
/// # async fn run(comparisons: Vec<filing_model::Comparison>) -> Result<(), ai_analyze::AnalyzeError> {
/// use std::sync::Arc;
/// use ai_analyze::{Analyzer, Asking, BatchConfig, BatchModel, BatchesInMemory, Claude, ClaudeConfig, ClaudeModel};
///
/// let model = ClaudeModel::new(ClaudeConfig::new("sk-ant-..."))?;
/// // One who wants to resume after a restart keeps the ledger on disk.
/// let model = Arc::new(BatchModel::new(model, Arc::new(BatchesInMemory::default()), BatchConfig::default()));
/// // All are announced before the first begins, so that none is left behind.
/// let expected: Vec<_> = comparisons.iter().map(|_| model.expect_caller()).collect();
/// let claude = Arc::new(Claude::with_model(Arc::clone(&model), Asking::default())?);
/// for (comparison, expected) in comparisons.into_iter().zip(expected) {
///     let claude = Arc::clone(&claude);
///     tokio::spawn(async move {
///         let analysis = claude.analyze(&comparison).await;
///         drop(expected);
///         analysis
///     });
/// }
/// # Ok(()) }
/// ```
///
/// A batch leaves when no call has come for a while ([`BatchConfig::quiet`]), or as soon as all expected callers wait. A call
/// that is in an open batch already, by the [`BatchLedger`], is waited for and not sent again. Equal calls are one.
///
/// A call is not tried again by itself: [`AnalyzeError::is_transient`] says whether asking again makes sense, which then is
/// part of a later batch. A caller who stops waiting does not stop the batch; the answer is there when the call comes again.
/// Needs the runtime of tokio that the first call was made on.
pub struct BatchModel {
    model: ClaudeModel,
    office: Arc<Office>,
}

impl BatchModel {
    /// Over the connections of a model. The ledger says which batches are open from earlier.
    pub fn new(model: ClaudeModel, ledger: Arc<dyn BatchLedger>, config: BatchConfig) -> Self {
        let office = Office {
            batches: Batches::new(&model),
            ledger,
            config,
            http: model.api().config.clone(),
            desk: std::sync::Mutex::default(),
            told: tokio::sync::Notify::new(),
            opened: tokio::sync::OnceCell::new(),
        };
        Self { model, office: Arc::new(office) }
    }

    /// Announces one who will wait for one call at a time, until this is dropped.
    pub fn expect_caller(&self) -> Expected {
        self.office.desk().expected += 1;
        Expected { office: Arc::clone(&self.office) }
    }

    /// How far the calls are.
    pub fn progress(&self) -> BatchProgress {
        self.office.desk().progress()
    }

    async fn wait(&self, call: &ModelCall, anew: bool) -> Result<ModelAnswer, AnalyzeError> {
        self.office.open().await?;
        let key = call.key();
        let (waiter, answer) = oneshot::channel();
        let (kept, done) = {
            let mut desk = self.office.desk();
            let dropped = if anew { desk.drop_place(&key) } else { None };
            if let Some((kept, done)) = desk.take_kept(&key) {
                (Some(kept), done)
            } else {
                let body = body_of(&key, call);
                self.office.go_on(desk.ask(key, body, waiter));
                (None, dropped)
            }
        };
        if let Some(id) = done {
            self.office.forget(&id).await;
        }
        match kept {
            Some(kept) => Ok(kept),
            None => {
                answer.await.unwrap_or_else(|source| Err(AnalyzeError::Transport { source: source.into() }))
            }
        }
    }
}

#[async_trait]
impl ChatModel for BatchModel {
    async fn answer(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        self.wait(call, false).await
    }

    async fn answer_anew(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        self.wait(call, true).await
    }

    async fn count_tokens(&self, call: &ModelCall) -> Option<u64> {
        self.model.count_tokens(call).await
    }

    fn rate(&self) -> Rate {
        Rate::Batch
    }
}

impl fmt::Debug for BatchModel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("BatchModel").field("progress", &self.progress()).finish_non_exhaustive()
    }
}

/// How far the calls of a [`BatchModel`] are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BatchProgress {
    /// Calls that are waited for.
    pub waiting: usize,
    /// Those of them that are in a batch.
    pub sent: usize,
    /// Calls that were answered so far.
    pub answered: usize,
    /// Calls that came to nothing so far.
    pub failed: usize,
}

/// A caller who was announced to a [`BatchModel`].
#[must_use = "a caller who is dropped is expected no more"]
pub struct Expected {
    office: Arc<Office>,
}

impl Drop for Expected {
    fn drop(&mut self) {
        self.office.desk().expected -= 1;
        self.office.told.notify_one();
    }
}

impl fmt::Debug for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Expected").finish_non_exhaustive()
    }
}
