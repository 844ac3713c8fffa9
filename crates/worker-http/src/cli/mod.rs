//! The command line: one file per command.

mod advice;
mod batch;
mod board;
mod cache;
mod check_config;
mod compare;
mod deliveries;
mod demo;
mod erase_user;
mod extract;
mod fault;
mod healthcheck;
mod input;
mod jobs;
mod openapi;
mod operator;
mod output;
mod record;
mod report;
mod serve;
mod stdout;
mod summary;
mod table;
mod tally;
mod terminal;
mod ticker_list;
mod usage;
mod writing;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{
    config::{Config, Variables},
    telemetry,
};
use fault::Fault;

/// What changed between a company's two latest annual reports.
#[derive(Debug, Parser)]
#[command(name = "worker-http", version, about, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes change reports of companies by their tickers
    Report(report::ReportArgs),
    /// Makes the change report of two filings on disk
    Compare(compare::CompareArgs),
    /// Shows the Items of one filing on disk
    Extract(extract::ExtractArgs),
    /// Shows the whole worker on an invented company; needs neither network nor keys
    Demo(demo::DemoArgs),
    /// Runs the HTTP worker
    Serve(serve::ServeArgs),
    /// Saves what EDGAR answers about a company as a recording
    Record(record::RecordArgs),
    /// Counts or removes the documents that were kept
    Cache(cache::CacheArgs),
    /// Lists, shows, retries and cancels jobs of the worker
    Jobs(jobs::JobsArgs),
    /// Lists, shows and resends callbacks of the worker
    Deliveries(deliveries::DeliveriesArgs),
    /// Removes a user's jobs and reports, and what is personal elsewhere
    EraseUser(erase_user::EraseUserArgs),
    /// Says what is set and what is wrong
    CheckConfig,
    /// Asks the worker on this machine whether it is up; for containers
    Healthcheck,
    /// Prints the OpenAPI document of the worker
    Openapi,
}

impl Command {
    /// The least severe log lines that are shown unless `RUST_LOG` says otherwise.
    fn usual_log_level(&self) -> &'static str {
        if matches!(self, Self::Serve(_)) { "info" } else { "warn" }
    }
}

/// Reads the arguments, runs the command and turns its end into an exit code.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let config = Variables::of_process().map_err(anyhow::Error::from);
    let config = config.and_then(|variables| Ok(Config::read(&variables)?));
    let shows_causes = config.as_ref().is_ok_and(|config| config.log.shows_causes());
    match config.and_then(|config| start(arguments.command, &config)) {
        Ok(exit_code) => exit_code,
        Err(error) => {
            let fault = Fault::of(&error);
            fault.show(&error, shows_causes);
            ExitCode::from(fault.exit_code)
        }
    }
}

fn start(command: Command, config: &Config) -> anyhow::Result<ExitCode> {
    let _reports = telemetry::start(&config.log, &config.telemetry, command.usual_log_level());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(execute(command, config));
    // A stage that is still computing must not hold up the end.
    runtime.shutdown_background();
    outcome
}

async fn execute(command: Command, config: &Config) -> anyhow::Result<ExitCode> {
    match command {
        Command::Report(args) => return report::run(&args, config).await,
        Command::Compare(args) => compare::run(&args, config).await?,
        Command::Extract(args) => extract::run(&args)?,
        Command::Demo(args) => demo::run(&args, config).await?,
        Command::Serve(args) => serve::run(&args, config).await?,
        Command::Record(args) => record::run(&args, config).await?,
        Command::Cache(args) => cache::run(&args, config)?,
        Command::Jobs(args) => jobs::run(&args, config).await?,
        Command::Deliveries(args) => deliveries::run(&args, config).await?,
        Command::EraseUser(args) => erase_user::run(&args, config).await?,
        Command::CheckConfig => check_config::run(config)?,
        Command::Healthcheck => healthcheck::run(config).await?,
        Command::Openapi => openapi::run()?,
    }
    Ok(ExitCode::SUCCESS)
}
