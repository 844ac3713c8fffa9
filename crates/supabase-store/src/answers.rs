use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::StoreError;

/// A pair of years stays a company's latest for a year, and most who ask for it do so in the months after the filing.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);

/// Answers forgotten when one is kept: few enough to cost nothing, more than come in.
pub(crate) const MOST_FORGOTTEN: usize = 100;

/// What a language model answered.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// When it was sent.
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
