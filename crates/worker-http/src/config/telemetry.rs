use std::fmt;

use secrecy::SecretString;
use sentry::types::Dsn;

use super::Reader;

/// Variables whose values must not leave the process, even where an error repeats them.
const SECRET_VARIABLES: [&str; 6] = [
    "ANTHROPIC_API_KEY",
    "CALLBACK_SECRET",
    "SEC_USER_AGENT",
    "SENTRY_DSN",
    "SUPABASE_SERVICE_KEY",
    "WORKER_SECRET",
];

/// Who may see into the worker.
#[derive(Clone, Default)]
pub(crate) struct TelemetryConfig {
    /// `SENTRY_DSN`: where errors are reported; absent means nowhere.
    pub sentry_dsn: Option<Dsn>,
    /// `METRICS_OPEN`: whether `/metrics` answers without a secret.
    pub metrics_open: bool,
    /// What is taken out of reports of errors.
    pub secrets: Vec<SecretString>,
}

impl fmt::Debug for TelemetryConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("TelemetryConfig");
        shown.field("sentry_dsn", &self.sentry_dsn.as_ref().map(|_| "..."));
        shown.field("metrics_open", &self.metrics_open).finish_non_exhaustive()
    }
}

impl TelemetryConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        const EXPECTED: &str = "the DSN of a Sentry project, such as https://key@sentry.example/1";
        let sentry_dsn: Option<Dsn> = reader.parsed("SENTRY_DSN", EXPECTED);
        let metrics_open = reader.switch("METRICS_OPEN", false);
        let mut secrets: Vec<_> = SECRET_VARIABLES.iter().flat_map(|name| secrets(reader, name)).collect();
        secrets.extend(sentry_dsn.as_ref().map(|dsn| dsn.public_key().into()));
        Self { sentry_dsn, metrics_open, secrets }
    }

    /// Where errors are reported, without the key.
    pub(crate) fn sentry_host(&self) -> Option<&str> {
        self.sentry_dsn.as_ref().map(Dsn::host)
    }
}

/// The value as a whole and its parts, which may stand alone in an error.
fn secrets(reader: &Reader<'_>, name: &str) -> Vec<SecretString> {
    let mut texts = reader.list(name);
    texts.extend(reader.text(name));
    let keys: Vec<_> =
        texts.iter().filter_map(|text| text.strip_prefix("whsec_")).map(str::to_owned).collect();
    texts.into_iter().chain(keys).map(SecretString::from).collect()
}
