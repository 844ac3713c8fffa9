use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderName, StatusCode, header::LOCATION},
};
use filing_model::Ticker;
use serde::Deserialize;
use supabase_store::{Enqueued, Job, NewJob};
use utoipa::IntoParams;

use super::{
    Api,
    problem::Problem,
    wire::{self, Accepted, JobId, JobLine, JobList, JobStatus, ReportRequest, State as JobState},
};

/// Jobs that are listed unless more are asked for.
const USUAL_LIST: u32 = 50;
const LONGEST_LIST: u32 = 500;

/// Asks for a report
///
/// Answered once the job is kept, however often the same is asked.
#[utoipa::path(
    post, path = "/generate-report", tag = "jobs",
    request_body = ReportRequest,
    responses(
        (status = 202, description = "The job is kept; `Location` has its status", body = Accepted,
         headers(("Location" = String))),
        (status = 400, description = "Every fault of the body", body = Problem, content_type = "application/problem+json"),
        (status = 402, description = "The user has no token", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The id is taken by a job with another body", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many jobs wait, or the user asks too often; `Retry-After` says when to come back", body = Problem, content_type = "application/problem+json",
         headers(("Retry-After" = i32))),
        (status = 503, description = "The worker is being stopped, or its store is out of reach", body = Problem, content_type = "application/problem+json",
         headers(("Retry-After" = i32))),
    )
)]
pub(super) async fn generate(
    State(api): State<Arc<Api>>,
    body: Bytes,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Accepted>), Problem> {
    let job = wire::new_job(&body, api.ids, api.charge, &api.guard).map_err(Problem::invalid)?;
    let job = api.accept(job).await?;
    let accepted = Accepted {
        message: format!("The report on {} was queued", job.ticker),
        status: JobState::Queued,
        job_id: job.job_id,
    };
    let status_url = format!("/jobs/{}/status", accepted.job_id);
    Ok((StatusCode::ACCEPTED, [(LOCATION, status_url)], Json(accepted)))
}

impl Api {
    /// Keeps a job and lets it start.
    pub(crate) async fn accept(&self, job: NewJob) -> Result<Job, Problem> {
        if self.is_draining() {
            return Err(Problem::draining());
        }
        self.limits.admit(&job).await?;
        let enqueued = self.store.enqueue(&job).await?;
        if matches!(enqueued, Enqueued::New(_)) {
            self.limits.note();
            self.bell.notify_one();
            crate::telemetry::metrics::job_accepted();
            tracing::info!(job_id = job.job_id, ticker = %job.ticker, "job accepted");
        }
        Ok(enqueued.job().clone())
    }

    /// Keeps a job that somebody asks for in a page: nobody is charged, and nobody is called.
    pub(crate) async fn start(&self, job_id: String, ticker: Ticker) -> Result<Job, Problem> {
        let (user_id, callback_url) = (None, None);
        self.accept(NewJob { job_id, user_id, ticker, callback_url, charge: self.charge }).await
    }

    /// Ends a job unless it has ended.
    pub(crate) async fn cancel(&self, job_id: &str) -> Result<Job, Problem> {
        let job = self.job(job_id).await?;
        let cancelled = self.store.cancel(&job.job_id).await?.unwrap_or(job);
        self.ended.notify_one();
        Ok(cancelled)
    }

    /// The job of an id that somebody typed.
    pub(crate) async fn job(&self, job_id: &str) -> Result<Job, Problem> {
        // What the database cannot take for an id is none.
        let found = if self.ids.fits(job_id) { self.store.job(job_id).await? } else { None };
        found.ok_or_else(|| Problem::not_found("Job not found"))
    }
}

/// Which jobs are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// How many at most, 1 to 500
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
}

/// The latest jobs, newest first
#[utoipa::path(
    get, path = "/jobs", tag = "jobs", params(Which),
    responses(
        (status = 200, description = "The jobs", body = JobList),
        (status = 400, description = "`limit` is no number from 1 to 500", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(api): State<Arc<Api>>,
    Query(which): Query<Which>,
) -> Result<Json<JobList>, Problem> {
    let limit = which.limit.unwrap_or(USUAL_LIST);
    if !(1..=LONGEST_LIST).contains(&limit) {
        return Err(Problem::of(StatusCode::BAD_REQUEST, "limit: must be a number from 1 to 500"));
    }
    let jobs = api.store.jobs(limit).await?;
    Ok(Json(JobList { jobs: jobs.into_iter().map(JobLine::from).collect() }))
}

/// How a job stands
#[utoipa::path(
    get, path = "/jobs/{job_id}/status", tag = "jobs", params(JobId),
    responses(
        (status = 200, description = "How it stands", body = JobStatus),
        (status = 404, description = "There is no such job", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn status(
    State(api): State<Arc<Api>>,
    Path(JobId { job_id }): Path<JobId>,
) -> Result<Json<JobStatus>, Problem> {
    Ok(Json(api.job(&job_id).await?.into()))
}

/// Cancels a job that has not ended
///
/// It ends as failed with the error `cancelled`, and the charge is refunded. One that had ended is left as it is.
#[utoipa::path(
    delete, path = "/jobs/{job_id}", tag = "jobs", params(JobId),
    responses(
        (status = 200, description = "The job as it is now", body = JobStatus),
        (status = 404, description = "There is no such job", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn cancel(
    State(api): State<Arc<Api>>,
    Path(JobId { job_id }): Path<JobId>,
) -> Result<Json<JobStatus>, Problem> {
    Ok(Json(api.cancel(&job_id).await?.into()))
}
