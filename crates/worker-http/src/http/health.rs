use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Api, problem::Problem};
use crate::telemetry::metrics::{self, QueueCounts};

/// Who asks whether we are ready does not wait for longer.
const READY_TIMEOUT: Duration = Duration::from_secs(2);

/// The process is up; nothing more is asked.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Health {
    #[schema(example = "ok")]
    status: &'static str,
    #[schema(example = "worker-http")]
    service: &'static str,
    version: &'static str,
}

impl Health {
    fn ok() -> Self {
        Self { status: "ok", service: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
    }
}

/// Whether the process is up
#[utoipa::path(get, path = "/health", tag = "worker", security(()), responses((status = 200, description = "It is", body = Health)))]
pub(super) async fn health() -> Json<Health> {
    Json(Health::ok())
}

/// Whether work is taken in: the store answers, and the worker is not being stopped
#[utoipa::path(
    get, path = "/ready", tag = "worker", security(()),
    responses(
        (status = 200, description = "It is", body = Health),
        (status = 503, description = "It is not, for now", body = Problem, content_type = "application/problem+json",
         headers(("Retry-After" = i32))),
    )
)]
pub(super) async fn ready(State(api): State<Arc<Api>>) -> Result<Json<Health>, Problem> {
    if api.is_draining() {
        return Err(Problem::draining());
    }
    match tokio::time::timeout(READY_TIMEOUT, api.limits.counts()).await {
        Ok(counted) => counted.map(|_| Json(Health::ok())).map_err(Problem::from),
        Err(_) => Err(Problem::of(StatusCode::SERVICE_UNAVAILABLE, "The store does not answer")),
    }
}

/// Figures for Prometheus
#[utoipa::path(
    get, path = "/metrics", tag = "worker",
    responses((status = 200, description = "In the text format", body = String, content_type = "text/plain"))
)]
pub(super) async fn show_metrics(State(api): State<Arc<Api>>) -> Response {
    // Figures of the queue are as old as the last question at most.
    if let Ok(Ok(counts)) = tokio::time::timeout(READY_TIMEOUT, api.limits.counts()).await {
        metrics::queue(&QueueCounts {
            waiting: counts.waiting,
            running: counts.running,
            oldest_waiting: counts.oldest_seconds.map(Duration::from_secs),
        });
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], metrics::render()).into_response()
}
