use std::sync::LazyLock;

use axum::{
    http::{HeaderValue, header::CONTENT_SECURITY_POLICY},
    response::{Html, IntoResponse, Response},
};

/// What such a page may do is said in it as well, but for who may frame it, which only a header can say.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let policy = format!("{}; frame-ancestors 'none'", report_view::content_security_policy());
    HeaderValue::from_str(&policy).expect("hashes and words are ASCII")
});

/// A page that `report-view` made, with what it may do in the browser.
pub(crate) fn of_report_view(page: String) -> Response {
    ([(CONTENT_SECURITY_POLICY, POLICY.clone())], Html(page)).into_response()
}
