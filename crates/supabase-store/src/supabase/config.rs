use std::{fmt, time::Duration};

use secrecy::SecretString;
use url::Url;

/// A report of some megabytes over a slow line takes seconds; the database itself gives up after 8 s or so.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// Pauses before what may be asked again is asked again. Together they outlast a database that is restarted.
pub const DEFAULT_RETRY_PAUSES: &[Duration] =
    &[Duration::from_millis(200), Duration::from_secs(1), Duration::from_secs(4)];

/// How to reach a project.
#[derive(Clone)]
pub struct SupabaseConfig {
    /// The address of the project, such as `https://abcdefgh.supabase.co`.
    pub url: Url,
    /// The key of the service: `sb_secret_...`, or a legacy JWT (`eyJ...`) of the role `service_role`.
    pub service_key: SecretString,
    /// How long one request may take, with its answer.
    pub timeout: Duration,
    /// Pauses before further tries of a request that failed in passing and may be repeated.
    pub retry_pauses: Vec<Duration>,
}

impl SupabaseConfig {
    /// The usual times.
    pub fn new(url: Url, service_key: SecretString) -> Self {
        Self { url, service_key, timeout: DEFAULT_TIMEOUT, retry_pauses: DEFAULT_RETRY_PAUSES.to_vec() }
    }
}

impl fmt::Debug for SupabaseConfig {
    /// Without the key, and without what an address may hold besides its host.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SupabaseConfig")
            .field("host", &self.url.host_str())
            .field("timeout", &self.timeout)
            .field("retry_pauses", &self.retry_pauses)
            .finish_non_exhaustive()
    }
}
