//! Who may speak to the worker.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{AUTHORIZATION, HOST, ORIGIN, WWW_AUTHENTICATE},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};
use url::Url;

use super::{Api, problem::Problem};

/// Who is let in: bearers of a secret, or without one this machine alone.
pub(super) struct Access {
    /// Of equal length whatever the secrets are, so that comparing tells nothing of them.
    digests: Vec<[u8; 32]>,
}

impl Access {
    pub(super) fn new(secrets: &[SecretString]) -> Self {
        Self { digests: secrets.iter().map(|secret| digest(secret.expose_secret())).collect() }
    }

    fn admits(&self, headers: &HeaderMap) -> Result<(), Problem> {
        if self.digests.is_empty() { from_this_machine(headers) } else { self.bears_a_secret(headers) }
    }

    /// Every secret is compared, in constant time.
    fn bears_a_secret(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let given = digest(bearer(headers).unwrap_or_default());
        let fits = self.digests.iter().fold(Choice::from(0), |fits, known| fits | known.ct_eq(&given));
        if fits.into() {
            Ok(())
        } else {
            Err(Problem::of(StatusCode::UNAUTHORIZED, "A bearer secret is needed"))
        }
    }
}

/// Only what has no secret to guard passes, or who is admitted.
pub(super) async fn guard(State(api): State<Arc<Api>>, request: Request, next: Next) -> Response {
    match api.access.admits(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(problem) => {
            let mut response = problem.into_response();
            if response.status() == StatusCode::UNAUTHORIZED {
                response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            response
        }
    }
}

fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}

/// A page in the user's browser reaches loopback too: by a name of its own (rebinding) or from its own origin.
fn from_this_machine(headers: &HeaderMap) -> Result<(), Problem> {
    let refused =
        || Err(Problem::of(StatusCode::FORBIDDEN, "Without WORKER_SECRET only this machine may ask"));
    let header = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or("invalid"));
    if !header(HOST).is_none_or(|host| is_loopback(&format!("http://{host}"))) {
        return refused();
    }
    if !header(ORIGIN).is_none_or(|origin| same_host(origin, header(HOST))) {
        return refused();
    }
    Ok(())
}

fn is_loopback(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    match url.host() {
        Some(url::Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn same_host(origin: &str, host: Option<&str>) -> bool {
    host.is_some_and(|host| origin.strip_prefix("http://") == Some(host))
}
