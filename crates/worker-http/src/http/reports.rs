use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderName, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use filing_model::Report;

use super::{Api, problem::Problem};

/// What a report is shown as, by the ending of its address.
#[derive(Clone, Copy)]
enum Shown {
    Html,
    Json,
    Markdown,
}

/// A report
///
/// As a page, or as JSON or Markdown when the id is followed by `.json` or `.md`.
#[utoipa::path(
    get, path = "/reports/{report_id}", tag = "reports", params(("report_id" = String, Path)),
    responses(
        (status = 200, content(
            (String = "text/html"),
            (serde_json::Value = "application/json"),
            (String = "text/markdown"),
        )),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(State(api): State<Arc<Api>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let (report_id, shown) = parse(&name);
    let found = if api.ids.fits(report_id) { api.store.report(report_id).await? } else { None };
    let report = found.ok_or_else(|| Problem::not_found("Report not found"))?;
    let rendered = tokio::task::spawn_blocking(move || render(&report, shown)).await;
    rendered.map(IntoResponse::into_response).map_err(|error| {
        tracing::error!(%error, "a report could not be shown");
        Problem::of(StatusCode::INTERNAL_SERVER_ERROR, "The report cannot be shown")
    })
}

fn parse(name: &str) -> (&str, Shown) {
    match name.rsplit_once('.') {
        Some((report_id, "json")) => (report_id, Shown::Json),
        Some((report_id, "md")) => (report_id, Shown::Markdown),
        Some((report_id, "html")) => (report_id, Shown::Html),
        _ => (name, Shown::Html),
    }
}

fn render(report: &Report, shown: Shown) -> ([(HeaderName, &'static str); 1], String) {
    let (content_type, body) = match shown {
        Shown::Html => ("text/html; charset=utf-8", report_view::html(report)),
        Shown::Markdown => ("text/markdown; charset=utf-8", report_view::markdown(report)),
        Shown::Json => {
            let json = serde_json::to_string(report).expect("a report has text keys and finite numbers");
            ("application/json", json)
        }
    };
    ([(CONTENT_TYPE, content_type)], body)
}
