//! How jobs begin, wait and end: what all stores write, in one place.

use filing_model::Report;

use crate::{Failure, JobState};

pub(crate) const STEP_QUEUED: &str = "Waiting for a worker";
pub(crate) const STEP_LEASED: &str = "Starting";
pub(crate) const STEP_RELEASED: &str = "Waiting to be tried again";

/// Tokens that a report costs and a refund gives back.
pub(crate) const TOKENS_PER_REPORT: u32 = 1;

/// What is written when a job ends.
#[derive(Debug)]
pub(crate) struct Ending {
    pub(crate) state: JobState,
    /// `None` leaves the progress where the work stopped.
    pub(crate) progress: Option<u8>,
    pub(crate) current_step: &'static str,
    pub(crate) failed_attempts: u32,
    pub(crate) report_id: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) error_log_id: Option<String>,
    /// Why the user gets the token back, if one is owed.
    pub(crate) refund: Option<&'static str>,
}

impl Ending {
    pub(crate) fn completed(report: &Report) -> Self {
        Self {
            state: JobState::Completed,
            progress: Some(100),
            current_step: "Completed",
            failed_attempts: 0,
            report_id: Some(report.report_id.clone()),
            error: None,
            error_log_id: None,
            refund: (!report.quality.is_valid).then_some("Refund: the report cannot be relied on"),
        }
    }

    pub(crate) fn failed(failure: &Failure, error_log_id: String) -> Self {
        Self {
            error: Some(failure.message.clone()),
            error_log_id: Some(error_log_id),
            failed_attempts: 1,
            ..Self::without_report("Failed", "Refund: the report failed")
        }
    }

    pub(crate) fn cancelled() -> Self {
        Self {
            error: Some("cancelled".to_owned()),
            ..Self::without_report("Cancelled", "Refund: the report was cancelled")
        }
    }

    fn without_report(current_step: &'static str, refund: &'static str) -> Self {
        Self {
            state: JobState::Failed,
            progress: None,
            current_step,
            failed_attempts: 0,
            report_id: None,
            error: None,
            error_log_id: None,
            refund: Some(refund),
        }
    }
}

/// A new id for a row.
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}
