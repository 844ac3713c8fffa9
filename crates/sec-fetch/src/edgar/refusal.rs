//! What an answer means that is not a document: the status alone does not tell.

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822};

/// What EDGAR means by an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// No such object.
    Absent,
    /// It does not want our requests; asking on prolongs that.
    Refused,
    /// It wants fewer requests.
    TooMany,
    /// Anything else; 5xx may pass.
    Failed,
}

/// Titles of the pages that EDGAR answers to clients it refuses.
const UNDECLARED: &str = "Undeclared Automated Tool";
const TOO_FAST: &str = "Request Rate Threshold Exceeded";

/// Codes of its object store for objects that are not there; without the right to list it says "denied".
const ABSENCES: [&str; 2] = ["<Code>AccessDenied</Code>", "<Code>NoSuchKey</Code>"];

/// Judges an answer by its status and the beginning of its body.
pub(super) fn meaning(status: u16, body: &str) -> Meaning {
    match status {
        404 | 410 => Meaning::Absent,
        403 | 429 if is_refusal(body) => Meaning::Refused,
        403 if ABSENCES.iter().any(|code| body.contains(code)) => Meaning::Absent,
        // A page that is not known is read as a refusal: a needless pause costs less than a longer block.
        403 => Meaning::Refused,
        429 => Meaning::TooMany,
        _ => Meaning::Failed,
    }
}

/// Whether a page is one of the refusals.
pub(super) fn is_refusal(body: &str) -> bool {
    body.contains(UNDECLARED) || body.contains(TOO_FAST)
}

/// Whether EDGAR says that it does not know who asks.
pub(super) fn is_undeclared(body: &str) -> bool {
    body.contains(UNDECLARED)
}

/// The pause that a `Retry-After` asks for: seconds, or a date.
pub(super) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_tells_a_block_from_a_missing_object() {
        let undeclared = "<title>SEC.gov | Your Request Originates from an Undeclared Automated Tool</title>";
        let too_fast = "<title>SEC.gov | Request Rate Threshold Exceeded</title>";
        let denied = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";
        let cases = [
            (403, undeclared, Meaning::Refused),
            (403, too_fast, Meaning::Refused),
            (429, too_fast, Meaning::Refused),
            (403, denied, Meaning::Absent),
            (403, "<Error><Code>NoSuchKey</Code></Error>", Meaning::Absent),
            (404, "", Meaning::Absent),
            (403, "<h1>Access Denied</h1>", Meaning::Refused),
            (429, "slow down", Meaning::TooMany),
            (503, too_fast, Meaning::Failed),
            (302, "", Meaning::Failed),
        ];
        for (status, body, expected) in cases {
            assert_eq!(meaning(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "2026-11-02T10:00:00Z".parse().expect("a timestamp");
        let cases = [
            ("30", Some(30)),
            ("Mon, 02 Nov 2026 10:01:00 GMT", Some(60)),
            ("Mon, 02 Nov 2026 09:00:00 GMT", Some(0)),
            ("soon", None),
            ("-5", None),
        ];
        for (value, seconds) in cases {
            assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs), "{value}");
        }
    }
}
