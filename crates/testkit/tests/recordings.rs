//! Companies that somebody recorded: what is found in their filings, kept as snapshots beside the recording.
//!
//! `cargo xtask test --recordings DIR` runs this; otherwise it is skipped with a word.

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use filing_model::{Cik, Document, Extraction, Filing, Status, Ticker};
use sec_fetch::{Depth, FetchError, FilingSource, Recording, Years, annual_pair};

/// The annual report to shareholders, to which Items may point.
const ANNUAL_REPORT: &str = "EX-13";

#[tokio::test]
async fn outlines_of_recorded_filings_are_as_they_were() {
    let Some(folder) = folder() else { return };
    let recordings = recordings(&folder);
    assert!(!recordings.is_empty(), "neither {} nor a folder in it is a recording", folder.display());
    let mut differing = Vec::new();
    for path in recordings {
        let recording = Recording::open(&path).expect("looked at before");
        for cik in companies(&path) {
            for (name, text) in described(&recording, cik).await {
                println!("{name}");
                if catch_unwind(AssertUnwindSafe(|| check(&path, &name, &text))).is_err() {
                    differing.push(name);
                }
            }
        }
    }
    assert!(differing.is_empty(), "found otherwise than before: {}", differing.join(", "));
}

#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test says why it is skipped")]
fn folder() -> Option<PathBuf> {
    let folder = env::var_os("RECORDINGS_DIR").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: no recordings named (cargo xtask test --recordings DIR)");
    }
    folder
}

/// The folder itself, or those in it.
fn recordings(folder: &Path) -> Vec<PathBuf> {
    let is_recording = |path: &PathBuf| Recording::open(path).is_ok();
    if is_recording(&folder.to_owned()) {
        return vec![folder.to_owned()];
    }
    let mut found: Vec<PathBuf> = entries(folder).into_iter().filter(is_recording).collect();
    found.sort();
    found
}

/// Whose list of filings the recording holds.
fn companies(recording: &Path) -> Vec<Cik> {
    let names = entries(&recording.join("submissions"));
    let number =
        |path: &PathBuf| path.file_name()?.to_str()?.strip_prefix("CIK")?.split_once(".json")?.0.parse().ok();
    let mut found: Vec<Cik> = names.iter().filter_map(number).collect();
    found.sort();
    found.dedup();
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

/// By name: which two filings a report compares, and the outline of each annual report at hand.
async fn described(recording: &Recording, cik: Cik) -> Vec<(String, String)> {
    let number: Ticker = cik.to_string().parse().expect("digits are a ticker");
    let company = match recording.resolve(&number).await {
        Ok(company) => company.ticker.map_or_else(|| number.to_string(), String::from),
        Err(error) => return vec![(number.to_string(), error.sentence())],
    };
    let mut texts = vec![(company.clone(), pair(recording, &number).await)];
    let list = recording.filing_list(cik, Depth::Everything).await.expect("it was read before");
    for filing in list.filings.iter().filter(|filing| filing.form.is_annual()) {
        match extraction(recording, filing).await {
            Ok(extraction) => {
                texts.push((format!("{company}_{}", filing.accession), testkit::outline(&extraction)));
            }
            // A recording holds the filings that it was made for.
            Err(FetchError::NotInRecording { .. }) => {}
            Err(error) => panic!("{}: {error}", filing.accession),
        }
    }
    texts
}

async fn pair(recording: &Recording, number: &Ticker) -> String {
    let pair = match annual_pair(recording, number, &Years::default()).await {
        Ok(pair) => pair,
        Err(error) => return error.sentence(),
    };
    let named = |side: &str, filing: &Filing| format!("{side}: {} {}", filing.form, filing.accession);
    let mut lines = vec![pair.company.name.clone(), named("newer", &pair.newer), named("older", &pair.older)];
    lines.extend(pair.notes);
    lines.join("\n")
}

/// With the annual report to shareholders where an Item points to it, as in a report.
async fn extraction(recording: &Recording, filing: &Filing) -> Result<Extraction, FetchError> {
    let document = recording.document(filing).await?;
    let alone = section_extract::sections(&document);
    let points_to_annual_report = alone.items.values().any(|section| {
        section.status == Status::ByReference
            && section.refers_to.as_deref().is_some_and(|target| target.contains("Exhibit 13"))
    });
    if !points_to_annual_report {
        return Ok(alone);
    }
    match recording.exhibits(filing, ANNUAL_REPORT).await {
        Ok(exhibits) => Ok(section_extract::sections(&Document { exhibits, ..document })),
        Err(FetchError::NotInRecording { .. }) => Ok(alone),
        Err(error) => Err(error),
    }
}

fn check(recording: &Path, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(recording.join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
