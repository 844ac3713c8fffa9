use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ParseError;

/// EDGAR's number of one submission: filer agent, year, sequence, such as `0000320193-25-000079`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct AccessionNumber(String);

impl AccessionNumber {
    /// With dashes: `0000320193-25-000079`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The 18 digits, as in EDGAR's folder names.
    pub fn undashed(&self) -> String {
        self.0.replace('-', "")
    }
}

impl FromStr for AccessionNumber {
    type Err = ParseError;

    /// Accepts the number with or without its dashes.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let digits: String = text.chars().filter(|&c| c != '-').collect();
        let dash = |at: usize| text.as_bytes().get(at) == Some(&b'-');
        let dashes_fit = text.len() == 18 || text.len() == 20 && dash(10) && dash(13);
        if digits.len() != 18 || !digits.bytes().all(|b| b.is_ascii_digit()) || !dashes_fit {
            return Err(ParseError::AccessionNumber(
                text.chars().filter(|c| !c.is_control()).take(40).collect(),
            ));
        }
        Ok(Self(format!("{}-{}-{}", &digits[..10], &digits[10..12], &digits[12..])))
    }
}

impl fmt::Display for AccessionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for AccessionNumber {
    type Error = ParseError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AccessionNumber> for String {
    fn from(accession: AccessionNumber) -> Self {
        accession.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_are_optional_but_never_misplaced() {
        for written in ["0000320193-25-000079", "000032019325000079"] {
            assert_eq!(
                written.parse::<AccessionNumber>().map(String::from),
                Ok("0000320193-25-000079".into())
            );
        }
        for written in [
            "",
            "0000320193-25-00007",
            "00003-2019325-000079",
            "0000320193250000790",
            "ä000320193-25-00007",
            "000000000ä25-000079",
        ] {
            assert!(written.parse::<AccessionNumber>().is_err(), "{written}");
        }
    }
}
