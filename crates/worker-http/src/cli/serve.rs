use std::{path::PathBuf, sync::Arc};

use anyhow::Context as _;
use sec_fetch::{FetchError, Recording};
use tokio::net::TcpListener;

use crate::{
    app,
    config::Config,
    server::{self, Parts},
    source::Source,
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
    let source = match recording {
        Some(recording) => Source::at_hand(recording),
        None => Source::Edgar(app::edgar(config, &data_dir, Some(Arc::clone(&engine.slots))).await?),
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

pub(super) async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    let address = config.server.address();
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; PORT chooses another port"))
}
