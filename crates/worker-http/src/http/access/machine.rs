use axum::http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{HOST, ORIGIN},
};
use url::Url;

use crate::http::Problem;

/// A page in the user's browser reaches loopback too: by a name of its own (rebinding) or from its own origin.
pub(super) fn from_this_machine(headers: &HeaderMap) -> Result<(), Problem> {
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

/// Whether an address leads to this machine and to no other.
pub(super) fn is_loopback(url: &str) -> bool {
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
