use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};

use super::wire::Failure;
use crate::{AnalyzeError, Usage};

/// Code of a 429 that lasts until the next month.
const SPEND_LIMIT: &str = "enforced_spend_limit_reached";

/// Words of a 400 that a smaller prompt may pass.
const TOO_LONG: [&str; 2] = ["prompt is too long", "exceed context limit"];

/// Words of a 400 that only money changes.
const NO_CREDIT: &str = "credit balance is too low";

/// What a status other than success means for the caller.
pub(super) fn of_status(status: u16, headers: &HeaderMap, body: &[u8]) -> AnalyzeError {
    let mut failure = serde_json::from_slice::<Failure>(body).unwrap_or_default();
    failure.request_id = request_id(headers).map(str::to_owned).or(failure.request_id);
    of(status, retry_after(headers), failure)
}

/// What an error means that has no status of its own: one within a stream, or of a request in a batch.
pub(super) fn without_status(failure: Failure) -> AnalyzeError {
    let status = match failure.error.kind.as_str() {
        "invalid_request_error" => 400,
        "authentication_error" => 401,
        "billing_error" => 402,
        "permission_error" => 403,
        "not_found_error" => 404,
        "conflict_error" => 409,
        "request_too_large" => 413,
        "rate_limit_error" => 429,
        "timeout_error" => 504,
        "overloaded_error" => 529,
        _ => 500,
    };
    of(status, None, failure)
}

fn of(status: u16, retry_after: Option<Duration>, failure: Failure) -> AnalyzeError {
    let Failure { error: detail, request_id } = failure;
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
        408 | 409 | 500..=599 => AnalyzeError::Unavailable { status, retry_after, request_id },
        413 => too_long("request_too_large"),
        400 if TOO_LONG.iter().any(|words| detail.message.contains(words)) => too_long("prompt_too_long"),
        400 if detail.message.contains(NO_CREDIT) => AnalyzeError::OutOfCredit,
        _ => AnalyzeError::Rejected { status, kind: detail.kind, message: detail.message, request_id },
    }
}

/// Whether the provider has no room for anybody, not only for this call.
pub(super) fn is_turned_away(error: &AnalyzeError) -> bool {
    matches!(error, AnalyzeError::RateLimited { .. } | AnalyzeError::Unavailable { status: 503 | 529, .. })
}

/// The same error for another caller who waited for the same, without what it took: that is counted once.
pub(super) fn copy(error: &AnalyzeError) -> AnalyzeError {
    let usage = Usage::default();
    match error {
        AnalyzeError::Config { reason } => AnalyzeError::Config { reason: reason.clone() },
        AnalyzeError::Unauthorized { status } => AnalyzeError::Unauthorized { status: *status },
        AnalyzeError::OutOfCredit => AnalyzeError::OutOfCredit,
        AnalyzeError::RateLimited { retry_after } => AnalyzeError::RateLimited { retry_after: *retry_after },
        AnalyzeError::Unavailable { status, retry_after, request_id } => AnalyzeError::Unavailable {
            status: *status,
            retry_after: *retry_after,
            request_id: request_id.clone(),
        },
        AnalyzeError::Rejected { status, kind, message, request_id } => AnalyzeError::Rejected {
            status: *status,
            kind: kind.clone(),
            message: message.clone(),
            request_id: request_id.clone(),
        },
        AnalyzeError::Transport { source } => AnalyzeError::Transport { source: source.to_string().into() },
        AnalyzeError::Declined { category, .. } => {
            AnalyzeError::Declined { category: category.clone(), usage }
        }
        AnalyzeError::TooLong { stop_reason, .. } => {
            AnalyzeError::TooLong { stop_reason: stop_reason.clone(), usage }
        }
        AnalyzeError::Unanswered { outcome } => AnalyzeError::Unanswered { outcome: outcome.clone() },
        AnalyzeError::Ledger { source } => AnalyzeError::Ledger { source: source.to_string().into() },
        AnalyzeError::Shape { source, .. } => {
            AnalyzeError::Shape { source: source.to_string().into(), usage }
        }
    }
}

/// The provider's name for a call.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("request-id")?.to_str().ok()
}

/// Seconds, or a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
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
    use crate::claude::wire::FailureDetail;

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
            kind(400, r#"{"error":{"message":"prompt is too long: 1200000 tokens > 1000000 maximum"}}"#),
            kind(400, r#"{"error":{"message":"Your credit balance is too low to access the API."}}"#),
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
        the model stopped before its answer was whole (prompt_too_long) (never)
        the account of the model's provider has no credit, or its spend limit is reached (never)
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
    fn an_error_without_a_status_has_that_of_its_kind() {
        let status = |kind: &str| {
            let error = FailureDetail { kind: kind.into(), ..FailureDetail::default() };
            without_status(Failure { error, request_id: Some("req_07".into()) })
        };
        let overloaded = status("overloaded_error");
        assert!(matches!(overloaded, AnalyzeError::Unavailable { status: 529, .. }));
        assert_eq!(overloaded.request_id(), Some("req_07"));
        assert!(matches!(status("rate_limit_error"), AnalyzeError::RateLimited { retry_after: None }));
        assert!(matches!(status("of_tomorrow"), AnalyzeError::Unavailable { status: 500, .. }));
        let rejected = status("invalid_request_error");
        assert_eq!((rejected.is_transient(), rejected.request_id()), (false, Some("req_07")));
    }

    #[test]
    fn the_name_of_a_call_is_in_its_error() {
        let headers = HeaderMap::from_iter([(
            "request-id".parse().expect("a name"),
            "req_08".parse().expect("a value"),
        )]);
        assert_eq!(of_status(500, &headers, b"").request_id(), Some("req_08"));
        let body = br#"{"type":"error","error":{"type":"not_found_error"},"request_id":"req_09"}"#;
        assert_eq!(of_status(404, &HeaderMap::new(), body).request_id(), Some("req_09"));
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
