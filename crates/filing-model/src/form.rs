use std::fmt;

use serde::{Deserialize, Serialize};

/// An EDGAR form type as filed, such as `10-K`, `10-K405` or `20-F/A`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "String", into = "String")]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct Form(String);

/// Forms that are a domestic annual report: 10-K405 until 2002, 10-KSB for small business until 2009.
const ANNUAL: [&str; 8] = ["10-K", "10-K405", "10-KSB", "10-KSB40", "10KSB", "10KSB40", "10-KT", "10-KT405"];

/// Annual reports of foreign private issuers, which this project does not cover.
const FOREIGN: [&str; 2] = ["20-F", "40-F"];

impl Form {
    /// The form type, such as `10-K/A`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without the `/A` of an amendment.
    pub fn base(&self) -> &str {
        self.0.strip_suffix("/A").unwrap_or(&self.0)
    }

    /// Whether it amends an earlier filing.
    pub fn is_amendment(&self) -> bool {
        self.0.ends_with("/A")
    }

    /// Whether it is a 10-K of any kind, amendments included.
    pub fn is_annual(&self) -> bool {
        ANNUAL.contains(&self.base())
    }

    /// Whether it covers a transition period, which is mostly shorter than a year.
    pub fn is_transition(&self) -> bool {
        self.base().starts_with("10-KT")
    }

    /// Whether it is the annual report of a foreign private issuer.
    pub fn is_foreign_annual(&self) -> bool {
        FOREIGN.contains(&self.base())
    }
}

impl From<String> for Form {
    fn from(text: String) -> Self {
        Self(text.trim().to_ascii_uppercase())
    }
}

impl From<&str> for Form {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<Form> for String {
    fn from(form: Form) -> Self {
        form.0
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_annual_report() {
        assert!(Form::from("10-K405").is_annual());
        assert!(Form::from("10-k/a").is_annual() && Form::from("10-K/A").is_amendment());
        assert!(Form::from("10-KT").is_transition());
        assert!(Form::from("20-F").is_foreign_annual() && !Form::from("20-F").is_annual());
        assert!(!Form::from("10-Q").is_annual());
    }
}
