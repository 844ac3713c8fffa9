//! Pages for people: a list of jobs and reports.

mod list;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::http::Api;

/// The pages, unless they are switched off.
pub(crate) fn routes(api: &Api) -> Router<Arc<Api>> {
    if api.has_pages { Router::new().route("/", get(list::list)) } else { Router::new() }
}
