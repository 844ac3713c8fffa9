use std::{num::NonZeroU32, path::PathBuf, time::Duration};

use url::Url;

use crate::DEFAULT_CACHE_LIMIT_BYTES;

/// Where EDGAR keeps documents and the list of tickers.
pub const DEFAULT_WWW_URL: &str = "https://www.sec.gov/";

/// Where EDGAR keeps the lists of filings.
pub const DEFAULT_DATA_URL: &str = "https://data.sec.gov/";

/// EDGAR allows ten in total over all machines of one user; blocks were seen just below.
pub const DEFAULT_REQUESTS_PER_SECOND: NonZeroU32 = NonZeroU32::new(6).expect("6 is not zero");

/// EDGAR answers within a second; a host that does not even connect will not.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A pause this long within an answer means a dead connection.
pub const DEFAULT_SILENCE_TIMEOUT: Duration = Duration::from_secs(20);

/// One attempt in all: the largest documents take some seconds, so this ends answers that drip.
pub const DEFAULT_REQUEST_TIMEOUT: Duration = Duration::from_secs(90);

/// Main documents have 1 to 6 MB; full submissions of the nineties some tens.
pub const DEFAULT_LARGEST_DOCUMENT_BYTES: u64 = 64 * 1024 * 1024;

/// Repetitions after a first attempt that failed for a passing reason: some ten seconds in all.
pub const DEFAULT_RETRIES: usize = 4;

/// Before the first repetition; doubled for each further one, plus chance, so that clients do not march in step.
pub const DEFAULT_RETRY_DELAY: Duration = Duration::from_millis(500);

/// After so long there is no further attempt, however many are left.
pub const DEFAULT_PATIENCE: Duration = Duration::from_secs(100);

/// EDGAR lets a client in again once it has kept quiet for ten minutes.
pub const DEFAULT_BLOCK_PAUSE: Duration = Duration::from_mins(10);

/// Lists of filings change when a company files and carry no `ETag` to ask with.
pub const DEFAULT_SUBMISSIONS_FRESH: Duration = Duration::from_mins(10);

/// New symbols are rare.
pub const DEFAULT_TICKERS_FRESH: Duration = Duration::from_hours(24);

/// How [`Edgar`](crate::Edgar) asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchConfig {
    /// Who asks, as EDGAR wants it: company and a mail address, such as `Acme Research ops@acme.example`.
    pub user_agent: String,
    /// See [`DEFAULT_WWW_URL`].
    pub www_url: Url,
    /// See [`DEFAULT_DATA_URL`].
    pub data_url: Url,
    /// See [`DEFAULT_REQUESTS_PER_SECOND`]; evenly spaced, never in bursts.
    pub requests_per_second: NonZeroU32,
    /// See [`DEFAULT_CONNECT_TIMEOUT`].
    pub connect_timeout: Duration,
    /// See [`DEFAULT_SILENCE_TIMEOUT`].
    pub silence_timeout: Duration,
    /// See [`DEFAULT_REQUEST_TIMEOUT`].
    pub request_timeout: Duration,
    /// See [`DEFAULT_LARGEST_DOCUMENT_BYTES`]; counted uncompressed.
    pub largest_document_bytes: u64,
    /// See [`DEFAULT_RETRIES`].
    pub retries: usize,
    /// See [`DEFAULT_RETRY_DELAY`].
    pub retry_delay: Duration,
    /// See [`DEFAULT_PATIENCE`].
    pub patience: Duration,
    /// See [`DEFAULT_BLOCK_PAUSE`].
    pub block_pause: Duration,
    /// See [`DEFAULT_SUBMISSIONS_FRESH`].
    pub submissions_fresh: Duration,
    /// See [`DEFAULT_TICKERS_FRESH`].
    pub tickers_fresh: Duration,
    /// Where answers are kept; `None` fetches everything anew.
    pub cache_dir: Option<PathBuf>,
    /// See [`DEFAULT_CACHE_LIMIT_BYTES`].
    pub cache_limit_bytes: u64,
    /// Answers from the cache alone, however old they are.
    pub offline: bool,
}

impl FetchConfig {
    /// All defaults: no cache, not offline.
    pub fn new(user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: user_agent.into(),
            www_url: address(DEFAULT_WWW_URL),
            data_url: address(DEFAULT_DATA_URL),
            requests_per_second: DEFAULT_REQUESTS_PER_SECOND,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            silence_timeout: DEFAULT_SILENCE_TIMEOUT,
            request_timeout: DEFAULT_REQUEST_TIMEOUT,
            largest_document_bytes: DEFAULT_LARGEST_DOCUMENT_BYTES,
            retries: DEFAULT_RETRIES,
            retry_delay: DEFAULT_RETRY_DELAY,
            patience: DEFAULT_PATIENCE,
            block_pause: DEFAULT_BLOCK_PAUSE,
            submissions_fresh: DEFAULT_SUBMISSIONS_FRESH,
            tickers_fresh: DEFAULT_TICKERS_FRESH,
            cache_dir: None,
            cache_limit_bytes: DEFAULT_CACHE_LIMIT_BYTES,
            offline: false,
        }
    }
}

fn address(default: &str) -> Url {
    Url::parse(default).expect("the default addresses are addresses")
}
