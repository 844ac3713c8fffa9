use std::path::PathBuf;

use super::{input, terminal, writing::WritingArgs};
use crate::{app, config::Config};

/// `worker-http compare OLDER NEWER`
#[derive(Debug, clap::Args)]
pub(crate) struct CompareArgs {
    /// The earlier filing: .htm, .html or .txt, also as .gz
    older: PathBuf,

    /// The later filing
    newer: PathBuf,

    /// An exhibit of the earlier filing, such as the annual report in EX-13; may be repeated
    #[arg(long, value_name = "FILE")]
    older_exhibit: Vec<PathBuf>,

    /// An exhibit of the later filing; may be repeated
    #[arg(long, value_name = "FILE")]
    newer_exhibit: Vec<PathBuf>,

    #[command(flatten)]
    writing: WritingArgs,
}

pub(super) async fn run(args: &CompareArgs, config: &Config) -> anyhow::Result<()> {
    let pipeline = app::command_pipeline(&args.writing.analysis(config)?, &config.storage).await?;
    let older = input::document(&args.older, &args.older_exhibit)?;
    let newer = input::document(&args.newer, &args.newer_exhibit)?;
    let target = args.writing.target()?;
    let (newer_stem, older_stem) = (input::stem(&args.newer), input::stem(&args.older));
    let progress = terminal::watch(&newer_stem, args.writing.quiet);
    let report = pipeline.compare(newer, older, progress.as_ref()).await?;
    args.writing.hand_over(&report, &format!("{newer_stem}_{older_stem}"), &target, progress)
}
