//! EDGAR's list of tickers: `{"0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."}, ...}`.

use std::collections::HashMap;

use filing_model::{Cik, Company, Ticker};
use serde::{
    Deserialize,
    de::{Error as _, IgnoredAny},
};

/// The companies that have a ticker, in EDGAR's order: the largest first, further symbols of a company at the end.
#[derive(Default)]
pub(crate) struct TickerList(Vec<Listed>);

pub(crate) struct Listed {
    pub(crate) ticker: Ticker,
    pub(crate) cik: Cik,
    pub(crate) title: String,
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
        title: Option<String>,
    },
    Odd(IgnoredAny),
}

impl TickerList {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, serde_json::Error> {
        let rows: HashMap<String, Row> = serde_json::from_slice(json)?;
        let is_empty = rows.is_empty();
        let mut numbered: Vec<(u64, Listed)> = rows
            .into_iter()
            .filter_map(|(key, row)| match row {
                Row::Listed { cik, ticker, title } => {
                    let title = title.unwrap_or_else(|| ticker.to_string());
                    Some((key.parse().unwrap_or(u64::MAX), Listed { ticker, cik, title }))
                }
                Row::Odd(_) => None,
            })
            .collect();
        if numbered.is_empty() && !is_empty {
            // Else every company would be unknown, for which nobody but the user was to blame.
            return Err(serde_json::Error::custom("no row has a ticker and a number"));
        }
        numbered.sort_by(|a, b| (a.0, &a.1.ticker).cmp(&(b.0, &b.1.ticker)));
        Ok(Self(numbered.into_iter().map(|(_, listed)| listed).collect()))
    }

    /// The company of a symbol. Share classes may be typed without their dash (`BRKB`) where only one company can be
    /// meant.
    pub(crate) fn company(&self, typed: &Ticker) -> Option<Company> {
        let listed = self.0.iter().find(|listed| listed.ticker == *typed);
        let listed = listed.or_else(|| self.without_dashes(typed))?;
        Some(Company {
            name: listed.title.clone(),
            cik: Some(listed.cik),
            ticker: Some(listed.ticker.clone()),
        })
    }

    fn without_dashes(&self, typed: &Ticker) -> Option<&Listed> {
        let letters = |ticker: &Ticker| ticker.as_str().replace('-', "");
        let wanted = letters(typed);
        let mut meant = self.0.iter().filter(|listed| letters(&listed.ticker) == wanted);
        let first = meant.next()?;
        meant.all(|other| other.cik == first.cik).then_some(first)
    }

    /// In EDGAR's order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Listed> {
        self.0.iter()
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    const LIST: &str = r#"{
        "10": {"cik_str": 9000077, "ticker": "NWTR", "title": null},
        "0": {"cik_str": 9000001, "ticker": "NWTL", "title": "Northwind Toolworks Inc."},
        "1": {"cik_str": "0009000002", "ticker": "HLM-B", "title": "HOLM & FJORD INC"},
        "2": {"cik_str": 9000002, "ticker": "HLM.A", "title": "HOLM & FJORD INC"},
        "3": {"cik_str": null, "ticker": "ODD", "title": "No number"},
        "4": {"cik_str": 9000003, "ticker": "AB-C", "title": "Abacus", "exchange": "NYSE"},
        "5": {"cik_str": 9000004, "ticker": "A-BC", "title": "Another"},
        "6": {"cik_str": 9000005, "ticker": "AB", "title": "Abundance"}
    }"#;

    fn company(typed: &str) -> Option<String> {
        let company = TickerList::parse(LIST.as_bytes()).unwrap().company(&typed.parse().unwrap())?;
        Some(format!("{} {} {}", company.cik?, company.ticker?, company.name))
    }

    #[test]
    fn a_ticker_names_its_company_however_either_is_written() {
        for typed in ["HLM-A", "hlm.a", "HLM/A", " hlm a ", "HLMA"] {
            assert_eq!(company(typed).unwrap(), "9000002 HLM-A HOLM & FJORD INC", "{typed}");
        }
        assert_eq!(company("hlm b").unwrap(), "9000002 HLM-B HOLM & FJORD INC");
        assert_eq!(company("AB").unwrap(), "9000005 AB Abundance");
        assert_eq!(company("NWTR").unwrap(), "9000077 NWTR NWTR");
        assert_eq!(company("ODD"), None);
    }

    #[test]
    fn a_symbol_that_two_companies_may_mean_names_none() {
        assert_eq!(company("ABC"), None);
        assert_eq!(company("HLM"), None);
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        let message = r#"{"message": "Service unavailable"}"#;
        for json in ["", "[]", "<html>", "{\"0\": ", message, r#"{"0": {"cik": 1, "symbol": "A"}}"#] {
            assert!(TickerList::parse(json.as_bytes()).is_err(), "{json}");
        }
        assert!(TickerList::parse(b"{}").is_ok());
    }
}
