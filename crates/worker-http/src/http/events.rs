use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::{Stream, stream};
use jiff::Timestamp;
use supabase_store::Job;
use tokio::{sync::OwnedSemaphorePermit, time::sleep};

use super::{
    Api,
    problem::Problem,
    wire::{JobId, JobStatus, StatusEvent},
};
use crate::engine::Ids;

/// How often the store is asked about a job: any worker may be the one that has it.
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);
/// Over a network less often.
const BETWEEN_FAR_LOOKS: Duration = Duration::from_secs(1);

/// Tells how a job goes on, as server-sent events
///
/// Each event `status` has the body of the status route and the moment of the change as its id. Whoever connects again
/// with `Last-Event-ID` is told only what is new. The stream ends with the job.
#[utoipa::path(
    get, path = "/jobs/{job_id}/events", tag = "jobs",
    params(
        JobId,
        ("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that was seen"),
    ),
    responses(
        (status = 200, description = "The stream; the schema is that of one event", body = StatusEvent, content_type = "text/event-stream"),
        (status = 404, description = "There is no such job", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many streams are open, or the store is out of reach", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn stream(
    State(api): State<Arc<Api>>,
    Path(JobId { job_id }): Path<JobId>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let job = api.job(&job_id).await?;
    let turn = Arc::clone(&api.streams).try_acquire_owned();
    let turn = turn.map_err(|_| {
        Problem::of(StatusCode::SERVICE_UNAVAILABLE, "Too many streams are open; ask for the status")
    })?;
    let told = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    Ok(Sse::new(events(Watch { api, job: Some(job), job_id, told, turn })).keep_alive(KeepAlive::default()))
}

/// A stream that somebody reads.
struct Watch {
    api: Arc<Api>,
    /// What is known and not told.
    job: Option<Job>,
    job_id: String,
    /// When what was told last had changed.
    told: Option<i64>,
    turn: OwnedSemaphorePermit,
}

fn events(watch: Watch) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(Some(watch), async |watch| {
        let mut watch = watch?;
        let job = watch.next().await?;
        let event = event(&job);
        watch.told = Some(changed(&job));
        Some((Ok(event), (!job.state.is_final()).then_some(watch)))
    })
}

impl Watch {
    /// The job once it has changed; `None` when there is nobody to ask any more.
    async fn next(&mut self) -> Option<Job> {
        let _ = &self.turn;
        let pause = if self.api.ids == Ids::Words { BETWEEN_LOOKS } else { BETWEEN_FAR_LOOKS };
        let mut phase = self.api.phase.clone();
        loop {
            if let Some(job) = self.job.take() {
                if self.told != Some(changed(&job)) {
                    return Some(job);
                }
                if job.state.is_final() {
                    return None;
                }
            }
            // A stream must not hold up the end of the process; its reader comes back with the id of the last event.
            tokio::select! {
                () = sleep(pause) => {}
                _ = phase.wait_for(|phase| *phase == crate::queue::Phase::Ending) => return None,
            }
            match self.api.store.job(&self.job_id).await {
                Ok(job) => self.job = Some(job?),
                Err(error) => {
                    tracing::debug!(%error, "the store does not tell of a job that somebody watches");
                }
            }
        }
    }
}

fn changed(job: &Job) -> i64 {
    Timestamp::as_microsecond(job.updated_at)
}

fn event(job: &Job) -> Event {
    let status = serde_json::to_string(&JobStatus::from(job.clone())).expect("it is text and numbers");
    Event::default().event("status").id(changed(job).to_string()).data(status)
}
