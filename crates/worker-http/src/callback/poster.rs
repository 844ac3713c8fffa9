//! One attempt to tell a receiver, after Standard Webhooks.
//!
//! The receiver is not trusted: it gets ten seconds, its redirects are not followed, and the body of its answer is not
//! read. What is sent is the callback, its signatures and nothing else; this type never sees another secret.

use std::{error::Error, sync::Arc, time::Duration};

use jiff::Timestamp;
use reqwest::{Client, ClientBuilder, header::CONTENT_TYPE, redirect};
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook};
use tokio::time::Instant;
use url::Url;

use super::{
    guard::Guard,
    outcome::PostOutcome,
    resolver::{Names, PublicOnly, SystemNames},
};
use crate::config::CallbackConfig;

/// From looking up the host to the last header of the answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Of an error's text.
const LONGEST_ERROR: usize = 200;

/// Posts callbacks to the addresses that may be called.
pub(crate) struct Poster {
    guard: Guard,
    /// For origins that the operator listed: they may be anywhere.
    listed: Client,
    /// For all others: connects to public addresses only.
    public: Client,
    signers: Vec<Arc<Webhook>>,
    timeout: Duration,
}

/// How one attempt ended.
#[derive(Debug)]
pub(crate) struct Posted {
    /// Of the answer, if one came.
    pub status: Option<u16>,
    pub outcome: PostOutcome,
    pub took: Duration,
}

impl Poster {
    pub(crate) fn new(config: &CallbackConfig) -> reqwest::Result<Self> {
        Self::with(config, TIMEOUT, SystemNames)
    }

    fn with(config: &CallbackConfig, timeout: Duration, names: impl Names) -> reqwest::Result<Self> {
        Ok(Self {
            guard: Guard::new(config),
            listed: client(timeout).build()?,
            public: client(timeout).https_only(true).dns_resolver(PublicOnly::new(names)).build()?,
            signers: config.signers.clone(),
            timeout,
        })
    }

    /// Makes one attempt. `id` is the same in all attempts: the receiver knows a repetition by it.
    pub(crate) async fn post(&self, url: &str, id: &str, body: &str) -> Posted {
        let began = Instant::now();
        let (status, outcome) = match self.guard.admits(url) {
            Ok(url) => self.send(url, id, body).await,
            Err(refusal) => (None, PostOutcome::Refused(refusal)),
        };
        Posted { status, outcome, took: began.elapsed() }
    }

    async fn send(&self, url: Url, id: &str, body: &str) -> (Option<u16>, PostOutcome) {
        let client = if self.guard.lists(&url) { &self.listed } else { &self.public };
        let timestamp = Timestamp::now().as_second();
        let mut request = client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header(HEADER_WEBHOOK_ID, id)
            .header(HEADER_WEBHOOK_TIMESTAMP, timestamp)
            .body(body.to_owned());
        if let Some(signatures) = self.signatures(id, timestamp, body) {
            request = request.header(HEADER_WEBHOOK_SIGNATURE, signatures);
        }
        match request.send().await {
            // Its body is dropped unread, and the connection with it.
            Ok(answer) => {
                (Some(answer.status().as_u16()), PostOutcome::of(answer.status(), answer.headers()))
            }
            Err(error) => {
                let error = self.told(error);
                (None, PostOutcome::Failed { error, retry_after: None, slow_down: false })
            }
        }
    }

    /// One for each secret, so that a receiver may know either while they are changed.
    fn signatures(&self, id: &str, timestamp: i64, body: &str) -> Option<String> {
        let sign =
            |signer: &Arc<Webhook>| signer.sign(id, timestamp, body.as_bytes()).expect("the body is UTF-8");
        let signatures: Vec<_> = self.signers.iter().map(sign).collect();
        (!signatures.is_empty()).then(|| signatures.join(" "))
    }

    fn told(&self, error: reqwest::Error) -> String {
        if error.is_timeout() {
            return format!("no answer within {:?}", self.timeout);
        }
        let what = if error.is_connect() { "no connection" } else { "no answer" };
        // The address may hold a secret in its query. The causes know nothing of it.
        let error = error.without_url();
        let mut cause: &dyn Error = &error;
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        let mut told = format!("{what}: {cause}");
        told.truncate(told.floor_char_boundary(LONGEST_ERROR));
        told
    }
}

fn client(timeout: Duration) -> ClientBuilder {
    Client::builder()
        .timeout(timeout)
        // Either could lead the request to a place that nobody checked.
        .redirect(redirect::Policy::none())
        .no_proxy()
        // Each attempt is checked anew, and nothing stays open between them.
        .pool_max_idle_per_host(0)
        .no_gzip()
        .user_agent(concat!("worker-http/", env!("CARGO_PKG_VERSION")))
}

#[cfg(test)]
mod tests;
