use super::{operator, stdout};
use crate::config::Config;

/// `worker-http erase-user USER_ID`
#[derive(Debug, clap::Args)]
pub(crate) struct EraseUserArgs {
    user_id: String,
}

pub(super) async fn run(args: &EraseUserArgs, config: &Config) -> anyhow::Result<()> {
    let engine = operator::engine(config).await?;
    let erased = engine.store.erase_user(engine.ids.checked(&args.user_id)?).await?;
    let (reports, jobs, logs) = (erased.reports, erased.jobs, erased.error_logs);
    stdout::line(&format!(
        "Removed {reports} reports and {jobs} jobs; {logs} error logs and the ledger no longer say whose they are for."
    ))?;
    Ok(())
}
