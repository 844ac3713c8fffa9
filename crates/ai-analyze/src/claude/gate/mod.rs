//! One door to the API for all calls of the process.
//!
//! Callers go through in the order in which they came. The door is shut while the limits of the account are used up, and for
//! everybody when the provider turns somebody away. After such a pause one call goes first; the others follow when the provider
//! has taken it in. When it is turned away, too, the next pause is longer, and after some rounds of that all who wait are sent
//! home: 20 jobs in an outage ask some times, not 20 times as often.

mod limits;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use reqwest::header::HeaderMap;
use tokio::{sync::Notify, time::Instant};

use self::limits::Limits;
use super::{config::ClaudeConfig, failure};
use crate::AnalyzeError;

pub(super) use self::limits::Need;

/// After a reset callers of several processes should not come in the same instant.
const RESET_JITTER: Duration = Duration::from_millis(500);

/// The door.
pub(super) struct Gate {
    /// Held by the one whose turn it is; the lock is fair.
    turn: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    /// Tells the one whose turn it is to look again.
    changed: Notify,
    config: ClaudeConfig,
}

#[derive(Default)]
struct State {
    weather: Weather,
    /// Raised with each pause, so that calls from before it are known.
    round: u64,
    /// Pauses in a row without an answer.
    pauses: usize,
    /// Raised when those who wait are sent home, with the reason.
    sent_home: (u64, Option<AnalyzeError>),
    limits: BTreeMap<String, Limits>,
    /// Calls whose headers have not come, by number.
    under_way: BTreeMap<u64, Need>,
    in_flight: usize,
    next_number: u64,
}

#[derive(Debug, Clone, Copy, Default)]
enum Weather {
    #[default]
    Fair,
    /// Nobody goes before.
    Paused { until: Instant },
    /// One has gone, and the others wait for what becomes of it.
    Probing { number: u64 },
}

/// Why the next one cannot go.
enum Wait {
    Until(Instant),
    ForOthers,
}

impl Gate {
    pub(super) fn new(config: ClaudeConfig) -> Self {
        Self { turn: tokio::sync::Mutex::default(), state: Mutex::default(), changed: Notify::new(), config }
    }

    /// Waits for one's turn. An error is final: a long pause is left to the caller.
    pub(super) async fn pass(&self, need: &Need) -> Result<Pass<'_>, AnalyzeError> {
        let came_at = self.state().sent_home.0;
        let _turn = self.turn.lock().await;
        loop {
            let wait = {
                let mut state = self.state();
                if let (true, Some(reason)) = (state.sent_home.0 > came_at, &state.sent_home.1) {
                    return Err(failure::copy(reason));
                }
                match state.admit(need, self.config.calls_in_flight.get(), Instant::now()) {
                    Ok((number, round)) => return Ok(Pass { gate: self, number, round }),
                    Err(wait) => wait,
                }
            };
            match wait {
                Wait::ForOthers => self.changed.notified().await,
                Wait::Until(until) => self.wait(until).await?,
            }
        }
    }

    async fn wait(&self, until: Instant) -> Result<(), AnalyzeError> {
        let left = until.saturating_duration_since(Instant::now());
        if left > self.config.longest_pause {
            return Err(AnalyzeError::RateLimited { retry_after: Some(left) });
        }
        tracing::debug!(seconds = left.as_secs(), "calls of the model wait");
        // Either the time is over, or there is something new to look at.
        let jitter = RESET_JITTER.min(left).mul_f64(fastrand::f64());
        let _ = tokio::time::timeout_at(until + jitter, self.changed.notified()).await;
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The state is whole between any two statements that change it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.state());
        self.changed.notify_one();
        changed
    }
}

impl State {
    /// The number of the call that may go, and the round in which it does.
    fn admit(&mut self, need: &Need, most: usize, now: Instant) -> Result<(u64, u64), Wait> {
        let is_probe = match self.weather {
            Weather::Fair => false,
            Weather::Paused { until } if now < until => return Err(Wait::Until(until)),
            Weather::Paused { .. } => true,
            Weather::Probing { .. } => return Err(Wait::ForOthers),
        };
        if self.in_flight >= most {
            return Err(Wait::ForOthers);
        }
        self.limits.entry(need.model.clone()).or_default().take(need, now).map_err(Wait::Until)?;
        let number = self.next_number;
        self.next_number += 1;
        self.in_flight += 1;
        self.under_way.insert(number, need.clone());
        if is_probe {
            self.weather = Weather::Probing { number };
        }
        Ok((number, self.round))
    }

    fn heed(&mut self, number: u64, headers: &HeaderMap) {
        let Some(need) = self.under_way.remove(&number) else { return };
        let others = self.under_way.values().filter(|other| other.model == need.model);
        self.limits.entry(need.model.clone()).or_default().update(headers, Instant::now(), others);
    }
}

/// Leave for one attempt; it ends when this is dropped.
pub(super) struct Pass<'a> {
    gate: &'a Gate,
    number: u64,
    round: u64,
}

impl Pass<'_> {
    /// The provider has taken the call in, whatever it makes of it.
    pub(super) fn taken_in(&self, headers: &HeaderMap) {
        self.gate.change(|state| {
            state.heed(self.number, headers);
            if matches!(state.weather, Weather::Probing { number } if number == self.number) {
                state.weather = Weather::Fair;
            }
        });
    }

    /// A whole answer has come: the trouble, if there was any, is over.
    pub(super) fn answered(&self) {
        self.gate.change(|state| {
            if self.round == state.round {
                state.pauses = 0;
            }
        });
    }

    /// The provider has no room. Says whether it makes sense to come again.
    pub(super) fn turned_away(&self, headers: &HeaderMap, error: &AnalyzeError) -> bool {
        let config = &self.gate.config;
        let asked = error.retry_after().unwrap_or_default();
        self.gate.change(|state| {
            state.heed(self.number, headers);
            let now = Instant::now();
            if self.round < state.round {
                // Sent before the last pause: the same trouble, which may be over by now.
                state.weather = match state.weather {
                    Weather::Paused { until } => Weather::Paused { until: until.max(now + asked) },
                    _ => Weather::Paused { until: now + asked.max(config.retry_pause) },
                };
                return state.pauses < config.max_attempts;
            }
            state.round += 1;
            state.pauses += 1;
            let pause = config.backoff(state.pauses).max(asked);
            state.weather = Weather::Paused { until: now + pause };
            tracing::warn!(seconds = pause.as_secs(), pauses = state.pauses, "calls of the model are paused");
            let goes_on = state.pauses < config.max_attempts;
            if !goes_on {
                state.sent_home = (state.sent_home.0 + 1, Some(failure::copy(error)));
            }
            goes_on
        })
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.gate.change(|state| {
            state.in_flight -= 1;
            state.under_way.remove(&self.number);
            // A probe that never learned anything: the next one goes first.
            if matches!(state.weather, Weather::Probing { number } if number == self.number) {
                state.weather = Weather::Paused { until: Instant::now() };
            }
        });
    }
}
