//! What becomes of a job whose work came to nothing.

use std::{error::Error, time::Duration};

use ai_analyze::AnalyzeError;
use jiff::Timestamp;
use sec_fetch::FetchError;
use supabase_store::{Failure, Job, StoreError};
use tokio::task::JoinError;

use crate::{causes::causes, config::QueueConfig, pipeline::PipelineError};

/// The pause after the first failed attempt; doubled for each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_mins(10);

/// When somebody asks us to wait without saying how long.
const UNNAMED_WAIT: Duration = Duration::from_secs(30);

/// What becomes of the job.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It failed for good.
    Fail(Failure),
    /// The attempt failed.
    TryAgain { delay: Duration },
    /// It has to wait, which is nobody's failure.
    Wait { delay: Duration },
}

/// Judges an error of the pipeline.
pub(super) fn of(error: &PipelineError, job: &Job, config: &QueueConfig) -> Verdict {
    if let Some(delay) = asked_to_wait(error)
        && age(job) + delay < config.deadline
    {
        return Verdict::Wait { delay };
    }
    let failure = failure(error_type(error), &reason(error), error);
    if is_passing(error) { again_or_fail(failure, job, config) } else { Verdict::Fail(failure) }
}

/// Judges a panic outside the stages.
pub(super) fn of_crash(error: &JoinError, job: &Job, config: &QueueConfig) -> Verdict {
    again_or_fail(failure("internal_error", "the worker had an internal error", error), job, config)
}

/// Judges an attempt that took too long.
pub(super) fn of_timeout(job: &Job, config: &QueueConfig) -> Verdict {
    let message = format!("the report was not ready after {} s", config.timeout.as_secs());
    let failure = Failure { error_type: "worker_timeout".into(), causes: message.clone(), message };
    again_or_fail(failure, job, config)
}

/// Judges a store that will not take what was made.
pub(super) fn of_store(error: &StoreError) -> Failure {
    failure("internal_error", "the report could not be stored", error)
}

/// A job that was lost with its worker too often.
pub(super) fn kills_workers() -> Failure {
    let message = "the work on this report stopped unexpectedly too often".to_owned();
    Failure { error_type: "worker_lost".into(), causes: message.clone(), message }
}

fn again_or_fail(failure: Failure, job: &Job, config: &QueueConfig) -> Verdict {
    let delay = FIRST_PAUSE.saturating_mul(1 << job.attempts.min(10)).min(LONGEST_PAUSE);
    if job.attempts + 1 < config.attempts && age(job) + delay < config.deadline {
        Verdict::TryAgain { delay }
    } else {
        Verdict::Fail(failure)
    }
}

fn failure(error_type: &str, message: &str, error: &(dyn Error + 'static)) -> Failure {
    Failure { error_type: error_type.into(), message: message.to_owned(), causes: causes(error) }
}

/// Since the job was asked for, by its caller or once more by an operator.
fn age(job: &Job) -> Duration {
    Timestamp::now().duration_since(job.queued_at).try_into().unwrap_or_default()
}

fn asked_to_wait(error: &PipelineError) -> Option<Duration> {
    match error {
        PipelineError::Fetch(error) => {
            // A second more, so that it is over when the job comes back.
            let left =
                error.blocked_until()?.duration_since(Timestamp::now()).try_into().unwrap_or(Duration::ZERO);
            Some(left + Duration::from_secs(1))
        }
        PipelineError::Analyze(error @ AnalyzeError::RateLimited { .. }) => {
            Some(error.retry_after().unwrap_or(UNNAMED_WAIT))
        }
        _ => None,
    }
}

fn is_passing(error: &PipelineError) -> bool {
    match error {
        PipelineError::Fetch(error) => error.is_transient(),
        PipelineError::Analyze(error) => error.is_transient(),
        PipelineError::Crashed { .. } => true,
        PipelineError::NotAFiling { .. } => false,
    }
}

/// What the user is told: the cause itself, not our name for the stage.
fn reason(error: &PipelineError) -> String {
    match error {
        PipelineError::Fetch(cause) => cause.sentence(),
        PipelineError::Analyze(cause) => cause.to_string(),
        other => other.to_string(),
    }
}

fn error_type(error: &PipelineError) -> &'static str {
    match error {
        PipelineError::Fetch(FetchError::UnknownTicker { .. }) => "company_not_found",
        PipelineError::Fetch(FetchError::OnlyOneAnnualReport { .. }) => "only_one_annual_report",
        PipelineError::Fetch(FetchError::ForeignPrivateIssuer { .. }) => "foreign_private_issuer",
        PipelineError::Fetch(error) if error.is_user_error() => "no_annual_reports",
        PipelineError::Fetch(_) => "edgar_error",
        PipelineError::Analyze(_) => "analysis_error",
        PipelineError::NotAFiling { .. } => "not_a_filing",
        PipelineError::Crashed { .. } => "internal_error",
    }
}
