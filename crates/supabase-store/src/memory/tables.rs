use filing_model::Report;
use jiff::Timestamp;

use super::{answers::AnswerEntry, deliveries::DeliveryEntry, edgar_slots::EdgarRow, ledger::LedgerLine};
use crate::{Job, JobState, Lease, ModelBatch, ReportSummary, StoreError, ending::Ending};

#[derive(Debug, Default)]
pub(super) struct Tables {
    /// In the order of arrival.
    pub(super) jobs: Vec<JobEntry>,
    pub(super) reports: Vec<ReportEntry>,
    pub(super) ledger: Vec<LedgerLine>,
    pub(super) error_logs: Vec<ErrorEntry>,
    /// In the order in which their jobs ended first.
    pub(super) deliveries: Vec<DeliveryEntry>,
    /// The oldest first.
    pub(super) answers: Vec<AnswerEntry>,
    pub(super) batches: Vec<ModelBatch>,
    pub(super) edgar: EdgarRow,
}

#[derive(Debug)]
pub(super) struct JobEntry {
    pub(super) job: Job,
    /// When it may be taken: the end of its delay or lease.
    pub(super) available_at: Timestamp,
    /// The lease that ended it.
    pub(super) settled_by: Option<u32>,
}

#[derive(Debug)]
pub(super) struct ReportEntry {
    pub(super) job_id: String,
    pub(super) user_id: Option<String>,
    pub(super) summary: ReportSummary,
    pub(super) report: Report,
}

/// What stays of a failure; its text is in the job.
#[derive(Debug)]
pub(super) struct ErrorEntry {
    pub(super) id: String,
    pub(super) job_id: String,
    pub(super) user_id: Option<String>,
}

impl Tables {
    pub(super) fn entry(&mut self, job_id: &str) -> Option<&mut JobEntry> {
        self.jobs.iter_mut().find(|entry| entry.job.job_id == job_id)
    }

    /// The job that this lease holds.
    pub(super) fn held(&mut self, lease: &Lease) -> Result<&mut JobEntry, StoreError> {
        let entry = self.entry(&lease.job.job_id).ok_or(StoreError::NoSuchJob)?;
        if entry.job.state == JobState::Processing && entry.job.leases == lease.attempt {
            return Ok(entry);
        }
        Err(StoreError::LeaseLost { job_id: lease.job.job_id.clone() })
    }

    /// Ends an open job, by this lease if there is one: its state, the refund that is due, and the callback.
    pub(super) fn end(
        &mut self,
        job_id: &str,
        settled_by: Option<u32>,
        ending: &Ending,
        now: Timestamp,
    ) -> Option<Job> {
        let entry = self.entry(job_id)?;
        entry.settled_by = settled_by;
        let job = &mut entry.job;
        job.state = ending.state;
        job.progress = ending.progress.unwrap_or(job.progress);
        ending.current_step.clone_into(&mut job.current_step);
        job.attempts += ending.failed_attempts;
        job.report_id.clone_from(&ending.report_id);
        job.error.clone_from(&ending.error);
        job.error_log_id.clone_from(&ending.error_log_id);
        job.updated_at = now;
        job.finished_at = Some(now);
        let is_owed = ending.refund.is_some() && job.is_refundable();
        job.refunded |= is_owed;
        let job = job.clone();
        if is_owed {
            self.refund(&job);
        }
        self.announce(&job, now);
        Some(job)
    }
}
