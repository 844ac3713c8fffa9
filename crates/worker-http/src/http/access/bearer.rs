use axum::http::{HeaderMap, header::AUTHORIZATION};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

/// Secrets that callers bear; more than one while a new one is rolled out.
pub(super) struct Bearers {
    /// Of equal length whatever the secrets are, so that comparing tells nothing of them.
    digests: Vec<[u8; 32]>,
}

impl Bearers {
    pub(super) fn new(secrets: &[SecretString]) -> Self {
        Self { digests: secrets.iter().map(|secret| digest(secret.expose_secret())).collect() }
    }

    pub(super) fn are_none(&self) -> bool {
        self.digests.is_empty()
    }

    /// Whether the request has one of them as a bearer.
    pub(super) fn admit(&self, headers: &HeaderMap) -> bool {
        bearer(headers).is_some_and(|secret| self.has(secret))
    }

    /// Every secret is compared, in constant time.
    pub(super) fn has(&self, secret: &str) -> bool {
        let given = digest(secret);
        self.digests.iter().fold(Choice::from(0), |fits, known| fits | known.ct_eq(&given)).into()
    }
}

fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}
