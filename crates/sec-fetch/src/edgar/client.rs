use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use jiff::Timestamp;
use reqwest::{Response, StatusCode, header, redirect};
use serde::de::IgnoredAny;
use url::Url;

use super::{body, breaker::Breaker, pacer::Pacer, refusal, refusal::Meaning};
use crate::{
    FetchConfig, FetchError,
    layout::{EdgarPath, Kind},
};

/// A longer pause than this is for whoever plans the work, not for a call that waits.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Sends requests: paced, stopped after a refusal, repeated where that helps.
pub(super) struct Client {
    http: reqwest::Client,
    config: FetchConfig,
    pacer: Pacer,
    breaker: Breaker,
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

impl Client {
    pub(super) fn new(config: &FetchConfig) -> Result<Self, FetchError> {
        for url in [&config.www_url, &config.data_url] {
            if !matches!(url.scheme(), "http" | "https") {
                return Err(FetchError::BadAddress { url: url.to_string() });
            }
        }
        let http = reqwest::Client::builder()
            .user_agent(user_agent(&config.user_agent)?)
            .connect_timeout(config.connect_timeout)
            .read_timeout(config.silence_timeout)
            .timeout(config.request_timeout)
            // EDGAR's addresses are final; a redirect leads to a page for people, maybe on another host.
            .redirect(redirect::Policy::none())
            .build()
            .map_err(|error| FetchError::Client { source: error.into() })?;
        let pacer = Pacer::new(config.requests_per_second);
        Ok(Self { http, config: config.clone(), pacer, breaker: Breaker::default() })
    }

    /// The answer, whole and plausible.
    #[tracing::instrument(name = "edgar", skip_all, fields(path = %path))]
    pub(super) async fn get(&self, path: &EdgarPath) -> Result<Vec<u8>, FetchError> {
        let url = address(&self.config, path);
        let backoff = ExponentialBuilder::default()
            .with_min_delay(self.config.retry_delay)
            .with_max_times(self.config.retries)
            .with_jitter();
        (|| self.attempt(&url, path.kind()))
            .retry(backoff)
            .when(|failure| failure.error.is_transient())
            .adjust(|failure, planned| pause(planned, failure.retry_after))
            .notify(|failure, pause| {
                tracing::info!(%url, error = %failure.error, pause_ms = pause.as_millis(), "request is repeated");
            })
            .await
            .map_err(|failure| failure.error)
    }

    async fn attempt(&self, url: &Url, kind: Kind) -> Result<Vec<u8>, Failure> {
        self.breaker.check()?;
        self.pacer.slot().await;
        // The stop may have come while we waited for the slot.
        self.breaker.check()?;
        let sent = self.http.get(url.clone()).send().await;
        let response = sent.map_err(|error| transport(url.as_str(), error))?;
        if response.status() != StatusCode::OK {
            return Err(self.judged(response, url).await);
        }
        let bytes = body::whole(response, url.as_str(), self.config.largest_document_bytes).await?;
        tracing::debug!(%url, status = 200, bytes = bytes.len(), "EDGAR answered");
        self.refuse_what_is_no_answer(&bytes, url, kind)?;
        Ok(bytes)
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
            Meaning::Refused => self.refused(url, retry_after),
            Meaning::TooMany => {
                let until = self.breaker.stop_for(retry_after.unwrap_or(self.config.block_pause));
                tracing::warn!(%url, %until, "EDGAR asks to wait");
                FetchError::RateLimited { until }
            }
            Meaning::Failed => FetchError::Status { url: url.to_string(), status },
        };
        Failure { error, retry_after }
    }

    fn refused(&self, url: &Url, retry_after: Option<Duration>) -> FetchError {
        let pause = retry_after.unwrap_or_default().max(self.config.block_pause);
        let until = self.breaker.stop_for(pause);
        tracing::warn!(%url, %until, "EDGAR refuses our requests");
        FetchError::Blocked { until }
    }

    /// A page for people where data should be must not reach the cache.
    fn refuse_what_is_no_answer(&self, bytes: &[u8], url: &Url, kind: Kind) -> Result<(), FetchError> {
        let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
        if refusal::is_refusal(&beginning) {
            return Err(self.refused(url, None));
        }
        if kind == Kind::Archive {
            return Ok(());
        }
        serde_json::from_slice::<IgnoredAny>(bytes)
            .map_err(|source| FetchError::Unreadable { url: url.to_string(), source })?;
        Ok(())
    }
}

/// Where an answer is asked for.
pub(super) fn address(config: &FetchConfig, path: &EdgarPath) -> Url {
    let base = match path.kind() {
        Kind::Submissions => &config.data_url,
        Kind::Tickers | Kind::Archive => &config.www_url,
    };
    let mut url = base.clone();
    // An address without segments (`mailto:`) is refused before anything is sent to it.
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path.as_str().split('/'));
    }
    url
}

pub(super) fn transport(url: &str, error: reqwest::Error) -> FetchError {
    FetchError::Transport { url: url.to_owned(), source: error.without_url().into() }
}

/// The planned pause, or the longer one that EDGAR asks for; none when it asks for too long a one.
fn pause(planned: Option<Duration>, asked: Option<Duration>) -> Option<Duration> {
    let pause = planned?.max(asked.unwrap_or_default());
    (asked.unwrap_or_default() <= LONGEST_WAIT).then_some(pause)
}

/// EDGAR wants a name and a mail address, and blocks whoever gives none.
fn user_agent(given: &str) -> Result<header::HeaderValue, FetchError> {
    let bad = |reason| FetchError::BadUserAgent { user_agent: given.chars().take(100).collect(), reason };
    let given = given.trim();
    if given.is_empty() {
        return Err(FetchError::MissingUserAgent);
    }
    if !given.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
        return Err(bad("it may hold ASCII letters, digits and signs alone"));
    }
    if !given.split(' ').any(is_mail_address) {
        return Err(bad("it names no mail address"));
    }
    header::HeaderValue::from_str(given).map_err(|_| bad("it cannot be sent"))
}

fn is_mail_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "()<>[],;".contains(c));
    word.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_agent_names_a_mail_address() {
        for given in ["Acme Research ops@acme.example", " ops@acme.example ", "Acme/1.0 (ops@acme.example)"] {
            assert!(user_agent(given).is_ok(), "{given}");
        }
        for given in ["", "  "] {
            assert!(matches!(user_agent(given), Err(FetchError::MissingUserAgent)), "{given:?}");
        }
        for given in
            ["Mozilla/5.0", "Acme @", "Acme a@b", "Acmé ops@acme.example", "Acme\r\nX: ops@acme.example"]
        {
            assert!(matches!(user_agent(given), Err(FetchError::BadUserAgent { .. })), "{given:?}");
        }
    }

    #[test]
    fn a_pause_that_edgar_asks_for_is_kept_unless_it_is_long() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(pause(seconds(1), None), seconds(1));
        assert_eq!(pause(seconds(1), seconds(5)), seconds(5));
        assert_eq!(pause(seconds(9), seconds(5)), seconds(9));
        assert_eq!(pause(seconds(1), seconds(600)), None);
        assert_eq!(pause(None, seconds(1)), None);
    }

    #[test]
    fn addresses_are_those_of_edgar() {
        let config = FetchConfig::new("");
        let address = |path| address(&config, &path).to_string();
        assert_eq!(address(EdgarPath::tickers()), "https://www.sec.gov/files/company_tickers.json");
        let cik = 320_193.try_into().expect("a number");
        assert_eq!(
            address(EdgarPath::submissions(cik)),
            "https://data.sec.gov/submissions/CIK0000320193.json"
        );
    }
}
