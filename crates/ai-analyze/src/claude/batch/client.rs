use std::{fmt, sync::Arc, time::Duration};

use jiff::Timestamp;
use reqwest::RequestBuilder;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;
use url::Url;

use super::results::BatchResults;
use crate::{
    AnalyzeError, ClaudeModel, ModelCall, Usage,
    claude::{
        api::{self, Api},
        failure, wire,
    },
};

/// The most requests of one batch.
const MOST_REQUESTS: usize = 100_000;

/// The most bytes of one batch.
const MOST_BYTES: usize = 256_000_000;

/// A batch may have many megabytes.
const CREATE_TIMEOUT: Duration = Duration::from_mins(10);

/// The Message Batches API.
///
/// ```no_run
/// # async fn run(call: ai_analyze::ModelCall) -> Result<(), ai_analyze::AnalyzeError> {
/// use ai_analyze::{BatchRequest, Batches, ClaudeConfig, ClaudeModel};
///
/// let batches = Batches::new(&ClaudeModel::new(ClaudeConfig::new("sk-ant-..."))?);
/// let mut batch = batches.create(&[BatchRequest { custom_id: call.key(), call }]).await?;
/// while !batch.has_ended() {
///     tokio::time::sleep(std::time::Duration::from_secs(60)).await;
///     batch = batches.status(&batch.id).await?;
/// }
/// let mut results = batches.results(&batch).await?;
/// while let Some(result) = results.next().await? {
///     println!("{}: {}", result.custom_id, if result.answer.is_ok() { "answered" } else { "failed" });
/// }
/// # Ok(()) }
/// ```
///
/// Nothing is tried again here: whoever polls comes again anyway, and a batch that is created twice is paid twice.
/// Batches have limits of their own, so they do not wait behind the calls of the model.
/// [`BatchModel`](super::BatchModel) does all of it for single calls.
#[derive(Clone)]
pub struct Batches {
    api: Arc<Api>,
}

/// One call in a batch.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchRequest {
    /// Names the call in the results: 1-64 of `A-Za-z0-9_-`, once per batch. [`ModelCall::key`] is of that kind.
    pub custom_id: String,
    /// What is asked.
    pub call: ModelCall,
}

/// A batch as the API tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Batch {
    /// The provider's name for it.
    pub id: String,
    /// How far it is.
    #[serde(rename = "processing_status")]
    pub state: BatchState,
    /// Its requests by what became of them; all are `processing` until the whole batch has ended.
    #[serde(rename = "request_counts")]
    pub counts: BatchCounts,
    /// When it was created.
    pub created_at: Timestamp,
    /// When the provider gives up what is not answered: a day later.
    pub expires_at: Option<Timestamp>,
    /// Where its results are, once it has ended.
    results_url: Option<String>,
}

impl Batch {
    /// Whether there are results.
    pub fn has_ended(&self) -> bool {
        self.state == BatchState::Ended
    }
}

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BatchState {
    /// It is being answered.
    InProgress,
    /// Somebody gave it up; what is under way is still answered.
    Canceling,
    /// Nothing more happens to it.
    Ended,
}

/// Requests of a batch by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct BatchCounts {
    /// Not yet known.
    pub processing: u64,
    /// Answered.
    pub succeeded: u64,
    /// Rejected, or failed.
    pub errored: u64,
    /// Given up by somebody.
    pub canceled: u64,
    /// Not answered within the day.
    pub expired: u64,
}

impl BatchCounts {
    /// All requests of the batch.
    pub fn total(&self) -> u64 {
        self.processing + self.succeeded + self.errored + self.canceled + self.expired
    }
}

#[derive(Deserialize)]
struct Page {
    data: Vec<Batch>,
}

impl Batches {
    /// Over the connections of a model, with its key.
    pub fn new(model: &ClaudeModel) -> Self {
        Self { api: Arc::clone(model.api()) }
    }

    /// Sends requests; at most 100,000 or 256 MB.
    pub async fn create(&self, requests: &[BatchRequest]) -> Result<Batch, AnalyzeError> {
        let bodies: Vec<_> = requests.iter().map(|each| body_of(&each.custom_id, &each.call)).collect();
        self.create_from(&bodies).await
    }

    /// The same with requests that are JSON already.
    pub(super) async fn create_from(&self, requests: &[String]) -> Result<Batch, AnalyzeError> {
        check_size(requests.len(), requests.iter().map(String::len).sum())?;
        let body = format!(r#"{{"requests":[{}]}}"#, requests.join(","));
        let url = self.api.url("v1/messages/batches");
        self.answer(self.api.post(url, body.into_bytes()).timeout(CREATE_TIMEOUT)).await
    }

    /// How far a batch is.
    pub async fn status(&self, id: &str) -> Result<Batch, AnalyzeError> {
        self.answer(self.get(self.url(id, None))).await
    }

    /// The batches of the workspace, the newest first; at most 100.
    pub async fn newest(&self) -> Result<Vec<Batch>, AnalyzeError> {
        let page: Page = self.answer(self.get(self.api.url("v1/messages/batches?limit=100"))).await?;
        Ok(page.data)
    }

    /// Gives up what is not yet under way.
    pub async fn cancel(&self, id: &str) -> Result<Batch, AnalyzeError> {
        let request = self.api.post(self.url(id, Some("cancel")), Vec::new());
        self.answer(request.timeout(self.api.config.timeout)).await
    }

    /// The results of a batch that has ended, one after the other.
    pub async fn results(&self, batch: &Batch) -> Result<BatchResults, AnalyzeError> {
        let ours = self.url(&batch.id, Some("results"));
        // The address may change, but the key goes nowhere else.
        let told = batch.results_url.as_ref().and_then(|told| Url::parse(told).ok());
        let told = told.filter(|told| told.origin() == ours.origin());
        let request = self.api.get(told.unwrap_or(ours)).timeout(self.api.config.stream_timeout);
        let response = request.send().await.map_err(api::transport)?;
        Ok(BatchResults::new(api::successful(response).await?, self.api.config.idle_timeout))
    }

    fn get(&self, url: Url) -> RequestBuilder {
        self.api.get(url).timeout(self.api.config.timeout)
    }

    async fn answer<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, AnalyzeError> {
        let response = request.send().await.map_err(api::transport)?;
        let request_id = failure::request_id(response.headers()).unwrap_or("none").to_owned();
        let body = match api::successful(response).await {
            Ok(response) => api::body(response).await,
            Err(error) => Err(error),
        };
        body.and_then(|body| api::parsed(&body))
            .inspect_err(|error| tracing::warn!(request_id, %error, "a call about a batch failed"))
    }

    /// The address of a batch. The id came from outside, so it is one segment whatever is in it.
    fn url(&self, id: &str, below: Option<&str>) -> Url {
        let mut url = self.api.url("v1/messages/batches");
        url.path_segments_mut().expect("the base URL has a path").push(id).extend(below);
        url
    }
}

impl fmt::Debug for Batches {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Batches").finish_non_exhaustive()
    }
}

fn check_size(requests: usize, bytes: usize) -> Result<(), AnalyzeError> {
    // With the commas and what is around them.
    if requests <= MOST_REQUESTS && bytes + requests + 64 <= MOST_BYTES {
        return Ok(());
    }
    Err(AnalyzeError::TooLong { stop_reason: "batch_too_large".into(), usage: Usage::default() })
}

/// One request as it stands in a batch.
pub(super) fn body_of(custom_id: &str, call: &ModelCall) -> String {
    json!({"custom_id": custom_id, "params": wire::request(call)}).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_above_the_limits_of_the_api_is_not_sent() {
        assert!(check_size(100_000, 200_000_000).is_ok());
        assert!(check_size(100_001, 1_000_000).is_err());
        assert!(check_size(2, 256_000_000).is_err());
    }
}
