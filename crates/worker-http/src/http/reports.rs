use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use filing_model::Report;

use super::{Api, problem::Problem};
use crate::pages;

/// What a report is shown as, by the ending of its address.
#[derive(Clone, Copy)]
enum Shown {
    Html,
    Json,
    Markdown,
    Changes,
    Similarities,
}

/// A report
///
/// As a page, or what the ending of the id says: `.json`, `.md`, `.csv` with a line for each change, or `.similarities.csv` with a
/// line for each Item. The `report_url` of a callback opens it without a secret: its query is a signature that ends with time.
#[utoipa::path(
    get, path = "/reports/{report_id}", tag = "reports", params(
        ("report_id" = String, Path, pattern = r"^[A-Za-z0-9_-]{1,64}(\.(html|json|md|csv|similarities\.csv))?$"),
    ),
    responses(
        (status = 200, description = "The report", content(
            (String = "text/html"),
            (serde_json::Value = "application/json"),
            (String = "text/markdown"),
            (String = "text/csv"),
        )),
        (status = 404, description = "There is no such report", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(State(api): State<Arc<Api>>, Path(name): Path<String>) -> Result<Response, Problem> {
    let (report_id, shown) = parse(&name);
    let found = if api.ids.fits(report_id) { api.store.report(report_id).await? } else { None };
    let report = found.ok_or_else(|| Problem::not_found("Report not found"))?;
    let rendered = tokio::task::spawn_blocking(move || render(&report, shown)).await;
    rendered.map_err(|error| {
        tracing::error!(%error, "a report could not be shown");
        Problem::of(StatusCode::INTERNAL_SERVER_ERROR, "The report cannot be shown")
    })
}

fn parse(name: &str) -> (&str, Shown) {
    match name.split_once('.') {
        Some((report_id, "json")) => (report_id, Shown::Json),
        Some((report_id, "md")) => (report_id, Shown::Markdown),
        Some((report_id, "csv")) => (report_id, Shown::Changes),
        Some((report_id, "similarities.csv")) => (report_id, Shown::Similarities),
        Some((report_id, "html")) => (report_id, Shown::Html),
        _ => (name, Shown::Html),
    }
}

fn render(report: &Report, shown: Shown) -> Response {
    let (content_type, body) = match shown {
        Shown::Html => return pages::of_report_view(report_view::html(report)),
        Shown::Markdown => ("text/markdown; charset=utf-8", report_view::markdown(report)),
        Shown::Changes => ("text/csv; charset=utf-8", report_view::changes_csv(report)),
        Shown::Similarities => ("text/csv; charset=utf-8", report_view::similarities_csv(report)),
        Shown::Json => {
            let json = serde_json::to_string(report).expect("a report has text keys and finite numbers");
            ("application/json", json)
        }
    };
    ([(CONTENT_TYPE, content_type)], body).into_response()
}
