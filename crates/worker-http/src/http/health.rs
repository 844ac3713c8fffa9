use axum::Json;
use serde::Serialize;

/// The process is up; nothing more is asked.
#[derive(Debug, Serialize)]
pub(super) struct Health {
    status: &'static str,
    service: &'static str,
    version: &'static str,
}

/// `GET /health`
pub(super) async fn health() -> Json<Health> {
    Json(Health { status: "ok", service: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") })
}
