//! Which addresses may be called back.
//!
//! Asked when a job is accepted, and again before every sending, for the list may have changed. What a host name
//! leads to is not known here: [`resolver`](super::resolver) looks at that while the connection is made.

use url::{Host, Origin, Url};

use crate::config::CallbackConfig;

/// What servers in front of a receiver commonly still take.
const LONGEST_BYTES: usize = 2_048;

/// The most that DNS allows.
const LONGEST_HOST: usize = 253;
const LONGEST_LABEL: usize = 63;

/// Names that lead nowhere in public, so whatever they lead to is near to the worker: reserved by RFC 6761, 6762,
/// 7686, 8375 and 9476 or by ICANN, or in wide private use.
const NOT_PUBLIC: [&str; 17] = [
    "alt",
    "arpa",
    "cluster",
    "corp",
    "example",
    "home",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "svc",
    "test",
];

/// Decides which addresses may be called back.
#[derive(Clone)]
pub(crate) struct Guard {
    origins: Vec<Origin>,
    any_https: bool,
}

/// Why an address is not called. The text goes on after the field's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("must have at most {LONGEST_BYTES} characters")]
    TooLong,
    /// Parsers drop or replace these, each in its own way.
    #[error("must be plain ASCII without blanks, control characters and backslashes")]
    Characters,
    #[error("must begin with https://")]
    NotHttps,
    #[error("must be an address such as https://hooks.example.com/done")]
    NotAnAddress,
    #[error("must hold no user name and no password")]
    UserInfo,
    #[error("must spell its host without percent signs")]
    EncodedHost,
    #[error("must hold no fragment")]
    Fragment,
    #[error("its origin is not one that this worker may call (CALLBACK_ORIGINS)")]
    NotListed,
    #[error("must name its host instead of giving an IP address")]
    IpAddress,
    #[error("must name a host of the public internet in full, such as hooks.example.com")]
    HostName,
    #[error("must be on port 443 unless its origin is listed (CALLBACK_ORIGINS)")]
    Port,
}

impl Guard {
    pub(crate) fn new(config: &CallbackConfig) -> Self {
        Self { origins: config.origins.clone(), any_https: config.any_https }
    }

    /// The address, if it may be called.
    pub(crate) fn admits(&self, text: &str) -> Result<Url, Refusal> {
        let authority = authority(text)?;
        if authority.contains('@') {
            return Err(Refusal::UserInfo);
        }
        if authority.contains('%') {
            return Err(Refusal::EncodedHost);
        }
        let url: Url = text.parse().map_err(|_| Refusal::NotAnAddress)?;
        if url.fragment().is_some() {
            return Err(Refusal::Fragment);
        }
        if self.lists(&url) {
            return Ok(url);
        }
        if !self.any_https {
            return Err(Refusal::NotListed);
        }
        public(&url)?;
        Ok(url)
    }

    /// Whether the operator named its origin: then it is called wherever it leads.
    pub(super) fn lists(&self, url: &Url) -> bool {
        self.origins.contains(&url.origin())
    }
}

/// What stands between `https://` and the path, as it is written: a parser would already have made it nicer.
fn authority(text: &str) -> Result<&str, Refusal> {
    if text.len() > LONGEST_BYTES {
        return Err(Refusal::TooLong);
    }
    if text.bytes().any(|byte| !byte.is_ascii_graphic() || byte == b'\\') {
        return Err(Refusal::Characters);
    }
    let (scheme, rest) = text.split_once("://").ok_or(Refusal::NotHttps)?;
    if !["https", "http"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return Err(Refusal::NotHttps);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    if end == 0 { Err(Refusal::NotAnAddress) } else { Ok(&rest[..end]) }
}

/// Anybody may name such an address, so it must not reach what only the worker can reach.
fn public(url: &Url) -> Result<(), Refusal> {
    if url.scheme() != "https" {
        return Err(Refusal::NotHttps);
    }
    match url.host() {
        Some(Host::Domain(name)) if is_public_name(name) => {}
        Some(Host::Domain(_)) | None => return Err(Refusal::HostName),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => return Err(Refusal::IpAddress),
    }
    // Otherwise the worker could be made to knock at the ports of others, and its errors would tell what is open.
    if url.port().is_some() {
        return Err(Refusal::Port);
    }
    Ok(())
}

/// Only the form; in lower case, as parsed.
fn is_public_name(name: &str) -> bool {
    name.len() <= LONGEST_HOST
        && name.split('.').all(is_label)
        && name.rsplit_once('.').is_some_and(|(_, top)| !NOT_PUBLIC.contains(&top))
}

fn is_label(label: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
pub(super) mod tests;
