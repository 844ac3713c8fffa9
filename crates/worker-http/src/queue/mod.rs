//! Works jobs off: [`Worker::step`] does one, [`run`] does them until it is told to stop.

mod keeper;
mod step;
#[cfg(test)]
mod tests;
mod verdict;

use std::{sync::Arc, time::Duration};

use sec_fetch::FilingSource;
use supabase_store::{JobQueue, ReportStore};
use tokio::{
    sync::{Notify, watch},
    task::JoinSet,
};

use crate::{callback::Callbacks, config::QueueConfig, pipeline::Pipeline};

pub(crate) use step::Step;

/// Jobs of other processes, and jobs whose wait is over, are found this late at most.
const POLL: Duration = Duration::from_secs(2);

/// A store that fails is left alone for a while.
const AFTER_STORE_ERROR: Duration = Duration::from_secs(5);

/// Jobs and reports in one place, so that both change in one transaction.
pub(crate) trait Store: JobQueue + ReportStore {}

impl<T: JobQueue + ReportStore> Store for T {}

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

/// Everything one job needs.
pub(crate) struct Worker {
    /// Noted beside a job, for operators.
    pub name: String,
    pub store: Arc<dyn Store>,
    pub source: Arc<dyn FilingSource>,
    pub pipeline: Pipeline,
    pub callbacks: Callbacks,
    pub config: QueueConfig,
    pub phase: watch::Receiver<Phase>,
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
                tracing::error!(error = chain(&error), "the store failed");
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

/// An error and its causes on one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
