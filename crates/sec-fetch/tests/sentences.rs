//! What a user of the platform reads, by situation: every sentence in one table.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use std::io;

use filing_model::AccessionNumber;
use sec_fetch::FetchError;
use support::{filing, ticker};

fn accession(number: usize) -> AccessionNumber {
    format!("0009000001-26-{number:06}").parse().unwrap()
}

fn unknown(typed: &str, nearest: &[(&str, &str)]) -> FetchError {
    let nearest = nearest.iter().map(|(symbol, name)| (ticker(symbol), (*name).to_owned())).collect();
    FetchError::UnknownTicker { ticker: ticker(typed), nearest, list_read_at: None }
}

fn about_companies() -> Vec<(&'static str, FetchError)> {
    let company = || "Northwind Toolworks Inc.".to_owned();
    let cik = 9_000_001.try_into().ok();
    let only_one = |next: Option<&str>| FetchError::OnlyOneAnnualReport {
        company: company(),
        filing: Box::new(filing("10-K 2025-12-31 2026-02-20", 7)),
        next_expected: next.map(|day| day.parse().unwrap()),
    };
    let near =
        [("NWTL", "Northwind Toolworks Inc."), ("NWT", "Newt Holdings"), ("NWTK", "Newt Kitchens Ltd.")];
    vec![
        ("unknown ticker, one near", unknown("NTWL", &near[..1])),
        ("unknown ticker, some near", unknown("NTWL", &near)),
        (
            "ticker given up",
            unknown("FB", &[("META", "Invented Platforms, Inc., formerly Facebook until 2022")]),
        ),
        ("unknown ticker, none near", unknown("ZZZZ", &[])),
        ("unknown number", unknown("0000000077", &[])),
        ("one report, next expected", only_one(Some("2027-02-20"))),
        ("one report, none expected", only_one(None)),
        (
            "foreign private issuer",
            FetchError::ForeignPrivateIssuer {
                company: company(),
                cik,
                form: "20-F".into(),
                filing_date: "2026-04-01".parse().unwrap(),
            },
        ),
        ("asset-backed issuer", FetchError::AssetBackedIssuer { company: company(), cik }),
        ("no annual report", FetchError::NoAnnualReport { company: company(), cik }),
    ]
}

fn about_chosen_years() -> Vec<(&'static str, FetchError)> {
    vec![
        ("no such filing", FetchError::NoSuchFiling { accession: accession(9) }),
        (
            "not an annual report",
            FetchError::NotAnAnnualReport { accession: accession(9), form: "10-Q".into() },
        ),
        ("same year twice", FetchError::SameFiling),
        ("wrong order", FetchError::WrongOrder { newer: accession(4), older: accession(7) }),
        ("nothing to compare with", FetchError::NothingToCompareWith { accession: accession(7) }),
    ]
}

fn about_trouble() -> Vec<(&'static str, FetchError)> {
    let url = || "https://www.sec.gov/x".to_owned();
    let until = "2026-11-02T10:00:00Z".parse().unwrap();
    let source = || serde_json::from_str::<u8>("x").unwrap_err();
    vec![
        ("blocked", FetchError::Blocked { until }),
        ("asked to wait", FetchError::RateLimited { until }),
        ("absent", FetchError::NotFound { url: url() }),
        ("too large", FetchError::TooLarge { url: url(), limit_bytes: 64_000_000 }),
        ("cut short", FetchError::Cut { url: url() }),
        ("no answer", FetchError::Transport { url: url(), source: "refused".into() }),
        ("bad status", FetchError::Status { url: url(), status: 503 }),
        ("unreadable", FetchError::Unreadable { url: url(), source: source() }),
        ("unsafe name", FetchError::UnsafeName { name: "../x".into() }),
        ("not in the recording", FetchError::NotInRecording { path: "x".into() }),
        ("offline", FetchError::Offline { url: url() }),
        (
            "no recording",
            FetchError::NotARecording { path: "/x".into(), reason: "it is not a folder".into() },
        ),
        ("no User-Agent", FetchError::MissingUserAgent),
        (
            "bad User-Agent",
            FetchError::BadUserAgent { user_agent: "x".into(), reason: "it names no mail address" },
        ),
        ("bad address", FetchError::BadAddress { url: "mailto:x".into() }),
        ("no client", FetchError::Client { source: "no certificates".into() }),
        ("cache", FetchError::Cache { path: "/x".into(), source: io::ErrorKind::StorageFull.into() }),
    ]
}

#[test]
fn every_situation_has_its_sentence() {
    let situations = [about_companies(), about_chosen_years(), about_trouble()].into_iter().flatten();
    let table: Vec<String> =
        situations.map(|(situation, error)| format!("{situation}: {}", error.sentence())).collect();
    insta::assert_snapshot!(table.join("\n"));
}

#[test]
fn only_what_was_asked_for_wrongly_is_the_users() {
    for (situation, error) in [about_companies(), about_chosen_years()].into_iter().flatten() {
        assert!(error.is_user_error() && !error.is_transient(), "{situation}");
    }
    for (situation, error) in about_trouble() {
        assert!(!error.is_user_error(), "{situation}");
    }
}

#[test]
fn no_sentence_tells_addresses_or_paths_of_ours() {
    for (situation, error) in about_trouble() {
        let sentence = error.sentence();
        assert!(!sentence.contains("/x") && !sentence.contains("mailto"), "{situation}: {sentence}");
    }
}
