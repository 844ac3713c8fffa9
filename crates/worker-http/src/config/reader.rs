use std::{fmt::Display, ops::RangeInclusive, str::FromStr, time::Duration};

use secrecy::SecretString;
use url::Url;

use super::{ConfigError, ConfigFault, Variables};

/// Reads variables and collects what is wrong with them, so that one start tells everything.
pub(super) struct Reader<'v> {
    variables: &'v Variables,
    faults: Vec<ConfigFault>,
}

impl<'v> Reader<'v> {
    pub(super) fn new(variables: &'v Variables) -> Self {
        Self { variables, faults: Vec::new() }
    }

    pub(super) fn finish<T>(self, config: T) -> Result<T, ConfigError> {
        if self.faults.is_empty() { Ok(config) } else { Err(ConfigError { faults: self.faults }) }
    }

    pub(super) fn fault(&mut self, variable: &'static str, says: impl Into<String>) {
        self.faults.push(ConfigFault { variable, says: says.into() });
    }

    pub(super) fn is_set(&self, variable: &str) -> bool {
        self.variables.get(variable).is_some()
    }

    pub(super) fn text(&self, variable: &str) -> Option<String> {
        self.variables.get(variable).map(str::to_owned)
    }

    pub(super) fn secret(&self, variable: &str) -> Option<SecretString> {
        self.text(variable).map(SecretString::from)
    }

    /// Comma-separated, blanks around the parts dropped, empty parts too.
    pub(super) fn list(&self, variable: &str) -> Vec<String> {
        let parts = self.variables.get(variable).unwrap_or_default().split(',');
        parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// `expected` goes on after "must be": `an IP address`.
    pub(super) fn parsed<T: FromStr>(&mut self, variable: &'static str, expected: &str) -> Option<T> {
        let parsed = self.variables.get(variable)?.parse().ok();
        if parsed.is_none() {
            self.fault(variable, format!("must be {expected}"));
        }
        parsed
    }

    pub(super) fn number<T>(&mut self, variable: &'static str, allowed: RangeInclusive<T>, default: T) -> T
    where
        T: FromStr + PartialOrd + Copy + Display,
    {
        let expected = format!("a number from {} to {}", allowed.start(), allowed.end());
        let Some(number) = self.parsed(variable, &expected) else { return default };
        if !allowed.contains(&number) {
            self.fault(variable, format!("must be {expected}"));
            return default;
        }
        number
    }

    pub(super) fn seconds(
        &mut self,
        variable: &'static str,
        allowed: RangeInclusive<u64>,
        default: u64,
    ) -> Duration {
        Duration::from_secs(self.number(variable, allowed, default))
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&mut self, variable: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let written = self.variables.get(variable)?;
        let chosen =
            choices.iter().find(|(word, _)| word.eq_ignore_ascii_case(written)).map(|&(_, choice)| choice);
        if chosen.is_none() {
            let words: Vec<_> = choices.iter().map(|&(word, _)| word).collect();
            self.fault(variable, format!("must be {}", words.join(" or ")));
        }
        chosen
    }

    /// Something that is on or off.
    pub(super) fn switch(&mut self, variable: &'static str, default: bool) -> bool {
        let Some(written) = self.variables.get(variable) else { return default };
        match written.to_ascii_lowercase().as_str() {
            "on" | "true" | "1" => true,
            "off" | "false" | "0" => false,
            _ => {
                self.fault(variable, "must be on or off");
                default
            }
        }
    }

    /// An address that paths are put behind, such as `https://www.sec.gov`.
    pub(super) fn base_url(&mut self, variable: &'static str) -> Option<Url> {
        let mut url: Url = self.parsed(variable, "an address such as https://example.com")?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            self.fault(variable, "must be an address that begins with http:// or https://");
            return None;
        }
        // Without it the last part of the path would be replaced, not gone on from.
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Some(url)
    }
}
