use std::{path::PathBuf, sync::Arc};

use anyhow::Context as _;
use sec_fetch::{FetchError, FilingSource, Recording};
use supabase_store::Sqlite;
use tokio::net::TcpListener;

use super::usage::UsageError;
use crate::{
    answers, app,
    config::Config,
    edgar_slots,
    server::{self, Parts},
};

/// `worker-http serve`
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Reads a recording instead of sec.gov
    #[arg(long, value_name = "DIR")]
    edgar: Option<PathBuf>,
}

pub(super) async fn run(args: &ServeArgs, config: &Config) -> anyhow::Result<()> {
    if config.storage.names_supabase {
        return Err(UsageError::Supabase.into());
    }
    let data_dir = config.storage.server_dir();
    let stop = server::stop_signal()?;
    let recording = args.edgar.as_ref().map(Recording::open).transpose()?;
    if recording.is_none() && config.sec.user_agent.is_none() {
        return Err(FetchError::MissingUserAgent.into());
    }
    app::check(&config.analysis)?;
    let store = open_store(&data_dir).await?;
    let pipeline = app::pipeline(&config.analysis, answers::of(store.clone()))?;
    let source: Arc<dyn FilingSource> = match recording {
        Some(recording) => Arc::new(recording),
        None => Arc::new(app::edgar(config, &data_dir, Some(edgar_slots::of(&store))).await?),
    };
    let listener = listen(config).await?;
    tracing::info!(address = %listener.local_addr()?, analyzer = pipeline.analyzer.name(), "worker listens");
    let parts = Parts { store: Arc::new(store), source, pipeline };
    Ok(server::serve(listener, parts, config, stop).await?)
}

/// Jobs and reports in the data folder, which is made if need be.
pub(super) async fn open_store(data_dir: &std::path::Path) -> anyhow::Result<Sqlite> {
    std::fs::create_dir_all(data_dir).with_context(|| format!("{} cannot be written", data_dir.display()))?;
    Ok(Sqlite::open(app::database(data_dir)).await?)
}

pub(super) async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    let address = config.server.address();
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}; PORT chooses another port"))
}
