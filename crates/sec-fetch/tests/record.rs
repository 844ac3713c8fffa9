//! What EDGAR answered, saved and replayed.
#![cfg(feature = "edgar")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use std::fs;

use sec_fetch::{FetchError, FilingSource, Recording, Years, annual_pair, record};
use support::{
    server::{edgar, server},
    ticker,
};
use wiremock::{Mock, ResponseTemplate, matchers::path};

#[tokio::test]
async fn a_recording_replays_what_edgar_answered() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let saved = record(&edgar(&server), &ticker("NWTL"), &Years::default(), folder.path()).await.unwrap();
    let mut names: Vec<String> = saved
        .iter()
        .map(|path| path.strip_prefix(folder.path()).unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    insta::assert_snapshot!(names.join("\n"), @"
    Archives/edgar/data/9000001/000900000125000004/0009000001-25-000004-index.html
    Archives/edgar/data/9000001/000900000125000004/nwtl-20241231.htm
    Archives/edgar/data/9000001/000900000126000007/0009000001-26-000007-index.html
    Archives/edgar/data/9000001/000900000126000007/ex13.htm
    Archives/edgar/data/9000001/000900000126000007/nwtl-20251231.htm
    files/company_tickers.json
    submissions/CIK0009000001.json
    ");

    let live = edgar(&server);
    let replayed = Recording::open(folder.path()).unwrap();
    let pair = annual_pair(&replayed, &ticker("NWTL"), &Years::default()).await.unwrap();
    assert_eq!(pair, annual_pair(&live, &ticker("NWTL"), &Years::default()).await.unwrap());
    assert_eq!(replayed.document(&pair.older).await.unwrap(), live.document(&pair.older).await.unwrap());
    let exhibits = replayed.exhibits(&pair.newer, "EX-13").await.unwrap();
    assert_eq!(exhibits, live.exhibits(&pair.newer, "EX-13").await.unwrap());
    assert_eq!(exhibits.len(), 1);
}

#[tokio::test]
async fn a_second_company_joins_the_recording() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let before = r#"{"0": {"cik_str": 9000005, "ticker": "OLDR", "title": "Recorded Before"}}"#;
    fs::create_dir(folder.path().join("files")).unwrap();
    fs::write(folder.path().join("files/company_tickers.json"), before).unwrap();
    for _ in 0..2 {
        record(&edgar(&server), &ticker("9000001"), &Years::default(), folder.path()).await.unwrap();
    }
    let list = fs::read_to_string(folder.path().join("files/company_tickers.json")).unwrap();
    insta::assert_snapshot!(list, @r#"
    {
      "0": {"cik_str":9000005,"ticker":"OLDR","title":"Recorded Before"},
      "1": {"cik_str":9000001,"ticker":"NWTL","title":"Northwind Toolworks Inc."},
      "2": {"cik_str":9000001,"ticker":"NWTL-P","title":"Northwind Toolworks Inc."}
    }
    "#);
}

#[tokio::test]
async fn a_compressed_list_of_tickers_is_joined_too() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let before = r#"{"0": {"cik_str": 9000005, "ticker": "OLDR", "title": "Recorded Before"}}"#;
    fs::create_dir(folder.path().join("files")).unwrap();
    let packed = zstd::encode_all(before.as_bytes(), 3).unwrap();
    fs::write(folder.path().join("files/company_tickers.json.zst"), packed).unwrap();
    record(&edgar(&server), &ticker("NWTL"), &Years::default(), folder.path()).await.unwrap();
    let recording = Recording::open(folder.path()).unwrap();
    for (typed, name) in [("OLDR", "Recorded Before"), ("NWTL", "Northwind Toolworks Inc.")] {
        assert_eq!(recording.resolve(&ticker(typed)).await.unwrap().name, name);
    }
}

#[tokio::test]
async fn years_chosen_by_hand_are_replayed_with_the_lists_that_tell_of_them() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let old = "Archives/edgar/data/9000001/000900000124000003/nwtl-20231231.htm";
    let answer = ResponseTemplate::new(200).set_body_string("<p>Item 1. Business, oldest</p>");
    Mock::given(path(format!("/{old}"))).respond_with(answer).mount(&server).await;
    let years = Years { newer: None, older: Some("0009000001-24-000003".parse().unwrap()) };
    record(&edgar(&server), &ticker("nwtl.p"), &years, folder.path()).await.unwrap();
    let recording = Recording::open(folder.path()).unwrap();
    let pair = annual_pair(&recording, &ticker("NWTL"), &years).await.unwrap();
    let document = recording.document(&pair.older).await.unwrap();
    assert_eq!(document.bytes, b"<p>Item 1. Business, oldest</p>");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    let refused = record(&edgar(&server), &ticker("NWTL"), &Years::default(), &file).await.unwrap_err();
    assert!(matches!(&refused, FetchError::Cache { path, .. } if path.starts_with(&file)), "{refused:?}");
}
