use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ParseError;

/// An exchange symbol as EDGAR writes it: upper case, share classes after a dash (`BRK-B`).
///
/// Parsing accepts the other ways people type it: lower case, `BRK.B`, `BRK/B`, `BRK B`; and a CIK in its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct Ticker(String);

const LONGEST: usize = 10;

impl Ticker {
    /// The symbol, such as `AAPL`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Ticker {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let symbol: String = text
            .trim()
            .chars()
            .map(|c| if matches!(c, '.' | '/' | ' ') { '-' } else { c.to_ascii_uppercase() })
            .collect();
        // `CIK0000320193`, as EDGAR writes a company's number.
        let number = symbol.strip_prefix("CIK").map(|rest| rest.trim_start_matches('-'));
        let number = number.filter(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
        let symbol = number.map_or(symbol.clone(), str::to_owned);
        let fits = (1..=LONGEST).contains(&symbol.len())
            && symbol.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && symbol.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !symbol.ends_with('-');
        if fits { Ok(Self(symbol)) } else { Err(ParseError::Ticker(shown(text))) }
    }
}

/// What a message may show of a text from outside: short, on one line.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

impl fmt::Display for Ticker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Ticker {
    type Error = ParseError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Ticker> for String {
    fn from(ticker: Ticker) -> Self {
        ticker.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_classes_are_written_with_a_dash() {
        for typed in ["BRK.B", "brk/b", " BRK B ", "BRK-B"] {
            assert_eq!(typed.parse::<Ticker>().map(String::from), Ok("BRK-B".into()), "{typed}");
        }
    }

    #[test]
    fn a_companys_number_is_taken_with_its_letters() {
        for typed in ["CIK0000320193", "cik 0000320193", "0000320193"] {
            assert_eq!(typed.parse::<Ticker>().map(String::from), Ok("0000320193".into()), "{typed}");
        }
        assert_eq!("CIK".parse::<Ticker>().map(String::from), Ok("CIK".into()));
    }

    #[test]
    fn what_is_no_symbol_is_refused() {
        for typed in ["", "-", "A-", "TOOLONGTICKER", "A;B", "ÄPL", "../x", "A\nB"] {
            assert!(typed.parse::<Ticker>().is_err(), "{typed:?}");
        }
    }
}
