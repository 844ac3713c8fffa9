use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use backon::{ExponentialBuilder, Retryable};
use jiff::Timestamp;
use reqwest::{Response, StatusCode, header};
use url::Url;

use super::{
    body,
    breaker::LONGEST_WAIT,
    checked::{self, Checked, Suspect},
    gate::Gate,
    redirect::{self, MOST_REDIRECTS},
    refusal::{self, Meaning},
    send::{address, http_client, send, validators},
    slots::Slots,
    watcher::{Repetition, Watchers, reason},
};
use crate::{
    FetchConfig, FetchError,
    cache::{Packed, Validators},
    layout::EdgarPath,
};

/// Sends requests: paced, stopped after a refusal, repeated where that helps.
pub(super) struct Client {
    http: reqwest::Client,
    config: FetchConfig,
    gate: Gate,
}

/// What EDGAR has to say on an object.
pub(super) enum Answer {
    Whole(Whole),
    /// What the validators belong to is still so.
    Unchanged,
}

/// An answer that is whole and plausible.
pub(super) struct Whole {
    pub(super) bytes: Vec<u8>,
    /// The same for the cache; `None` when there is doubt about its end.
    pub(super) packed: Option<Packed>,
    pub(super) validators: Validators,
}

/// One object, asked for as often as need be.
struct Question<'a> {
    path: &'a EdgarPath,
    url: Url,
    validators: &'a Validators,
    suspect: Mutex<Option<Suspect>>,
}

/// An attempt that gave no answer.
struct Failure {
    error: FetchError,
    retry_after: Option<Duration>,
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        Self { error, retry_after: None }
    }
}

impl Failure {
    fn is_worth_repeating(&self) -> bool {
        match &self.error {
            // Without a word on how long, it stops everything as a refusal does.
            FetchError::RateLimited { .. } => self.retry_after.is_some(),
            error => error.is_transient(),
        }
    }
}

impl Client {
    pub(super) fn new(config: &FetchConfig, slots: Option<Arc<dyn Slots>>) -> Result<Self, FetchError> {
        let http = http_client(config)?;
        Ok(Self { http, config: config.clone(), gate: Gate::new(config.requests_per_second, slots) })
    }

    /// Asks, as often as helps; with validators whether what they belong to has changed.
    #[tracing::instrument(name = "edgar", skip_all, fields(path = %path))]
    pub(super) async fn get(
        &self,
        path: &EdgarPath,
        validators: &Validators,
        watchers: &Watchers,
    ) -> Result<Answer, FetchError> {
        let url = address(&self.config, path);
        let question = Question { path, url, validators, suspect: Mutex::default() };
        let (began, mut attempt) = (Instant::now(), 1);
        let backoff = ExponentialBuilder::default()
            .with_min_delay(self.config.retry_delay)
            .with_max_times(self.config.retries)
            .with_jitter();
        (|| self.attempt(&question))
            .retry(backoff)
            .when(|failure: &Failure| failure.is_worth_repeating() && began.elapsed() < self.config.patience)
            .adjust(|failure, planned| pause(planned, failure.retry_after))
            .notify(|failure, pause| {
                attempt += 1;
                let repetition = self.repetition(&question.url, &failure.error, attempt, pause);
                tracing::info!(url = %question.url, error = %failure.error, attempt, pause_ms = pause.as_millis(), "request is repeated");
                watchers.tell(&repetition);
            })
            .await
            .map_err(|failure| failure.error)
    }

    fn repetition(&self, url: &Url, error: &FetchError, attempt: usize, pause: Duration) -> Repetition {
        let host = url.host_str().unwrap_or_default();
        // Its hosts are one site to whoever reads this.
        let host = if host.ends_with(".sec.gov") { "sec.gov" } else { host }.to_owned();
        Repetition { host, reason: reason(error), attempt, attempts: self.config.retries + 1, pause }
    }

    async fn attempt(&self, question: &Question<'_>) -> Result<Answer, Failure> {
        let mut url = question.url.clone();
        for _ in 0..=MOST_REDIRECTS {
            self.gate.pass().await?;
            let response = send(&self.http, &url, question.validators).await?;
            match response.status() {
                StatusCode::OK => return self.read(response, &url, question).await,
                StatusCode::NOT_MODIFIED if !question.validators.is_empty() => return Ok(Answer::Unchanged),
                status if redirect::is_redirect(status) => {
                    url = redirect::target(&response, &url, &self.config)?;
                }
                _ => return Err(self.judged(response, &url).await),
            }
        }
        Err(redirect::refused(&question.url, url.as_str()).into())
    }

    async fn read(&self, response: Response, url: &Url, question: &Question<'_>) -> Result<Answer, Failure> {
        let validators = validators(&response);
        let body = body::whole(response, url.as_str(), self.config.largest_document_bytes).await?;
        let (kind, name) = (question.path.kind(), url.to_string());
        let suspect = question.suspect.lock().unwrap_or_else(PoisonError::into_inner).take();
        let checked = tokio::task::spawn_blocking(move || checked::check(body, kind, &name, suspect)).await;
        match checked.map_err(|stopped| FetchError::Client { source: stopped.into() })?? {
            Checked::Whole { bytes, packed } => {
                tracing::debug!(%url, status = 200, bytes = bytes.len(), "EDGAR answered");
                Ok(Answer::Whole(Whole { bytes, packed, validators }))
            }
            Checked::Refusal(page) => Err(self.refused(url, &page, None).await.into()),
            Checked::Suspect(suspect) => {
                *question.suspect.lock().unwrap_or_else(PoisonError::into_inner) = Some(suspect);
                Err(FetchError::Cut { url: url.to_string() }.into())
            }
        }
    }

    /// What a status other than 200 means; a refusal stops all further requests.
    async fn judged(&self, response: Response, url: &Url) -> Failure {
        let status = response.status().as_u16();
        let retry_after = response
            .headers()
            .get(header::RETRY_AFTER)
            .and_then(|value| refusal::retry_after(value.to_str().ok()?, Timestamp::now()));
        let page = body::beginning(response).await;
        tracing::debug!(%url, status, "EDGAR answered");
        let error = match refusal::meaning(status, &page) {
            Meaning::Absent => FetchError::NotFound { url: url.to_string() },
            Meaning::Refused => self.refused(url, &page, retry_after).await,
            Meaning::TooMany => {
                let until = self.gate.stop_for(retry_after.unwrap_or(self.config.block_pause)).await;
                tracing::warn!(%url, %until, "EDGAR asks to wait");
                FetchError::RateLimited { until }
            }
            Meaning::Failed => FetchError::Status { url: url.to_string(), status },
        };
        Failure { error, retry_after }
    }

    async fn refused(&self, url: &Url, page: &str, retry_after: Option<Duration>) -> FetchError {
        let pause = retry_after.unwrap_or_default().max(self.config.block_pause);
        let until = self.gate.stop_for(pause).await;
        tracing::warn!(%url, %until, "EDGAR refuses our requests");
        if refusal::is_undeclared(page) {
            return FetchError::Undeclared { until };
        }
        FetchError::Blocked { until }
    }
}

/// The planned pause, or the longer one that EDGAR asks for; none when it asks for too long a one.
fn pause(planned: Option<Duration>, asked: Option<Duration>) -> Option<Duration> {
    let asked = asked.unwrap_or_default();
    let pause = planned?.max(asked);
    (asked <= LONGEST_WAIT).then_some(pause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_that_edgar_asks_for_is_kept_unless_it_is_long() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(pause(seconds(1), None), seconds(1));
        assert_eq!(pause(seconds(1), seconds(5)), seconds(5));
        assert_eq!(pause(seconds(9), seconds(5)), seconds(9));
        assert_eq!(pause(seconds(1), seconds(600)), None);
        assert_eq!(pause(None, seconds(1)), None);
    }
}
