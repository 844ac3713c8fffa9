//! Pages for people: jobs and reports, the history of a company, and the way in.
//!
//! [`list`] is the page that everything begins at; [`jobs`] and [`reports`] are its halves, [`start`] what its forms do.
//! [`page`] is what all have in common. Reports themselves are made by `report-view`; [`served`] hands its pages out.

mod history;
mod jobs;
mod list;
mod login;
mod page;
mod reports;
mod served;
mod start;
#[cfg(test)]
mod tests;
mod time;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::http::Api;

pub(crate) use self::served::of_report_view;

/// The pages, unless they are switched off.
pub(crate) fn routes(api: &Api) -> Router<Arc<Api>> {
    if !api.has_pages {
        return Router::new();
    }
    Router::new()
        .route("/", get(list::list))
        .route("/reports", post(start::start))
        .route("/jobs/{job_id}/cancel", post(start::cancel))
        .route("/companies/{ticker}/history", get(history::history))
        .route("/logout", post(login::log_out))
}

/// The way in, which whoever has not come in must find.
pub(crate) fn open_routes(api: &Api) -> Router<Arc<Api>> {
    if !api.access.has_login() {
        return Router::new();
    }
    Router::new().route("/login", get(login::show).post(login::log_in))
}
