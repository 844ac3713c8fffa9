//! What rows look like, and how they become what callers know.

use filing_model::{AccessionNumber, Ticker};
use jiff::{Timestamp, civil::Date};

use crate::{Cause, Job, JobState, Lease, ReportSummary, StoreError};

#[derive(sqlx::FromRow)]
pub(super) struct JobRow {
    job_id: String,
    user_id: Option<String>,
    ticker: String,
    callback_url: Option<String>,
    state: String,
    progress: u8,
    current_step: String,
    available_at: i64,
    leases: u32,
    lost_leases: u32,
    attempts: u32,
    settled_by: Option<u32>,
    report_id: Option<String>,
    error: Option<String>,
    error_log_id: Option<String>,
    refunded: bool,
    created_at: i64,
    updated_at: i64,
    finished_at: Option<i64>,
}

impl JobRow {
    /// Whether this very lease ended the job.
    pub(super) fn was_settled_by(&self, lease: &Lease) -> bool {
        self.settled_by == Some(lease.attempt)
    }

    /// The lease that now holds the job.
    pub(super) fn into_lease(self) -> Result<Lease, StoreError> {
        let until = time(self.available_at).map_err(corrupt("job"))?;
        let job = Job::try_from(self)?;
        Ok(Lease { attempt: job.leases, job, until })
    }

    fn parsed(self) -> Result<Job, Cause> {
        Ok(Job {
            job_id: self.job_id,
            user_id: self.user_id,
            ticker: self.ticker.parse::<Ticker>()?,
            callback_url: self.callback_url,
            state: state(&self.state)?,
            progress: self.progress,
            current_step: self.current_step,
            attempts: self.attempts,
            leases: self.leases,
            lost_leases: self.lost_leases,
            report_id: self.report_id,
            error: self.error,
            error_log_id: self.error_log_id,
            refunded: self.refunded,
            created_at: time(self.created_at)?,
            updated_at: time(self.updated_at)?,
            finished_at: self.finished_at.map(time).transpose()?,
        })
    }
}

impl TryFrom<JobRow> for Job {
    type Error = StoreError;
    fn try_from(row: JobRow) -> Result<Self, Self::Error> {
        row.parsed().map_err(corrupt("job"))
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct ReportRow {
    id: String,
    ticker: String,
    company_name: String,
    newer_filing_date: Option<String>,
    older_filing_date: Option<String>,
    newer_accession: Option<String>,
    older_accession: Option<String>,
    extraction_success: bool,
    created_at: i64,
}

impl ReportRow {
    fn parsed(self) -> Result<ReportSummary, Cause> {
        let date = |text: Option<String>| text.map(|text| text.parse::<Date>()).transpose();
        let accession = |text: Option<String>| text.map(|text| text.parse::<AccessionNumber>()).transpose();
        Ok(ReportSummary {
            report_id: self.id,
            ticker: self.ticker.parse::<Ticker>()?,
            company_name: self.company_name,
            newer_filing_date: date(self.newer_filing_date)?,
            older_filing_date: date(self.older_filing_date)?,
            newer_accession: accession(self.newer_accession)?,
            older_accession: accession(self.older_accession)?,
            is_valid: self.extraction_success,
            created_at: time(self.created_at)?,
        })
    }
}

impl TryFrom<ReportRow> for ReportSummary {
    type Error = StoreError;
    fn try_from(row: ReportRow) -> Result<Self, Self::Error> {
        row.parsed().map_err(corrupt("report"))
    }
}

pub(super) fn corrupt<E: Into<Cause>>(what: &'static str) -> impl FnOnce(E) -> StoreError {
    move |source| StoreError::Corrupt { what, source: source.into() }
}

fn state(word: &str) -> Result<JobState, Cause> {
    [JobState::Queued, JobState::Processing, JobState::Completed, JobState::Failed]
        .into_iter()
        .find(|state| state.as_str() == word)
        .ok_or_else(|| format!("`{word}` is not a job's state").into())
}

fn time(microseconds: i64) -> Result<Timestamp, Cause> {
    Ok(Timestamp::from_microsecond(microseconds)?)
}
