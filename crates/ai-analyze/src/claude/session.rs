//! The calls of one report: each within the limit on the cost, whatever it took added up.

use serde::de::DeserializeOwned;

use super::{plan::Plan, plan::prompt_tokens, prices::cost_usd, spend::Spend};
use crate::{AnalyzeError, ChatModel, ModelAnswer, ModelCall, Usage};

/// An answer of fewer tokens holds no finding worth its prompt.
const SHORTEST_ANSWER: u32 = 1_500;

/// Our own estimate of a prompt may be too low by so much.
const MARGIN: f64 = 1.3;

/// A conversation's cost and gaps so far.
pub(super) struct Session<'a> {
    model: &'a dyn ChatModel,
    name: String,
    effort: crate::Effort,
    limit_usd: Option<f64>,
    day: jiff::civil::Date,
    pub(super) spend: Spend,
    /// Why the analysis is less than it could be.
    pub(super) gaps: Vec<String>,
}

/// One question, before it is known who answers and how long.
pub(super) struct Question<'a> {
    /// The rules.
    pub(super) system: &'a str,
    pub(super) prompt: String,
    pub(super) schema: serde_json::Value,
    /// The longest answer, thinking included.
    pub(super) max_tokens: u32,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        model: &'a dyn ChatModel,
        plan: &Plan<'_>,
        limit_usd: Option<f64>,
        day: jiff::civil::Date,
    ) -> Self {
        Self {
            model,
            name: plan.model.clone(),
            effort: plan.effort,
            limit_usd,
            day,
            spend: Spend::new(model.rate(), day),
            gaps: plan.given_up.iter().cloned().collect(),
        }
    }

    /// Adds a reason once.
    pub(super) fn gap(&mut self, reason: impl Into<String>) {
        let reason = reason.into();
        if !self.gaps.contains(&reason) {
            self.gaps.push(reason);
        }
    }

    /// Asks, and once more when the answer has another shape. `None` when the limit leaves no room for an answer.
    pub(super) async fn ask<T: DeserializeOwned>(
        &mut self,
        question: Question<'_>,
    ) -> Result<Option<T>, AnalyzeError> {
        let mut call = ModelCall {
            model: self.name.clone(),
            effort: self.effort,
            system: question.system.to_owned(),
            prompt: question.prompt,
            schema: question.schema,
            max_tokens: question.max_tokens,
        };
        let mut asked_again = false;
        loop {
            let Some(max_tokens) = self.affordable(&call).await else { return Ok(None) };
            call.max_tokens = max_tokens;
            let answer = if asked_again {
                self.model.answer_anew(&call).await
            } else {
                self.model.answer(&call).await
            };
            let answer = answer.inspect_err(|error| self.spend.add_usage(&self.name, error.usage()));
            let read = answer.and_then(|answer| {
                self.spend.add(&answer);
                let ModelAnswer { value, usage, .. } = answer;
                serde_json::from_value(value)
                    .map_err(|source| AnalyzeError::Shape { source: source.into(), usage })
            });
            match read {
                Err(AnalyzeError::Shape { .. }) if !asked_again => asked_again = true,
                other => return other.map(Some),
            }
        }
    }

    /// The longest answer that the rest of the limit pays for.
    async fn affordable(&self, call: &ModelCall) -> Option<u32> {
        let (Some(limit), Some(spent)) = (self.limit_usd, self.spend.cost_usd) else {
            return Some(call.max_tokens);
        };
        let input = match self.model.count_tokens(call).await {
            Some(counted) => counted,
            None => with_margin(prompt_tokens(&call.prompt)),
        };
        let rate = self.model.rate();
        let cost = |usage: Usage| cost_usd(&self.name, usage, rate, self.day);
        // Written to the provider's cache is the dearest that a prompt can be.
        let prompt = cost(Usage { cache_write_5m: input, ..Usage::default() })?;
        let both =
            |output: u32| cost(Usage { cache_write_5m: input, output: output.into(), ..Usage::default() });
        let of_1000 = both(1_000)? - prompt;
        let left = limit - spent - prompt;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "bounded above, and not below zero"
        )]
        let tokens = (left / of_1000 * 1_000.0).clamp(0.0, f64::from(call.max_tokens)) as u32;
        (tokens >= SHORTEST_ANSWER.min(call.max_tokens)).then_some(tokens)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "prompts have far fewer than 2^52 tokens"
)]
fn with_margin(tokens: u64) -> u64 {
    (tokens as f64 * MARGIN).ceil() as u64
}
