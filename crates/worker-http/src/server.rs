//! The worker as one process: the HTTP side and the loop over jobs, begun and ended together.

use std::{io, sync::Arc, time::Duration};

use sec_fetch::FilingSource;
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
};

use crate::{
    callback::{Callbacks, RETRY_PAUSES},
    config::Config,
    http::{self, Api},
    pipeline::Pipeline,
    queue::{self, Phase, Store, Worker},
};

/// Callbacks that are under way may take this long when the process ends.
const CALLBACK_GRACE: Duration = Duration::from_secs(5);

/// What the worker runs on.
pub(crate) struct Parts {
    pub store: Arc<dyn Store>,
    pub source: Arc<dyn FilingSource>,
    pub pipeline: Pipeline,
}

/// Serves until `stop` ends, then drains: no new jobs, those that run get the grace period, the rest is given back.
pub(crate) async fn serve(
    listener: TcpListener,
    parts: Parts,
    config: &Config,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let bell = Arc::new(Notify::new());
    let (phase, watched) = watch::channel(Phase::Running);
    let api = Api::new(Arc::clone(&parts.store), Arc::clone(&bell), config);
    let worker = Arc::new(Worker {
        name: format!("worker-{}", std::process::id()),
        store: parts.store,
        source: parts.source,
        pipeline: parts.pipeline,
        callbacks: Callbacks::new(config.callback.clone(), RETRY_PAUSES).map_err(io::Error::other)?,
        config: config.queue.clone(),
        phase: watched,
    });
    let mut jobs = tokio::spawn(queue::run(Arc::clone(&worker), bell));

    axum::serve(listener, http::router(api)).with_graceful_shutdown(stop).await?;

    tracing::info!("stopping: no further jobs are taken");
    phase.send_replace(Phase::Draining);
    if tokio::time::timeout(config.queue.grace, &mut jobs).await.is_err() {
        tracing::warn!("jobs that still run are given back");
        phase.send_replace(Phase::Ending);
        let _ = jobs.await;
    }
    worker.callbacks.finish(CALLBACK_GRACE).await;
    Ok(())
}

/// Ends when somebody asks this process to stop; from the call on, a signal no longer kills it.
#[cfg(unix)]
pub(crate) fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when somebody asks this process to stop; from the call on, a signal no longer kills it.
#[cfg(windows)]
pub(crate) fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
