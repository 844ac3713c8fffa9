//! Small invented companies for tests: ACME with two annual reports, SOLO with one, ABROAD on Form 20-F.

use sec_fetch::Recording;

/// What EDGAR would answer about them.
pub(crate) fn recording() -> Recording {
    Recording::in_memory(files())
}

fn files() -> Vec<(String, Vec<u8>)> {
    let tickers = r#"{"0": {"cik_str": 1001, "ticker": "ACME", "title": "Acme Tools Inc."},
        "1": {"cik_str": 1002, "ticker": "SOLO", "title": "Solo Labs Inc."},
        "2": {"cik_str": 1003, "ticker": "ABROAD", "title": "Abroad Metrology AG"}}"#;
    let acme = [
        ("26-000001", "2026-02-20", "2025-12-31", "10-K"),
        ("25-000001", "2025-02-20", "2024-12-31", "10-K"),
    ];
    let document = |accession: &str, year: &str, risk: &str| {
        (format!("Archives/edgar/data/1001/{accession}/a.htm"), filing(year, risk).into_bytes())
    };
    vec![
        ("files/company_tickers.json".to_owned(), tickers.into()),
        ("submissions/CIK0000001001.json".to_owned(), submissions("Acme Tools Inc.", &acme)),
        ("submissions/CIK0000001002.json".to_owned(), submissions("Solo Labs Inc.", &acme[..1])),
        (
            "submissions/CIK0000001003.json".to_owned(),
            submissions("Abroad Metrology AG", &[("26-000001", "2026-03-20", "2025-12-31", "20-F")]),
        ),
        document(
            "000000100126000001",
            "2025",
            "A fire in our only plant in Duluth would stop all deliveries for months.",
        ),
        document(
            "000000100125000001",
            "2024",
            "Our suppliers may fail to deliver steel in time and at a fair price.",
        ),
    ]
}

fn submissions(name: &str, filings: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let column = |pick: fn(&(&str, &str, &str, &str)) -> String| filings.iter().map(pick).collect::<Vec<_>>();
    let recent = serde_json::json!({
        "accessionNumber": column(|filing| format!("0000001001-{}", filing.0)),
        "filingDate": column(|filing| filing.1.to_owned()),
        "reportDate": column(|filing| filing.2.to_owned()),
        "form": column(|filing| filing.3.to_owned()),
        "primaryDocument": column(|_| "a.htm".to_owned()),
    });
    serde_json::json!({ "name": name, "filings": { "recent": recent, "files": [] } }).to_string().into_bytes()
}

/// A 10-K with three Items.
fn filing(year: &str, risk: &str) -> String {
    let words =
        "We make hammers, saws and pliers for the building trade and sell them in forty states. ".repeat(12);
    format!(
        "<html><body><p>FORM 10-K</p><p>For the fiscal year ended December 31, {year}</p><p>Acme Tools Inc.</p>\
         <p><b>PART I</b></p><p><b>Item 1. Business</b></p><p>{words}</p>\
         <p><b>Item 1A. Risk Factors</b></p><p>{risk}</p><p>{words}</p>\
         <p><b>PART II</b></p><p><b>Item 7. Management’s Discussion and Analysis of Financial Condition and Results \
         of Operations</b></p><p>Sales in {year} were better than a year ago. {words}</p></body></html>"
    )
}
