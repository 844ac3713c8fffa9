//! Works jobs off: [`Worker::step`] does one, [`run`] does them until it is told to stop.

mod keeper;
mod reuse;
mod step;
#[cfg(test)]
mod tests;
mod verdict;
mod workshop;

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
};

use crate::{causes::causes, config::QueueConfig, engine::Store, pipeline::Pipeline, source::Source};

pub(crate) use {
    step::Step,
    workshop::{Benches, Workshop},
};

/// Jobs of other processes, and jobs whose wait is over, are found this late at most.
const POLL: Duration = Duration::from_secs(2);

/// A store that fails is left alone for a while.
const AFTER_STORE_ERROR: Duration = Duration::from_secs(5);

/// How far the end of this process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// Jobs are taken.
    Running,
    /// None is taken any more; those that run may end.
    Draining,
    /// Those that still run are given back.
    Ending,
}

/// What wakes those who wait for work of this process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bells {
    /// A job was accepted.
    pub accepted: Arc<Notify>,
    /// A job ended, and somebody may have to be told.
    pub ended: Arc<Notify>,
}

/// Everything one job needs.
pub(crate) struct Worker {
    /// Noted beside a job, for operators.
    pub name: String,
    pub store: Arc<dyn Store>,
    pub source: Source,
    pub pipeline: Pipeline,
    pub config: QueueConfig,
    /// Where reports are made.
    pub benches: Benches,
    pub phase: watch::Receiver<Phase>,
    /// Rung when a job ended, so that whoever asked for it is told at once.
    pub ended: Arc<Notify>,
}

/// Works off jobs until the phase is no longer [`Phase::Running`] and the last one is settled or given back.
pub(crate) async fn run(worker: Arc<Worker>, bell: Arc<Notify>) {
    let mut loops = JoinSet::new();
    for _ in 0..worker.config.jobs_at_once {
        loops.spawn(one_after_another(Arc::clone(&worker), Arc::clone(&bell)));
    }
    while let Some(ended) = loops.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a loop over jobs stopped");
        }
    }
}

async fn one_after_another(worker: Arc<Worker>, bell: Arc<Notify>) {
    let mut phase = worker.phase.clone();
    while *phase.borrow_and_update() == Phase::Running {
        let pause = match worker.step().await {
            Ok(Step::Idle) => POLL,
            Ok(_) => continue,
            Err(error) => {
                tracing::error!(error = causes(&error), "the store failed");
                AFTER_STORE_ERROR
            }
        };
        tokio::select! {
            () = bell.notified() => {}
            () = tokio::time::sleep(pause) => {}
            _ = phase.changed() => {}
        }
    }
}
