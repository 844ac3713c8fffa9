//! What an attempt means for the callback, after Standard Webhooks.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{
    StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};

use super::guard::Refusal;

/// The most that a receiver may put us off.
const LONGEST_RETRY_AFTER: Duration = Duration::from_hours(24);

/// What an attempt means for the callback.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PostOutcome {
    Delivered,
    /// The receiver wants no more.
    Gone,
    /// Nothing was sent: the address may not be called.
    Refused(Refusal),
    Failed {
        /// Holds no part of the address but its host.
        error: String,
        /// How long the receiver asked us to wait.
        retry_after: Option<Duration>,
        /// The receiver has too much to do.
        slow_down: bool,
    },
}

impl PostOutcome {
    /// What an answer means; its body does not matter.
    pub(super) fn of(status: StatusCode, headers: &HeaderMap) -> Self {
        if status.is_success() {
            return Self::Delivered;
        }
        if status == StatusCode::GONE {
            return Self::Gone;
        }
        let redirects = if status.is_redirection() { ", redirects are not followed" } else { "" };
        Self::Failed {
            error: format!("status {}{redirects}", status.as_u16()),
            retry_after: retry_after(headers, Timestamp::now()),
            slow_down: matches!(
                status,
                StatusCode::TOO_MANY_REQUESTS | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT
            ),
        }
    }
}

/// Seconds, or a date.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let asked = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a long time too.
        text.parse().map_or(Duration::MAX, Duration::from_secs)
    } else {
        let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
        Duration::try_from(now.duration_until(at)).ok()?
    };
    Some(asked.min(LONGEST_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date_and_at_most_a_day() {
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().expect("a time");
        for (text, seconds) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("999999", Some(86_400)),
            ("99999999999999999999999999", Some(86_400)),
            ("Sun, 01 Mar 2026 12:01:30 GMT", Some(90)),
            ("Sun, 01 Mar 2026 13:01:00 +0100", Some(60)),
            ("Mon, 01 Mar 2027 12:00:00 GMT", Some(86_400)),
            ("Sun, 01 Mar 2026 11:00:00 GMT", None),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, text.parse().expect("a header"))]);
            assert_eq!(retry_after(&headers, now), seconds.map(Duration::from_secs), "{text:?}");
        }
    }
}
