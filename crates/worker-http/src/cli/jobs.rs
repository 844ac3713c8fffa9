use supabase_store::{Job, StoreError};

use super::{
    operator::{self, NotThere},
    stdout, table,
};
use crate::config::Config;

/// `worker-http jobs list|show|retry|cancel`
#[derive(Debug, clap::Args)]
pub(crate) struct JobsArgs {
    #[command(subcommand)]
    command: JobsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum JobsCommand {
    /// Lists the latest jobs, newest first
    List {
        /// How many at most
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        limit: u32,
        /// Only jobs in this state
        #[arg(long, value_parser = ["queued", "processing", "completed", "failed"])]
        state: Option<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Shows all that is known of a job
    Show {
        job_id: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Lets a failed job be tried again; a refund that was paid stays paid
    Retry { job_id: String },
    /// Ends a job that is not finished; its charge is refunded
    Cancel { job_id: String },
}

pub(super) async fn run(args: &JobsArgs, config: &Config) -> anyhow::Result<()> {
    let engine = operator::engine(config).await?;
    let store = &engine.store;
    let there = |job_id: &str| NotThere { what: "job", id: job_id.to_owned() };
    match &args.command {
        JobsCommand::List { limit, state, json } => {
            let jobs = store.jobs(*limit).await?;
            let wanted = |job: &&Job| state.as_deref().is_none_or(|state| job.state.as_str() == state);
            list(&jobs.iter().filter(wanted).collect::<Vec<_>>(), *json)
        }
        JobsCommand::Show { job_id, json } => {
            let job = store.job(engine.ids.checked(job_id)?).await?.ok_or_else(|| there(job_id))?;
            if *json { Ok(stdout::line(&serde_json::to_string(&job)?)?) } else { show(&job) }
        }
        JobsCommand::Retry { job_id } => {
            let job = match store.retry(engine.ids.checked(job_id)?).await {
                Err(StoreError::NoSuchJob) => return Err(there(job_id).into()),
                retried => retried?,
            };
            Ok(stdout::line(&format!("{job_id} is {}: {}", job.state, job.current_step))?)
        }
        JobsCommand::Cancel { job_id } => {
            let job = store.cancel(engine.ids.checked(job_id)?).await?.ok_or_else(|| there(job_id))?;
            let refunded = if job.refunded { ", the token was refunded" } else { "" };
            Ok(stdout::line(&format!("{job_id} is {}: {}{refunded}", job.state, job.current_step))?)
        }
    }
}

fn list(jobs: &[&Job], json: bool) -> anyhow::Result<()> {
    if json {
        return jobs.iter().try_for_each(|job| Ok(stdout::line(&serde_json::to_string(job)?)?));
    }
    let rows = jobs.iter().map(|job| {
        let step = job.error.as_deref().unwrap_or(&job.current_step);
        [
            job.job_id.clone(),
            job.ticker.to_string(),
            job.state.to_string(),
            format!("{}%", job.progress),
            operator::ago(job.updated_at),
            step.to_owned(),
        ]
    });
    table::print(["JOB", "TICKER", "STATE", "DONE", "CHANGED", "STEP"], rows, "No jobs.")
}

fn show(job: &Job) -> anyhow::Result<()> {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let refund = if job.refunded { ", refunded" } else { "" };
    for (what, how) in [
        ("Job", job.job_id.clone()),
        ("User", or_none(&job.user_id)),
        ("Ticker", job.ticker.to_string()),
        ("State", format!("{}, {}%, {}", job.state, job.progress, job.current_step)),
        ("Error", or_none(&job.error)),
        ("Error log", or_none(&job.error_log_id)),
        ("Report", or_none(&job.report_id)),
        ("Attempts", format!("{} failed, {} leases, {} lost", job.attempts, job.leases, job.lost_leases)),
        (
            "Charge",
            format!("by {}{}{refund}", job.charge.as_str(), if job.charged { ", charged" } else { "" }),
        ),
        ("Callback", job.callback_url.as_deref().map_or_else(|| "none".to_owned(), operator::origin)),
        ("Created", job.created_at.to_string()),
        ("Changed", job.updated_at.to_string()),
        ("Ended", job.finished_at.map_or_else(|| "not yet".to_owned(), |at| at.to_string())),
    ] {
        stdout::line(&format!("{what:<12}{how}"))?;
    }
    Ok(())
}
