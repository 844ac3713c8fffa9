//! The worker as one process: the HTTP side, the loops over jobs and callbacks, and the broom, begun and ended together.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    sync::{oneshot, watch},
    task::JoinHandle,
    time::timeout,
};

use crate::{
    broom,
    callback::{self, Deliverer},
    config::Config,
    engine::Engine,
    http::{self, Api, Links},
    pipeline::Pipeline,
    queue::{self, Bells, Phase, Worker, Workshop},
    source::Source,
    traffic::Traffic,
};

/// Callbacks of the last jobs may take this long when the process ends; what is not made then, another worker makes.
const CALLBACK_GRACE: Duration = Duration::from_secs(3);

/// Whoever is still being answered when everything else has ended.
const CONNECTION_GRACE: Duration = Duration::from_secs(1);

/// What the worker runs on.
pub(crate) struct Parts {
    pub engine: Engine,
    pub source: Source,
    pub pipeline: Pipeline,
}

/// Serves until `stop` ends, then drains: no new jobs, those that run get the grace period, the rest is given back.
/// Meanwhile questions are answered, and new jobs refused.
pub(crate) async fn serve(
    listener: TcpListener,
    parts: Parts,
    config: &Config,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let traffic = Arc::new(Traffic::default());
    let workshop = Workshop::open(config.queue.jobs_at_once, Arc::clone(&traffic))?;
    let (phase, watched) = watch::channel(Phase::Running);
    let bells = Bells::default();
    let name = name();
    let store = &parts.engine.store;
    let api = Api::new(Arc::clone(store), parts.engine.ids, bells.clone(), watched.clone(), traffic, config);
    let deliverer = Deliverer::new(
        name.clone(),
        Arc::clone(store),
        &config.callback,
        Links::new(&config.server.secrets),
        watched.clone(),
        Arc::clone(&bells.ended),
    );
    let callbacks = tokio::spawn(callback::run(Arc::new(deliverer.map_err(io::Error::other)?)));
    let broom = tokio::spawn(broom::sweep(Arc::clone(store), config.storage.retention_days));
    let worker = Worker {
        name,
        store: Arc::clone(store),
        source: parts.source,
        pipeline: parts.pipeline,
        config: config.queue.clone(),
        benches: workshop.benches(),
        phase: watched,
        ended: bells.ended,
    };
    let jobs = tokio::spawn(queue::run(Arc::new(worker), bells.accepted));
    let (close, closed) = oneshot::channel::<()>();
    let mut connections = tokio::spawn(answer(listener, api, closed));

    tokio::select! {
        () = stop => {}
        // Nobody can be answered any more.
        ended = &mut connections => return ended?,
    }
    drain(&phase, jobs, callbacks, config.queue.grace).await;
    broom.abort();
    // Dropped or sent, either closes the door.
    drop(close);
    match timeout(CONNECTION_GRACE, connections).await {
        Ok(ended) => ended?,
        Err(_) => Ok(()),
    }
}

async fn answer(listener: TcpListener, api: Api, closed: oneshot::Receiver<()>) -> io::Result<()> {
    let service = http::router(api).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(async { closed.await.unwrap_or(()) }).await
}

async fn drain(
    phase: &watch::Sender<Phase>,
    mut jobs: JoinHandle<()>,
    mut callbacks: JoinHandle<()>,
    grace: Duration,
) {
    tracing::info!("stopping: no further jobs are taken");
    phase.send_replace(Phase::Draining);
    let jobs_ended = timeout(grace, &mut jobs).await.is_ok();
    phase.send_replace(Phase::Ending);
    if !jobs_ended {
        tracing::warn!("jobs that still run are given back");
        let _ = jobs.await;
    }
    if timeout(CALLBACK_GRACE, &mut callbacks).await.is_err() {
        callbacks.abort();
    }
}

/// Told apart from all others that share the store, and known again in the log of its machine.
fn name() -> String {
    let run = uuid::Uuid::new_v4().simple().to_string();
    format!("worker-{}-{}", std::process::id(), &run[..8])
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
