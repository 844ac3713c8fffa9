mod changes;
mod signals;

mod story;
mod wording;

mod amount_names;
mod amounts;
mod gist;
mod passage;
mod replaced;

mod category;
mod marks;
mod telling;

mod choice;
mod summary;

mod markdown;

use async_trait::async_trait;
use filing_model::{Analysis, Comparison, NotSentWords};

use crate::{AnalyzeError, Analyzer, Method, verify::Checker};

/// Raised when a rule here may say something else of the same filings.
const RULES_VERSION: &str = "extractive-2";

/// Picks the most telling changes by rule and quotes them; no model, no network.
///
/// Signals are told in their own words. Of a sub-section that came or went, of a new, gone or edited passage the statement
/// shows the words that tell most: a deed, an amount, a name, before what may happen. Every statement has passed the check
/// of [`verify`](crate::verify()); `docs/ARCHITECTURE.md` names the stages around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extractive;

impl Extractive {
    /// There is nothing to set.
    pub fn new() -> Self {
        Self
    }

    /// What [`Analyzer::analyze`] does, without async.
    pub fn read(self, comparison: &Comparison) -> Analysis {
        let checker = Checker::new(comparison);
        let mut candidates = signals::candidates(comparison, &checker);
        candidates.extend(changes::candidates(comparison));
        let findings = choice::choose(candidates, &checker);
        Analysis {
            analyzer: self.name().into(),
            model: None,
            prompt_version: RULES_VERSION.into(),
            executive_summary: summary::executive(comparison, &findings),
            summaries: summary::by_item(comparison, &findings),
            findings,
            dropped: Vec::new(),
            degraded: None,
            not_sent_words: NotSentWords::default(),
            total_tokens: 0,
            total_cost_usd: Some(0.0),
            estimated_cost_usd: None,
        }
    }
}

#[async_trait]
impl Analyzer for Extractive {
    fn name(&self) -> &'static str {
        "extractive"
    }

    fn method(&self) -> Method {
        Method { analyzer: self.name(), model: None, prompt_version: RULES_VERSION }
    }

    async fn analyze(&self, comparison: &Comparison) -> Result<Analysis, AnalyzeError> {
        Ok(self.read(comparison))
    }
}

#[cfg(test)]
mod tests;
