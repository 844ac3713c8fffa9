use std::{path::PathBuf, process::ExitCode, sync::Arc};

use filing_model::{AccessionNumber, Ticker};
use sec_fetch::{FetchWatcher, Repetition, Years};

use super::{
    fault::Fault,
    output::{self, Target},
    terminal,
    usage::UsageError,
    writing::WritingArgs,
};
use crate::{
    app::{self, Source},
    config::{Config, NoCacheFolder},
    pipeline::Pipeline,
    progress::{Progress, Stage},
};

/// `worker-http report TICKER...`
#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// Exchange symbols, such as AAPL or BRK.B
    #[arg(required = true, value_name = "TICKER")]
    tickers: Vec<Ticker>,

    #[command(flatten)]
    writing: WritingArgs,

    /// Reads a recording instead of sec.gov
    #[arg(long, value_name = "DIR")]
    edgar: Option<PathBuf>,

    /// The later filing, instead of the latest 10-K
    #[arg(long, value_name = "ACCESSION")]
    newer: Option<AccessionNumber>,

    /// The earlier filing, instead of the 10-K before
    #[arg(long, value_name = "ACCESSION")]
    older: Option<AccessionNumber>,

    /// Uses what was fetched before, and nothing else
    #[arg(long)]
    offline: bool,
}

/// All tickers are tried; the exit code says whether one failed.
pub(super) async fn run(args: &ReportArgs, config: &Config) -> anyhow::Result<ExitCode> {
    let years = args.years()?;
    let pipeline = app::pipeline(&args.writing.analysis(config)?)?;
    let source = app::source(config, args.edgar.as_deref(), &args.data_dir(config)?, args.offline).await?;
    let target = args.writing.target()?;
    let mut exit_code = ExitCode::SUCCESS;
    for (index, ticker) in args.tickers.iter().enumerate() {
        if index > 0 && !args.writing.quiet {
            eprintln!();
        }
        if let Err(error) = one(args, &pipeline, &source, ticker, &years, &target).await {
            let fault = Fault::of(&error);
            fault.show(&error, config.log.shows_causes());
            exit_code = ExitCode::from(fault.exit_code);
        }
    }
    Ok(exit_code)
}

async fn one(
    args: &ReportArgs,
    pipeline: &Pipeline,
    source: &Source,
    ticker: &Ticker,
    years: &Years,
    target: &Target,
) -> anyhow::Result<()> {
    let progress = terminal::watch(ticker.as_str(), args.writing.quiet);
    let watched = source.watched_by(Arc::new(Waits(Arc::clone(&progress))));
    let report = pipeline.report(watched.as_ref(), ticker, years, progress.as_ref()).await?;
    drop(watched);
    args.writing.hand_over(&report, &output::file_stem(&report), target, progress)
}

/// Shows why fetching takes long.
struct Waits(Arc<dyn Progress>);

impl FetchWatcher for Waits {
    fn repeats(&self, repetition: &Repetition) {
        self.0.working(Stage::Fetching, 0.0, &repetition.to_string());
    }
}

impl ReportArgs {
    fn years(&self) -> Result<Years, UsageError> {
        let years = Years { newer: self.newer.clone(), older: self.older.clone() };
        if years != Years::default() && self.tickers.len() > 1 {
            return Err(UsageError::YearsOfOneTicker);
        }
        Ok(years)
    }

    /// A recording needs no folder of ours.
    fn data_dir(&self, config: &Config) -> Result<PathBuf, NoCacheFolder> {
        if self.edgar.is_some() { Ok(PathBuf::new()) } else { config.storage.user_dir() }
    }
}
