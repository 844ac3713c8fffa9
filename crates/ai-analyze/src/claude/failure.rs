use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};

use super::wire::Failure;
use crate::{AnalyzeError, Usage};

/// Code of a 429 that lasts until the next month.
const SPEND_LIMIT: &str = "enforced_spend_limit_reached";

/// What a status other than success means for the caller.
pub(super) fn of_status(status: u16, headers: &HeaderMap, body: &[u8]) -> AnalyzeError {
    let detail = serde_json::from_slice::<Failure>(body).unwrap_or_default().error;
    let retry_after = retry_after(headers);
    let is_spend_limit = detail.details.get("error_code").and_then(|code| code.as_str()) == Some(SPEND_LIMIT);
    let too_long = |stop_reason: &str| AnalyzeError::TooLong {
        stop_reason: stop_reason.into(),
        usage: Usage::default(),
    };
    match status {
        401 | 403 => AnalyzeError::Unauthorized { status },
        402 => AnalyzeError::OutOfCredit,
        429 if is_spend_limit => AnalyzeError::OutOfCredit,
        429 => AnalyzeError::RateLimited { retry_after },
        409 | 500..=599 => AnalyzeError::Unavailable { status, retry_after },
        413 => too_long("request_too_large"),
        400 if detail.message.contains("prompt is too long") => too_long("prompt_too_long"),
        _ => AnalyzeError::Rejected { status, kind: detail.kind, message: detail.message },
    }
}

/// Seconds, or a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Duration::try_from(jiff::Timestamp::now().duration_until(at)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(status: u16, body: &str) -> String {
        let error = of_status(status, &HeaderMap::new(), body.as_bytes());
        format!("{error} {}", if error.is_transient() { "(again)" } else { "(never)" })
    }

    #[test]
    fn each_status_has_its_meaning() {
        let error = |kind: &str, rest: &str| {
            format!(r#"{{"type":"error","error":{{"type":"{kind}","message":"m"{rest}}},"request_id":"r"}}"#)
        };
        let said = [
            kind(400, &error("invalid_request_error", "")),
            kind(401, &error("authentication_error", "")),
            kind(402, &error("billing_error", "")),
            kind(404, "not JSON"),
            kind(409, &error("conflict_error", "")),
            kind(413, &error("request_too_large", "")),
            kind(429, &error("rate_limit_error", "")),
            kind(
                429,
                &error("rate_limit_error", r#","details":{"error_code":"enforced_spend_limit_reached"}"#),
            ),
            kind(500, ""),
            kind(529, &error("overloaded_error", "")),
        ];
        insta::assert_snapshot!(said.join("\n"), @"
        the model's provider rejected the request (status 400, invalid_request_error) (never)
        the model's provider refused the key (status 401) (never)
        the account of the model's provider has no credit, or its spend limit is reached (never)
        the model's provider rejected the request (status 404, ) (never)
        the model's provider is overloaded or broken (status 409) (again)
        the model stopped before its answer was whole (request_too_large) (never)
        the model's provider asks for a pause (again)
        the account of the model's provider has no credit, or its spend limit is reached (never)
        the model's provider is overloaded or broken (status 500) (again)
        the model's provider is overloaded or broken (status 529) (again)
        ");
    }

    #[test]
    fn a_pause_is_seconds_or_a_date() {
        let pause =
            |text: &str| retry_after(&HeaderMap::from_iter([(RETRY_AFTER, text.parse().expect("a header"))]));
        assert_eq!(pause("7"), Some(Duration::from_secs(7)));
        assert!(pause("Thu, 31 Dec 2099 23:59:59 GMT").is_some_and(|pause| pause > Duration::from_hours(24)));
        assert_eq!(pause("soon"), None);
    }
}
