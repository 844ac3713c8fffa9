//! The recording that travels with the worker: one company for each thing that a first user may meet.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use sec_fetch::{FetchError, FilingSource, Recording, Years, annual_pair};
use support::ticker;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/recordings/demo");

/// The pair with its notes, or why there is none.
async fn outcome(typed: &str) -> String {
    let recording = Recording::open(DEMO).unwrap();
    let pair = match annual_pair(&recording, &ticker(typed), &Years::default()).await {
        Ok(pair) => pair,
        Err(error) => return with_near_misses(&error),
    };
    let mut lines = vec![pair.company.name];
    for filing in [&pair.newer, &pair.older] {
        let document = recording.document(filing).await.unwrap();
        assert!(document.bytes.len() > 10_000, "{} is short", document.name);
        lines.push(format!("{} {} {}", filing.form, filing.period_end.unwrap(), document.name));
    }
    lines.extend(pair.notes);
    lines.join("\n")
}

fn with_near_misses(error: &FetchError) -> String {
    let FetchError::UnknownTicker { nearest, .. } = error else { return error.to_string() };
    let near: Vec<&str> = nearest.iter().map(|(ticker, _)| ticker.as_str()).collect();
    format!("{error}; near: {}", near.join(" "))
}

#[tokio::test]
async fn every_company_has_its_outcome() {
    insta::assert_snapshot!(outcome("nwnd").await, @"
    Northwind Instruments, Inc.
    10-K 2025-12-27 nwnd-20251227.htm
    10-K 2024-12-28 nwnd-20241228.htm
    ");
    assert_eq!(outcome("nwnd.b").await, outcome("NWND").await);
    insta::assert_snapshot!(outcome("BRKD").await, @"Brackwater Diagnostics Ltd. has filed only one annual report (10-K of 2026-02-27)");
    insta::assert_snapshot!(outcome("CRVM").await, @"Corvane Metrology AG is a foreign private issuer: its annual report is on Form 20-F (filed 2026-03-18)");
    insta::assert_snapshot!(outcome("NWMD").await, @"no company with ticker `NWMD`; near: NWND NWN NWX");
}
