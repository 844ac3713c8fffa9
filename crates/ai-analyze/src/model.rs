use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::AnalyzeError;

/// One question to a language model, one answer in the shape of a schema.
///
/// The seam between what is asked and who answers: Claude over HTTP, a script in tests, a cache in between.
#[async_trait]
pub trait ChatModel: Send + Sync {
    /// Asks once; retries that make sense are the implementation's own affair.
    async fn answer(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError>;

    /// Asks once more, since the answer that came before cannot be used: no kept one is given.
    async fn answer_anew(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        self.answer(call).await
    }

    /// Tokens of the call's prompt as the provider counts them; `None` when it cannot be asked.
    async fn count_tokens(&self, _call: &ModelCall) -> Option<u64> {
        None
    }

    /// The price at which calls are made.
    fn rate(&self) -> Rate {
        Rate::Standard
    }
}

#[async_trait]
impl<M: ChatModel + ?Sized> ChatModel for std::sync::Arc<M> {
    async fn answer(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        (**self).answer(call).await
    }

    async fn answer_anew(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        (**self).answer_anew(call).await
    }

    async fn count_tokens(&self, call: &ModelCall) -> Option<u64> {
        (**self).count_tokens(call).await
    }

    fn rate(&self) -> Rate {
        (**self).rate()
    }
}

/// What a model is asked. Two calls that are equal may have one answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelCall {
    /// The model's name.
    pub model: String,
    /// How hard it thinks.
    pub effort: Effort,
    /// Who it is and what the rules are; the same for all filings.
    pub system: String,
    /// The task with its material.
    pub prompt: String,
    /// JSON Schema of the answer; every object closed by `additionalProperties: false`.
    pub schema: Value,
    /// The longest answer, in tokens, the model's own thinking included.
    pub max_tokens: u32,
}

/// How hard a model thinks; thinking is billed as output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// Briefly.
    Low,
    /// As is usual.
    #[default]
    Medium,
    /// At length.
    High,
}

/// At which price calls are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rate {
    /// Answered at once.
    #[default]
    Standard,
    /// Answered within a day, at half the price.
    Batch,
}

/// What a model answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelAnswer {
    /// The JSON it wrote.
    pub value: Value,
    /// The model that answered, as its provider names it.
    pub model: String,
    /// What it took; nothing when the answer was kept from an earlier call.
    pub usage: Usage,
}

/// Tokens of one or more calls. The prompt is input and both cache counters together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct Usage {
    /// Read at the full price.
    pub input: u64,
    /// Written, thinking included.
    pub output: u64,
    /// Read and kept for five minutes.
    pub cache_write_5m: u64,
    /// Read and kept for an hour.
    pub cache_write_1h: u64,
    /// Read from what was kept.
    pub cache_read: u64,
}

impl Usage {
    /// All tokens of the prompt, however they are priced.
    pub fn prompt(&self) -> u64 {
        self.input + self.cache_write_5m + self.cache_write_1h + self.cache_read
    }

    /// Prompt and answer.
    pub fn total(&self) -> u64 {
        self.prompt() + self.output
    }
}
