use std::{path::PathBuf, sync::Arc};

use anyhow::Context as _;
use sec_fetch::{FetchError, FetchWatcher, FilingSource, Recording, Repetition};
use tokio::net::TcpListener;

use crate::{
    app,
    config::Config,
    server::{self, Parts},
    telemetry::metrics,
};

/// `worker-http serve`
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Reads a recording instead of sec.gov
    #[arg(long, value_name = "DIR")]
    edgar: Option<PathBuf>,
}

pub(super) async fn run(args: &ServeArgs, config: &Config) -> anyhow::Result<()> {
    let data_dir = config.storage.server_dir();
    let stop = server::stop_signal()?;
    let recording = args.edgar.as_ref().map(Recording::open).transpose()?;
    if recording.is_none() && config.sec.user_agent.is_none() {
        return Err(FetchError::MissingUserAgent.into());
    }
    app::check(&config.analysis)?;
    let engine = app::engine(&config.storage, &data_dir).await?;
    let pipeline = app::pipeline(&config.analysis, Arc::clone(&engine.answers))?;
    let source: Arc<dyn FilingSource> = if let Some(recording) = recording {
        Arc::new(recording)
    } else {
        let edgar = app::edgar(config, &data_dir, Some(Arc::clone(&engine.slots))).await?;
        Arc::new(edgar.watched_by(Arc::new(Counter)))
    };
    let listener = listen(config).await?;
    tracing::info!(
        address = %listener.local_addr()?,
        engine = engine.name,
        analyzer = pipeline.analyzer.name(),
        "worker listens"
    );
    Ok(server::serve(listener, Parts { engine, source, pipeline }, config, stop).await?)
}

/// Counts the requests that had to be repeated.
struct Counter;

impl FetchWatcher for Counter {
    fn repeats(&self, _: &Repetition) {
        metrics::edgar_repeated();
    }
}

pub(super) async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    let address = config.server.address();
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; PORT chooses another port"))
}
