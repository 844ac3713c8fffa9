use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use standardwebhooks::Webhook;
use subtle::ConstantTimeEq as _;

/// Signatures of this worker that hold until they expire. They tell nothing of the secrets.
pub(super) struct Seals {
    /// The first one signs; the others still hold what they signed before.
    keys: Vec<Webhook>,
}

impl Seals {
    /// A key of its own for each purpose: no signature of one is any of another, or one of a request.
    pub(super) fn new(purpose: &str, secrets: &[SecretString]) -> Self {
        let key = |secret: &SecretString| {
            let digest = Sha256::new()
                .chain_update(purpose)
                .chain_update(b"\0")
                .chain_update(secret.expose_secret())
                .finalize();
            Webhook::from_bytes(digest.to_vec()).ok()
        };
        Self { keys: secrets.iter().filter_map(key).collect() }
    }

    /// Whether there is no secret to sign with.
    pub(super) fn are_none(&self) -> bool {
        self.keys.is_empty()
    }

    /// The signature of `what` until then, in seconds since 1970; the same whenever it is asked for.
    pub(super) fn seal(&self, what: &str, expires: i64) -> Option<String> {
        signature(self.keys.first()?, what, expires)
    }

    /// Whether this is a signature of ours that has not expired.
    pub(super) fn hold(&self, what: &str, expires: i64, given: &str) -> bool {
        expires >= Timestamp::now().as_second()
            && self.keys.iter().any(|key| {
                signature(key, what, expires)
                    .is_some_and(|signature| signature.as_bytes().ct_eq(given.as_bytes()).into())
            })
    }
}

fn signature(key: &Webhook, what: &str, expires: i64) -> Option<String> {
    let signed = key.sign(what, expires, b"").ok()?;
    Some(URL_SAFE_NO_PAD.encode(Sha256::digest(signed.as_bytes())))
}
