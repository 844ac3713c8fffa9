use std::{path::PathBuf, process::ExitCode, sync::Arc};

use filing_model::{AccessionNumber, Report, Ticker};
use sec_fetch::{FetchWatcher, Repetition, Years};

use super::{
    batch,
    fault::Fault,
    output::{self, Target},
    tally::Tally,
    terminal,
    usage::UsageError,
    writing::WritingArgs,
};
use crate::{
    app,
    config::{Config, NoCacheFolder},
    pipeline::Pipeline,
    progress::{Progress, Stage},
    source::Source,
};

/// `worker-http report TICKER...`
#[derive(Debug, clap::Args)]
pub(crate) struct ReportArgs {
    /// Exchange symbols, such as AAPL or BRK.B
    #[arg(required_unless_present = "batch", value_name = "TICKER")]
    tickers: Vec<Ticker>,

    /// Reads the tickers from a file, one a line, and asks the model in batches at half the price; `-` reads stdin.
    /// Takes minutes to hours, a day at most; the same command goes on where a stopped one ended
    #[arg(long, value_name = "FILE", conflicts_with = "tickers")]
    batch: Option<PathBuf>,

    #[command(flatten)]
    pub(super) writing: WritingArgs,

    /// Reads a recording instead of sec.gov
    #[arg(long, value_name = "DIR")]
    pub(super) edgar: Option<PathBuf>,

    /// The later filing, instead of the latest 10-K
    #[arg(long, value_name = "ACCESSION")]
    newer: Option<AccessionNumber>,

    /// The earlier filing, instead of the 10-K before
    #[arg(long, value_name = "ACCESSION")]
    older: Option<AccessionNumber>,

    /// Uses what was fetched before, and nothing else
    #[arg(long)]
    pub(super) offline: bool,
}

/// All tickers are tried; the exit code says whether one failed.
pub(super) async fn run(args: &ReportArgs, config: &Config) -> anyhow::Result<ExitCode> {
    if let Some(list) = &args.batch {
        return batch::run(args, list, config).await;
    }
    let years = args.years(&args.tickers)?;
    let pipeline = app::command_pipeline(&args.writing.analysis(config)?, &config.storage).await?;
    let source = app::source(config, args.edgar.as_deref(), &args.data_dir(config)?, args.offline).await?;
    let target = args.writing.target()?;
    let mut exit_code = ExitCode::SUCCESS;
    let mut tally = Tally::default();
    for (index, ticker) in args.tickers.iter().enumerate() {
        if index > 0 && !args.writing.quiet {
            eprintln!();
        }
        match one(args, &pipeline, &source, ticker, &years, &target).await {
            Ok(report) => tally.add(&report),
            Err(error) => {
                tally.fail();
                let fault = Fault::of(&error);
                fault.show(&error, config.log.shows_causes());
                exit_code = ExitCode::from(fault.exit_code);
            }
        }
    }
    if args.tickers.len() > 1 && !args.writing.quiet {
        eprintln!("\n  In all {}.", tally.line());
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
) -> anyhow::Result<Report> {
    let progress = terminal::watch(ticker.as_str(), args.writing.quiet);
    let watched = source.watched_by(Arc::new(Waits(Arc::clone(&progress))));
    let report = pipeline.report(watched.as_ref(), ticker, years, progress.as_ref()).await?;
    drop(watched);
    args.writing.hand_over(&report, &output::file_stem(&report), target, progress)?;
    Ok(report)
}

/// Shows why fetching takes long.
struct Waits(Arc<dyn Progress>);

impl FetchWatcher for Waits {
    fn repeats(&self, repetition: &Repetition) {
        self.0.working(Stage::Fetching, 0.0, &repetition.to_string());
    }
}

impl ReportArgs {
    /// The years that were picked, which only one company can have filed.
    pub(super) fn years(&self, tickers: &[Ticker]) -> Result<Years, UsageError> {
        let years = Years { newer: self.newer.clone(), older: self.older.clone() };
        if years != Years::default() && tickers.len() > 1 {
            return Err(UsageError::YearsOfOneTicker);
        }
        Ok(years)
    }

    /// A recording needs no folder of ours.
    pub(super) fn data_dir(&self, config: &Config) -> Result<PathBuf, NoCacheFolder> {
        if self.edgar.is_some() { Ok(PathBuf::new()) } else { config.storage.user_dir() }
    }
}
