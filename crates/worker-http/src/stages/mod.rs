//! The stages of a report, each with what it tells while it works. The crates do the work.

mod analysing;
mod checking;
mod comparing;
mod extracting;
mod fetching;

use crate::{pipeline::PipelineError, progress::Stage};

pub(crate) use {
    analysing::analyze,
    checking::check,
    comparing::{compare, describe},
    extracting::{Texts, extract, item_counts, with_annual_reports},
    fetching::{choose, fetch},
};

/// Runs work that keeps a processor busy away from the threads that wait for others.
async fn off_thread<T: Send + 'static>(
    stage: Stage,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PipelineError> {
    // What is said on the other thread belongs to the same job.
    let span = tracing::Span::current();
    let work = move || span.in_scope(work);
    tokio::task::spawn_blocking(work).await.map_err(|source| PipelineError::Crashed { stage, source })
}
