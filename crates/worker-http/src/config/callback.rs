use std::sync::Arc;

use standardwebhooks::Webhook;
use url::{Origin, Url};

use super::Reader;

/// Whom the worker may call back, and how it signs.
#[derive(Clone, Default)]
pub(crate) struct CallbackConfig {
    /// `CALLBACK_ORIGINS`: such as `https://project.supabase.co`, comma-separated. Nothing else is ever called.
    pub origins: Vec<Origin>,
    /// `CALLBACK_SECRET`: `whsec_` and base64.
    pub signer: Option<Arc<Webhook>>,
}

impl std::fmt::Debug for CallbackConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("CallbackConfig");
        shown.field("origins", &self.origins).field("signer", &self.signer.as_ref().map(|_| "...")).finish()
    }
}

impl CallbackConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self { origins: origins(reader), signer: signer(reader) }
    }

    /// Whether this address may be called. Its origin must be listed, and it carries no name and password.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        url.username().is_empty() && url.password().is_none() && self.origins.contains(&url.origin())
    }
}

fn origins(reader: &mut Reader<'_>) -> Vec<Origin> {
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

fn origin(text: &str) -> Option<Origin> {
    let url: Url = text.parse().ok()?;
    let bare =
        url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    (bare && matches!(url.scheme(), "http" | "https")).then(|| url.origin())
}

/// Standard Webhooks asks for at least 24 random bytes.
fn signer(reader: &mut Reader<'_>) -> Option<Arc<Webhook>> {
    let secret = reader.text("CALLBACK_SECRET")?;
    let long_enough = secret.strip_prefix("whsec_").is_some_and(|key| key.len() >= 32);
    let signer = Webhook::new(&secret).ok().filter(|_| long_enough);
    if signer.is_none() {
        reader.fault("CALLBACK_SECRET", "must be whsec_ followed by 24 to 64 random bytes in base64");
    }
    signer.map(Arc::new)
}
