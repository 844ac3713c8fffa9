//! What rows look like, and how they become what callers know.

use filing_model::{AccessionNumber, Ticker};
use jiff::{Timestamp, civil::Date};

use crate::{
    Cause, Charge, Delivery, DeliveryAttempt, DeliveryState, Job, JobState, Lease, ReportSummary, StoreError,
};

#[derive(sqlx::FromRow)]
pub(super) struct JobRow {
    job_id: String,
    user_id: Option<String>,
    ticker: String,
    callback_url: Option<String>,
    charge: String,
    charged: bool,
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
    queued_at: i64,
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
            charge: word("charge", &self.charge, [Charge::Caller, Charge::Worker], Charge::as_str)?,
            charged: self.charged,
            state: word("job's state", &self.state, JOB_STATES, JobState::as_str)?,
            progress: self.progress,
            current_step: self.current_step,
            attempts: self.attempts,
            leases: self.leases,
            lost_leases: self.lost_leases,
            report_id: self.report_id,
            error: self.error,
            error_log_id: self.error_log_id,
            refunded: self.refunded,
            queued_at: time(self.queued_at)?,
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

#[derive(sqlx::FromRow)]
pub(super) struct DeliveryRow {
    id: String,
    job_id: String,
    url: String,
    body: String,
    state: String,
    attempts: u32,
    leases: u32,
    noted_lease: u32,
    available_at: i64,
    worker: Option<String>,
    last_error: Option<String>,
    created_at: i64,
    updated_at: i64,
    finished_at: Option<i64>,
}

impl DeliveryRow {
    /// Whether this lease may note an outcome, or noted it before.
    pub(super) fn is_of_lease(&self, lease: u32) -> bool {
        self.leases == lease
    }

    pub(super) fn was_noted_by(&self, lease: u32) -> bool {
        self.is_of_lease(lease) && self.noted_lease == lease
    }

    pub(super) fn is_pending(&self) -> bool {
        self.state == DeliveryState::Pending.as_str()
    }

    /// Whether somebody sends it at this moment.
    pub(super) fn is_under_way(&self, now: Timestamp) -> bool {
        self.is_pending() && self.worker.is_some() && self.available_at > now.as_microsecond()
    }

    fn parsed(self) -> Result<Delivery, Cause> {
        Ok(Delivery {
            id: self.id,
            job_id: self.job_id,
            url: self.url,
            body: self.body,
            state: word("delivery's state", &self.state, DELIVERY_STATES, DeliveryState::as_str)?,
            attempts: self.attempts,
            leases: self.leases,
            available_at: time(self.available_at)?,
            last_error: self.last_error,
            created_at: time(self.created_at)?,
            updated_at: time(self.updated_at)?,
            finished_at: self.finished_at.map(time).transpose()?,
        })
    }
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = StoreError;
    fn try_from(row: DeliveryRow) -> Result<Self, Self::Error> {
        row.parsed().map_err(corrupt("delivery"))
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct AttemptRow {
    number: u32,
    made_at: i64,
    status: Option<u16>,
    error: Option<String>,
    milliseconds: u32,
}

impl TryFrom<AttemptRow> for DeliveryAttempt {
    type Error = StoreError;
    fn try_from(row: AttemptRow) -> Result<Self, Self::Error> {
        let made_at = time(row.made_at).map_err(corrupt("attempt"))?;
        let AttemptRow { number, status, error, milliseconds, .. } = row;
        Ok(Self { number, made_at, status, error, milliseconds })
    }
}

pub(super) fn corrupt<E: Into<Cause>>(what: &'static str) -> impl FnOnce(E) -> StoreError {
    move |source| StoreError::Corrupt { what, source: source.into() }
}

const JOB_STATES: [JobState; 4] =
    [JobState::Queued, JobState::Processing, JobState::Completed, JobState::Failed];

const DELIVERY_STATES: [DeliveryState; 4] =
    [DeliveryState::Pending, DeliveryState::Delivered, DeliveryState::Gone, DeliveryState::Failed];

/// The one of `all` that the word stands for.
fn word<T: Copy, const N: usize>(
    what: &str,
    word: &str,
    all: [T; N],
    as_str: impl Fn(T) -> &'static str,
) -> Result<T, Cause> {
    let found = all.into_iter().find(|one| as_str(*one) == word);
    found.ok_or_else(|| format!("`{word}` is not a {what}").into())
}

fn time(microseconds: i64) -> Result<Timestamp, Cause> {
    Ok(Timestamp::from_microsecond(microseconds)?)
}
