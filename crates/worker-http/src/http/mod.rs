//! Translates HTTP into calls of the store; nothing is decided here.

mod access;
mod headers;
mod health;
mod jobs;
mod problem;
mod reports;
#[cfg(test)]
mod tests;
mod wire;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware,
    routing::{get, post},
};
use tokio::sync::Notify;
use tower_http::{timeout::TimeoutLayer, trace::TraceLayer};

use crate::{
    config::{CallbackConfig, Config},
    pages,
    queue::Store,
};
use access::Access;
pub(crate) use problem::Problem;

/// A request for a report has some hundred bytes.
const LARGEST_BODY_BYTES: usize = 64 * 1024;

const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// What the routes need.
pub(crate) struct Api {
    pub store: Arc<dyn Store>,
    /// Rung when a job was accepted, so that it starts at once.
    pub bell: Arc<Notify>,
    pub callback: CallbackConfig,
    access: Access,
}

impl Api {
    pub(crate) fn new(store: Arc<dyn Store>, bell: Arc<Notify>, config: &Config) -> Self {
        Self { store, bell, callback: config.callback.clone(), access: Access::new(&config.server.secrets) }
    }
}

/// All routes.
pub(crate) fn router(api: Api) -> Router {
    let api = Arc::new(api);
    let guarded = Router::new()
        .route("/", get(pages::list))
        .route("/generate-report", post(jobs::generate))
        .route("/jobs/{job_id}/status", get(jobs::status))
        .route("/reports/{report_id}", get(reports::show))
        .fallback(async || Problem::not_found("No such page"))
        .layer(middleware::from_fn_with_state(Arc::clone(&api), access::guard));
    Router::new()
        .route("/health", get(health::health))
        .merge(guarded)
        .method_not_allowed_fallback(async || {
            Problem::of(StatusCode::METHOD_NOT_ALLOWED, "This address takes another method")
        })
        .layer(DefaultBodyLimit::max(LARGEST_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_TIMEOUT))
        .layer(middleware::map_response(headers::secure))
        .layer(TraceLayer::new_for_http())
        .with_state(api)
}
