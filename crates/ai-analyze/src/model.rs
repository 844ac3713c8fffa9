use async_trait::async_trait;
use serde_json::Value;

use crate::AnalyzeError;

/// One question to a language model, one answer in the shape of a schema.
///
/// The seam between what is asked and who answers: Claude over HTTP, a script in tests, a cache in between.
#[async_trait]
pub trait ChatModel: Send + Sync {
    /// Asks once; retries that make sense are the implementation's own affair.
    async fn answer(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError>;
}

/// What a model is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelCall {
    /// Who it is and what the rules are; the same for all filings.
    pub system: String,
    /// The task with its material.
    pub prompt: String,
    /// JSON Schema of the answer; every object closed by `additionalProperties: false`.
    pub schema: Value,
    /// The longest answer, in tokens, the model's own thinking included.
    pub max_tokens: u32,
}

/// What a model answered.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelAnswer {
    /// The JSON it wrote.
    pub value: Value,
    /// The model that answered, as its provider names it.
    pub model: String,
    /// What it took.
    pub usage: Usage,
}

/// Tokens of one or more calls. The prompt is input and both cache counters together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
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
