//! Asking how many tokens a call has.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::{sync::Semaphore, time::Instant};

use super::{
    api::{self, Api},
    failure, wire,
};
use crate::{AnalyzeError, ModelCall};

/// There is our own estimate, so an endpoint that fails once is left alone for a while.
const PAUSE: Duration = Duration::from_mins(1);

/// Counting has limits of its own, in requests a minute.
const AT_ONCE: usize = 4;

/// Asks each time anew, but nobody after a failure.
pub(super) struct Counter {
    places: Semaphore,
    not_before: Mutex<Option<Instant>>,
}

impl Counter {
    pub(super) fn new() -> Self {
        Self { places: Semaphore::new(AT_ONCE), not_before: Mutex::default() }
    }

    /// The tokens of the prompt, or nothing when they are not to be had soon.
    pub(super) async fn count(&self, api: &Api, call: &ModelCall) -> Option<u64> {
        let timeout = api.config.count_timeout;
        let counted = tokio::time::timeout(timeout, async {
            let _place = self.places.acquire().await.ok()?;
            if self.is_paused() {
                return None;
            }
            match ask(api, call).await {
                Ok(tokens) => Some(tokens),
                Err((error, asked)) => {
                    tracing::warn!(%error, "tokens cannot be counted");
                    self.pause(asked);
                    None
                }
            }
        });
        counted.await.unwrap_or_else(|_| {
            tracing::warn!("tokens are not counted in time");
            self.pause(Duration::ZERO);
            None
        })
    }

    fn is_paused(&self) -> bool {
        let not_before = *self.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        not_before.is_some_and(|not_before| Instant::now() < not_before)
    }

    fn pause(&self, asked: Duration) {
        *self.not_before.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Instant::now() + asked.max(PAUSE));
    }
}

async fn ask(api: &Api, call: &ModelCall) -> Result<u64, (AnalyzeError, Duration)> {
    let count = async {
        let body = wire::prompt(call).to_string().into_bytes();
        let response =
            api.post(api.url("v1/messages/count_tokens"), body).send().await.map_err(api::transport)?;
        let request_id = failure::request_id(response.headers()).unwrap_or("none").to_owned();
        let body = api::body(api::successful(response).await?).await?;
        let counted: wire::Counted = api::parsed(&body)?;
        tracing::debug!(request_id, tokens = counted.input_tokens, "tokens are counted");
        Ok(counted.input_tokens)
    };
    count.await.map_err(|error: AnalyzeError| {
        let asked = error.retry_after().unwrap_or_default();
        (error, asked)
    })
}
