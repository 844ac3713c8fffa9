mod analyzer;
mod asking;

mod plan;

mod groups;
mod prompt;

mod session;
mod spend;

mod answer;
mod judging;
mod schema;
mod summary;

mod client;
mod config;
mod prices;

mod gate;

mod counting;
mod sse;
mod stream;

mod api;
mod failure;
mod outcome;
mod wire;

mod batch;

pub use self::{
    analyzer::{Claude, PROMPT_VERSION},
    asking::{Asking, DEFAULT_MODEL, DEFAULT_PROMPT_TOKENS},
    batch::{
        Batch, BatchConfig, BatchCounts, BatchLedger, BatchModel, BatchProgress, BatchRequest, BatchResult,
        BatchResults, BatchState, Batches, BatchesInMemory, DEFAULT_BATCH_POLL, DEFAULT_BATCH_QUIET,
        Expected, LedgerError, OpenBatch,
    },
    client::ClaudeModel,
    config::{
        ClaudeConfig, DEFAULT_BASE_URL, DEFAULT_CALLS_IN_FLIGHT, DEFAULT_COUNT_TIMEOUT, DEFAULT_IDLE_TIMEOUT,
        DEFAULT_LONGEST_PAUSE, DEFAULT_MAX_ATTEMPTS, DEFAULT_RETRY_PAUSE, DEFAULT_STREAM_ABOVE,
        DEFAULT_STREAM_TIMEOUT, DEFAULT_TIMEOUT,
    },
    prices::cost_usd,
    prompt::estimated_tokens,
};

#[cfg(test)]
mod tests;
