//! A recording answers like EDGAR: from a folder, from memory, compressed or not.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use std::{fs, io::Write, path::Path};

use sec_fetch::{Depth, FetchError, FilingSource, Recording, Years, annual_pair};
use support::{files, ticker};

fn write(folder: &Path, files: Vec<(String, Vec<u8>)>) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The whole way from a ticker to documents and exhibits.
async fn outcome(recording: &Recording, typed: &str) -> String {
    let pair = annual_pair(recording, &ticker(typed), &Years::default()).await.unwrap();
    let mut lines = vec![pair.company.name.clone()];
    for filing in [&pair.newer, &pair.older] {
        let document = recording.document(filing).await.unwrap();
        lines.push(format!("{} {}", document.name, String::from_utf8(document.bytes).unwrap()));
        for exhibit in recording.exhibits(filing, "EX-13").await.unwrap() {
            lines.push(format!("{} {}", exhibit.kind, String::from_utf8(exhibit.bytes).unwrap()));
        }
    }
    lines.join("\n")
}

const OUTCOME: &str = "Northwind Toolworks Inc.
nwtl-20251231.htm <p>Item 1. Business, newer</p>
EX-13 <p>To our shareholders</p>
nwtl-20241231.htm <p>Item 1. Business, older</p>";

#[tokio::test]
async fn folder_and_memory_answer_alike_compressed_or_not() {
    let packed = |suffix: &str, pack: fn(&[u8]) -> Vec<u8>| -> Vec<(String, Vec<u8>)> {
        files().into_iter().map(|(path, bytes)| (format!("{path}{suffix}"), pack(&bytes))).collect()
    };
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 3).unwrap();
    for files in [files(), packed(".gz", gzip), packed(".zst", zstd)] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), files.clone());
        assert_eq!(outcome(&Recording::open(folder.path()).unwrap(), "nwtl").await, OUTCOME);
        assert_eq!(outcome(&Recording::in_memory(files), "nwtl").await, OUTCOME);
    }
}

#[tokio::test]
async fn a_number_serves_as_well_as_a_ticker() {
    let recording = Recording::in_memory(files());
    for typed in ["9000001", "0009000001", "CIK9000001", "nwtl.p"] {
        assert_eq!(outcome(&recording, typed).await, OUTCOME, "{typed}");
    }
    let company = recording.resolve(&ticker("9000001")).await.unwrap();
    assert_eq!(company.ticker, Some(ticker("NWTL")));
}

#[tokio::test]
async fn an_unknown_ticker_comes_with_near_misses() {
    let recording = Recording::in_memory(files());
    let refused = recording.resolve(&ticker("NWTX")).await.unwrap_err();
    let FetchError::UnknownTicker { nearest, .. } = &refused else { panic!("{refused:?}") };
    let names: Vec<String> = nearest.iter().map(|(ticker, name)| format!("{ticker} {name}")).collect();
    assert_eq!(names, ["NWTL Northwind Toolworks Inc.", "NWTK Newt Kitchens Ltd."]);
    assert!(refused.is_user_error() && !refused.is_transient());

    let unknown_number = recording.resolve(&ticker("77")).await.unwrap_err();
    assert_eq!(unknown_number.to_string(), "no company with ticker `77`");
}

#[tokio::test]
async fn lists_of_older_filings_are_read_only_when_needed() {
    let recording = Recording::in_memory(files());
    let cik = 9_000_001.try_into().unwrap();
    assert_eq!(recording.filings(cik).await.unwrap().len(), 3);
    let all = recording.filing_list(cik, Depth::Everything).await.unwrap();
    assert_eq!(all.filings.len(), 4);

    // As with a bank whose latest thousand filings hold one annual report.
    let crowded = support::SUBMISSIONS.replace(r#""10-Q", "10-K", "10-K"]"#, r#""10-Q", "424B2", "10-K"]"#);
    let mut files = files();
    files[1].1 = crowded.into_bytes();
    let filings = Recording::in_memory(files).filings(cik).await.unwrap();
    let dates: Vec<String> = filings.iter().map(|filing| filing.filing_date.to_string()).collect();
    assert_eq!(dates, ["2026-05-04", "2026-02-20", "2025-02-21", "2024-02-22"]);
}

#[tokio::test]
async fn years_chosen_by_hand_are_looked_for_in_older_lists() {
    let recording = Recording::in_memory(files());
    let years = Years { newer: None, older: Some("0009000001-24-000003".parse().unwrap()) };
    let pair = annual_pair(&recording, &ticker("NWTL"), &years).await.unwrap();
    assert_eq!(pair.older.primary_document, "nwtl-20231231.htm");

    let years = Years { newer: Some("0009000001-25-000004".parse().unwrap()), older: None };
    let pair = annual_pair(&recording, &ticker("NWTL"), &years).await.unwrap();
    assert_eq!(pair.older.primary_document, "nwtl-20231231.htm");

    let years = Years { newer: Some("0009000001-11-000001".parse().unwrap()), older: None };
    let refused = annual_pair(&recording, &ticker("NWTL"), &years).await.unwrap_err();
    assert!(matches!(refused, FetchError::NoSuchFiling { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_recording_need_not_hold_older_lists() {
    let mut files = files();
    files.remove(2);
    let years = Years { newer: Some("0009000001-11-000001".parse().unwrap()), older: None };
    let refused = annual_pair(&Recording::in_memory(files), &ticker("NWTL"), &years).await.unwrap_err();
    assert!(matches!(refused, FetchError::NoSuchFiling { .. }), "{refused:?}");
}

#[test]
fn what_is_no_recording_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let cases = [
        (folder.path().join("absent"), "there is no such folder"),
        (file, "it is not a folder"),
        (folder.path().to_owned(), "it has none of the folders files, submissions and Archives"),
    ];
    for (path, expected) in cases {
        let refused = Recording::open(&path).unwrap_err();
        assert!(
            matches!(&refused, FetchError::NotARecording { reason, .. } if reason == expected),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn what_a_recording_lacks_is_named() {
    let recording = Recording::in_memory([("submissions/x".to_owned(), Vec::new())]);
    let refused = recording.resolve(&ticker("NWTL")).await.unwrap_err();
    assert_eq!(refused.to_string(), "the recording has no files/company_tickers.json");
}

#[tokio::test]
async fn damaged_files_are_errors() {
    let mut list = files();
    list[0].1 = b"<html>".to_vec();
    let refused = Recording::in_memory(list).resolve(&ticker("NWTL")).await.unwrap_err();
    assert!(matches!(refused, FetchError::Unreadable { .. }), "{refused:?}");

    let packed = ("files/company_tickers.json.zst".to_owned(), b"not zstd".to_vec());
    let refused = Recording::in_memory([packed]).resolve(&ticker("NWTL")).await.unwrap_err();
    assert!(matches!(refused, FetchError::NotARecording { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_name_that_leads_out_of_the_folder_is_never_opened() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("recording");
    write(&folder, files());
    fs::write(outer.path().join("secret.htm"), "secret").unwrap();
    let recording = Recording::open(&folder).unwrap();
    let absolute = outer.path().join("secret.htm").display().to_string();
    for name in ["../../../../../../secret.htm", "..", "", &absolute] {
        let mut filing = support::filing("10-K 2025-12-31 2026-02-20", 7);
        name.clone_into(&mut filing.primary_document);
        let refused = recording.document(&filing).await.unwrap_err();
        assert!(matches!(refused, FetchError::UnsafeName { .. }), "{name}: {refused:?}");
    }
}
