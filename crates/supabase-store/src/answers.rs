use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// A pair of years stays a company's latest for a year, and most who ask for it do so in the months after the filing.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);

/// Answers forgotten when one is kept: few enough to cost nothing, more than come in.
pub(crate) const MOST_FORGOTTEN: usize = 100;

/// What a language model answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAnswer {
    /// The model that answered, as its provider names it.
    pub model: String,
    /// The answer in the JSON of whoever keeps it.
    pub answer: String,
    /// What it took, in tokens.
    pub tokens: u64,
}

/// Questions that a language model was asked together, in one batch that it answers later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelBatch {
    /// The provider's name for it.
    pub id: String,
    /// The keys of the questions.
    pub keys: Vec<String>,
    /// When it was sent; a store with a clock of its own, such as Supabase, notes when it was told.
    pub created_at: Timestamp,
}

/// Where answers of language models are kept, so that nobody pays twice for one question.
///
/// Keeping an answer forgets some of those that were kept half a year ago.
#[async_trait]
pub trait ModelAnswers: Send + Sync {
    /// The answer that was kept under a key.
    async fn model_answer(&self, key: &str) -> Result<Option<KeptAnswer>, StoreError>;

    /// Keeps an answer, in the place of an earlier one; durable before it returns.
    async fn keep_model_answer(&self, key: &str, answer: &KeptAnswer) -> Result<(), StoreError>;
}

/// Which batches a language model still works on, for a process that goes on where another one died.
#[async_trait]
pub trait ModelBatches: Send + Sync {
    /// Notes a batch that was sent; durable before it returns.
    async fn remember_model_batch(&self, batch: &ModelBatch) -> Result<(), StoreError>;

    /// Batches that were not forgotten, the oldest first.
    async fn model_batches(&self) -> Result<Vec<ModelBatch>, StoreError>;

    /// Takes a batch away; one that is not there is no error.
    async fn forget_model_batch(&self, id: &str) -> Result<(), StoreError>;
}
