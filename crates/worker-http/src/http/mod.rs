//! Translates HTTP into calls of the store; nothing is decided here.
//!
//! [`mod@router`] has all routes; each file has those of its subject. [`access`] says who is let in, [`limits`] how much
//! is taken in, [`wire`] what bodies look like, [`problem`] what refusals do, [`openapi`] and [`refusals`] tell programs of it all.

mod access;
mod events;
mod headers;
mod health;
mod jobs;
mod limits;
mod openapi;
mod problem;
mod refusals;
mod reports;
mod router;
#[cfg(test)]
pub(crate) mod tests;
mod wire;

use std::sync::Arc;

use supabase_store::Charge;
use tokio::sync::{Notify, Semaphore, watch};

use crate::{
    callback::Guard,
    config::Config,
    engine::{Ids, Store},
    queue::{Bells, Phase},
    traffic::Traffic,
};

use self::limits::Limits;
pub(crate) use self::{
    access::{Access, Links, is_local_path, is_own_page},
    openapi::document as openapi_document,
    problem::Problem,
    router::router,
};

/// Streams of events that are open at once; each asks the store about its job.
const MOST_STREAMS: usize = 256;

/// What the routes need.
pub(crate) struct Api {
    pub store: Arc<dyn Store>,
    pub ids: Ids,
    /// Rung when a job was accepted, so that it starts at once.
    pub bell: Arc<Notify>,
    /// Rung when a job was cancelled, so that whoever asked for it is told at once.
    pub ended: Arc<Notify>,
    pub phase: watch::Receiver<Phase>,
    traffic: Arc<Traffic>,
    guard: Guard,
    charge: Charge,
    pub access: Access,
    limits: Limits,
    streams: Arc<Semaphore>,
    pub has_pages: bool,
    metrics_open: bool,
}

impl Api {
    pub(crate) fn new(
        store: Arc<dyn Store>,
        ids: Ids,
        bells: Bells,
        phase: watch::Receiver<Phase>,
        traffic: Arc<Traffic>,
        config: &Config,
    ) -> Self {
        Self {
            limits: Limits::new(Arc::clone(&store), &config.queue),
            store,
            ids,
            bell: bells.accepted,
            ended: bells.ended,
            phase,
            traffic,
            guard: Guard::new(&config.callback),
            charge: config.queue.charge,
            access: Access::new(&config.server.secrets, config.server.pages),
            streams: Arc::new(Semaphore::new(MOST_STREAMS)),
            has_pages: config.server.pages,
            metrics_open: config.telemetry.metrics_open,
        }
    }

    /// Whether no further work is taken in.
    fn is_draining(&self) -> bool {
        *self.phase.borrow() != Phase::Running
    }
}
