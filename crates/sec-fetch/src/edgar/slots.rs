use std::{error::Error, time::Duration};

use async_trait::async_trait;
use jiff::Timestamp;

/// Why a store of slots gave no answer.
pub type SlotsError = Box<dyn Error + Send + Sync>;

/// Shares out the moments at which EDGAR may be asked, and the stop after a refusal, among all processes of one user.
///
/// EDGAR counts the requests of all machines together. A process that is alone needs none of this; several need one
/// place that all of them reach, such as a row in a database. Each process holds one reservation at most, so that
/// waits are short. An error costs pace, never a request: the process goes on alone at one request a second.
///
/// ```
/// use std::{sync::Mutex, time::{Duration, Instant}};
/// use sec_fetch::{Slot, Slots, SlotsError};
///
/// /// For several [`Edgar`](sec_fetch::Edgar)s of one process.
/// struct InMemory(Mutex<(Instant, Option<jiff::Timestamp>)>);
///
/// #[async_trait::async_trait]
/// impl Slots for InMemory {
///     async fn take(&self, interval: Duration) -> Result<Slot, SlotsError> {
///         let mut state = self.0.lock().map_err(|_| "poisoned")?;
///         if let Some(until) = state.1.filter(|until| *until > jiff::Timestamp::now()) {
///             return Ok(Slot::BlockedUntil(until));
///         }
///         let slot = state.0.max(Instant::now());
///         state.0 = slot + interval;
///         Ok(Slot::After(slot.saturating_duration_since(Instant::now())))
///     }
///
///     async fn block_until(&self, until: jiff::Timestamp) -> Result<(), SlotsError> {
///         let mut state = self.0.lock().map_err(|_| "poisoned")?;
///         state.1 = state.1.max(Some(until));
///         Ok(())
///     }
/// }
/// ```
#[async_trait]
pub trait Slots: Send + Sync {
    /// Reserves the next moment and sets the one after it `interval` later.
    async fn take(&self, interval: Duration) -> Result<Slot, SlotsError>;

    /// Stops everybody until then; an earlier end than was said before changes nothing.
    async fn block_until(&self, until: Timestamp) -> Result<(), SlotsError>;
}

/// When a request may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// After this wait.
    After(Duration),
    /// Nothing is reserved: EDGAR refuses our requests, and nobody asks before then.
    BlockedUntil(Timestamp),
}
