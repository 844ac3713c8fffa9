//! Errors as people read them: what happened, then what to do.

use std::{error::Error, fmt::Write as _, io::ErrorKind};

use ai_analyze::AnalyzeError;
use console::style;
use sec_fetch::FetchError;

use supabase_store::StoreError;

use super::{
    advice,
    input::InputError,
    operator::{NoDatabase, NotThere},
    output::OutputError,
    ticker_list::TickerListError,
    usage::UsageError,
};
use crate::{
    batches::BatchesError,
    bundle::BundleError,
    causes::causes,
    config::{ConfigError, NoCacheFolder},
    pipeline::PipelineError,
};

/// Wrong use: nothing was tried.
const WRONG_USE: u8 = 2;
/// Tried and failed.
const FAILED: u8 = 1;

/// What the user reads when something went wrong.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// One line.
    pub what: String,
    /// Lines; empty when there is nothing to advise.
    pub advice: String,
    pub exit_code: u8,
}

impl Fault {
    pub(super) fn failed(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), advice: advice.into(), exit_code: FAILED }
    }

    pub(super) fn wrong_use(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), advice: advice.into(), exit_code: WRONG_USE }
    }

    /// The words for the first error of the chain that we know.
    pub(crate) fn of(error: &anyhow::Error) -> Self {
        error.chain().find_map(known).unwrap_or_else(|| {
            let causes: Vec<_> = error.chain().skip(1).map(ToString::to_string).collect();
            Self::failed(error.to_string(), causes.join("\n"))
        })
    }

    /// Writes it to stderr; `causes` adds the chain, for those who asked for debug output.
    pub(crate) fn show(&self, error: &anyhow::Error, causes: bool) {
        let mut text = format!("{} {}\n", style("error:").for_stderr().bold(), self.what);
        if !self.advice.is_empty() {
            text.push('\n');
            text.extend(self.advice.lines().map(indented));
        }
        if causes {
            text += "\n  Causes:\n";
            text.extend(error.chain().map(|cause| format!("    {cause}\n")));
        }
        eprint!("{text}");
    }
}

fn indented(line: &str) -> String {
    if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }
}

fn known(error: &(dyn Error + 'static)) -> Option<Fault> {
    if let Some(error) = error.downcast_ref::<FetchError>() {
        return Some(advice::fetch(error));
    }
    if let Some(error) = error.downcast_ref::<AnalyzeError>() {
        return Some(advice::analyze(error));
    }
    if let Some(error) = error.downcast_ref::<TickerListError>() {
        return Some(ticker_list(error));
    }
    if let Some(error) = error.downcast_ref::<BatchesError>() {
        return Some(batches(error));
    }
    if let Some(error) = error.downcast_ref::<InputError>() {
        return Some(input(error));
    }
    if let Some(error) = error.downcast_ref::<OutputError>() {
        return Some(output(error));
    }
    if let Some(error) = error.downcast_ref::<ConfigError>() {
        return Some(config(error));
    }
    if let Some(error) = error.downcast_ref::<UsageError>() {
        return Some(Fault::wrong_use(error.to_string(), error.advice()));
    }
    if let Some(error) = error.downcast_ref::<NoCacheFolder>() {
        return Some(Fault::wrong_use(
            error.to_string(),
            "Set DATA_DIR to a folder that this program may write to.",
        ));
    }
    if let Some(error) = error.downcast_ref::<BundleError>() {
        return Some(Fault::failed(error.to_string(), "Build it from a whole copy of the source."));
    }
    if let Some(error) = error.downcast_ref::<StoreError>() {
        return Some(store(error));
    }
    if let Some(error) = error.downcast_ref::<NotThere>() {
        return Some(Fault::failed(error.to_string(), "`list` shows the latest ones with their ids."));
    }
    if let Some(error) = error.downcast_ref::<NoDatabase>() {
        return Some(Fault::failed(
            error.to_string(),
            "DATA_DIR names the folder of the worker; with SUPABASE_URL its jobs are looked up there.",
        ));
    }
    match error.downcast_ref::<PipelineError>()? {
        error @ PipelineError::NotAFiling { .. } => Some(Fault::failed(
            error.to_string(),
            "A filing is the .htm or .txt file that EDGAR lists as the main document of a\n\
             Form 10-K; exhibits and index pages have no Items.",
        )),
        error @ PipelineError::Crashed { .. } => Some(Fault::failed(
            error.to_string(),
            "This is a fault of the program. The lines above tell where; please report them.",
        )),
        // Their sources are known.
        PipelineError::Fetch(_) | PipelineError::Analyze(_) => None,
    }
}

fn input(error: &InputError) -> Fault {
    let advice = match error {
        InputError::Missing(path) if path.is_relative() => {
            "The name is looked up from the folder you are in."
        }
        InputError::Missing(_) => "",
        InputError::Folder(_) => {
            "Name the filing itself: a .htm, .html or .txt file, or one of these as .gz.\n\
             A folder that holds a recording goes with:  worker-http report TICKER --edgar DIR"
        }
        InputError::Empty(_) => "The download may have failed; fetch the filing again.",
        InputError::TooLarge { .. } => "No annual report is that large; the file is something else.",
        InputError::BrokenGzip { source, .. } => {
            return Fault::failed(error.to_string(), format!("It may have been cut short: {source}."));
        }
        InputError::Unreadable { source, .. } => return Fault::failed(error.to_string(), sentence(source)),
    };
    Fault::failed(error.to_string(), advice)
}

fn store(error: &StoreError) -> Fault {
    let said = causes(error);
    let advice = match error {
        StoreError::Unavailable { .. } => "It may be busy or out of reach; try again in a moment.",
        StoreError::Unauthorized { .. } => {
            "SUPABASE_SERVICE_KEY must be the secret key of the project (sb_secret_...), or its service_role key."
        }
        StoreError::MissingFunction { .. } | StoreError::MissingTable { .. } => {
            "In a copy of the source:  cd crates/supabase-store && supabase db push"
        }
        StoreError::TooNew { .. } => "Run the newer version, or choose another folder with DATA_DIR.",
        StoreError::CannotOpen { .. } => "DATA_DIR chooses another folder.",
        _ => "",
    };
    Fault::failed(said, advice)
}

fn ticker_list(error: &TickerListError) -> Fault {
    const FORM: &str = "One ticker a line; blank lines and what stands behind # are skipped.";
    let advice = match error {
        TickerListError::Unreadable { source, .. } => sentence(source),
        TickerListError::Empty { .. } => FORM.to_owned(),
        TickerListError::NoTickers { lines, .. } => format!("{lines}\n{FORM}"),
    };
    Fault::wrong_use(error.to_string(), advice)
}

fn batches(error: &BatchesError) -> Fault {
    let advice = match error {
        BatchesError::InUse { .. } => {
            "Both would pay for the same calls. Wait for its end, or add its tickers to one list.".to_owned()
        }
        BatchesError::Lock { source, .. } => sentence(source),
        BatchesError::Store(source) => format!("{source}.\nDATA_DIR chooses another folder."),
    };
    Fault::failed(error.to_string(), advice)
}

fn output(error: &OutputError) -> Fault {
    match error {
        OutputError::Write { source, .. } => {
            let why = match source.kind() {
                ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
                    "It is, or lies under, a file.".to_owned()
                }
                _ => sentence(source),
            };
            Fault::failed(error.to_string(), format!("{why}\nChoose another folder:  --out DIR"))
        }
        OutputError::Stdout { source } => Fault::failed(error.to_string(), sentence(source)),
    }
}

fn config(error: &ConfigError) -> Fault {
    if let [fault] = error.faults.as_slice() {
        return Fault::wrong_use(
            format!("{} {}", fault.variable, fault.says),
            "It is read from the environment, then from a .env file here.",
        );
    }
    let mut advice = String::new();
    for fault in &error.faults {
        let _ = writeln!(advice, "{} {}", fault.variable, fault.says);
    }
    advice += "\nThey are read from the environment, then from a .env file here.";
    Fault::wrong_use(format!("{} settings are wrong", error.faults.len()), advice)
}

/// What the system says, as a sentence: `Permission denied.`
pub(super) fn sentence(source: &std::io::Error) -> String {
    let text = source.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    format!("{}.", words.trim_end_matches('.'))
}
