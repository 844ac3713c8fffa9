//! `report --batch`: many reports side by side, so that the calls of the model can be sent together at half the price.

use std::{
    path::Path,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use ai_analyze::{AnalyzeError, BatchModel, Estimate, Expected};
use filing_model::{Report, Ticker};
use sec_fetch::Years;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
    time::MissedTickBehavior,
};

use super::{
    board::Board,
    output::{self, Target},
    report::ReportArgs,
    stdout, summary,
    tally::Tally,
    ticker_list,
};
use crate::{
    app,
    batches::Batches,
    config::{AnalysisConfig, Config},
    dollars,
    pipeline::{Pipeline, PipelineError},
    progress::{Progress, Stage},
    source::Source,
};

/// Reports under way: some megabytes each while they wait for a batch.
const MOST_AT_ONCE: usize = 100;

/// Filings that are fetched and read at once: a hundred megabytes each.
const PREPARED_AT_ONCE: usize = 4;

/// A report whose analysis failed for a passing reason goes into a later batch; what was answered is kept.
const TRIES: usize = 3;

/// Between two looks at how far the batches are.
const LOOK: Duration = Duration::from_secs(1);

/// All tickers are tried; the exit code says whether one failed.
pub(super) async fn run(args: &ReportArgs, list: &Path, config: &Config) -> anyhow::Result<ExitCode> {
    let tickers = ticker_list::read(list)?;
    let years = args.years(&tickers)?;
    let analysis = args.writing.analysis(config)?;
    app::check(&analysis)?;
    let target = args.writing.target()?;
    let source = app::source(config, args.edgar.as_deref(), &args.data_dir(config)?, args.offline).await?;
    let model = Model::open(&analysis, config).await?;
    let board = Arc::new(Board::new(args.writing.quiet));
    board.say(&announced(tickers.len(), &analysis));
    let desk = Arc::new(Desk {
        pipeline: model.pipeline.clone(),
        source,
        years,
        target,
        board,
        preparing: Arc::new(Semaphore::new(PREPARED_AT_ONCE)),
    });
    let tally = all(&desk, tickers, &model, config.log.shows_causes()).await;
    model.settle().await;
    desk.board.say(&format!("\n  {}. Not investment advice.", tally.line()));
    Ok(if tally.has_failures() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn announced(tickers: usize, analysis: &AnalysisConfig) -> String {
    let tickers = if tickers == 1 { "1 ticker".to_owned() } else { format!("{tickers} tickers") };
    match analysis.claude_key() {
        None => format!("{tickers}. No language model is asked, so nothing is sent in batches."),
        Some(_) => format!(
            "{tickers}. {} is asked in batches at half the price. They take less than an\n\
             hour mostly, a day at most; a stopped run goes on when it is called again.",
            analysis.model()
        ),
    }
}

/// Who writes the statements, and what keeps track of batches if a model does.
struct Model {
    pipeline: Pipeline,
    batched: Option<(Arc<BatchModel>, Arc<Batches>)>,
}

impl Model {
    async fn open(analysis: &AnalysisConfig, config: &Config) -> anyhow::Result<Self> {
        if analysis.claude_key().is_some() {
            let batches = Arc::new(Batches::open(&config.storage.user_dir()?).await?);
            if let Some((pipeline, model)) = app::batch_pipeline(analysis, &batches)? {
                return Ok(Self { pipeline, batched: Some((model, batches)) });
            }
        }
        Ok(Self { pipeline: app::command_pipeline(analysis, &config.storage).await?, batched: None })
    }

    fn expect_caller(&self) -> Option<Expected> {
        self.batched.as_ref().map(|(model, _)| model.expect_caller())
    }

    /// `28 calls wait, 25 of them in a batch`; nothing when none waits.
    fn state(&self) -> Option<String> {
        let progress = self.batched.as_ref()?.0.progress();
        let calls = if progress.waiting == 1 { "call waits" } else { "calls wait" };
        (progress.sent > 0).then(|| {
            format!("{} {calls} for an answer, {} of them in a batch", progress.waiting, progress.sent)
        })
    }

    async fn settle(&self) {
        let Some((_, batches)) = &self.batched else { return };
        if let Err(error) = batches.settle().await {
            tracing::warn!(%error, "ended batches stay on the ledger");
        }
    }
}

/// Makes all reports, as many side by side as memory allows.
async fn all(desk: &Arc<Desk>, tickers: Vec<Ticker>, model: &Model, shows_causes: bool) -> Tally {
    let mut tally = Tally::default();
    let all = tickers.len();
    let mut waiting = tickers.into_iter();
    let mut under_way = JoinSet::new();
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        while under_way.len() < MOST_AT_ONCE
            && let Some(ticker) = waiting.next()
        {
            // Announced before any of them runs, so that the first batch waits for the last.
            under_way.spawn(one(Arc::clone(desk), ticker, model.expect_caller()));
        }
        tokio::select! {
            ended = under_way.join_next() => match ended {
                None => return tally,
                Some(Ok((_, Ok(report)))) => tally.add(&report),
                Some(Ok((ticker, Err(error)))) => {
                    tally.fail();
                    desk.board.fault(ticker.as_str(), &error, shows_causes);
                }
                Some(Err(error)) => {
                    tally.fail();
                    desk.board.fault("A report", &error.into(), shows_causes);
                }
            },
            _ = look.tick() => if let Some(state) = model.state() {
                desk.board.state(&format!("{} of {all} reports made; {state}", tally.ended()));
            },
        }
    }
}

/// What every report needs.
struct Desk {
    pipeline: Pipeline,
    source: Source,
    years: Years,
    target: Target,
    board: Arc<Board>,
    preparing: Arc<Semaphore>,
}

async fn one(
    desk: Arc<Desk>,
    ticker: Ticker,
    expected: Option<Expected>,
) -> (Ticker, anyhow::Result<Box<Report>>) {
    let made = desk.made(&ticker).await;
    drop(expected);
    (ticker, made)
}

impl Desk {
    async fn made(&self, ticker: &Ticker) -> anyhow::Result<Box<Report>> {
        let report = self.analysed(ticker).await?;
        let files = self.target.write(&report, &output::file_stem(&report))?;
        self.board.say(&format!("{ticker} done in {}", summary::took(&report)));
        for file in &files {
            stdout::line(&file.display().to_string())?;
        }
        Ok(Box::new(report))
    }

    async fn analysed(&self, ticker: &Ticker) -> Result<Report, PipelineError> {
        for _ in 1..TRIES {
            match self.tried(ticker).await {
                Err(PipelineError::Analyze(error)) if error.is_transient() => self.again(ticker, &error),
                made => return made,
            }
        }
        self.tried(ticker).await
    }

    fn again(&self, ticker: &Ticker, error: &AnalyzeError) {
        self.board.say(&format!("{ticker} goes into a later batch: {error}"));
    }

    async fn tried(&self, ticker: &Ticker) -> Result<Report, PipelineError> {
        let permit = Arc::clone(&self.preparing).acquire_owned().await.ok();
        let progress = Arc::new(Preparing {
            ticker: ticker.clone(),
            board: Arc::clone(&self.board),
            permit: Mutex::new(permit),
        });
        let source = self.source.watched_by(progress.clone());
        self.pipeline.report(source.as_ref(), ticker, &self.years, progress.as_ref()).await
    }
}

/// Lets the next ticker's filings be read once this one's wait for the model.
struct Preparing {
    ticker: Ticker,
    board: Arc<Board>,
    permit: Mutex<Option<OwnedSemaphorePermit>>,
}

impl Progress for Preparing {
    fn working(&self, stage: Stage, _share: f32, _on: &str) {
        if stage >= Stage::Analysing {
            self.permit.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
    }

    fn planned(&self, _stage: Stage, estimate: &Estimate) {
        self.board.say(&format!("{} analysing: {}", self.ticker, dollars::estimate(estimate)));
    }
}

impl sec_fetch::FetchWatcher for Preparing {
    fn repeats(&self, repetition: &sec_fetch::Repetition) {
        self.board.say(&format!("{} fetching: {repetition}", self.ticker));
    }
}
