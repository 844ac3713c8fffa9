use std::time::Duration;

use async_trait::async_trait;
use backon::{ExponentialBuilder, Retryable};
use reqwest::header::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use super::{config::ClaudeConfig, failure, wire};
use crate::{AnalyzeError, ChatModel, ModelAnswer, ModelCall, Usage};

/// The version of the wire format.
const ANTHROPIC_VERSION: &str = "2023-06-01";

/// A provider that wants a longer pause is left alone by the caller, who can do other work meanwhile.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Claude over the Messages API.
pub struct ClaudeModel {
    http: reqwest::Client,
    messages: Url,
    config: ClaudeConfig,
}

impl ClaudeModel {
    /// A client with a pool of connections of its own.
    pub fn new(config: ClaudeConfig) -> Result<Self, AnalyzeError> {
        let refused = |reason: &str| AnalyzeError::Config { reason: reason.into() };
        let mut key = HeaderValue::from_str(config.api_key.expose_secret())
            .map_err(|_| refused("the key of the API has characters that no key has"))?;
        key.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert("x-api-key", key);
        headers.insert("anthropic-version", HeaderValue::from_static(ANTHROPIC_VERSION));
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .timeout(config.timeout)
            .connect_timeout(Duration::from_secs(20))
            // A redirect would carry the key to another host.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| refused("no HTTP client could be made"))?;
        let messages =
            config.base_url.join("v1/messages").map_err(|_| refused("the base URL of the API is not one"))?;
        Ok(Self { http, messages, config })
    }

    async fn attempt(&self, body: &Value) -> Result<ModelAnswer, AnalyzeError> {
        let response = self.http.post(self.messages.clone()).json(body).send().await.map_err(transport)?;
        let status = response.status();
        let headers = response.headers().clone();
        let bytes = response.bytes().await.map_err(transport)?;
        let request_id = headers.get("request-id").and_then(|id| id.to_str().ok()).unwrap_or("none");
        let answer = if status.is_success() {
            whole_answer(&bytes)
        } else {
            Err(failure::of_status(status.as_u16(), &headers, &bytes))
        };
        match &answer {
            Ok(answer) => tracing::debug!(
                request_id,
                model = answer.model,
                tokens = answer.usage.total(),
                "the model answered"
            ),
            Err(error) => {
                tracing::warn!(request_id, status = status.as_u16(), %error, "a call of the model failed");
            }
        }
        answer
    }
}

#[async_trait]
impl ChatModel for ClaudeModel {
    async fn answer(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        let body = wire::request(call);
        let backoff = ExponentialBuilder::default()
            .with_min_delay(self.config.retry_pause)
            .with_max_delay(LONGEST_PAUSE)
            .with_max_times(self.config.max_attempts.saturating_sub(1))
            .with_jitter();
        (|| self.attempt(&body)).retry(backoff).when(AnalyzeError::is_transient).adjust(pause).await
    }
}

/// At least as long as the provider asks for; not at all when that is long.
fn pause(error: &AnalyzeError, planned: Option<Duration>) -> Option<Duration> {
    let asked = error.retry_after().unwrap_or_default();
    planned.filter(|_| asked <= LONGEST_PAUSE).map(|planned| planned.max(asked))
}

fn transport(source: reqwest::Error) -> AnalyzeError {
    AnalyzeError::Transport { source: Box::new(source.without_url()) }
}

/// The JSON of an answer that came to its end.
fn whole_answer(bytes: &[u8]) -> Result<ModelAnswer, AnalyzeError> {
    let answer: wire::Answer =
        serde_json::from_slice(bytes).map_err(|source| broken_envelope(bytes, source))?;
    let usage = Usage::from(&answer.usage);
    match answer.stop_reason.as_deref() {
        Some("end_turn") => {}
        Some("refusal") => {
            let category = answer.stop_details.and_then(|details| details.category);
            return Err(AnalyzeError::Declined { category, usage });
        }
        other => return Err(AnalyzeError::TooLong { stop_reason: other.unwrap_or("none").into(), usage }),
    }
    let value = serde_json::from_str(&answer.text())
        .map_err(|source| AnalyzeError::Shape { source: source.into(), usage })?;
    Ok(ModelAnswer { value, model: answer.model, usage })
}

/// A success that is none: an error in the body, or an answer cut on its way.
fn broken_envelope(bytes: &[u8], source: serde_json::Error) -> AnalyzeError {
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) if value["type"] == "error" => AnalyzeError::Unavailable { status: 200, retry_after: None },
        Ok(_) => AnalyzeError::Shape { source: source.into(), usage: Usage::default() },
        Err(_) => AnalyzeError::Transport { source: source.into() },
    }
}
