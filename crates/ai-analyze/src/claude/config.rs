use std::time::Duration;

use secrecy::SecretString;
use serde::Serialize;
use url::Url;

/// Good at quoting exactly, at a fraction of the price of the larger ones.
pub const DEFAULT_MODEL: &str = "claude-sonnet-5-5";

/// The public address of the Messages API.
pub const DEFAULT_BASE_URL: &str = "https://api.anthropic.com/";

/// A long answer takes some minutes; a job has five.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_mins(4);

/// The first try and three more: enough for a short overload, not for an outage.
pub const DEFAULT_MAX_ATTEMPTS: usize = 4;

/// Before the second attempt; it doubles from there, with jitter.
pub const DEFAULT_RETRY_PAUSE: Duration = Duration::from_secs(2);

/// Room for the changes of a large company without the least telling ones, by our own estimate of tokens.
pub const DEFAULT_PROMPT_TOKENS: usize = 40_000;

/// How to reach Claude and how much to send.
#[derive(Debug, Clone)]
pub struct ClaudeConfig {
    /// The secret of the account.
    pub api_key: SecretString,
    /// Where the API answers, with a slash at the end; another one for a gateway.
    pub base_url: Url,
    /// The model's name.
    pub model: String,
    /// How hard the model thinks; thinking is billed as output.
    pub effort: Effort,
    /// For one attempt of one call.
    pub timeout: Duration,
    /// Attempts of one call, the first included.
    pub max_attempts: usize,
    /// Before the second attempt.
    pub retry_pause: Duration,
    /// Estimated tokens of changes in all calls of one report.
    pub prompt_tokens: usize,
}

impl ClaudeConfig {
    /// The defaults with a key.
    #[expect(clippy::missing_panics_doc, reason = "the constant is a URL")]
    pub fn new(api_key: impl Into<SecretString>) -> Self {
        Self {
            api_key: api_key.into(),
            base_url: Url::parse(DEFAULT_BASE_URL).expect("the constant is a URL"),
            model: DEFAULT_MODEL.into(),
            effort: Effort::Medium,
            timeout: DEFAULT_TIMEOUT,
            max_attempts: DEFAULT_MAX_ATTEMPTS,
            retry_pause: DEFAULT_RETRY_PAUSE,
            prompt_tokens: DEFAULT_PROMPT_TOKENS,
        }
    }
}

/// How hard a model thinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
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
