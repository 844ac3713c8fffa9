//! Where an answer may lead us: to sec.gov and nowhere else.

use reqwest::{Response, StatusCode, header};
use url::Url;

use crate::{FetchConfig, FetchError};

/// Each is a request of its own; more than these lead in a circle.
pub(super) const MOST_REDIRECTS: usize = 3;

pub(super) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// The address that a redirect names, if it is one that we ask.
pub(super) fn target(response: &Response, from: &Url, config: &FetchConfig) -> Result<Url, FetchError> {
    let named = response.headers().get(header::LOCATION).map(|to| String::from_utf8_lossy(to.as_bytes()));
    let Some(named) = named else { return Err(refused(from, "")) };
    let target = from.join(&named).ok().filter(|target| is_ours(target, config));
    target.ok_or_else(|| refused(from, &named))
}

/// For a redirect that is not followed.
pub(super) fn refused(from: &Url, to: &str) -> FetchError {
    let to = to.chars().filter(|c| !c.is_control()).take(200).collect();
    FetchError::Redirected { url: from.to_string(), to }
}

/// Encrypted on a host of sec.gov, or where we were told to ask.
fn is_ours(target: &Url, config: &FetchConfig) -> bool {
    let configured = [&config.www_url, &config.data_url].map(Url::origin).contains(&target.origin());
    let host = target.host_str().unwrap_or_default();
    let on_sec_gov = host == "sec.gov" || host.ends_with(".sec.gov");
    let plain = target.username().is_empty() && target.password().is_none();
    plain && (configured || (target.scheme() == "https" && target.port().is_none() && on_sec_gov))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_lead_to_sec_gov_alone() {
        let mut config = FetchConfig::new("");
        config.data_url = "http://127.0.0.1:9000/data/".parse().unwrap();
        let cases = [
            ("https://www.sec.gov/Archives/x.htm", true),
            ("https://sec.gov/x", true),
            ("https://other.sec.gov/x", true),
            ("http://127.0.0.1:9000/elsewhere", true),
            ("http://127.0.0.1:9001/", false),
            ("http://www.sec.gov/x", false),
            ("https://www.sec.gov:8443/x", false),
            ("https://user@www.sec.gov/x", false),
            ("https://www.sec.gov.evil.example/x", false),
            ("https://evilsec.gov/x", false),
            ("https://127.0.0.1/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
        ];
        for (target, ours) in cases {
            assert_eq!(is_ours(&target.parse().unwrap(), &config), ours, "{target}");
        }
    }
}
