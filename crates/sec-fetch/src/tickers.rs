//! EDGAR's list of tickers: `{"0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."}, ...}`.

use std::collections::HashMap;

use filing_model::{Cik, Company, Ticker};
use serde::{Deserialize, de::IgnoredAny};

/// How many near misses are worth reading.
const NEAREST: usize = 3;

/// The companies that have a ticker, in EDGAR's order: the largest first.
#[derive(Default)]
pub(crate) struct TickerList(Vec<Listed>);

struct Listed {
    ticker: Ticker,
    cik: Cik,
    title: String,
}

/// A row as EDGAR writes it. One that cannot be read costs that company, not all of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Row {
    Listed {
        #[serde(rename = "cik_str")]
        cik: Cik,
        ticker: Ticker,
        #[serde(default)]
        title: String,
    },
    Odd(IgnoredAny),
}

impl TickerList {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, serde_json::Error> {
        let rows: HashMap<String, Row> = serde_json::from_slice(json)?;
        let mut numbered: Vec<(u64, Listed)> = rows
            .into_iter()
            .filter_map(|(key, row)| match row {
                Row::Listed { cik, ticker, title } => {
                    Some((key.parse().unwrap_or(u64::MAX), Listed { ticker, cik, title }))
                }
                Row::Odd(_) => None,
            })
            .collect();
        numbered.sort_by(|a, b| (a.0, &a.1.ticker).cmp(&(b.0, &b.1.ticker)));
        Ok(Self(numbered.into_iter().map(|(_, listed)| listed).collect()))
    }

    pub(crate) fn company(&self, ticker: &Ticker) -> Option<Company> {
        let listed = self.0.iter().find(|listed| listed.ticker == *ticker)?;
        Some(Company { name: listed.title.clone(), cik: Some(listed.cik), ticker: Some(ticker.clone()) })
    }

    /// Symbols that may have been meant: the company's name typed as a ticker, then misspellings, then longer
    /// symbols that begin like it; among equals the larger company first.
    pub(crate) fn nearest(&self, ticker: &Ticker) -> Vec<(Ticker, String)> {
        let mut near: Vec<(usize, usize, &Listed)> = self
            .0
            .iter()
            .enumerate()
            .filter_map(|(place, listed)| Some((distance(ticker, listed)?, place, listed)))
            .collect();
        near.sort_by_key(|&(distance, place, _)| (distance, place));
        near.into_iter()
            .take(NEAREST)
            .map(|(_, _, listed)| (listed.ticker.clone(), listed.title.clone()))
            .collect()
    }

    /// The list with the companies of these numbers alone.
    #[cfg(feature = "edgar")]
    pub(crate) fn keep(&mut self, cik: Cik) {
        self.0.retain(|listed| listed.cik == cik);
    }

    /// The list with another one's companies after its own; who is in both stays once.
    #[cfg(feature = "edgar")]
    pub(crate) fn append(&mut self, other: Self) {
        for listed in other.0 {
            if !self.0.iter().any(|own| own.ticker == listed.ticker) {
                self.0.push(listed);
            }
        }
    }

    /// As EDGAR writes it.
    #[cfg(feature = "edgar")]
    pub(crate) fn to_json(&self) -> String {
        let rows: Vec<String> = self
            .0
            .iter()
            .enumerate()
            .map(|(number, listed)| {
                let row = serde_json::json!({
                    "cik_str": listed.cik,
                    "ticker": listed.ticker,
                    "title": listed.title,
                });
                format!("  \"{number}\": {row}")
            })
            .collect();
        format!("{{\n{}\n}}\n", rows.join(",\n"))
    }
}

/// How far a company is from what was typed; `None` when it cannot have been meant.
fn distance(typed: &Ticker, listed: &Listed) -> Option<usize> {
    let (typed, symbol) = (typed.as_str(), listed.ticker.as_str());
    if is_first_word(typed, &listed.title) {
        return Some(0);
    }
    let edits = strsim::osa_distance(typed, symbol);
    let allowed = if typed.len() <= 3 { 1 } else { 2 };
    if edits <= allowed && edits < typed.len() {
        return Some(edits);
    }
    (typed.len() >= 2 && symbol.starts_with(typed)).then_some(allowed + 1)
}

/// Whether a company's name begins with what was typed; short words are symbols rather than names.
fn is_first_word(typed: &str, title: &str) -> bool {
    let first = title.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    typed.len() >= 4 && first.eq_ignore_ascii_case(typed)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    const LIST: &str = r#"{
        "10": {"cik_str": 77, "ticker": "APLE", "title": "Apple Hospitality REIT, Inc."},
        "0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."},
        "1": {"cik_str": "0001067983", "ticker": "BRK-B", "title": "BERKSHIRE HATHAWAY INC"},
        "2": {"cik_str": 1067983, "ticker": "BRK.A", "title": "BERKSHIRE HATHAWAY INC"},
        "3": {"cik_str": null, "ticker": "ODD", "title": "No number"},
        "4": {"cik_str": 5, "ticker": "AAP", "title": "Advance Auto Parts", "exchange": "NYSE"},
        "5": {"cik_str": 6, "ticker": "F", "title": "Ford"}
    }"#;

    fn list() -> TickerList {
        TickerList::parse(LIST.as_bytes()).unwrap()
    }

    fn nearest(typed: &str) -> String {
        let near: Vec<String> =
            list().nearest(&typed.parse().unwrap()).into_iter().map(|(ticker, _)| ticker.into()).collect();
        near.join(" ")
    }

    #[test]
    fn a_ticker_names_its_company_however_the_list_writes_it() {
        for (typed, cik) in [("AAPL", 320_193), ("brk.b", 1_067_983), ("BRK A", 1_067_983), ("AAP", 5)] {
            let company = list().company(&typed.parse().unwrap()).unwrap();
            assert_eq!(company.cik, Cik::try_from(cik).ok(), "{typed}");
        }
        assert!(list().company(&"ODD".parse().unwrap()).is_none());
    }

    #[test]
    fn near_misses_come_likeliest_first() {
        assert_eq!(nearest("APPL"), "AAPL AAP APLE");
        assert_eq!(nearest("APPLE"), "AAPL APLE");
        assert_eq!(nearest("BRKB"), "BRK-B BRK-A");
        assert_eq!(nearest("BRK"), "BRK-B BRK-A");
        assert_eq!(nearest("ZZZZ"), "");
        assert_eq!(nearest("Q"), "");
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        for json in ["", "[]", "<html>", "{\"0\": "] {
            assert!(TickerList::parse(json.as_bytes()).is_err(), "{json}");
        }
    }
}
