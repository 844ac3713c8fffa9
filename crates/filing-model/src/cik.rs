use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::ParseError;

/// Central Index Key: EDGAR's number for a filer.
///
/// EDGAR writes it as a number, as text, and padded to ten digits; all are read, the bare number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cik(u64);

const LARGEST: u64 = 9_999_999_999;

impl Cik {
    /// The ten digits that EDGAR uses in names such as `CIK0000320193.json`.
    pub fn padded(self) -> String {
        format!("{:010}", self.0)
    }
}

impl TryFrom<u64> for Cik {
    type Error = ParseError;
    fn try_from(number: u64) -> Result<Self, Self::Error> {
        if (1..=LARGEST).contains(&number) {
            Ok(Self(number))
        } else {
            Err(ParseError::Cik(number.to_string()))
        }
    }
}

impl FromStr for Cik {
    type Err = ParseError;

    /// Accepts `320193`, `0000320193` and `CIK0000320193`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || ParseError::Cik(text.chars().filter(|c| !c.is_control()).take(40).collect());
        let text = text.trim();
        let digits = text.strip_prefix("CIK").or_else(|| text.strip_prefix("cik")).unwrap_or(text);
        if digits.is_empty() || digits.len() > 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refused());
        }
        digits.parse::<u64>().ok().and_then(|number| Self::try_from(number).ok()).ok_or_else(refused)
    }
}

impl fmt::Display for Cik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Cik {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(u64),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Number(number) => Self::try_from(number).map_err(D::Error::custom),
            Written::Text(text) => text.parse().map_err(D::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_the_same_filer() {
        for written in ["320193", "\"320193\"", "\"0000320193\"", "\"CIK0000320193\""] {
            assert_eq!(serde_json::from_str::<Cik>(written).map(Cik::padded).ok(), Some("0000320193".into()));
        }
    }

    #[test]
    fn zero_and_eleven_digits_are_refused() {
        assert!("0".parse::<Cik>().is_err());
        assert!("12345678901".parse::<Cik>().is_err());
        assert!("32O193".parse::<Cik>().is_err());
    }
}
