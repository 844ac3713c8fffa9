use std::fmt::Write as _;

use filing_model::Report;

use super::summary::thousands;
use crate::dollars::dollars;

/// What several reports took together.
#[derive(Debug, Default)]
pub(super) struct Tally {
    made: usize,
    failed: usize,
    asked_a_model: bool,
    tokens: u64,
    /// Of reports whose price is known.
    cost_usd: f64,
    estimated_usd: f64,
    of_unknown_price: usize,
}

impl Tally {
    pub(super) fn add(&mut self, report: &Report) {
        let analysis = &report.analysis;
        self.made += 1;
        self.asked_a_model |= analysis.model.is_some();
        self.tokens += analysis.total_tokens;
        self.cost_usd += analysis.total_cost_usd.unwrap_or_default();
        self.estimated_usd += analysis.estimated_cost_usd.unwrap_or_default();
        self.of_unknown_price += usize::from(analysis.total_cost_usd.is_none());
    }

    pub(super) fn fail(&mut self) {
        self.failed += 1;
    }

    pub(super) fn ended(&self) -> usize {
        self.made + self.failed
    }

    pub(super) fn has_failures(&self) -> bool {
        self.failed > 0
    }

    /// `2 reports, 1 failed; 66,000 tokens, $0.34 (estimated $0.38)`
    pub(super) fn line(&self) -> String {
        let mut line = match self.made {
            1 => "1 report".to_owned(),
            made => format!("{made} reports"),
        };
        if self.failed > 0 {
            let _ = write!(line, ", {} failed", self.failed);
        }
        if self.asked_a_model {
            let _ = write!(line, "; {} tokens, {}", thousands(self.tokens), self.cost());
        }
        line
    }

    fn cost(&self) -> String {
        match self.of_unknown_price {
            0 => format!("{} (estimated {})", dollars(self.cost_usd), dollars(self.estimated_usd)),
            all if all == self.made => "at a price that is not known".to_owned(),
            some => format!("{} and what {some} of unknown price cost", dollars(self.cost_usd)),
        }
    }
}
