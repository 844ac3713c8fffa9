//! What `report` and `compare` have in common: how a report is written and what is said of it.

use std::{path::PathBuf, sync::Arc, time::Instant};

use filing_model::Report;

use super::{
    output::{Format, Target},
    stdout, summary,
    usage::UsageError,
};
use crate::{
    config::{AnalysisConfig, AnalyzerChoice, Config},
    progress::{Progress, Stage},
};

/// How reports are made and where they go.
#[derive(Debug, clap::Args)]
pub(crate) struct WritingArgs {
    /// Folder for the files; `-` writes to stdout
    #[arg(long, value_name = "DIR", default_value = "reports")]
    out: PathBuf,

    /// What to write, comma-separated [default: html,json; json on stdout]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMAT")]
    format: Vec<Format>,

    /// Who writes the statements [default: claude when there is an API key]
    #[arg(long, value_enum)]
    analyzer: Option<AnalyzerChoice>,

    /// No progress and no summary
    #[arg(long, short)]
    pub quiet: bool,
}

impl WritingArgs {
    /// Where reports go, checked.
    pub(crate) fn target(&self) -> anyhow::Result<Target> {
        let target = if self.out.as_os_str() == "-" {
            match self.format.as_slice() {
                [] => Target::Stdout { format: Format::Json },
                [format] => Target::Stdout { format: *format },
                _ => return Err(UsageError::OneFormatOnStdout.into()),
            }
        } else {
            let formats =
                if self.format.is_empty() { vec![Format::Html, Format::Json] } else { self.format.clone() };
            Target::Folder { dir: self.out.clone(), formats }
        };
        target.prepare()?;
        Ok(target)
    }

    /// The settings, with the analyzer that was asked for.
    pub(crate) fn analysis(&self, config: &Config) -> Result<AnalysisConfig, UsageError> {
        let mut analysis = config.analysis.clone();
        analysis.analyzer = self.analyzer.or(analysis.analyzer);
        if analysis.analyzer == Some(AnalyzerChoice::Claude) && analysis.api_key.is_none() {
            return Err(UsageError::NoModelKey);
        }
        Ok(analysis)
    }

    /// Writes the report, says what is in it, and names the files on stdout.
    pub(crate) fn hand_over(
        &self,
        report: &Report,
        stem: &str,
        target: &Target,
        progress: Arc<dyn Progress>,
    ) -> anyhow::Result<()> {
        let began = Instant::now();
        progress.working(Stage::Storing, 0.0, "the report");
        let files = target.write(report, stem)?;
        progress.done(Stage::Storing, stored(&files).as_deref(), began.elapsed());
        let page = files.iter().any(|file| file.extension().is_some_and(|end| end == "html"));
        // The line that is rewritten must be gone before the closing text.
        drop(progress);
        if !self.quiet {
            eprintln!("{}\n{}", summary::summary(report), summary::closing(report));
            if page {
                eprintln!("  Open the page in a browser, or send it: one file.");
            }
            eprintln!();
        }
        for file in &files {
            stdout::line(&file.display().to_string())?;
        }
        Ok(())
    }
}

/// `html, json in reports`
fn stored(files: &[PathBuf]) -> Option<String> {
    let folder = files.first()?.parent()?.display();
    let endings: Vec<_> =
        files.iter().filter_map(|file| file.extension()).map(|end| end.to_string_lossy()).collect();
    Some(format!("{} in {folder}", endings.join(", ")))
}
