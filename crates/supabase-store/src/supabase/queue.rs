use async_trait::async_trait;
use serde_json::{Value, json};

use super::{
    Supabase,
    failure::Failure,
    rest::Again,
    rows::{LeasedJob, Outcome, Started, without_nulls},
};
use crate::{Charge, Enqueued, Job, JobQueue, Lease, NewJob, QueueCounts, StoreError};

#[async_trait]
impl JobQueue for Supabase {
    async fn enqueue(&self, job: &NewJob) -> Result<Enqueued, StoreError> {
        let arguments = without_nulls(json!({
            "job_id": job.job_id,
            "ticker": job.ticker,
            "charge": job.charge == Charge::Worker,
            "user_id": job.user_id,
            "callback_url": job.callback_url,
        }));
        let started: Result<Started, Failure> =
            self.rest.call("start_report_job", Again::Harmless, &arguments).await;
        let Started { outcome, job } = started.map_err(|failure| refused(failure, job))?;
        Ok(match outcome {
            Outcome::New => Enqueued::New(job),
            Outcome::Same => Enqueued::Same(job),
        })
    }

    async fn lease(&self, worker: &str, seconds: u32) -> Result<Option<Lease>, StoreError> {
        let arguments = json!({ "worker": worker, "seconds": seconds });
        // Asked again it would give another job, and the first one would wait for its lease to end.
        let leased: Option<LeasedJob> = self.rest.call("lease_report_job", Again::Counts, &arguments).await?;
        Ok(leased.map(Lease::from))
    }

    async fn renew(&self, lease: &Lease, seconds: u32) -> Result<Lease, StoreError> {
        let arguments = json!({ "job_id": lease.job.job_id, "lease": lease.attempt, "seconds": seconds });
        let renewed: Result<LeasedJob, Failure> =
            self.rest.call("renew_report_job", Again::Harmless, &arguments).await;
        Ok(renewed.map_err(|failure| not_held(failure, &lease.job.job_id))?.into())
    }

    async fn progress(&self, lease: &Lease, percent: u8, step: &str) -> Result<(), StoreError> {
        let arguments = json!({
            "job_id": lease.job.job_id,
            "lease": lease.attempt,
            "progress": percent.min(100),
            "current_step": step,
        });
        let noted = self.rest.tell("progress_report_job", Again::Harmless, &arguments).await;
        noted.map_err(|failure| not_held(failure, &lease.job.job_id))
    }

    async fn release(&self, lease: &Lease, delay_seconds: u32, counts: bool) -> Result<(), StoreError> {
        let arguments = json!({
            "job_id": lease.job.job_id,
            "lease": lease.attempt,
            "delay_seconds": delay_seconds,
            "counts": counts,
        });
        // Asked again after it happened, the lease is lost: true, and writes nothing.
        let released = self.rest.tell("release_report_job", Again::Harmless, &arguments).await;
        released.map_err(|failure| not_held(failure, &lease.job.job_id))
    }

    async fn cancel(&self, job_id: &str) -> Result<Option<Job>, StoreError> {
        Ok(self.rest.call("cancel_report_job", Again::Harmless, &json!({ "job_id": job_id })).await?)
    }

    async fn retry(&self, job_id: &str) -> Result<Job, StoreError> {
        let retried = self.rest.call("retry_report_job", Again::Harmless, &json!({ "job_id": job_id })).await;
        retried.map_err(|failure: Failure| not_held(failure, job_id))
    }

    async fn job(&self, job_id: &str) -> Result<Option<Job>, StoreError> {
        let found = self.rest.select("report_jobs", |jobs| jobs.select("*").eq("job_id", job_id)).await?;
        Ok(found.into_iter().next())
    }

    async fn jobs(&self, limit: u32) -> Result<Vec<Job>, StoreError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let newest = |jobs: postgrest::Builder| jobs.select("*").order("sequence.desc").limit(limit as usize);
        Ok(self.rest.select("report_jobs", newest).await?)
    }

    async fn depth(&self) -> Result<u64, StoreError> {
        Ok(self.counts().await?.waiting)
    }

    async fn counts(&self) -> Result<QueueCounts, StoreError> {
        Ok(self.rest.call("count_report_jobs", Again::Harmless, &json!({})).await?)
    }

    async fn jobs_of_user_since(&self, user_id: &str, seconds: u32) -> Result<u64, StoreError> {
        let arguments: Value = json!({ "user_id": user_id, "seconds": seconds });
        Ok(self.rest.call("jobs_of_user_since", Again::Harmless, &arguments).await?)
    }
}

/// Why a job was not taken in.
fn refused(failure: Failure, job: &NewJob) -> StoreError {
    failure.meaning(|number| match number {
        402 => Some(StoreError::InsufficientTokens { user_id: job.user_id.clone().unwrap_or_default() }),
        409 => Some(StoreError::Conflict { job_id: job.job_id.clone() }),
        _ => None,
    })
}

/// Why a lease did not let its worker write.
pub(super) fn not_held(failure: Failure, job_id: &str) -> StoreError {
    failure.meaning(|number| match number {
        404 => Some(StoreError::NoSuchJob),
        412 => Some(StoreError::LeaseLost { job_id: job_id.to_owned() }),
        _ => None,
    })
}
