use std::{num::NonZeroUsize, time::Duration};

use secrecy::SecretString;
use url::Url;

/// The public address of the Messages API.
pub const DEFAULT_BASE_URL: &str = "https://api.anthropic.com/";

/// A long answer takes some minutes; a job has five.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_mins(4);

/// A streamed answer shows that it lives, so it may take longer: 128,000 tokens at a slow pace.
pub const DEFAULT_STREAM_TIMEOUT: Duration = Duration::from_mins(30);

/// The API sends a `ping` every few seconds; who is silent for a minute is gone.
pub const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_mins(1);

/// Counting takes well under a second, and there is our own estimate without it.
pub const DEFAULT_COUNT_TIMEOUT: Duration = Duration::from_secs(10);

/// Longer answers are streamed: at 50 tokens a second they take more than two minutes without a byte, and
/// proxies end such connections.
pub const DEFAULT_STREAM_ABOVE: u32 = 6_000;

/// The first try and three more: enough for a short overload, not for an outage.
pub const DEFAULT_MAX_ATTEMPTS: usize = 4;

/// Before the second attempt; it doubles from there, with jitter.
pub const DEFAULT_RETRY_PAUSE: Duration = Duration::from_secs(2);

/// A provider that wants a longer pause is left alone by the caller, who can do other work meanwhile.
pub const DEFAULT_LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Enough for the jobs of one process; an account of the lowest tier has 50 requests a minute.
pub const DEFAULT_CALLS_IN_FLIGHT: NonZeroUsize = NonZeroUsize::new(16).unwrap();

/// How to reach Claude.
#[derive(Debug, Clone)]
pub struct ClaudeConfig {
    /// The secret of the account.
    pub api_key: SecretString,
    /// Where the API answers; another address for a gateway.
    pub base_url: Url,
    /// For one attempt of a call that is not streamed, and for the first byte of one that is.
    pub timeout: Duration,
    /// For all of a streamed answer.
    pub stream_timeout: Duration,
    /// For which a stream may be silent.
    pub idle_timeout: Duration,
    /// For counting the tokens of a call.
    pub count_timeout: Duration,
    /// Calls that allow more tokens of answer than this are streamed.
    pub stream_above: u32,
    /// Attempts of one call, the first included. So often in a row may the API turn all calls away before those in line are
    /// given up, too.
    pub max_attempts: usize,
    /// Before the second attempt.
    pub retry_pause: Duration,
    /// The longest that a call waits before an attempt. Where more is asked for, the call is given up as
    /// [`AnalyzeError::RateLimited`](crate::AnalyzeError::RateLimited).
    pub longest_pause: Duration,
    /// Calls at the same time; others wait in line.
    pub calls_in_flight: NonZeroUsize,
}

impl ClaudeConfig {
    /// The defaults with a key.
    #[expect(clippy::missing_panics_doc, reason = "the constant is a URL")]
    pub fn new(api_key: impl Into<SecretString>) -> Self {
        Self {
            api_key: api_key.into(),
            base_url: Url::parse(DEFAULT_BASE_URL).expect("the constant is a URL"),
            timeout: DEFAULT_TIMEOUT,
            stream_timeout: DEFAULT_STREAM_TIMEOUT,
            idle_timeout: DEFAULT_IDLE_TIMEOUT,
            count_timeout: DEFAULT_COUNT_TIMEOUT,
            stream_above: DEFAULT_STREAM_ABOVE,
            max_attempts: DEFAULT_MAX_ATTEMPTS,
            retry_pause: DEFAULT_RETRY_PAUSE,
            longest_pause: DEFAULT_LONGEST_PAUSE,
            calls_in_flight: DEFAULT_CALLS_IN_FLIGHT,
        }
    }

    /// Before the attempt after this one, counted from 1: doubled each time, up to half longer by chance, so that those who failed
    /// together do not come back together.
    pub(super) fn backoff(&self, attempt: usize) -> Duration {
        let doubled = self.retry_pause.saturating_mul(1 << attempt.saturating_sub(1).min(10));
        doubled.min(self.longest_pause).mul_f64(1.0 + fastrand::f64() / 2.0).min(self.longest_pause)
    }
}
