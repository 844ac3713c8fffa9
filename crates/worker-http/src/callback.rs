//! Tells callers how their job ended.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use reqwest::{Client, StatusCode, header::CONTENT_TYPE, redirect};
use serde::Serialize;
use supabase_store::Settled;
use tokio::task::JoinSet;
use url::Url;

use crate::config::CallbackConfig;

const TIMEOUT: Duration = Duration::from_secs(10);

/// Pauses before the second and each further try.
pub(crate) const RETRY_PAUSES: &[Duration] =
    &[Duration::from_secs(5), Duration::from_secs(30), Duration::from_mins(2)];

/// How a job ended, as callers read it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Outcome {
    job_id: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    report_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_log_id: Option<String>,
    refunded: bool,
}

impl Outcome {
    pub(crate) fn completed(job_id: &str, settled: &Settled) -> Self {
        Self {
            job_id: job_id.to_owned(),
            status: "completed",
            report_id: settled.report_id.clone(),
            error: None,
            error_log_id: None,
            refunded: settled.refunded,
        }
    }

    pub(crate) fn failed(job_id: &str, error: &str, settled: &Settled) -> Self {
        Self {
            job_id: job_id.to_owned(),
            status: "failed",
            report_id: None,
            error: Some(error.to_owned()),
            error_log_id: settled.error_log_id.clone(),
            refunded: settled.refunded,
        }
    }
}

/// Posts outcomes to the origins that are listed, in the background.
pub(crate) struct Callbacks {
    poster: Arc<Poster>,
    running: Mutex<JoinSet<()>>,
}

struct Poster {
    client: Client,
    config: CallbackConfig,
    retry_pauses: &'static [Duration],
}

impl Callbacks {
    pub(crate) fn new(config: CallbackConfig, retry_pauses: &'static [Duration]) -> reqwest::Result<Self> {
        let client = Client::builder()
            .timeout(TIMEOUT)
            // Both could lead the request to places that are not listed.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("worker-http/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { poster: Arc::new(Poster { client, config, retry_pauses }), running: Mutex::default() })
    }

    /// Begins to tell the caller and returns at once.
    pub(crate) fn send(&self, url: &str, outcome: Outcome) {
        let (poster, url) = (Arc::clone(&self.poster), url.to_owned());
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        while running.try_join_next().is_some() {}
        running.spawn(async move { poster.deliver(&url, &outcome).await });
    }

    /// Waits for those that are under way.
    pub(crate) async fn finish(&self, at_most: Duration) {
        let mut running = std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        let ended = tokio::time::timeout(at_most, async { while running.join_next().await.is_some() {} });
        if ended.await.is_err() {
            tracing::warn!(callbacks = running.len(), "callbacks given up at the end of the process");
        }
    }
}

/// How one try ended.
#[derive(Debug, PartialEq, Eq)]
enum Try {
    Delivered,
    /// The receiver wants no more.
    Gone,
    Failed(String),
}

impl Poster {
    async fn deliver(&self, url: &str, outcome: &Outcome) {
        let job_id = outcome.job_id.as_str();
        // The list may have changed since the job was accepted.
        let Some(url) = Url::parse(url).ok().filter(|url| self.config.allows(url)) else {
            tracing::warn!(job_id, "callback not sent: its origin is not in CALLBACK_ORIGINS");
            return;
        };
        let body = serde_json::to_string(outcome).expect("an outcome is text and flags");
        for attempt in 0..=self.retry_pauses.len() {
            match self.post(&url, job_id, &body).await {
                Try::Delivered => return tracing::info!(job_id, "callback delivered"),
                Try::Gone => return tracing::warn!(job_id, "callback refused for good"),
                Try::Failed(reason) => {
                    tracing::warn!(job_id, attempt = attempt + 1, reason, "callback failed");
                }
            }
            if let Some(pause) = self.retry_pauses.get(attempt) {
                tokio::time::sleep(*pause).await;
            }
        }
        tracing::error!(job_id, "callback given up");
    }

    async fn post(&self, url: &Url, job_id: &str, body: &str) -> Try {
        let mut request =
            self.client.post(url.clone()).header(CONTENT_TYPE, "application/json").body(body.to_owned());
        if let Some(signer) = &self.config.signer {
            // The same for every try: receivers know a repetition by it.
            let (id, timestamp) = (format!("job_{job_id}"), Timestamp::now().as_second());
            let signature = signer.sign(&id, timestamp, body.as_bytes()).expect("the body is UTF-8");
            request = request
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signature);
        }
        match request.send().await {
            Ok(response) if response.status().is_success() => Try::Delivered,
            Ok(response) if response.status() == StatusCode::GONE => Try::Gone,
            Ok(response) => Try::Failed(format!("status {}", response.status().as_u16())),
            Err(error) => Try::Failed(error.without_url().to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
