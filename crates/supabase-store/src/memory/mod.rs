//! Everything in one lock: for tests, demonstrations and embedders that keep nothing.

mod answers;
mod queue;
mod reports;

use std::sync::{Mutex, MutexGuard, PoisonError};

use filing_model::Report;
use jiff::Timestamp;

use crate::{
    Job, JobState, Lease, ReportSummary, StoreError,
    clock::Clock,
    ending::{Ending, TOKENS_PER_REPORT},
};

/// Keeps jobs, reports, ledger and answers of models as long as it lives.
#[derive(Debug, Default)]
pub struct Memory {
    tables: Mutex<Tables>,
    clock: Clock,
}

impl Memory {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    #[cfg(test)]
    pub(crate) fn with_clock(clock: Clock) -> Self {
        Self { clock, ..Self::default() }
    }

    /// The whole store, for one transaction: whoever holds it checks first and then writes without failing.
    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, Default)]
struct Tables {
    /// In the order of arrival.
    jobs: Vec<JobEntry>,
    reports: Vec<(ReportSummary, Report)>,
    ledger: Vec<LedgerLine>,
    /// The oldest first.
    answers: Vec<answers::AnswerEntry>,
}

#[derive(Debug)]
struct JobEntry {
    job: Job,
    /// When it may be taken: the end of its delay or lease.
    available_at: Timestamp,
    /// The lease that ended it.
    settled_by: Option<u32>,
}

#[derive(Debug)]
struct LedgerLine {
    user_id: String,
    tokens: i64,
}

impl Tables {
    fn entry(&mut self, job_id: &str) -> Option<&mut JobEntry> {
        self.jobs.iter_mut().find(|entry| entry.job.job_id == job_id)
    }

    /// The job that this lease holds.
    fn held(&mut self, lease: &Lease) -> Result<&mut JobEntry, StoreError> {
        let entry = self.entry(&lease.job.job_id).ok_or(StoreError::NoSuchJob)?;
        if entry.job.state == JobState::Processing && entry.job.leases == lease.attempt {
            return Ok(entry);
        }
        Err(StoreError::LeaseLost { job_id: lease.job.job_id.clone() })
    }

    /// Ends an open job, by this lease if there is one.
    fn end(
        &mut self,
        job_id: &str,
        settled_by: Option<u32>,
        ending: &Ending<'_>,
        now: Timestamp,
    ) -> Option<Job> {
        let entry = self.entry(job_id)?;
        entry.settled_by = settled_by;
        let job = &mut entry.job;
        job.state = ending.state;
        job.progress = ending.progress.unwrap_or(job.progress);
        ending.current_step.clone_into(&mut job.current_step);
        job.attempts += ending.failed_attempts;
        job.report_id = ending.report_id.map(str::to_owned);
        job.error = ending.error.map(str::to_owned);
        job.error_log_id.clone_from(&ending.error_log_id);
        job.updated_at = now;
        job.finished_at = Some(now);
        let to_refund = if ending.refund.is_some() { job.user_id.clone() } else { None };
        job.refunded = to_refund.is_some();
        let job = job.clone();
        if let Some(user_id) = to_refund {
            self.ledger.push(LedgerLine { user_id, tokens: TOKENS_PER_REPORT.into() });
        }
        Some(job)
    }
}
