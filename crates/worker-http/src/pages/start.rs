//! What the forms of the list do.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use filing_model::Ticker;
use supabase_store::Job;
use url::form_urlencoded;
use uuid::Uuid;

use super::{
    list::{self, Refused},
    page,
};
use crate::http::{Api, Problem};

/// Whoever mistyped sees it again, but not all of a novel.
const LONGEST_TYPED: usize = 40;

/// `POST /reports`: begins a report and shows how it goes on.
pub(super) async fn start(State(api): State<Arc<Api>>, body: Bytes) -> Response {
    let (mut typed, mut form) = (String::new(), Uuid::new_v4());
    for (name, value) in form_urlencoded::parse(&body) {
        match &*name {
            "ticker" => typed = value.into_owned(),
            "form" => form = value.parse().unwrap_or(form),
            _ => {}
        }
    }
    match begin(&api, &typed, form).await {
        Ok(job) => Redirect::to(&format!("/#j-{}", job.job_id)).into_response(),
        Err(problem) => again(&api, &typed, &problem).await,
    }
}

async fn begin(api: &Api, typed: &str, form: Uuid) -> Result<Job, Problem> {
    let ticker: Ticker = typed
        .parse()
        .map_err(|_| Problem::of(StatusCode::BAD_REQUEST, "Type a ticker such as AAPL or BRK.B, or a CIK"))?;
    // The same form sent twice is one job; for another ticker it is another.
    let job_id = Uuid::new_v5(&form, ticker.as_str().as_bytes()).to_string();
    api.start(job_id, ticker).await
}

/// The page once more, with what was typed and what is wrong.
async fn again(api: &Api, typed: &str, problem: &Problem) -> Response {
    let (_, told, _) = problem.told();
    let typed: String = typed.chars().take(LONGEST_TYPED).collect();
    let fault = format!("{told}.");
    match list::page(api, "", Some(Refused { typed: &typed, fault: &fault })).await {
        Ok(shown) => page::with_status(problem, shown),
        Err(problem) => page::of_problem("Not started", &problem),
    }
}

/// `POST /jobs/{job_id}/cancel`
pub(super) async fn cancel(State(api): State<Arc<Api>>, Path(job_id): Path<String>) -> Response {
    match api.cancel(&job_id).await {
        Ok(_) => Redirect::to("/#jobs").into_response(),
        Err(problem) => page::of_problem("Not cancelled", &problem),
    }
}
