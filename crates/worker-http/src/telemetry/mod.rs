//! Seeing into the worker: log lines on stderr, numbers for Prometheus, and errors for Sentry where it is set.

mod brake;
mod json;
pub(crate) mod metrics;
mod recorder;
mod scrub;
#[cfg(test)]
pub(crate) mod seen;
mod sentry;

use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    fmt::{self, format::JsonFields},
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

use crate::config::{LogConfig, LogFormat, TelemetryConfig};
use json::JsonLine;
pub(crate) use sentry::Reports;

/// Name of the span around the work on one job, whose fields go with every line and every report of an error.
pub(crate) const JOB_SPAN: &str = "job";

/// Starts all of it; `usual` is the level of log lines when `RUST_LOG` is not set. What is returned is held until the
/// process ends, for then it sends what still waits.
#[must_use = "reports of errors end when this is dropped"]
pub(crate) fn start(log: &LogConfig, telemetry: &TelemetryConfig, usual: &str) -> Reports {
    metrics::start();
    let reports = sentry::start(telemetry);
    let filter = EnvFilter::new(log.filter.as_deref().unwrap_or(usual));
    let subscriber = tracing_subscriber::registry()
        .with(lines(log.format).with_filter(filter))
        .with(reports.are_on().then(sentry::layer));
    // A second start in one process, as in tests, keeps the first.
    let _ = subscriber.try_init();
    reports
}

fn lines(format: LogFormat) -> Box<dyn Layer<Registry> + Send + Sync> {
    let lines = fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Text => lines.with_ansi(console::colors_enabled_stderr()).boxed(),
        LogFormat::Json => lines.fmt_fields(JsonFields::new()).event_format(JsonLine).boxed(),
    }
}
