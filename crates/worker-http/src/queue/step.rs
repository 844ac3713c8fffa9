use std::time::Duration;

use filing_model::Report;
use supabase_store::{Failure, Lease, Settled, StoreError};

use super::{
    Worker,
    keeper::{self, Kept},
    verdict::{self, Verdict},
};
use crate::callback::Outcome;

/// A job whose workers keep dying is what kills them.
const MOST_LOST_LEASES: u32 = 10;

/// The store is asked again this often to settle a job: work must not be lost to a moment of trouble.
const SETTLE_PAUSES: [Duration; 3] =
    [Duration::from_millis(200), Duration::from_secs(1), Duration::from_secs(5)];

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
        tracing::info!(job_id, ticker = %lease.job.ticker, attempt = lease.job.attempts + 1, "job started");
        match self.work(lease).await {
            Err(StoreError::LeaseLost { .. }) => {
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
            Kept::Report(report) => self.complete(&lease, &report).await,
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
        let delay_seconds = u32::try_from(delay.as_secs()).unwrap_or(u32::MAX);
        tracing::info!(job_id = lease.job.job_id, delay_seconds, counts, "job given back");
        self.store.release(lease, delay_seconds, counts).await?;
        Ok(Step::GivenBack)
    }

    async fn complete(&self, lease: &Lease, report: &Report) -> Result<Step, StoreError> {
        let settled = persist(|| self.store.complete_report(lease, report)).await?;
        tracing::info!(
            job_id = lease.job.job_id,
            report_id = report.report_id,
            refunded = settled.refunded,
            "job completed"
        );
        self.tell(lease, Outcome::completed(&lease.job.job_id, &settled));
        Ok(Step::Completed)
    }

    async fn fail(&self, lease: &Lease, failure: &Failure) -> Result<Step, StoreError> {
        let settled: Settled = persist(|| self.store.fail_report_job(lease, failure)).await?;
        tracing::warn!(
            job_id = lease.job.job_id,
            error = failure.causes,
            refunded = settled.refunded,
            "job failed"
        );
        self.tell(lease, Outcome::failed(&lease.job.job_id, &failure.message, &settled));
        Ok(Step::Failed)
    }

    fn tell(&self, lease: &Lease, outcome: Outcome) {
        if let Some(url) = &lease.job.callback_url {
            self.callbacks.send(url, outcome);
        }
    }

    pub(super) fn lease_seconds(&self) -> u32 {
        u32::try_from(self.config.lease.as_secs()).unwrap_or(u32::MAX)
    }
}

/// Settling is idempotent, so it may be asked for again.
async fn persist<F>(mut settle: impl FnMut() -> F) -> Result<Settled, StoreError>
where
    F: Future<Output = Result<Settled, StoreError>>,
{
    for pause in SETTLE_PAUSES {
        match settle().await {
            Err(error) if error.is_transient() => tokio::time::sleep(pause).await,
            settled => return settled,
        }
    }
    settle().await
}
