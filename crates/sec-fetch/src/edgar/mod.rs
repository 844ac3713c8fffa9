//! The live source: cache first, then sec.gov within its fair-access rules.

mod body;
mod breaker;
mod client;
mod pacer;
mod refusal;
mod turns;

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use filing_model::{Cik, Company, Document, Exhibit, Filing, Ticker};

use crate::{
    Cache, FetchConfig, FetchError, FilingSource,
    answers::{self, Depth},
    files::Files,
    layout::{EdgarPath, Kind},
};
use client::Client;
use turns::Turns;

/// EDGAR on sec.gov.
///
/// Make one per process and clone it: clones share the spacing of requests and the stop after a refusal, which only
/// then hold for the process as a whole.
#[derive(Clone)]
pub struct Edgar(Arc<Inner>);

struct Inner {
    config: FetchConfig,
    /// Absent when offline.
    client: Option<Client>,
    cache: Option<Cache>,
    turns: Turns,
}

impl Edgar {
    /// Checks the User-Agent, which EDGAR insists on; offline it need not be given.
    pub fn new(config: FetchConfig) -> Result<Self, FetchError> {
        let client = if config.offline { None } else { Some(Client::new(&config)?) };
        let cache = config.cache_dir.as_ref().map(Cache::new);
        Ok(Self(Arc::new(Inner { config, client, cache, turns: Turns::default() })))
    }
}

impl fmt::Debug for Edgar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Edgar").field(&self.0.config).finish()
    }
}

impl Inner {
    /// The answer in the cache if it is young enough; offline every age is.
    async fn cached(&self, path: &EdgarPath) -> Option<Vec<u8>> {
        let (cache, wanted) = (self.cache.clone()?, path.clone());
        let (fresh, limit) = (self.fresh(path.kind()), self.config.largest_document_bytes);
        let found = tokio::task::spawn_blocking(move || cache.get(&wanted, fresh, limit)).await.ok()??;
        tracing::debug!(path = %path, bytes = found.len(), "answer found in the cache");
        Some(found)
    }

    fn fresh(&self, kind: Kind) -> Option<Duration> {
        match kind {
            _ if self.config.offline => None,
            Kind::Tickers => Some(self.config.tickers_fresh),
            Kind::Submissions => Some(self.config.submissions_fresh),
            Kind::Archive => None,
        }
    }

    /// Keeps the answer. A cache that cannot be written costs further requests, not the answer.
    async fn keep(&self, path: &EdgarPath, bytes: Vec<u8>) -> Vec<u8> {
        let Some(cache) = self.cache.clone() else { return bytes };
        let (place, bytes) = (path.clone(), Arc::new(bytes));
        let shared = Arc::clone(&bytes);
        let kept = tokio::task::spawn_blocking(move || cache.put(&place, &shared)).await;
        if let Ok(Err(FetchError::Cache { path, source })) = kept {
            tracing::warn!(path = %path.display(), error = %source, "answer cannot be kept in the cache");
        }
        Arc::unwrap_or_clone(bytes)
    }
}

#[async_trait]
impl Files for Edgar {
    async fn read(&self, path: &EdgarPath) -> Result<Vec<u8>, FetchError> {
        // Whoever asks for the same object meanwhile waits here and then finds it in the cache.
        let turn = self.0.turns.of(path);
        let _mine = turn.lock().await;
        if let Some(bytes) = self.0.cached(path).await {
            return Ok(bytes);
        }
        let Some(client) = &self.0.client else {
            return Err(FetchError::Offline { url: self.name_of(path) });
        };
        let bytes = client.get(path).await?;
        Ok(self.0.keep(path, bytes).await)
    }

    fn name_of(&self, path: &EdgarPath) -> String {
        client::address(&self.0.config, path).into()
    }
}

#[async_trait]
impl FilingSource for Edgar {
    async fn resolve(&self, ticker: &Ticker) -> Result<Company, FetchError> {
        answers::resolve(self, ticker).await
    }

    async fn filings(&self, cik: Cik) -> Result<Vec<Filing>, FetchError> {
        answers::filings(self, cik, Depth::TwoAnnualReports).await
    }

    async fn all_filings(&self, cik: Cik) -> Result<Vec<Filing>, FetchError> {
        answers::filings(self, cik, Depth::Everything).await
    }

    async fn document(&self, filing: &Filing) -> Result<Document, FetchError> {
        answers::document(self, filing).await
    }

    async fn exhibits(&self, filing: &Filing, kind: &str) -> Result<Vec<Exhibit>, FetchError> {
        answers::exhibits(self, filing, kind).await
    }
}
