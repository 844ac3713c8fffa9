use std::{fmt::Write as _, path::PathBuf};

use filing_model::{Confidence, Extraction, Section, Status};

use super::{input, stdout, summary::thousands};
use crate::{pipeline::PipelineError, stages};

/// `worker-http extract FILE`
#[derive(Debug, clap::Args)]
pub(crate) struct ExtractArgs {
    /// The filing: .htm, .html or .txt, also as .gz
    file: PathBuf,

    /// An exhibit of the filing, such as the annual report in EX-13; may be repeated
    #[arg(long, value_name = "FILE")]
    exhibit: Vec<PathBuf>,

    /// Prints everything, texts too, as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &ExtractArgs) -> anyhow::Result<()> {
    let document = input::document(&args.file, &args.exhibit)?;
    let extraction = section_extract::sections(&document);
    if extraction.items.values().all(|section| section.status == Status::Missing) {
        return Err(PipelineError::NotAFiling { name: document.name }.into());
    }
    let text = if args.json { serde_json::to_string_pretty(&extraction)? } else { table(&extraction) };
    Ok(stdout::line(text.trim_end())?)
}

fn table(extraction: &Extraction) -> String {
    let mut text = title(extraction);
    let _ = writeln!(text, "  {:<5}{:<14}{:>9}  {:<8}heading", "Item", "status", "words", "sure");
    for (item, section) in &extraction.items {
        let words = if section.words == 0 { String::new() } else { thousands(section.words as u64) };
        let line = format!(
            "  {item:<5}{:<14}{words:>9}  {:<8}{}",
            status(section.status),
            sure(section),
            heading(section)
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let _ = writeln!(text, "\n  {}", stages::item_counts(extraction));
    for note in &extraction.notes {
        let _ = writeln!(text, "  {note}");
    }
    text
}

/// `Northwind Instruments, Inc.: 10-K for the period ended 2025-12-31`
fn title(extraction: &Extraction) -> String {
    let company = extraction.company.as_deref().unwrap_or("Unnamed company");
    let form = extraction.form.as_ref().map_or("annual report", |form| form.as_str());
    let period = extraction.period_end.map(|end| format!(" for the period ended {end}")).unwrap_or_default();
    format!("{company}: {form}{period}\n\n")
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Found => "found",
        Status::ByReference => "by reference",
        Status::Omitted => "omitted",
        Status::Missing => "missing",
    }
}

fn sure(section: &Section) -> &'static str {
    match (section.status, section.confidence) {
        (Status::Missing, _) => "",
        (_, Confidence::High) => "high",
        (_, Confidence::Low) => "low",
    }
}

/// What fits the line: where a pointer points, why the confidence is low, or the heading.
fn heading(section: &Section) -> String {
    let text = match (&section.refers_to, &section.reason, &section.heading) {
        (Some(target), _, _) if section.status == Status::ByReference => format!("see {target}"),
        (_, Some(reason), _) => reason.clone(),
        (_, _, heading) => heading.clone().unwrap_or_default(),
    };
    let one_line: Vec<_> = text.split_whitespace().collect();
    console::truncate_str(&one_line.join(" "), 60, "...").into_owned()
}
