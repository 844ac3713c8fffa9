mod analyzer;
mod answer;
mod client;
mod config;
mod failure;
mod packing;
mod prices;
mod prompt;
mod spend;
mod summary;
mod wire;

pub use self::{
    analyzer::{Claude, PROMPT_VERSION},
    client::ClaudeModel,
    config::{
        ClaudeConfig, DEFAULT_BASE_URL, DEFAULT_MAX_ATTEMPTS, DEFAULT_MODEL, DEFAULT_PROMPT_TOKENS,
        DEFAULT_RETRY_PAUSE, DEFAULT_TIMEOUT, Effort,
    },
    prices::cost_usd,
};

#[cfg(test)]
mod tests;
