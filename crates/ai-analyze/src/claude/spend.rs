use jiff::civil::Date;

use super::prices::cost_usd;
use crate::{ModelAnswer, Rate, Usage};

/// What the calls of one report took together.
#[derive(Debug)]
pub(super) struct Spend {
    day: Date,
    rate: Rate,
    /// The one that answered last.
    pub(super) model: Option<String>,
    pub(super) tokens: u64,
    /// `None` as soon as one call has no known price.
    pub(super) cost_usd: Option<f64>,
}

impl Spend {
    pub(super) fn new(rate: Rate, day: Date) -> Self {
        Self { day, rate, model: None, tokens: 0, cost_usd: Some(0.0) }
    }

    pub(super) fn add(&mut self, answer: &ModelAnswer) {
        self.add_usage(&answer.model, answer.usage);
        self.model = Some(answer.model.clone());
    }

    /// Also of a call that came to nothing: it is billed all the same.
    pub(super) fn add_usage(&mut self, model: &str, usage: Usage) {
        self.tokens += usage.total();
        let cost = if usage.total() == 0 { Some(0.0) } else { cost_usd(model, usage, self.rate, self.day) };
        if cost.is_none() && self.cost_usd.is_some() {
            tracing::warn!(model, "the price of this model is not known, so the report has no cost");
        }
        self.cost_usd = self.cost_usd.zip(cost).map(|(sum, cost)| sum + cost);
    }
}
