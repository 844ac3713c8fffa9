use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderName, StatusCode},
    middleware::{self, Next},
    response::Response,
};
use tower_http::{
    compression::CompressionLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::{DefaultOnFailure, TraceLayer},
};
use tracing::{Level, Span};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Api, Problem, access, events, headers, health, jobs, openapi, problem, reports};
use crate::{pages, telemetry::metrics};

/// A request for a report has some hundred bytes.
pub(super) const LARGEST_BODY_BYTES: usize = 64 * 1024;

const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// All routes.
pub(crate) fn router(api: Api) -> Router {
    let api = Arc::new(api);
    let (open, _) = anybody().split_for_parts();
    let (guarded, _) = those_who_are_let_in().split_for_parts();
    let guarded = guarded
        .merge(pages::routes(&api))
        .merge(openapi::routes(&api))
        .fallback(async || Problem::not_found("No such page"))
        .layer(middleware::from_fn_with_state(Arc::clone(&api), access::guard));
    open.merge(pages::open_routes(&api))
        .merge(guarded)
        .method_not_allowed_fallback(async || {
            Problem::of(StatusCode::METHOD_NOT_ALLOWED, "This address takes another method")
        })
        .layer(DefaultBodyLimit::max(LARGEST_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_TIMEOUT))
        .layer(middleware::map_response(problem::instead_of_bare_errors))
        .layer(middleware::from_fn_with_state(Arc::clone(&api), count))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(headers::secure))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(request_span)
                .on_failure(DefaultOnFailure::new().level(Level::WARN)),
        )
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .with_state(api)
}

/// The routes that anybody may ask.
pub(super) fn anybody() -> OpenApiRouter<Arc<Api>> {
    OpenApiRouter::new().routes(routes!(health::health)).routes(routes!(health::ready))
}

/// The routes behind the guard, as their document has them.
pub(super) fn those_who_are_let_in() -> OpenApiRouter<Arc<Api>> {
    OpenApiRouter::new()
        .routes(routes!(jobs::generate))
        .routes(routes!(jobs::list))
        .routes(routes!(jobs::status))
        .routes(routes!(jobs::cancel))
        .routes(routes!(events::stream))
        .routes(routes!(reports::show))
        .routes(routes!(health::show_metrics))
}

async fn count(State(api): State<Arc<Api>>, request: Request, next: Next) -> Response {
    api.traffic.note();
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map(MatchedPath::as_str);
    metrics::http_request(route, response.status().as_u16(), began.elapsed());
    response
}

/// Without the query, which may have a signature.
fn request_span(request: &Request) -> Span {
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::debug_span!("request", id, method = %request.method(), path = request.uri().path())
}
