//! Keeps a job while it is worked on: renews its lease, notes its progress, and ends it when its time is up.

use std::{sync::Arc, time::Duration};

use filing_model::Report;
use sec_fetch::{FetchWatcher, Repetition, Years};
use supabase_store::{Lease, StoreError};
use tokio::{
    sync::watch,
    task::{JoinError, JoinSet},
    time::{Instant, Interval, MissedTickBehavior, interval_at, sleep, sleep_until},
};
use tracing::Instrument as _;

use super::{
    Phase, Worker,
    reuse::{self, Reused},
};
use crate::{
    causes::causes,
    pipeline::PipelineError,
    progress::{Progress, Stage},
    stages,
    telemetry::metrics,
};

/// Progress is written no more often: each time costs the store a write.
const BETWEEN_NOTES: Duration = Duration::from_millis(200);

/// What the work on a job came to.
pub(super) enum Made {
    Report(Report),
    Reused(Reused),
}

/// How the work on a job ended.
pub(super) enum Kept {
    Made(Box<Made>),
    Error(PipelineError),
    /// It panicked.
    Crashed(JoinError),
    TimedOut,
    /// This process ends.
    Interrupted,
}

/// Percent and step, as the job's row has them.
type Note = (u8, String);

/// Runs the pipeline on a job; fails when the lease is lost.
pub(super) async fn keep(worker: &Worker, mut lease: Lease) -> Result<(Lease, Kept), StoreError> {
    let (sender, mut notes) = watch::channel((0, String::new()));
    // Dropping the set ends the work.
    let mut work = JoinSet::new();
    work.spawn_on(
        make_report(worker, &lease, Notes(sender)).in_current_span(),
        worker.benches.choose(lease.job.attempts),
    );
    let mut phase = worker.phase.clone();
    let mut renewal = renewals(worker);
    let time_is_up = sleep_until(Instant::now() + worker.config.timeout);
    tokio::pin!(time_is_up);
    loop {
        tokio::select! {
            ended = work.join_next() => return Ok((lease, kept(ended))),
            _ = renewal.tick() => lease = renewed(worker, lease).await?,
            note = next(&mut notes) => note_progress(worker, &lease, &note).await?,
            () = &mut time_is_up => return Ok((lease, Kept::TimedOut)),
            () = ending(&mut phase) => return Ok((lease, Kept::Interrupted)),
        }
    }
}

/// Does in the workshop what ends a job, and renews its lease meanwhile: it may wait long for its turn, or for the store.
pub(super) async fn settle<T: Send + 'static>(
    worker: &Worker,
    lease: &Lease,
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, JoinError> {
    let mut work = worker.benches.choose(lease.job.attempts).spawn(work);
    let mut renewal = renewals(worker);
    loop {
        tokio::select! {
            ended = &mut work => return ended,
            _ = renewal.tick() => {
                // Whether the lease is good, the store says to the work.
                if let Err(error) = worker.store.renew(lease, worker.lease_seconds()).await {
                    tracing::debug!(error = causes(&error), "lease not renewed while the job is settled");
                }
            }
        }
    }
}

/// Well before a lease ends.
fn renewals(worker: &Worker) -> Interval {
    let third = worker.config.lease / 3;
    let mut renewals = interval_at(Instant::now() + third, third);
    renewals.set_missed_tick_behavior(MissedTickBehavior::Delay);
    renewals
}

fn make_report(
    worker: &Worker,
    lease: &Lease,
    notes: Notes,
) -> impl Future<Output = Result<Made, PipelineError>> + use<> {
    let (pipeline, source, store) = (
        worker.pipeline.clone(),
        worker.source.watched_by(Arc::new(notes.clone())),
        Arc::clone(&worker.store),
    );
    let (ticker, may_reuse) = (lease.job.ticker.clone(), worker.config.reuse_reports);
    async move {
        let (source, began) = (source.as_ref(), std::time::Instant::now());
        let pair = stages::choose(source, &ticker, &Years::default(), &notes).await?;
        if may_reuse
            && let Some(reused) =
                reuse::find(&*store, pipeline.analyzer.as_ref(), &ticker, &pair, began).await
        {
            return Ok(Made::Reused(reused));
        }
        let report = pipeline.report_on(source, &ticker, pair, began, &notes).await?;
        notes.working(Stage::Storing, 0.0, "the report");
        Ok(Made::Report(report))
    }
}

fn kept(ended: Option<Result<Result<Made, PipelineError>, JoinError>>) -> Kept {
    match ended {
        Some(Ok(Ok(made))) => Kept::Made(Box::new(made)),
        Some(Ok(Err(error))) => Kept::Error(error),
        // The workshop is closed.
        Some(Err(error)) if error.is_cancelled() => Kept::Interrupted,
        Some(Err(error)) => Kept::Crashed(error),
        // The set holds one task and is left when it ends.
        None => Kept::Interrupted,
    }
}

/// A store in trouble does not take the job away: while no other worker has it, the lease is good.
async fn renewed(worker: &Worker, lease: Lease) -> Result<Lease, StoreError> {
    match worker.store.renew(&lease, worker.lease_seconds()).await {
        Err(error) if error.is_transient() => {
            tracing::warn!(
                job_id = lease.job.job_id,
                error = causes(&error),
                "lease not renewed, trying again"
            );
            Ok(lease)
        }
        renewed => renewed,
    }
}

async fn note_progress(worker: &Worker, lease: &Lease, (percent, step): &Note) -> Result<(), StoreError> {
    match worker.store.progress(lease, *percent, step).await {
        Err(error) if error.is_transient() => Ok(()),
        noted => noted,
    }
}

/// When work must not go on any longer.
async fn ending(phase: &mut watch::Receiver<Phase>) {
    if phase.wait_for(|phase| *phase == Phase::Ending).await.is_err() {
        // Nobody is left to say so.
        std::future::pending::<()>().await;
    }
}

/// The latest note, not sooner than the pause after the one before.
async fn next(notes: &mut watch::Receiver<Note>) -> Note {
    sleep(BETWEEN_NOTES).await;
    match notes.changed().await {
        Ok(()) => notes.borrow_and_update().clone(),
        // The work ended, which another branch sees.
        Err(_) => std::future::pending().await,
    }
}

/// Hands what the stages tell to the keeper.
#[derive(Clone)]
struct Notes(watch::Sender<Note>);

impl FetchWatcher for Notes {
    fn repeats(&self, repetition: &Repetition) {
        metrics::edgar_repeated();
        self.0.send_modify(|(_, step)| *step = format!("{}: {repetition}", Stage::Fetching.name()));
    }
}

impl Progress for Notes {
    fn working(&self, stage: Stage, share: f32, on: &str) {
        self.0.send_replace((stage.percent(share), format!("{} {on}", stage.name())));
    }

    fn done(&self, stage: Stage, _summary: Option<&str>, took: Duration) {
        metrics::stage_ended(stage, took);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_is_repeated_is_told_of() {
        let (sender, notes) = watch::channel((0, String::new()));
        let told = Notes(sender);
        told.working(Stage::Fetching, 0.5, "the newer filing");
        told.repeats(&Repetition {
            host: "sec.gov".into(),
            reason: "does not answer".into(),
            attempt: 2,
            attempts: 5,
            pause: Duration::from_secs(4),
        });
        let (percent, step) = notes.borrow().clone();
        assert_eq!(
            (percent, step.as_str()),
            (20, "Fetching: sec.gov does not answer, attempt 2 of 5, again in 4 s")
        );
    }

    #[test]
    fn what_a_stage_took_is_counted() {
        metrics::start();
        let (sender, _notes) = watch::channel((0, String::new()));
        Notes(sender).done(Stage::Storing, None, Duration::from_secs(1));
        let text = metrics::render();
        assert!(text.contains("worker_stage_duration_seconds_count{stage=\"storing\"} "), "{text}");
    }
}
