use std::path::PathBuf;

use filing_model::{AccessionNumber, Ticker};
use sec_fetch::Years;

use super::stdout;
use crate::{app, config::Config};

/// `worker-http record TICKER --to DIR`
#[derive(Debug, clap::Args)]
pub(crate) struct RecordArgs {
    /// Exchange symbol, such as AAPL or BRK.B
    ticker: Ticker,

    /// Folder for the recording; it may hold other companies already
    #[arg(long, value_name = "DIR")]
    to: PathBuf,

    /// The later filing, instead of the latest 10-K
    #[arg(long, value_name = "ACCESSION")]
    newer: Option<AccessionNumber>,

    /// The earlier filing, instead of the 10-K before
    #[arg(long, value_name = "ACCESSION")]
    older: Option<AccessionNumber>,
}

pub(super) async fn run(args: &RecordArgs, config: &Config) -> anyhow::Result<()> {
    let edgar = app::edgar(config, &config.storage.user_dir()?, None).await?;
    let years = Years { newer: args.newer.clone(), older: args.older.clone() };
    sec_fetch::record(&edgar, &args.ticker, &years, &args.to).await?;
    Ok(stdout::line(&args.to.display().to_string())?)
}
