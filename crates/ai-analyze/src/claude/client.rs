use std::sync::Arc;

use async_trait::async_trait;
use reqwest::{
    Response,
    header::{CONTENT_TYPE, HeaderMap},
};

use super::{
    api::{self, Api},
    config::ClaudeConfig,
    counting::Counter,
    failure,
    gate::{Gate, Need, Pass},
    outcome, stream, wire,
};
use crate::{AnalyzeError, ChatModel, ModelAnswer, ModelCall};

/// Claude over the Messages API.
///
/// All calls through one of these and its clones go through one gate, which heeds the limits of the account: a process should
/// have one.
///
/// ```
/// use std::{num::NonZeroUsize, sync::Arc};
/// use ai_analyze::{Asking, Claude, ClaudeConfig, ClaudeModel};
///
/// let config = ClaudeConfig {
///     calls_in_flight: NonZeroUsize::new(4).unwrap(),
///     ..ClaudeConfig::new("sk-ant-...")
/// };
/// let model = ClaudeModel::new(config)?;
/// let thorough = Claude::with_model(model.clone(), Asking::default())?;
/// let cheap = Claude::with_model(model, Asking { model: "claude-haiku-5-5".into(), ..Asking::default() })?;
/// # Ok::<(), ai_analyze::AnalyzeError>(())
/// ```
///
/// A call is tried again after a pause when the provider has no room (429, 529), is broken (5xx), is changing the same thing
/// (409), or when the connection is cut; at most [`ClaudeConfig::max_attempts`] times in all. It is not when the request, the key
/// or the account is at fault, nor when the pause would be longer than [`ClaudeConfig::longest_pause`]:
/// [`AnalyzeError::RateLimited`] then says how long it is.
#[derive(Clone)]
pub struct ClaudeModel {
    api: Arc<Api>,
    gate: Arc<Gate>,
    counter: Arc<Counter>,
}

impl ClaudeModel {
    /// A client with a pool of connections and a gate of its own.
    pub fn new(config: ClaudeConfig) -> Result<Self, AnalyzeError> {
        let gate = Gate::new(config.clone());
        Ok(Self { api: Arc::new(Api::new(config)?), gate: Arc::new(gate), counter: Arc::new(Counter::new()) })
    }

    pub(super) fn api(&self) -> &Arc<Api> {
        &self.api
    }

    /// One attempt, from its turn to its end.
    async fn attempt(&self, question: &Question) -> Result<ModelAnswer, Failed> {
        let pass = self.gate.pass(&question.need).await.map_err(Failed::for_good)?;
        let response = self.send(question).await.inspect_err(|error| log_failure(None, error));
        let response = response.map_err(Failed::alone)?;
        let headers = response.headers().clone();
        let answer = self.receive(question, response, &headers, &pass).await;
        let request_id = failure::request_id(&headers);
        match &answer {
            Ok(ModelAnswer { model, usage, .. }) => {
                tracing::debug!(request_id, model, tokens = usage.total(), "the model answered");
            }
            Err(failed) => log_failure(request_id, &failed.error),
        }
        answer
    }

    /// What the response says, to us and to the gate.
    async fn receive(
        &self,
        question: &Question,
        response: Response,
        headers: &HeaderMap,
        pass: &Pass<'_>,
    ) -> Result<ModelAnswer, Failed> {
        let turned_away = |error: AnalyzeError| {
            let goes_on = pass.turned_away(headers, &error);
            Failed { error, again: if goes_on { Again::AtTheGate } else { Again::Never } }
        };
        let response = match api::successful(response).await {
            Err(error) if failure::is_turned_away(&error) => return Err(turned_away(error)),
            response => {
                pass.taken_in(headers);
                response.map_err(Failed::alone)?
            }
        };
        match self.read(response, question).await {
            Ok(answer) => {
                pass.answered();
                Ok(answer)
            }
            // A stream may have begun before the provider saw that it has no room.
            Err(error) if failure::is_turned_away(&error) => Err(turned_away(error)),
            Err(error) => {
                answered_all_the_same(pass, &error);
                Err(Failed::alone(error))
            }
        }
    }

    async fn send(&self, question: &Question) -> Result<Response, AnalyzeError> {
        let mut request = self.api.post(self.api.url("v1/messages"), question.body.clone());
        let config = &self.api.config;
        request = request.timeout(if question.is_streamed { config.stream_timeout } else { config.timeout });
        let response = tokio::time::timeout(config.timeout, request.send()).await;
        response
            .map_err(|_| AnalyzeError::Transport { source: "no answer began in time".into() })?
            .map_err(api::transport)
    }

    async fn read(&self, response: Response, question: &Question) -> Result<ModelAnswer, AnalyzeError> {
        // A gateway may not know how to stream.
        let message = if question.is_streamed && !is_json(response.headers()) {
            stream::read(response, self.api.config.idle_timeout).await?
        } else {
            api::parsed(&api::body(response).await?)?
        };
        outcome::of(message)
    }
}

#[async_trait]
impl ChatModel for ClaudeModel {
    async fn answer(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        let question = Question::new(call, self.api.config.stream_above);
        let config = &self.api.config;
        for attempt in 1.. {
            let Failed { error, again } = match self.attempt(&question).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let asked = error.retry_after().unwrap_or_default();
            if again != Again::Never && asked > config.longest_pause {
                return Err(AnalyzeError::RateLimited { retry_after: Some(asked) });
            }
            if again == Again::Never || attempt >= config.max_attempts {
                return Err(error);
            }
            if again == Again::AfterAPause {
                tokio::time::sleep(config.backoff(attempt).max(asked)).await;
            }
        }
        unreachable!("the attempts are counted")
    }

    async fn count_tokens(&self, call: &ModelCall) -> Option<u64> {
        self.counter.count(&self.api, call).await
    }
}

/// A call as it is sent, once or more.
struct Question {
    body: Vec<u8>,
    is_streamed: bool,
    need: Need,
}

impl Question {
    fn new(call: &ModelCall, stream_above: u32) -> Self {
        let is_streamed = call.max_tokens > stream_above;
        let body = if is_streamed { wire::streamed_request(call) } else { wire::request(call) };
        Self { body: body.to_string().into_bytes(), is_streamed, need: Need::of(call) }
    }
}

/// Why an attempt came to nothing, and whether there is another one.
struct Failed {
    error: AnalyzeError,
    again: Again,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Again {
    Never,
    /// The trouble is this call's own.
    AfterAPause,
    /// The gate knows when.
    AtTheGate,
}

impl Failed {
    fn for_good(error: AnalyzeError) -> Self {
        Self { error, again: Again::Never }
    }

    fn alone(error: AnalyzeError) -> Self {
        let again = if error.is_transient() { Again::AfterAPause } else { Again::Never };
        Self { error, again }
    }
}

/// Neither the prompt nor the provider's words are logged: they may repeat each other.
fn log_failure(request_id: Option<&str>, error: &AnalyzeError) {
    tracing::warn!(request_id, %error, "a call of the model failed");
}

/// An answer that cannot be used is one: the provider had room for it.
fn answered_all_the_same(pass: &Pass<'_>, error: &AnalyzeError) {
    if !error.is_transient() {
        pass.answered();
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start().to_ascii_lowercase().starts_with("application/json")
}
