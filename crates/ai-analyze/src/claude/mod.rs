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
mod failure;
mod prices;
mod wire;

pub use self::{
    analyzer::{Claude, PROMPT_VERSION},
    asking::{Asking, DEFAULT_MODEL, DEFAULT_PROMPT_TOKENS},
    client::ClaudeModel,
    config::{ClaudeConfig, DEFAULT_BASE_URL, DEFAULT_MAX_ATTEMPTS, DEFAULT_RETRY_PAUSE, DEFAULT_TIMEOUT},
    prices::cost_usd,
    prompt::estimated_tokens,
};

#[cfg(test)]
mod tests;
