//! What is counted and measured: one function for each thing that happens. Nobody else names a number.
//!
//! Values of labels are few: never an id, a ticker, a user, an address or the text of an error.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use metrics::{counter, gauge, histogram};

use super::recorder;
use crate::progress::Stage;

/// Names of the numbers.
pub(super) mod name {
    pub(crate) const JOBS_ACCEPTED: &str = "worker_jobs_accepted_total";
    pub(crate) const JOBS: &str = "worker_jobs_total";
    pub(crate) const JOB_FAILURES: &str = "worker_job_failures_total";
    pub(crate) const JOB_SECONDS: &str = "worker_job_duration_seconds";
    pub(crate) const JOBS_GIVEN_BACK: &str = "worker_jobs_given_back_total";
    pub(crate) const ATTEMPTS_FAILED: &str = "worker_attempts_failed_total";
    pub(crate) const STAGE_SECONDS: &str = "worker_stage_duration_seconds";
    pub(crate) const MODEL_TOKENS: &str = "worker_model_tokens_total";
    pub(crate) const REPORT_DOLLARS: &str = "worker_report_cost_usd";
    pub(crate) const REFUNDS: &str = "worker_refunds_total";
    pub(crate) const CALLBACK_TRIES: &str = "worker_callback_tries_total";
    pub(crate) const CALLBACKS_GIVEN_UP: &str = "worker_callbacks_given_up_total";
    pub(crate) const EDGAR_BLOCKS: &str = "worker_edgar_blocks_total";
    pub(crate) const EDGAR_BLOCKED_UNTIL: &str = "worker_edgar_blocked_until_timestamp_seconds";
    pub(crate) const EDGAR_REPEATS: &str = "worker_edgar_repeats_total";
    pub(crate) const QUEUE_JOBS: &str = "worker_queue_jobs";
    pub(crate) const QUEUE_OLDEST_SECONDS: &str = "worker_queue_oldest_age_seconds";
    pub(crate) const REQUESTS: &str = "worker_http_requests_total";
    pub(crate) const REQUEST_SECONDS: &str = "worker_http_request_duration_seconds";
    pub(crate) const BUILD: &str = "worker_build_info";
}

/// How a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JobEnd {
    Completed,
    Failed,
    Cancelled,
}

impl JobEnd {
    const ALL: [Self; 3] = [Self::Completed, Self::Failed, Self::Cancelled];

    fn label(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Why a job went back to the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GivenBack {
    /// The attempt failed and there is another one.
    Retry,
    /// Somebody asked us to wait.
    Wait,
    /// This process ends.
    Shutdown,
    /// Another worker has it now.
    Lost,
}

impl GivenBack {
    const ALL: [Self; 4] = [Self::Retry, Self::Wait, Self::Shutdown, Self::Lost];

    fn label(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Wait => "wait",
            Self::Shutdown => "shutdown",
            Self::Lost => "lost",
        }
    }
}

/// How one try to call back ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallbackTry {
    Delivered,
    Failed,
    /// The receiver wants no more.
    Gone,
    /// Its address may not be called.
    Refused,
}

impl CallbackTry {
    const ALL: [Self; 4] = [Self::Delivered, Self::Failed, Self::Gone, Self::Refused];

    fn label(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Gone => "gone",
            Self::Refused => "refused",
        }
    }
}

/// How full the queue is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct QueueCounts {
    pub waiting: u64,
    pub running: u64,
    /// Age of the one that has waited longest.
    pub oldest_waiting: Option<Duration>,
}

/// A job was accepted.
pub(crate) fn job_accepted() {
    counter!(name::JOBS_ACCEPTED).increment(1);
}

/// A job ended, so long after it was asked for; `error_type` as in the error log.
pub(crate) fn job_ended(end: JobEnd, error_type: Option<&str>, took: Duration) {
    counter!(name::JOBS, "outcome" => end.label()).increment(1);
    if let Some(error_type) = error_type {
        counter!(name::JOB_FAILURES, "error_type" => ERROR_TYPES.label(error_type)).increment(1);
    }
    histogram!(name::JOB_SECONDS, "outcome" => end.label()).record(took);
    recorder::was_measured();
}

/// A job went back to the queue.
pub(crate) fn job_given_back(why: GivenBack) {
    counter!(name::JOBS_GIVEN_BACK, "reason" => why.label()).increment(1);
}

/// An attempt failed, whether or not there is another one.
pub(crate) fn attempt_failed() {
    counter!(name::ATTEMPTS_FAILED).increment(1);
}

/// A stage of a report is done.
pub(crate) fn stage_ended(stage: Stage, took: Duration) {
    histogram!(name::STAGE_SECONDS, "stage" => stage.name().to_ascii_lowercase()).record(took);
    recorder::was_measured();
}

/// A report was written with a language model; the cost is absent where no price is known.
pub(crate) fn model_used(model: &str, tokens: u64, cost_usd: Option<f64>) {
    let model = MODELS.label(model);
    counter!(name::MODEL_TOKENS, "model" => model.clone()).increment(tokens);
    if let Some(cost_usd) = cost_usd {
        histogram!(name::REPORT_DOLLARS, "model" => model).record(cost_usd);
        recorder::was_measured();
    }
}

/// A user got a token back.
pub(crate) fn refunded() {
    counter!(name::REFUNDS).increment(1);
}

/// A caller was told, or not.
pub(crate) fn callback_tried(how: CallbackTry) {
    counter!(name::CALLBACK_TRIES, "outcome" => how.label()).increment(1);
}

/// A callback failed for good.
pub(crate) fn callback_given_up() {
    counter!(name::CALLBACKS_GIVEN_UP).increment(1);
}

/// sec.gov is not asked until then.
pub(crate) fn edgar_blocked(until: Timestamp) {
    counter!(name::EDGAR_BLOCKS).increment(1);
    #[expect(clippy::cast_precision_loss, reason = "seconds fit for millions of years")]
    gauge!(name::EDGAR_BLOCKED_UNTIL).set(until.as_second() as f64);
}

/// A request to sec.gov is sent again.
pub(crate) fn edgar_repeated() {
    counter!(name::EDGAR_REPEATS).increment(1);
}

/// The queue as it is now.
#[expect(clippy::cast_precision_loss, reason = "no queue holds that many jobs")]
pub(crate) fn queue(counts: &QueueCounts) {
    gauge!(name::QUEUE_JOBS, "state" => "waiting").set(counts.waiting as f64);
    gauge!(name::QUEUE_JOBS, "state" => "running").set(counts.running as f64);
    gauge!(name::QUEUE_OLDEST_SECONDS).set(counts.oldest_waiting.unwrap_or_default().as_secs_f64());
}

/// A request was answered. `route` is the pattern, such as `/jobs/{job_id}/status`; `None` when no route fits.
pub(crate) fn http_request(route: Option<&str>, status: u16, took: Duration) {
    let route = route.unwrap_or("none").to_owned();
    counter!(name::REQUESTS, "route" => route.clone(), "status" => status.to_string()).increment(1);
    histogram!(name::REQUEST_SECONDS, "route" => route).record(took);
    recorder::was_measured();
}

/// Begins to count; what happened before is lost. A second call, as in tests, goes on with the first.
pub(crate) fn start() {
    recorder::install();
}

/// All numbers for `GET /metrics`, `text/plain; version=0.0.4`.
pub(crate) fn render() -> String {
    recorder::render()
}

/// Lets every counter whose labels are known begin at zero, so that the first event is a rise.
pub(super) fn zero() {
    for name in [
        name::JOBS_ACCEPTED,
        name::ATTEMPTS_FAILED,
        name::REFUNDS,
        name::CALLBACKS_GIVEN_UP,
        name::EDGAR_BLOCKS,
        name::EDGAR_REPEATS,
    ] {
        counter!(name).increment(0);
    }
    for end in JobEnd::ALL {
        counter!(name::JOBS, "outcome" => end.label()).increment(0);
    }
    for why in GivenBack::ALL {
        counter!(name::JOBS_GIVEN_BACK, "reason" => why.label()).increment(0);
    }
    for how in CallbackTry::ALL {
        counter!(name::CALLBACK_TRIES, "outcome" => how.label()).increment(0);
    }
    queue(&QueueCounts::default());
    gauge!(name::EDGAR_BLOCKED_UNTIL).set(0.0);
    gauge!(name::BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
}

static ERROR_TYPES: Few = Few::new();
static MODELS: Few = Few::new();

/// Values of one label that come from outside of this file. Each costs memory for as long as the process lives, so
/// beyond a number of them all are `other`.
struct Few(Mutex<BTreeSet<String>>);

impl Few {
    const MOST: usize = 32;

    const fn new() -> Self {
        Self(Mutex::new(BTreeSet::new()))
    }

    fn label(&self, value: &str) -> String {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains(value) {
            if known.len() >= Self::MOST || !is_plain(value) {
                return "other".to_owned();
            }
            known.insert(value.to_owned());
        }
        value.to_owned()
    }
}

fn is_plain(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    (1..=64).contains(&value.len()) && value.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_come_from_outside_stay_few_and_plain() {
        let few = Few::new();
        assert_eq!(few.label("claude-3.5:beta_1"), "claude-3.5:beta_1");
        for odd in ["", "no such key: \"secret\"\n", &"x".repeat(65)] {
            assert_eq!(few.label(odd), "other");
        }
        let labels: BTreeSet<_> = (0..1000).map(|number| few.label(&format!("model-{number}"))).collect();
        assert_eq!(labels.len(), Few::MOST, "with `other`, and without the one that came first");
        assert_eq!(few.label("model-0"), "model-0");
    }
}
