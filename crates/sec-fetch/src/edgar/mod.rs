//! The live source: cache first, then sec.gov within its fair-access rules.

mod client;
mod send;
mod user_agent;

mod breaker;
mod gate;
mod pacer;
mod shared;
mod slots;

mod body;
mod checked;
mod ending;
mod redirect;
mod refusal;

mod flights;
mod watcher;

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use filing_model::{Cik, Company, Document, Exhibit, Filing, Ticker};
use jiff::Timestamp;

pub use self::{
    slots::{Slot, Slots, SlotsError},
    watcher::{FetchWatcher, Repetition},
};
use crate::{
    Cache, Depth, FetchConfig, FetchError, FilingList, FilingSource, answers,
    cache::{Stored, Validators},
    files::Files,
    layout::{EdgarPath, Kind},
};
use client::{Answer, Client, Whole};
use flights::Flights;
use watcher::Watchers;

/// EDGAR on sec.gov.
///
/// Make one per process and clone it: clones share the spacing of requests and the stop after a refusal, which only
/// then hold for the process as a whole. Several processes share theirs through [`Slots`].
#[derive(Clone)]
pub struct Edgar {
    inner: Arc<Inner>,
    watcher: Option<Arc<dyn FetchWatcher>>,
}

struct Inner {
    config: FetchConfig,
    /// Absent when offline.
    client: Option<Client>,
    cache: Option<Cache>,
    flights: Flights,
}

impl Edgar {
    /// Checks the User-Agent, which EDGAR insists on; offline it need not be given.
    pub fn new(config: FetchConfig) -> Result<Self, FetchError> {
        Self::build(config, None)
    }

    /// As above; the pace and the stop after a refusal hold for all who use these slots.
    pub fn with_slots(config: FetchConfig, slots: Arc<dyn Slots>) -> Result<Self, FetchError> {
        Self::build(config, Some(slots))
    }

    fn build(config: FetchConfig, slots: Option<Arc<dyn Slots>>) -> Result<Self, FetchError> {
        let client = if config.offline { None } else { Some(Client::new(&config, slots)?) };
        let cache = config.cache_dir.as_ref().map(|dir| Cache::with_limit(dir, config.cache_limit_bytes));
        let inner = Inner { config, client, cache, flights: Flights::default() };
        Ok(Self { inner: Arc::new(inner), watcher: None })
    }

    /// The same source, sharing all it has, for a caller who wants to be told when attempts are repeated.
    #[must_use]
    pub fn watched_by(&self, watcher: Arc<dyn FetchWatcher>) -> Self {
        Self { inner: Arc::clone(&self.inner), watcher: Some(watcher) }
    }
}

impl fmt::Debug for Edgar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Edgar").field(&self.inner.config).finish()
    }
}

impl Inner {
    /// The answer in the cache while it is young enough, else EDGAR's.
    async fn answer(&self, path: &EdgarPath, watchers: &Watchers) -> Result<Vec<u8>, FetchError> {
        let stored = self.stored(path).await;
        let stale = match stored {
            Some(stored) if self.is_fresh(path.kind(), stored.age) => return Ok(stored.bytes),
            stale => stale,
        };
        let Some(client) = &self.client else {
            return Err(FetchError::Offline { url: send::address(&self.config, path).into() });
        };
        let nothing = Validators::default();
        let known = stale.as_ref().map_or(&nothing, |stale| &stale.validators);
        match (client.get(path, known, watchers).await, stale) {
            (Ok(Answer::Whole(whole)), _) => Ok(self.keep(path, whole).await),
            (Ok(Answer::Unchanged), Some(stale)) => Ok(self.confirmed(path, stale).await),
            // Symbols rarely change: those of yesterday serve when today's cannot be had.
            (Err(error), Some(stale)) if path.kind() == Kind::Tickers && !error.is_absence() => {
                tracing::warn!(%error, age_hours = stale.age.as_secs() / 3600, "an old list of tickers is used");
                Ok(stale.bytes)
            }
            (Ok(Answer::Unchanged), None) => {
                Err(FetchError::Status { url: send::address(&self.config, path).into(), status: 304 })
            }
            (Err(error), _) => Err(error),
        }
    }

    async fn stored(&self, path: &EdgarPath) -> Option<Stored> {
        let (cache, wanted) = (self.cache.clone()?, path.clone());
        let limit = self.config.largest_document_bytes;
        let stored = tokio::task::spawn_blocking(move || cache.get(&wanted, limit)).await.ok()??;
        tracing::debug!(path = %path, bytes = stored.bytes.len(), "answer found in the cache");
        Some(stored)
    }

    /// Documents never change; offline every age will do.
    fn is_fresh(&self, kind: Kind, age: Duration) -> bool {
        match kind {
            _ if self.config.offline => true,
            Kind::Tickers => age < self.config.tickers_fresh,
            Kind::Submissions => age < self.config.submissions_fresh,
            Kind::Archive => true,
        }
    }

    /// Keeps the answer. A cache that cannot be written costs further requests, not the answer.
    async fn keep(&self, path: &EdgarPath, whole: Whole) -> Vec<u8> {
        if let (Some(cache), Some(packed)) = (self.cache.clone(), whole.packed) {
            let (place, validators) = (path.clone(), whole.validators);
            let kept = tokio::task::spawn_blocking(move || cache.put(&place, &packed, &validators)).await;
            if let Ok(Err(FetchError::Cache { path, source })) = kept {
                tracing::warn!(path = %path.display(), error = %source, "answer cannot be kept in the cache");
            }
        }
        whole.bytes
    }

    async fn confirmed(&self, path: &EdgarPath, stale: Stored) -> Vec<u8> {
        if let Some(cache) = self.cache.clone() {
            let place = path.clone();
            let confirmed = tokio::task::spawn_blocking(move || cache.confirm(&place)).await;
            if let Ok(Err(error)) = confirmed {
                tracing::warn!(path = %path, %error, "the cache cannot note that an answer is still so");
            }
        }
        stale.bytes
    }
}

#[async_trait]
impl Files for Edgar {
    async fn read(&self, path: &EdgarPath) -> Result<Vec<u8>, FetchError> {
        let begin = |watchers: Arc<Watchers>| {
            let (inner, path) = (Arc::clone(&self.inner), path.clone());
            async move { inner.answer(&path, &watchers).await }
        };
        self.inner.flights.join(path, self.watcher.as_ref(), begin).await
    }

    fn name_of(&self, path: &EdgarPath) -> String {
        send::address(&self.inner.config, path).into()
    }

    fn tickers_read_at(&self) -> Option<Timestamp> {
        self.inner.cache.as_ref()?.tickers_read_at()
    }
}

#[async_trait]
impl FilingSource for Edgar {
    async fn resolve(&self, ticker: &Ticker) -> Result<Company, FetchError> {
        answers::resolve(self, ticker).await
    }

    async fn filings(&self, cik: Cik) -> Result<Vec<Filing>, FetchError> {
        Ok(answers::filing_list(self, cik, Depth::TwoAnnualReports).await?.filings)
    }

    async fn filing_list(&self, cik: Cik, depth: Depth) -> Result<FilingList, FetchError> {
        answers::filing_list(self, cik, depth).await
    }

    async fn document(&self, filing: &Filing) -> Result<Document, FetchError> {
        answers::document(self, filing).await
    }

    async fn exhibits(&self, filing: &Filing, kind: &str) -> Result<Vec<Exhibit>, FetchError> {
        answers::exhibits(self, filing, kind).await
    }
}
