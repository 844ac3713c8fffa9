use supabase_store::{Delivery, DeliveryHistory};

use super::{
    operator::{self, NotThere},
    stdout, table,
};
use crate::config::Config;

/// `worker-http deliveries list|show|resend`
#[derive(Debug, clap::Args)]
pub(crate) struct DeliveriesArgs {
    #[command(subcommand)]
    command: DeliveriesCommand,
}

#[derive(Debug, clap::Subcommand)]
enum DeliveriesCommand {
    /// Lists the latest callbacks, newest first
    List {
        /// How many at most
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        limit: u32,
        /// Only callbacks in this state
        #[arg(long, value_parser = ["pending", "delivered", "gone", "failed"])]
        state: Option<String>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Shows a callback with all its attempts
    Show {
        delivery_id: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Makes a callback at once, whatever became of it
    Resend { delivery_id: String },
}

pub(super) async fn run(args: &DeliveriesArgs, config: &Config) -> anyhow::Result<()> {
    let engine = operator::engine(config).await?;
    let store = &engine.store;
    let there = |id: &str| NotThere { what: "callback", id: id.to_owned() };
    match &args.command {
        DeliveriesCommand::List { limit, state, json } => {
            let all = store.deliveries(*limit).await?;
            let wanted = |one: &&Delivery| state.as_deref().is_none_or(|state| one.state.as_str() == state);
            list(&all.iter().filter(wanted).collect::<Vec<_>>(), *json)
        }
        DeliveriesCommand::Show { delivery_id, json } => {
            let history = store.delivery(delivery_id).await?.ok_or_else(|| there(delivery_id))?;
            if *json { Ok(stdout::line(&serde_json::to_string(&history)?)?) } else { show(&history) }
        }
        DeliveriesCommand::Resend { delivery_id } => {
            let due = store.resend(delivery_id).await?.ok_or_else(|| there(delivery_id))?;
            Ok(stdout::line(&format!("{} is {}; a running worker sends it now", due.id, due.state))?)
        }
    }
}

fn list(deliveries: &[&Delivery], json: bool) -> anyhow::Result<()> {
    if json {
        return deliveries.iter().try_for_each(|one| Ok(stdout::line(&serde_json::to_string(one)?)?));
    }
    let rows = deliveries.iter().map(|one| {
        [
            one.id.clone(),
            one.state.to_string(),
            one.attempts.to_string(),
            operator::ago(one.updated_at),
            operator::origin(&one.url),
            one.last_error.clone().unwrap_or_default(),
        ]
    });
    table::print(["CALLBACK", "STATE", "TRIED", "CHANGED", "TO", "LAST ERROR"], rows, "No callbacks.")
}

fn show(DeliveryHistory { delivery, attempts }: &DeliveryHistory) -> anyhow::Result<()> {
    for (what, how) in [
        ("Callback", delivery.id.clone()),
        ("Job", delivery.job_id.clone()),
        ("To", operator::origin(&delivery.url)),
        ("State", delivery.state.to_string()),
        ("Body", delivery.body.clone()),
        ("Due", delivery.available_at.to_string()),
    ] {
        stdout::line(&format!("{what:<12}{how}"))?;
    }
    for attempt in attempts {
        let status =
            attempt.status.map_or_else(|| "no answer".to_owned(), |status| format!("status {status}"));
        let error = attempt.error.as_ref().map(|error| format!(", {error}")).unwrap_or_default();
        let (number, ms) = (attempt.number, attempt.milliseconds);
        stdout::line(&format!("Attempt {number:<4}{}, {status}, {ms} ms{error}", attempt.made_at))?;
    }
    Ok(())
}
