use std::{sync::Arc, time::Duration};

use standardwebhooks::Webhook;
use url::{Origin, Url};

use super::Reader;

/// Pauses of the schedule that Standard Webhooks publishes. The first attempt is made at once; these follow it.
const DEFAULT_RETRY: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(14),
    Duration::from_hours(20),
    Duration::from_hours(24),
];

/// A week: whoever writes more has another unit in mind.
const LONGEST_RETRY_SECONDS: u64 = 604_800;

/// What Standard Webhooks asks of a key.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// Whom the worker may call back, how it signs, and how often it tries.
#[derive(Clone, Default)]
pub(crate) struct CallbackConfig {
    /// `CALLBACK_ORIGINS`: such as `https://project.supabase.co`, comma-separated; when it is not set, the origin of
    /// `SUPABASE_URL`.
    pub origins: Vec<Origin>,
    /// `CALLBACK_ANY_HTTPS`: whether public https addresses may be called that are not listed.
    pub any_https: bool,
    /// `CALLBACK_SECRET`: `whsec_` and base64; several, comma-separated, while one replaces another.
    pub signers: Vec<Arc<Webhook>>,
    /// `CALLBACK_RETRY_SECONDS`: the pauses between attempts, so there is one attempt more than pauses.
    pub retry: Vec<Duration>,
}

impl std::fmt::Debug for CallbackConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { origins, any_https, signers, retry } = self;
        f.debug_struct("CallbackConfig")
            .field("origins", origins)
            .field("any_https", any_https)
            .field("signers", &signers.len())
            .field("retry", retry)
            .finish()
    }
}

impl CallbackConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            origins: origins(reader),
            any_https: reader.switch("CALLBACK_ANY_HTTPS", false),
            signers: signers(reader),
            retry: retry(reader),
        }
    }
}

fn origins(reader: &mut Reader<'_>) -> Vec<Origin> {
    if !reader.is_set("CALLBACK_ORIGINS") {
        return supabase_origin(reader).into_iter().collect();
    }
    let written = reader.list("CALLBACK_ORIGINS");
    let origins: Vec<_> = written.iter().filter_map(|text| origin(text)).collect();
    if origins.len() != written.len() {
        reader.fault(
            "CALLBACK_ORIGINS",
            "must list addresses without a path, such as https://project.supabase.co",
        );
    }
    origins
}

/// The Edge Functions of a project have its origin. Whether the address is right is for its own section to say.
fn supabase_origin(reader: &Reader<'_>) -> Option<Origin> {
    let url: Url = reader.text("SUPABASE_URL")?.parse().ok()?;
    is_web(&url).then(|| url.origin())
}

fn origin(text: &str) -> Option<Origin> {
    let url: Url = text.parse().ok()?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let nameless = url.username().is_empty() && url.password().is_none();
    (bare && nameless && is_web(&url)).then(|| url.origin())
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

fn signers(reader: &mut Reader<'_>) -> Vec<Arc<Webhook>> {
    let written = reader.list("CALLBACK_SECRET");
    let signers: Vec<_> = written.iter().filter_map(|text| signer(text)).collect();
    if signers.len() != written.len() {
        reader.fault(
            "CALLBACK_SECRET",
            "must be whsec_ followed by 24 to 64 random bytes in base64, or several of these with commas between",
        );
    }
    signers
}

fn signer(secret: &str) -> Option<Arc<Webhook>> {
    let key = secret.strip_prefix("whsec_")?;
    let bytes = key.trim_end_matches('=').len() * 3 / 4;
    if !KEY_BYTES.contains(&bytes) {
        return None;
    }
    Webhook::new(secret).ok().map(Arc::new)
}

fn retry(reader: &mut Reader<'_>) -> Vec<Duration> {
    let written = reader.list("CALLBACK_RETRY_SECONDS");
    if written.is_empty() {
        return DEFAULT_RETRY.to_vec();
    }
    let seconds: Vec<u64> = written.iter().filter_map(|text| text.parse().ok()).collect();
    if seconds.len() != written.len() || seconds.iter().any(|&seconds| seconds > LONGEST_RETRY_SECONDS) {
        let says = format!("must list whole seconds up to {LONGEST_RETRY_SECONDS}, such as 5,300,1800");
        reader.fault("CALLBACK_RETRY_SECONDS", says);
    }
    seconds.into_iter().map(Duration::from_secs).collect()
}
