use std::time::Duration;

use secrecy::SecretString;
use url::Url;

/// The public address of the Messages API.
pub const DEFAULT_BASE_URL: &str = "https://api.anthropic.com/";

/// A long answer takes some minutes; a job has five.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_mins(4);

/// The first try and three more: enough for a short overload, not for an outage.
pub const DEFAULT_MAX_ATTEMPTS: usize = 4;

/// Before the second attempt; it doubles from there, with jitter.
pub const DEFAULT_RETRY_PAUSE: Duration = Duration::from_secs(2);

/// How to reach Claude.
#[derive(Debug, Clone)]
pub struct ClaudeConfig {
    /// The secret of the account.
    pub api_key: SecretString,
    /// Where the API answers, with a slash at the end; another one for a gateway.
    pub base_url: Url,
    /// For one attempt of one call.
    pub timeout: Duration,
    /// Attempts of one call, the first included.
    pub max_attempts: usize,
    /// Before the second attempt.
    pub retry_pause: Duration,
}

impl ClaudeConfig {
    /// The defaults with a key.
    #[expect(clippy::missing_panics_doc, reason = "the constant is a URL")]
    pub fn new(api_key: impl Into<SecretString>) -> Self {
        Self {
            api_key: api_key.into(),
            base_url: Url::parse(DEFAULT_BASE_URL).expect("the constant is a URL"),
            timeout: DEFAULT_TIMEOUT,
            max_attempts: DEFAULT_MAX_ATTEMPTS,
            retry_pause: DEFAULT_RETRY_PAUSE,
        }
    }
}
