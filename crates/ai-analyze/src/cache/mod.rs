//! Answers that are kept, so that no question is paid for twice.
//!
//! An answer is in the [`AnswerStore`] before anybody works with it. A process that dies in the middle of an analysis
//! repeats the one call that was under way, and the next one who asks the same pays nothing.

mod flights;
mod key;
mod store;
#[cfg(test)]
mod tests;

use async_trait::async_trait;

use self::flights::Flights;
use crate::{AnalyzeError, ChatModel, ModelAnswer, ModelCall, Rate, Usage};

pub use self::store::{AnswerStore, AnswersError, AnswersInMemory};

/// A model that is asked only what it has not answered yet.
///
/// ```
/// use std::sync::Arc;
/// use ai_analyze::{AnswersInMemory, Asking, Cached, Claude, ClaudeConfig, ClaudeModel};
///
/// let model = ClaudeModel::new(ClaudeConfig::new("sk-ant-..."))?;
/// let answers = Arc::new(AnswersInMemory::default());
/// let claude = Claude::with_model(Cached::new(model, answers), Asking::default())?;
/// # Ok::<(), ai_analyze::AnalyzeError>(())
/// ```
///
/// A kept answer has no usage: it costs nothing. Equal calls at the same time are one call, which the first of them
/// pays for; when that one is given up or fails, the next in line asks. Only whole answers are kept, and a store that
/// fails is logged and gone without.
#[derive(Debug)]
pub struct Cached<M, S> {
    model: M,
    answers: S,
    flights: Flights,
}

impl<M: ChatModel, S: AnswerStore> Cached<M, S> {
    /// Puts a store before a model.
    pub fn new(model: M, answers: S) -> Self {
        Self { model, answers, flights: Flights::default() }
    }

    async fn kept(&self, key: &str) -> Option<ModelAnswer> {
        let kept = self.answers.get(key).await;
        kept.unwrap_or_else(|error| {
            tracing::warn!(key, error = chain(error.as_ref()), "kept answers cannot be read");
            None
        })
    }

    async fn keep(&self, key: &str, answer: &ModelAnswer) {
        if let Err(error) = self.answers.put(key, answer).await {
            tracing::warn!(key, error = chain(error.as_ref()), "an answer cannot be kept");
        }
    }
}

#[async_trait]
impl<M: ChatModel, S: AnswerStore> ChatModel for Cached<M, S> {
    async fn answer(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        let key = call.key();
        let flight = self.flights.join(&key);
        let mut landed = flight.lock().await;
        if landed.is_none() {
            *landed = self.kept(&key).await;
        }
        if let Some(kept) = &*landed {
            tracing::debug!(key, "an answer was kept");
            return Ok(ModelAnswer { usage: Usage::default(), ..kept.clone() });
        }
        let answer = self.model.answer(call).await?;
        self.keep(&key, &answer).await;
        *landed = Some(answer.clone());
        Ok(answer)
    }

    async fn answer_anew(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        let key = call.key();
        let flight = self.flights.join(&key);
        let mut landed = flight.lock().await;
        let answer = self.model.answer_anew(call).await?;
        self.keep(&key, &answer).await;
        *landed = Some(answer.clone());
        Ok(answer)
    }

    async fn count_tokens(&self, call: &ModelCall) -> Option<u64> {
        self.model.count_tokens(call).await
    }

    fn rate(&self) -> Rate {
        self.model.rate()
    }
}

/// An error and its causes on one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
