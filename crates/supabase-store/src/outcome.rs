use filing_model::{AccessionNumber, Report, Ticker};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::Job;

/// Why a job failed for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// A word for programs, such as `company_not_found`.
    pub error_type: String,
    /// What the user is told.
    pub message: String,
    /// The chain of causes for the error log; never a secret.
    pub causes: String,
}

/// How a job was settled: the same however often it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// The stored report.
    pub report_id: Option<String>,
    /// The entry in the error log.
    pub error_log_id: Option<String>,
    /// Whether the user got the token back.
    pub refunded: bool,
}

impl Settled {
    pub(crate) fn of(job: &Job) -> Self {
        Self {
            report_id: job.report_id.clone(),
            error_log_id: job.error_log_id.clone(),
            refunded: job.refunded,
        }
    }
}

/// A line in a list of reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSummary {
    /// Names the report.
    pub report_id: String,
    /// The symbol that was asked for.
    pub ticker: Ticker,
    /// The filer's name.
    pub company_name: String,
    /// The day EDGAR took the later filing.
    pub newer_filing_date: Option<Date>,
    /// The day EDGAR took the earlier filing.
    pub older_filing_date: Option<Date>,
    /// The later submission.
    pub newer_accession: Option<AccessionNumber>,
    /// The earlier submission.
    pub older_accession: Option<AccessionNumber>,
    /// Whether it can be trusted.
    pub is_valid: bool,
    /// When it was stored.
    pub created_at: Timestamp,
}

impl ReportSummary {
    pub(crate) fn of(report: &Report, ticker: &Ticker, created_at: Timestamp) -> Self {
        Self {
            report_id: report.report_id.clone(),
            ticker: ticker.clone(),
            company_name: report.company.name.clone(),
            newer_filing_date: report.newer.filing_date,
            older_filing_date: report.older.filing_date,
            newer_accession: report.newer.accession.clone(),
            older_accession: report.older.accession.clone(),
            is_valid: report.quality.is_valid,
            created_at,
        }
    }
}
