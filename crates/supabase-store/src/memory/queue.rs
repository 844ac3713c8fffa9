use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::{Memory, tables::JobEntry};
use crate::{
    Charge, Enqueued, Job, JobQueue, JobState, Lease, NewJob, QueueCounts, StoreError,
    clock::later,
    ending::{Ending, STEP_LEASED, STEP_QUEUED, STEP_RELEASED},
};

#[async_trait]
impl JobQueue for Memory {
    async fn enqueue(&self, job: &NewJob) -> Result<Enqueued, StoreError> {
        let mut tables = self.tables();
        if let Some(entry) = tables.entry(&job.job_id) {
            return if entry.job.answers(job) {
                Ok(Enqueued::Same(entry.job.clone()))
            } else {
                Err(StoreError::Conflict { job_id: job.job_id.clone() })
            };
        }
        let now = self.clock.now();
        let mut job = queued(job, now);
        if let (Charge::Worker, Some(user_id)) = (job.charge, &job.user_id) {
            tables.charge(user_id, &job.job_id)?;
            job.charged = true;
        }
        tables.jobs.push(JobEntry { job: job.clone(), available_at: now, settled_by: None });
        Ok(Enqueued::New(job))
    }

    async fn lease(&self, _worker: &str, seconds: u32) -> Result<Option<Lease>, StoreError> {
        let now = self.clock.now();
        let mut tables = self.tables();
        let Some(entry) =
            tables.jobs.iter_mut().find(|entry| !entry.job.state.is_final() && entry.available_at <= now)
        else {
            return Ok(None);
        };
        entry.available_at = later(now, seconds);
        let job = &mut entry.job;
        job.lost_leases += u32::from(job.state == JobState::Processing);
        job.leases += 1;
        job.state = JobState::Processing;
        job.progress = 0;
        STEP_LEASED.clone_into(&mut job.current_step);
        job.updated_at = now;
        Ok(Some(Lease { job: job.clone(), attempt: job.leases, until: entry.available_at }))
    }

    async fn renew(&self, lease: &Lease, seconds: u32) -> Result<Lease, StoreError> {
        let mut tables = self.tables();
        let entry = tables.held(lease)?;
        entry.available_at = later(self.clock.now(), seconds);
        Ok(Lease { job: entry.job.clone(), attempt: lease.attempt, until: entry.available_at })
    }

    async fn progress(&self, lease: &Lease, percent: u8, step: &str) -> Result<(), StoreError> {
        let mut tables = self.tables();
        let job = &mut tables.held(lease)?.job;
        job.progress = percent.min(100);
        step.clone_into(&mut job.current_step);
        job.updated_at = self.clock.now();
        Ok(())
    }

    async fn release(&self, lease: &Lease, delay_seconds: u32, counts: bool) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut tables = self.tables();
        let entry = tables.held(lease)?;
        entry.available_at = later(now, delay_seconds);
        entry.job.state = JobState::Queued;
        entry.job.attempts += u32::from(counts);
        entry.job.progress = 0;
        STEP_RELEASED.clone_into(&mut entry.job.current_step);
        entry.job.updated_at = now;
        Ok(())
    }

    async fn cancel(&self, job_id: &str) -> Result<Option<Job>, StoreError> {
        let mut tables = self.tables();
        match tables.entry(job_id) {
            None => Ok(None),
            Some(entry) if entry.job.state.is_final() => Ok(Some(entry.job.clone())),
            Some(_) => Ok(tables.end(job_id, None, &Ending::cancelled(), self.clock.now())),
        }
    }

    async fn retry(&self, job_id: &str) -> Result<Job, StoreError> {
        let now = self.clock.now();
        let mut tables = self.tables();
        let entry = tables.entry(job_id).ok_or(StoreError::NoSuchJob)?;
        if entry.job.state == JobState::Failed {
            entry.available_at = now;
            entry.settled_by = None;
            let job = &mut entry.job;
            job.state = JobState::Queued;
            job.progress = 0;
            STEP_QUEUED.clone_into(&mut job.current_step);
            (job.attempts, job.lost_leases) = (0, 0);
            (job.error, job.error_log_id, job.finished_at) = (None, None, None);
            (job.queued_at, job.updated_at) = (now, now);
        }
        Ok(entry.job.clone())
    }

    async fn job(&self, job_id: &str) -> Result<Option<Job>, StoreError> {
        Ok(self.tables().entry(job_id).map(|entry| entry.job.clone()))
    }

    async fn jobs(&self, limit: u32) -> Result<Vec<Job>, StoreError> {
        let tables = self.tables();
        Ok(tables.jobs.iter().rev().take(limit as usize).map(|entry| entry.job.clone()).collect())
    }

    async fn depth(&self) -> Result<u64, StoreError> {
        Ok(self.counts().await?.waiting)
    }

    async fn counts(&self) -> Result<QueueCounts, StoreError> {
        let now = self.clock.now();
        let mut counts = QueueCounts::default();
        for JobEntry { job, available_at, .. } in &self.tables().jobs {
            if job.state.is_final() {
                continue;
            }
            if job.state == JobState::Processing && *available_at > now {
                counts.running += 1;
                continue;
            }
            counts.waiting += 1;
            let waited = now.duration_since(job.queued_at).as_secs().unsigned_abs();
            counts.oldest_seconds = counts.oldest_seconds.max(Some(waited));
        }
        Ok(counts)
    }

    async fn jobs_of_user_since(&self, user_id: &str, seconds: u32) -> Result<u64, StoreError> {
        let since = self.clock.now() - SignedDuration::from_secs(seconds.into());
        let tables = self.tables();
        let is_theirs = |job: &Job| job.user_id.as_deref() == Some(user_id) && job.created_at > since;
        Ok(tables.jobs.iter().filter(|entry| is_theirs(&entry.job)).count() as u64)
    }
}

/// A job that has just arrived.
fn queued(asked: &NewJob, now: Timestamp) -> Job {
    let NewJob { job_id, user_id, ticker, callback_url, charge } = asked.clone();
    Job {
        job_id,
        user_id,
        ticker,
        callback_url,
        charge,
        charged: false,
        state: JobState::Queued,
        progress: 0,
        current_step: STEP_QUEUED.into(),
        attempts: 0,
        leases: 0,
        lost_leases: 0,
        report_id: None,
        error: None,
        error_log_id: None,
        refunded: false,
        queued_at: now,
        created_at: now,
        updated_at: now,
        finished_at: None,
    }
}
