use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderName, StatusCode, header::LOCATION},
};
use supabase_store::JobState;

use super::{
    Api,
    problem::Problem,
    wire::{self, Accepted, JobStatus},
};

/// `POST /generate-report`: 202 once the job is kept, however often the same is asked.
pub(super) async fn generate(
    State(api): State<Arc<Api>>,
    body: Bytes,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Accepted>), Problem> {
    let job = wire::new_job(&body, &api.callback).map_err(Problem::invalid)?;
    api.store.enqueue(&job).await?;
    api.bell.notify_one();
    tracing::info!(job_id = job.job_id, ticker = %job.ticker, "job accepted");
    let accepted = Accepted {
        message: format!("The report on {} was queued", job.ticker),
        status: JobState::Queued,
        job_id: job.job_id,
    };
    let status_url = format!("/jobs/{}/status", accepted.job_id);
    Ok((StatusCode::ACCEPTED, [(LOCATION, status_url)], Json(accepted)))
}

/// `GET /jobs/{job_id}/status`
pub(super) async fn status(
    State(api): State<Arc<Api>>,
    Path(job_id): Path<String>,
) -> Result<Json<JobStatus>, Problem> {
    let job = api.store.job(&job_id).await?.ok_or_else(|| Problem::not_found("Job not found"))?;
    Ok(Json(job.into()))
}
