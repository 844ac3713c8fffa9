use sec_fetch::Cache;

use super::{stdout, summary::thousands};
use crate::{app, config::Config};

/// `worker-http cache stats|clear`
#[derive(Debug, clap::Args)]
pub(crate) struct CacheArgs {
    #[command(subcommand)]
    command: CacheCommand,
}

#[derive(Debug, clap::Subcommand)]
enum CacheCommand {
    /// Says how much is kept, and where
    Stats,
    /// Removes all of it
    Clear,
}

pub(super) fn run(args: &CacheArgs, config: &Config) -> anyhow::Result<()> {
    let dir = app::cache_dir(&config.storage.user_dir()?);
    let cache = Cache::new(&dir);
    let (stats, removed) = match args.command {
        CacheCommand::Stats => (cache.stats()?, ""),
        CacheCommand::Clear => (cache.clear()?, " removed"),
    };
    let files = if stats.files == 1 {
        "1 document".to_owned()
    } else {
        format!("{} documents", thousands(stats.files))
    };
    let kilobytes = thousands(stats.bytes.div_ceil(1000));
    Ok(stdout::line(&format!("{files}, {kilobytes} kB{removed}, in {}", dir.display()))?)
}
