use axum::{
    Json,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;
use supabase_store::StoreError;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use crate::causes::causes;

/// A process that ends is replaced within so much time, or another one takes over at once.
const DRAINING_RETRY_SECONDS: u32 = 5;

pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// An error as `application/problem+json` (RFC 9457), with the `error` of the original contract beside it.
#[derive(Debug)]
pub(crate) struct Problem(Box<Body>);

/// Why nothing was done (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
struct Body {
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    #[schema(example = "Bad Request")]
    title: &'static str,
    #[schema(example = 400)]
    status: u16,
    /// What happened, for people.
    detail: String,
    /// The same as `detail`, where older callers look for it.
    error: String,
    /// A word for programs.
    #[schema(example = "validation_error")]
    code: &'static str,
    /// What is wrong with the body, member by member.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FieldFault>,
    #[serde(skip)]
    retry_after_seconds: Option<u32>,
}

/// What is wrong with one member of a body.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldFault {
    #[schema(example = "ticker")]
    pub field: &'static str,
    #[schema(example = "is missing")]
    pub detail: String,
}

impl PartialSchema for Problem {
    fn schema() -> RefOr<Schema> {
        Body::schema()
    }
}

impl ToSchema for Problem {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Body::schemas(schemas);
    }
}

impl Problem {
    pub(crate) fn of(status: StatusCode, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self(Box::new(Body {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            error: detail.clone(),
            detail,
            code: code(status),
            errors: Vec::new(),
            retry_after_seconds: None,
        }))
    }

    /// Too much was asked for; `code` says of what.
    pub(crate) fn too_many(code: &'static str, detail: &str, retry_after_seconds: u32) -> Self {
        let mut problem = Self::of(StatusCode::TOO_MANY_REQUESTS, detail);
        problem.0.code = code;
        problem.0.retry_after_seconds = Some(retry_after_seconds);
        problem
    }

    /// This process ends; another one, or the next, takes the work.
    pub(crate) fn draining() -> Self {
        let mut problem = Self::of(StatusCode::SERVICE_UNAVAILABLE, "The worker is being stopped; try again");
        problem.0.code = "draining";
        problem.0.retry_after_seconds = Some(DRAINING_RETRY_SECONDS);
        problem
    }

    pub(crate) fn not_found(detail: &str) -> Self {
        Self::of(StatusCode::NOT_FOUND, detail)
    }

    /// What a page says instead: the status, what happened, and when to come back.
    pub(crate) fn told(&self) -> (StatusCode, &str, Option<u32>) {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, &self.0.detail, self.0.retry_after_seconds)
    }

    /// Every fault of a body in one answer.
    pub(crate) fn invalid(errors: Vec<FieldFault>) -> Self {
        let all: Vec<_> = errors.iter().map(|fault| format!("{}: {}", fault.field, fault.detail)).collect();
        let mut problem = Self::of(StatusCode::BAD_REQUEST, all.join("; "));
        problem.0.errors = errors;
        problem
    }
}

fn code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "validation_error",
        StatusCode::UNAUTHORIZED => "unauthorized",
        StatusCode::PAYMENT_REQUIRED => "insufficient_tokens",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::CONFLICT => "conflict",
        StatusCode::REQUEST_TIMEOUT => "timeout",
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        StatusCode::TOO_MANY_REQUESTS => "rate_limited",
        StatusCode::SERVICE_UNAVAILABLE => "unavailable",
        status if status.is_client_error() => "bad_request",
        _ => "internal_error",
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, _, retry_after) = self.told();
        let mut response = (status, Json(self.0)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Refusals of the framework have a plain text or nothing; here they get the shape that all others have. Our pages are left.
pub(super) async fn instead_of_bare_errors(response: Response) -> Response {
    let status = response.status();
    let is_bare = status.is_client_error() || status.is_server_error();
    let has_shape = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind == MEDIA_TYPE || kind.as_bytes().starts_with(b"text/html"));
    if !is_bare || has_shape {
        return response;
    }
    let mut shaped = Problem::of(status, detail(status)).into_response();
    let headers = response.into_parts().0.headers;
    shaped.headers_mut().extend(headers.into_iter().filter(|(name, _)| name.as_ref().is_some_and(is_kept)));
    shaped
}

/// Headers that say more of a refusal than its body.
fn is_kept(name: &axum::http::HeaderName) -> bool {
    use axum::http::header::{ALLOW, WWW_AUTHENTICATE};
    [ALLOW, WWW_AUTHENTICATE, RETRY_AFTER].contains(name)
}

fn detail(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "The request cannot be read",
        StatusCode::REQUEST_TIMEOUT => "The request took too long",
        StatusCode::PAYLOAD_TOO_LARGE => "The body is too large",
        status => status.canonical_reason().unwrap_or("Error"),
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { job_id } => {
                Self::of(StatusCode::CONFLICT, format!("Job {job_id} exists with another body"))
            }
            StoreError::InsufficientTokens { .. } => {
                Self::of(StatusCode::PAYMENT_REQUIRED, "The user has no token for a report")
            }
            error if error.is_transient() => {
                tracing::warn!(error = causes(&error), "the store is out of reach");
                Self::of(StatusCode::SERVICE_UNAVAILABLE, "The store is out of reach; try again")
            }
            error => {
                tracing::error!(error = causes(&error), "the store failed");
                Self::of(StatusCode::INTERNAL_SERVER_ERROR, "The worker had an internal error")
            }
        }
    }
}
