//! Answers that EDGAR really gave, kept beside this repository; skipped with a word where they are not.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod support;

use std::{fs, path::PathBuf};

use sec_fetch::{FetchError, FilingSource, Recording, Years, annual_pair};
use support::{
    answer::{Answer, ticker_list},
    ticker,
};

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/filings"));
    if !folder.join("sec-api").is_dir() {
        eprintln!("skipped: no real answers in {}", folder.display());
        return None;
    }
    Some(folder)
}

/// The real list of tickers and two real lists of filings as a recording.
fn recording() -> Option<Recording> {
    let folder = folder()?.join("sec-api");
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
    for typed in [
        "APPL",
        "TESLA",
        "MSTF",
        "FB",
        "NVIDIA",
        "BRK",
        "GOOGEL",
        "microsft",
        "AAPL.US",
        "coca cola",
        "3M",
        "UTX",
    ] {
        let Err(FetchError::UnknownTicker { nearest, .. }) = recording.resolve(&ticker(typed)).await else {
            panic!("{typed} is known")
        };
        let nearest: Vec<String> =
            nearest.into_iter().map(|(ticker, name)| format!("{ticker} ({name})")).collect();
        found.push(format!("{typed}: {}", nearest.join(", ")));
    }
    insta::assert_snapshot!(found.join("\n"), @"
    APPL: AAPL (Apple Inc.), APP (AppLovin Corp), PPL (PPL Corp)
    TESLA: TSLA (Tesla, Inc.)
    MSTF: MSFT (MICROSOFT CORP), MSTR (MICROSTRATEGY Inc), MSTH (Mystic Holdings Inc./NV)
    FB: META (Meta Platforms, Inc., formerly Facebook until 2022)
    NVIDIA: NVDA (NVIDIA CORP)
    BRK: BRK-B (BERKSHIRE HATHAWAY INC)
    GOOGEL: GOOGL (Alphabet Inc.), GOGL (Golden Ocean Group Ltd)
    microsft: MSFT (MICROSOFT CORP)
    AAPL.US: AAPL (Apple Inc.)
    coca cola: KO (COCA COLA CO), CCEP (COCA-COLA EUROPACIFIC PARTNERS plc), KOF (COCA COLA FEMSA SAB DE CV)
    3M: MMM (3M CO)
    UTX: RTX (RTX Corp, formerly United Technologies until 2020)
    ");
}

#[tokio::test]
async fn every_share_class_leads_to_its_company() {
    let Some(recording) = recording() else { return };
    let mut found = Vec::new();
    for typed in ["GOOG", "googl", "BRK.B", "brk/a", "BRKB", "JPM PC"] {
        let company = recording.resolve(&ticker(typed)).await.unwrap();
        found.push(format!("{typed}: {} {}", company.ticker.unwrap(), company.cik.unwrap()));
    }
    insta::assert_snapshot!(found.join("\n"), @"
    GOOG: GOOG 1652044
    googl: GOOGL 1652044
    BRK.B: BRK-B 1067983
    brk/a: BRK-A 1067983
    BRKB: BRK-B 1067983
    JPM PC: JPM-PC 19617
    ");
}

#[tokio::test]
async fn real_documents_stand_in_when_they_are_whole() {
    let Some(folder) = folder() else { return };
    for (name, is_whole) in [
        // A restatement of five Items.
        ("AIG_FY2005_10KA", false),
        // Part III.
        ("TSLA_FY2020_10KA", false),
        ("TSLA_FY2021_10KA", false),
        ("TSLA_FY2024_10KA", false),
        // No amendment, which its text does not tell.
        ("TSLA_FY2023", true),
        ("AAPL_FY2003", true),
    ] {
        let list = "10-K/A 2025-12-31 2026-04-28\n10-K 2024-12-31 2025-02-21\n10-K 2023-12-31 2024-02-21";
        let company = Answer::new(9_000_001, "Northwind Toolworks Inc.", list).tickers(&["NWTL"]);
        let document = fs::read(folder.join(format!("{name}.htm.gz"))).unwrap();
        let mut files = company.files();
        files.extend([ticker_list(&[&company]), (format!("{}.gz", company.document(0)), document)]);
        let pair =
            annual_pair(&Recording::in_memory(files), &ticker("NWTL"), &Years::default()).await.unwrap();
        assert_eq!(pair.newer.form.is_amendment(), is_whole, "{name}");
    }
}
