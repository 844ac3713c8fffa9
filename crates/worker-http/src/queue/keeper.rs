//! Keeps a job while it is worked on: renews its lease, notes its progress, and ends it when its time is up.

use std::time::Duration;

use filing_model::Report;
use supabase_store::{Lease, StoreError};
use tokio::{
    sync::watch,
    task::{JoinError, JoinSet},
    time::{Instant, MissedTickBehavior, interval_at, sleep, sleep_until},
};

use super::{Phase, Worker};
use crate::{
    pipeline::PipelineError,
    progress::{Progress, Stage},
};
use sec_fetch::Years;

/// Progress is written no more often: each time costs a write to disk.
const BETWEEN_NOTES: Duration = Duration::from_millis(200);

/// How the work on a job ended.
pub(super) enum Kept {
    Report(Box<Report>),
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
    work.spawn(make_report(worker, &lease, Notes(sender)));
    let mut phase = worker.phase.clone();
    let third = worker.config.lease / 3;
    let mut renewal = interval_at(Instant::now() + third, third);
    renewal.set_missed_tick_behavior(MissedTickBehavior::Delay);
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

fn make_report(
    worker: &Worker,
    lease: &Lease,
    notes: Notes,
) -> impl Future<Output = Result<Report, PipelineError>> + use<> {
    let (pipeline, source) = (worker.pipeline.clone(), std::sync::Arc::clone(&worker.source));
    let ticker = lease.job.ticker.clone();
    async move {
        let report = pipeline.report(source.as_ref(), &ticker, &Years::default(), &notes).await?;
        notes.working(Stage::Storing, 0.0, "the report");
        Ok(report)
    }
}

fn kept(ended: Option<Result<Result<Report, PipelineError>, JoinError>>) -> Kept {
    match ended {
        Some(Ok(Ok(report))) => Kept::Report(Box::new(report)),
        Some(Ok(Err(error))) => Kept::Error(error),
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
                error = super::chain(&error),
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
struct Notes(watch::Sender<Note>);

impl Progress for Notes {
    fn working(&self, stage: Stage, share: f32, on: &str) {
        self.0.send_replace((stage.percent(share), format!("{} {on}", stage.name())));
    }
}
