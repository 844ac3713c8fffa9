//! The two kinds of keys, and which headers take them.

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use crate::StoreError;

const API_KEY: HeaderName = HeaderName::from_static("apikey");

/// The headers that show a key. A new one (`sb_`) is no token: it is refused as a bearer.
pub(super) fn headers(key: &SecretString) -> Result<HeaderMap, StoreError> {
    let key = key.expose_secret();
    if key.is_empty() {
        return Err(StoreError::Settings { reason: "the key is empty" });
    }
    if key.starts_with("sb_publishable_") {
        return Err(StoreError::Settings { reason: "the key is a publishable one, not that of the service" });
    }
    let mut headers = HeaderMap::from_iter([(API_KEY, secret(key)?)]);
    if !key.starts_with("sb_") {
        headers.insert(AUTHORIZATION, secret(&format!("Bearer {key}"))?);
    }
    Ok(headers)
}

fn secret(text: &str) -> Result<HeaderValue, StoreError> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| StoreError::Settings { reason: "the key has characters that no key has" })?;
    // Never printed, not even by those who print all headers.
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(key: &str) -> Result<Vec<(String, String)>, StoreError> {
        let headers = headers(&key.to_owned().into())?;
        let shown = headers.iter().map(|(name, value)| {
            assert!(value.is_sensitive() && !format!("{headers:?}").contains(key));
            (name.to_string(), value.to_str().unwrap().to_owned())
        });
        Ok(shown.collect())
    }

    #[test]
    fn a_new_key_is_never_a_bearer_and_an_old_one_always() {
        let one = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(shown("sb_secret_x").unwrap(), [one("apikey", "sb_secret_x")]);
        assert_eq!(
            shown("eyJhbGciOi.x.y").unwrap(),
            [one("apikey", "eyJhbGciOi.x.y"), one("authorization", "Bearer eyJhbGciOi.x.y")]
        );
    }

    #[test]
    fn what_cannot_be_the_key_of_the_service_is_refused_without_showing_it() {
        for key in ["", "sb_publishable_x", "eyJ\nx", "eyJ\0"] {
            let refused = shown(key).unwrap_err();
            assert!(matches!(refused, StoreError::Settings { .. }), "{key:?}");
            assert!(key.is_empty() || !format!("{refused} {refused:?}").contains(key));
        }
    }
}
