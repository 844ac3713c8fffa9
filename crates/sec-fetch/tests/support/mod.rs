//! An invented company in EDGAR's layout, shared by the tests.
#![allow(dead_code, reason = "each test program uses its part")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

pub(crate) mod answer;
#[cfg(feature = "edgar")]
pub(crate) mod raw;
#[cfg(feature = "edgar")]
pub(crate) mod server;

use filing_model::{Filing, Ticker};

pub(crate) const TICKERS: &str = r#"{
  "0": {"cik_str": 9000001, "ticker": "NWTL", "title": "Northwind Toolworks Inc."},
  "1": {"cik_str": 9000002, "ticker": "NWTK", "title": "Newt Kitchens Ltd."},
  "2": {"cik_str": 9000001, "ticker": "NWTL-P", "title": "Northwind Toolworks Inc."}
}"#;

pub(crate) const SUBMISSIONS: &str = r#"{"cik": "9000001", "name": "Northwind Toolworks Inc.", "tickers": ["NWTL", "NWTL-P"],
  "filings": {"recent": {
    "accessionNumber": ["0009000001-26-000009", "0009000001-26-000007", "0009000001-25-000004"],
    "filingDate": ["2026-05-04", "2026-02-20", "2025-02-21"],
    "reportDate": ["2026-03-31", "2025-12-31", "2024-12-31"],
    "form": ["10-Q", "10-K", "10-K"],
    "primaryDocument": ["nwtl-20260331.htm", "nwtl-20251231.htm", "nwtl-20241231.htm"]},
  "files": [{"name": "CIK0009000001-submissions-001.json", "filingCount": 1}]}}"#;

pub(crate) const OLDER_PAGE: &str = r#"{"accessionNumber": ["0009000001-24-000003"], "filingDate": ["2024-02-22"],
  "reportDate": ["2023-12-31"], "form": ["10-K"], "primaryDocument": ["nwtl-20231231.htm"]}"#;

pub(crate) const INDEX_PAGE: &str = r#"<table class="tableFile">
  <tr><th>Seq</th><th>Description</th><th>Document</th><th>Type</th><th>Size</th></tr>
  <tr><td>1</td><td>10-K</td><td><a href="/ix?doc=/Archives/edgar/data/9000001/000900000126000007/nwtl-20251231.htm">nwtl-20251231.htm</a></td><td>10-K</td><td>9</td></tr>
  <tr><td>2</td><td>ANNUAL REPORT</td><td><a href="/Archives/edgar/data/9000001/000900000126000007/ex13.htm">ex13.htm</a></td><td>EX-13</td><td>9</td></tr>
</table>"#;

pub(crate) const NEWER: &str = "Archives/edgar/data/9000001/000900000126000007/nwtl-20251231.htm";
pub(crate) const OLDER: &str = "Archives/edgar/data/9000001/000900000125000004/nwtl-20241231.htm";

/// Everything that a report and its exhibits need, by path.
pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    let named = |path: &str, content: &str| (path.to_owned(), content.as_bytes().to_vec());
    vec![
        named("files/company_tickers.json", TICKERS),
        named("submissions/CIK0009000001.json", SUBMISSIONS),
        named("submissions/CIK0009000001-submissions-001.json", OLDER_PAGE),
        named(NEWER, "<p>Item 1. Business, newer</p>"),
        named(OLDER, "<p>Item 1. Business, older</p>"),
        named("Archives/edgar/data/9000001/000900000126000007/0009000001-26-000007-index.html", INDEX_PAGE),
        named(
            "Archives/edgar/data/9000001/000900000125000004/0009000001-25-000004-index.html",
            "<p>none</p>",
        ),
        named("Archives/edgar/data/9000001/000900000126000007/ex13.htm", "<p>To our shareholders</p>"),
    ]
}

pub(crate) fn ticker(typed: &str) -> Ticker {
    typed.parse().unwrap()
}

/// A filing of the invented company: form (`_` for a blank), period end (`-` for none) and filing date, such as
/// `10-K 2025-12-31 2026-02-20`.
pub(crate) fn filing(described: &str, number: usize) -> Filing {
    let [form, period, filed] = described.split_whitespace().collect::<Vec<_>>()[..] else {
        panic!("form, period, date: {described}")
    };
    Filing {
        cik: 9_000_001.try_into().unwrap(),
        accession: format!("0009000001-26-{number:06}").parse().unwrap(),
        form: form.replace('_', " ").into(),
        filing_date: filed.parse().unwrap(),
        period_end: (period != "-").then(|| period.parse().unwrap()),
        primary_document: "report.htm".to_owned(),
    }
}
