//! Which numbers there are, and their text for Prometheus.

use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering},
};

use metrics::{describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use super::metrics::{self as numbers, name};

static RENDERER: OnceLock<PrometheusHandle> = OnceLock::new();

/// So many measured values are kept one by one before they are counted into buckets, when nobody reads them.
const KEPT_AT_MOST: u32 = 4096;

static KEPT: AtomicU32 = AtomicU32::new(0);

/// What a number is.
enum Kind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Measured values, counted up to these bounds.
    Histogram(&'static [f64]),
}

const JOB_SECONDS: &[f64] = &[1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0];
const STAGE_SECONDS: &[f64] = &[0.01, 0.05, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0];
const REQUEST_SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0];
const REPORT_DOLLARS: &[f64] = &[0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 1.0, 2.0];

/// Every number; docs/OPERATIONS.md says what to make of each.
#[rustfmt::skip]
const NUMBERS: &[(&str, Kind, &str)] = &[
    (name::JOBS_ACCEPTED, Kind::Counter, "Jobs that were accepted."),
    (name::JOBS, Kind::Counter, "Jobs that ended, by outcome."),
    (name::JOB_FAILURES, Kind::Counter, "Jobs that failed for good, by type of error."),
    (name::JOB_SECONDS, Kind::Histogram(JOB_SECONDS), "From the request for a report to its end, waiting included, by outcome."),
    (name::JOBS_GIVEN_BACK, Kind::Counter, "Times that a job went back to the queue, by reason."),
    (name::ATTEMPTS_FAILED, Kind::Counter, "Attempts that failed, the last ones of failed jobs among them."),
    (name::STAGE_SECONDS, Kind::Histogram(STAGE_SECONDS), "Time that a stage of a report took, by stage."),
    (name::MODEL_TOKENS, Kind::Counter, "Tokens that the language model read and wrote, by model."),
    (name::REPORT_DOLLARS, Kind::Histogram(REPORT_DOLLARS), "What the language model cost for one report in US dollars, by model."),
    (name::REFUNDS, Kind::Counter, "Tokens that were given back to users."),
    (name::CALLBACK_TRIES, Kind::Counter, "Tries to call back, by outcome."),
    (name::CALLBACKS_GIVEN_UP, Kind::Counter, "Callbacks that will not be tried again."),
    (name::EDGAR_BLOCKS, Kind::Counter, "Times that sec.gov refused us for a while."),
    (name::EDGAR_BLOCKED_UNTIL, Kind::Gauge, "Unix time until which sec.gov is not asked; 0 when it may be."),
    (name::EDGAR_REPEATS, Kind::Counter, "Times that a job waited for a request to sec.gov to be sent again."),
    (name::QUEUE_JOBS, Kind::Gauge, "Jobs in the queue, by state."),
    (name::QUEUE_OLDEST_SECONDS, Kind::Gauge, "Age of the job that has waited longest; 0 when none waits."),
    (name::REQUESTS, Kind::Counter, "HTTP requests that were answered, by route and status."),
    (name::REQUEST_SECONDS, Kind::Histogram(REQUEST_SECONDS), "Time until an HTTP request was answered, by route."),
    (name::BUILD, Kind::Gauge, "Always 1; the label is the version that runs."),
];

/// Begins to count. A second call in one process, as in tests, goes on with the first.
pub(super) fn install() {
    RENDERER.get_or_init(|| {
        let recorder = recorder();
        let renderer = recorder.handle();
        // Nobody else in this process sets one.
        let _ = metrics::set_global_recorder(recorder);
        renderer
    });
}

/// Every number in Prometheus' text format 0.0.4; empty before the start.
pub(super) fn render() -> String {
    RENDERER.get().map(PrometheusHandle::render).unwrap_or_default()
}

/// Called for each measured value, which would otherwise be kept until somebody asks for [`render`].
pub(super) fn was_measured() {
    if KEPT.fetch_add(1, Ordering::Relaxed) % KEPT_AT_MOST == KEPT_AT_MOST - 1
        && let Some(renderer) = RENDERER.get()
    {
        renderer.run_upkeep();
    }
}

fn recorder() -> PrometheusRecorder {
    let mut builder = PrometheusBuilder::new();
    for (name, kind, _) in NUMBERS {
        if let Kind::Histogram(bounds) = kind {
            let name = Matcher::Full((*name).to_owned());
            builder = builder.set_buckets_for_metric(name, bounds).expect("each histogram has bounds");
        }
    }
    let recorder = builder.build_recorder();
    metrics::with_local_recorder(&recorder, || {
        describe();
        numbers::zero();
    });
    recorder
}

fn describe() {
    for (name, kind, help) in NUMBERS {
        match kind {
            Kind::Counter => describe_counter!(*name, *help),
            Kind::Gauge => describe_gauge!(*name, *help),
            Kind::Histogram(_) => describe_histogram!(*name, *help),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;

    use super::{
        numbers::{CallbackTry, GivenBack, JobEnd, QueueCounts},
        *,
    };
    use crate::progress::Stage;

    /// What is rendered after these calls.
    fn rendered(calls: impl FnOnce()) -> String {
        let recorder = recorder();
        metrics::with_local_recorder(&recorder, calls);
        recorder.handle().render()
    }

    /// Its lines that have counted something, sorted, without buckets and the version.
    fn counted(text: &str) -> String {
        let left_out = |line: &str| {
            line.is_empty()
                || line.ends_with(" 0")
                || ["#", name::BUILD].iter().any(|begin| line.starts_with(begin))
                || line.contains("_bucket{")
        };
        let mut lines: Vec<_> = text.lines().filter(|line| !left_out(line)).collect();
        lines.sort_unstable();
        lines.join("\n")
    }

    fn a_job_that_failed() {
        numbers::job_accepted();
        numbers::attempt_failed();
        numbers::job_given_back(GivenBack::Retry);
        numbers::attempt_failed();
        numbers::job_ended(JobEnd::Failed, Some("edgar_error"), Duration::from_secs(12));
        numbers::refunded();
    }

    #[test]
    fn what_happened_is_counted() {
        let text = rendered(|| {
            a_job_that_failed();
            numbers::job_ended(JobEnd::Completed, None, Duration::from_secs(3));
            numbers::stage_ended(Stage::Analysing, Duration::from_millis(250));
            numbers::model_used("claude-test", 1200, Some(0.25));
            numbers::callback_tried(CallbackTry::Failed);
            numbers::callback_given_up();
            numbers::edgar_blocked(Timestamp::from_second(1_700_000_000).expect("a time"));
            numbers::edgar_repeated();
            numbers::queue(&QueueCounts {
                waiting: 3,
                running: 2,
                oldest_waiting: Some(Duration::from_secs(40)),
            });
            numbers::http_request(Some("/jobs/{job_id}/status"), 200, Duration::from_millis(2));
            numbers::http_request(None, 404, Duration::from_millis(1));
        });
        insta::assert_snapshot!(counted(&text));
    }

    #[test]
    fn buckets_fit_what_is_measured() {
        let text = rendered(|| numbers::stage_ended(Stage::Fetching, Duration::from_millis(700)));
        for line in ["le=\"0.5\"} 0", "le=\"1\"} 1", "le=\"+Inf\"} 1"] {
            let whole = format!("worker_stage_duration_seconds_bucket{{stage=\"fetching\",{line}");
            assert!(text.contains(&whole), "{whole} is not in {text}");
        }
    }

    #[test]
    fn names_follow_the_practice_and_are_told_to_operators() {
        let page = include_str!("../../../../docs/OPERATIONS.md");
        for (name, kind, help) in NUMBERS {
            assert!(page.contains(&format!("`{name}")), "docs/OPERATIONS.md does not tell of {name}");
            assert!(name.starts_with("worker_") && help.ends_with('.'), "{name}: {help}");
            assert_eq!(matches!(kind, Kind::Counter), name.ends_with("_total"), "{name}");
        }
    }

    #[test]
    fn a_second_start_goes_on_with_the_first() {
        install();
        install();
        let text = render();
        let version = concat!("worker_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1");
        assert!(text.contains(version), "{text}");
        assert!(text.contains("# HELP worker_jobs_total Jobs that ended, by outcome.\n"), "{text}");
        assert!(text.contains("worker_jobs_total{outcome=\"failed\"} 0\n"), "{text}");
    }
}
