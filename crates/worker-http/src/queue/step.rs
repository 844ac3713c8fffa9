use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use supabase_store::{Failure, Lease, Settled, StoreError};
use tokio::sync::watch;
use tracing::Instrument as _;

use super::{
    Phase, Worker,
    keeper::{self, Kept, Made},
    reuse::Reused,
    verdict::{self, Verdict},
};
use crate::{
    causes::causes,
    engine::Store,
    progress::Stage,
    telemetry::{
        self,
        metrics::{self, GivenBack, JobEnd},
    },
};

/// A job whose workers keep dying is what kills them.
const MOST_LOST_LEASES: u32 = 10;

/// Pauses before a store in trouble is asked again; the last one repeats.
const PAUSES: [Duration; 4] =
    [Duration::from_millis(200), Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(10)];

/// A store that is out of reach is asked so often to take what came of a job. Longer than a database takes to restart;
/// after it the job is done again, from what is kept.
const MOST_TRIES: usize = 30;

/// What one step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// No job waits.
    Idle,
    /// A report is stored.
    Completed,
    /// A job failed for good.
    Failed,
    /// A job was given back, to be tried again.
    GivenBack,
    /// Somebody else has the job now, or it was cancelled.
    Lost,
}

impl Worker {
    /// Takes one job, works on it and settles it.
    pub(crate) async fn step(&self) -> Result<Step, StoreError> {
        let Some(lease) = self.store.lease(&self.name, self.lease_seconds()).await? else {
            return Ok(Step::Idle);
        };
        let job_id = lease.job.job_id.clone();
        let (ticker, attempt) = (&lease.job.ticker, lease.job.attempts + 1);
        // Of level error, so that it is there whatever level of lines is shown.
        let span = tracing::error_span!(telemetry::JOB_SPAN, job_id, %ticker, attempt);
        span.in_scope(|| tracing::info!("job started"));
        match self.work(lease).instrument(span).await {
            Err(StoreError::LeaseLost { .. }) => {
                metrics::job_given_back(GivenBack::Lost);
                tracing::warn!(job_id, "job went to another worker or was cancelled");
                Ok(Step::Lost)
            }
            other => other,
        }
    }

    async fn work(&self, lease: Lease) -> Result<Step, StoreError> {
        if lease.job.lost_leases >= MOST_LOST_LEASES {
            return self.fail(&lease, &verdict::kills_workers()).await;
        }
        let (lease, kept) = keeper::keep(self, lease).await?;
        match kept {
            Kept::Made(made) => self.complete(&lease, made).await,
            Kept::Error(error) => self.judge(&lease, verdict::of(&error, &lease.job, &self.config)).await,
            Kept::Crashed(error) => {
                self.judge(&lease, verdict::of_crash(&error, &lease.job, &self.config)).await
            }
            Kept::TimedOut => self.judge(&lease, verdict::of_timeout(&lease.job, &self.config)).await,
            Kept::Interrupted => self.judge(&lease, Verdict::Wait { delay: Duration::ZERO }).await,
        }
    }

    async fn judge(&self, lease: &Lease, verdict: Verdict) -> Result<Step, StoreError> {
        let (delay, counts) = match verdict {
            Verdict::Fail(failure) => return self.fail(lease, &failure).await,
            Verdict::TryAgain { delay } => (delay, true),
            Verdict::Wait { delay } => (delay, false),
        };
        count_given_back(counts, *self.phase.borrow() == Phase::Ending);
        let delay_seconds = u32::try_from(delay.as_secs()).unwrap_or(u32::MAX);
        tracing::info!(job_id = lease.job.job_id, delay_seconds, counts, "job given back");
        persist(&self.phase, || self.store.release(lease, delay_seconds, counts)).await?;
        Ok(Step::GivenBack)
    }

    async fn complete(&self, lease: &Lease, made: Box<Made>) -> Result<Step, StoreError> {
        // A large report takes milliseconds to put in shape, and to drop.
        let storing = store(Arc::clone(&self.store), self.phase.clone(), lease.clone(), made);
        match keeper::settle(self, lease, storing.in_current_span()).await {
            Ok(Ok(settled)) => {
                count_end(lease, JobEnd::Completed, None, &settled);
                self.ended.notify_one();
                Ok(Step::Completed)
            }
            // What the store will never take is not made again and again.
            Ok(Err(error)) if !error.is_transient() && !matches!(error, StoreError::LeaseLost { .. }) => {
                tracing::error!(error = causes(&error), "the store refused a report");
                self.fail(lease, &verdict::of_store(&error)).await
            }
            Ok(Err(error)) => Err(error),
            // The workshop is closed.
            Err(gone) if gone.is_cancelled() => {
                self.judge(lease, Verdict::Wait { delay: Duration::ZERO }).await
            }
            Err(crash) => self.judge(lease, verdict::of_crash(&crash, &lease.job, &self.config)).await,
        }
    }

    async fn fail(&self, lease: &Lease, failure: &Failure) -> Result<Step, StoreError> {
        let settled: Settled = persist(&self.phase, || self.store.fail_report_job(lease, failure)).await?;
        metrics::attempt_failed();
        count_end(lease, JobEnd::Failed, Some(&failure.error_type), &settled);
        tracing::warn!(error = failure.causes, refunded = settled.refunded, "job failed");
        self.ended.notify_one();
        Ok(Step::Failed)
    }

    pub(super) fn lease_seconds(&self) -> u32 {
        u32::try_from(self.config.lease.as_secs()).unwrap_or(u32::MAX)
    }
}

/// Stores what was made for a job, on threads that do not answer requests.
async fn store(
    store: Arc<dyn Store>,
    phase: watch::Receiver<Phase>,
    lease: Lease,
    made: Box<Made>,
) -> Result<Settled, StoreError> {
    let began = Instant::now();
    let (report_id, is_reused, settled) = match &*made {
        Made::Report(report) => {
            let settled = persist(&phase, || store.complete_report(&lease, report)).await?;
            (&report.report_id, false, settled)
        }
        Made::Reused(Reused { report, reused_from }) => {
            let complete = || store.complete_reused_report(&lease, report, reused_from);
            (&report.report_id, true, persist(&phase, complete).await?)
        }
    };
    metrics::stage_ended(Stage::Storing, began.elapsed());
    count_report(&made);
    tracing::info!(report_id, is_reused, refunded = settled.refunded, "job completed");
    Ok(settled)
}

/// Asks again while the store is out of reach, and this process has time: what is asked may be asked for twice.
async fn persist<T, F>(phase: &watch::Receiver<Phase>, mut ask: impl FnMut() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>>,
{
    let mut pauses = PAUSES.into_iter().chain(std::iter::repeat(PAUSES[PAUSES.len() - 1]));
    for _ in 1..MOST_TRIES {
        match ask().await {
            Err(error) if error.is_transient() && *phase.borrow() < Phase::Ending => {
                tracing::warn!(error = causes(&error), "the store is out of reach, asking again");
                tokio::time::sleep(pauses.next().unwrap_or_default()).await;
            }
            answer => return answer,
        }
    }
    ask().await
}

fn count_given_back(counts: bool, is_ending: bool) {
    if counts {
        metrics::attempt_failed();
    }
    metrics::job_given_back(match (counts, is_ending) {
        (true, _) => GivenBack::Retry,
        (false, true) => GivenBack::Shutdown,
        (false, false) => GivenBack::Wait,
    });
}

fn count_report(made: &Made) {
    if let Made::Report(report) = made
        && let Some(model) = &report.analysis.model
    {
        metrics::model_used(model, report.analysis.total_tokens, report.analysis.total_cost_usd);
    }
}

fn count_end(lease: &Lease, end: JobEnd, error_type: Option<&str>, settled: &Settled) {
    let took = Timestamp::now().duration_since(lease.job.queued_at);
    metrics::job_ended(end, error_type, took.try_into().unwrap_or_default());
    if settled.refunded {
        metrics::refunded();
    }
}
