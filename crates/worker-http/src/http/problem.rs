use axum::{
    Json,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use supabase_store::StoreError;

/// An error as `application/problem+json` (RFC 9457), with the `error` of the original contract beside it.
#[derive(Debug)]
pub(crate) struct Problem(Box<Body>);

#[derive(Debug, Serialize)]
struct Body {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    /// The same as `detail`, where older callers look for it.
    error: String,
    /// A word for programs.
    code: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldFault>,
}

/// What is wrong with one field of a body.
#[derive(Debug, Serialize)]
pub(crate) struct FieldFault {
    pub field: &'static str,
    pub detail: String,
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
        }))
    }

    pub(crate) fn not_found(detail: &str) -> Self {
        Self::of(StatusCode::NOT_FOUND, detail)
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
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::CONFLICT => "conflict",
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        StatusCode::SERVICE_UNAVAILABLE => "unavailable",
        _ => "internal_error",
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.0)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { job_id } => {
                Self::of(StatusCode::CONFLICT, format!("Job {job_id} exists with another body"))
            }
            error if error.is_transient() => {
                tracing::warn!(%error, "the store is out of reach");
                Self::of(StatusCode::SERVICE_UNAVAILABLE, "The store is out of reach; try again")
            }
            error => {
                tracing::error!(%error, cause = ?std::error::Error::source(&error), "the store failed");
                Self::of(StatusCode::INTERNAL_SERVER_ERROR, "The worker had an internal error")
            }
        }
    }
}
