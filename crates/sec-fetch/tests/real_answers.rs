//! Answers that EDGAR really gave, kept beside this repository; skipped with a word where they are not.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod support;

use std::{fs, path::PathBuf};

use sec_fetch::{FetchError, FilingSource, Recording, Years, annual_pair};
use support::ticker;

/// The real list of tickers and two real lists of filings as a recording.
fn recording() -> Option<Recording> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/filings/sec-api"));
    if !folder.is_dir() {
        eprintln!("skipped: no real answers in {}", folder.display());
        return None;
    }
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    Some(Recording::in_memory([
        ("files/company_tickers.json.gz".to_owned(), read("company_tickers.full.json.gz")),
        ("submissions/CIK0000320193.json".to_owned(), read("CIK0000320193.json")),
        ("submissions/CIK0001318605.json".to_owned(), read("CIK0001318605.json")),
    ]))
}

#[tokio::test]
async fn old_and_new_lists_of_filings_give_the_two_latest_reports() {
    let Some(recording) = recording() else { return };
    let mut found = Vec::new();
    for typed in ["AAPL", "TSLA"] {
        let pair = annual_pair(&recording, &ticker(typed), &Years::default()).await.unwrap();
        let documents = format!("{} {}", pair.newer.primary_document, pair.older.primary_document);
        found.push(format!("{}: {documents}", pair.company.name));
        found.extend(pair.notes.iter().map(|note| format!("  {note}")));
    }
    insta::assert_snapshot!(found.join("\n"), @"
    Apple Inc.: aapl-20210925.htm aapl-20200926.htm
    Tesla, Inc.: tsla-20211231.htm tsla-10k_20201231.htm
      The newer report is compared as first filed; Form 10-K/A of 2022-05-02 amends it.
      The older report is compared as first filed; Form 10-K/A of 2021-04-30 amends it.
    ");
}

#[tokio::test]
async fn real_misspellings_find_what_was_meant() {
    let Some(recording) = recording() else { return };
    let mut found = Vec::new();
    for typed in ["APPL", "BRKB", "TESLA", "MSTF", "FB", "NVIDIA"] {
        let Err(FetchError::UnknownTicker { nearest, .. }) = recording.resolve(&ticker(typed)).await else {
            panic!("{typed} is known")
        };
        let nearest: Vec<String> =
            nearest.into_iter().map(|(ticker, name)| format!("{ticker} ({name})")).collect();
        found.push(format!("{typed}: {}", nearest.join(", ")));
    }
    insta::assert_snapshot!(found.join("\n"), @"
    APPL: AAPL (Apple Inc.), APP (AppLovin Corp), PPL (PPL Corp)
    BRKB: BRK-B (BERKSHIRE HATHAWAY INC), BRKR (BRUKER CORP), BLKB (BLACKBAUD INC)
    TESLA: TSLA (Tesla, Inc.), TELA (TELA Bio, Inc.), ESLA (Estrella Immunopharma, Inc.)
    MSTF: MSFT (MICROSOFT CORP), MSTR (MICROSTRATEGY Inc), MSTH (Mystic Holdings Inc./NV)
    FB: CB (Chubb Ltd), FI (FISERV INC), F (FORD MOTOR CO)
    NVIDIA: NVDA (NVIDIA CORP)
    ");
}
