use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use tokio::time::{Instant, timeout};

use super::slots::{Slot, Slots, SlotsError};

/// A store that takes longer to answer is out of reach.
const LONGEST_ANSWER: Duration = Duration::from_secs(5);

/// A store out of reach is left alone for so long.
const REST: Duration = Duration::from_secs(10);

/// Every process has one reservation at most, so a longer wait comes of a clock that is wrong.
const LONGEST_RESERVATION: Duration = Duration::from_mins(1);

/// The store of slots, which may be out of reach.
pub(super) struct SharedSlots {
    slots: Arc<dyn Slots>,
    /// When to try again after a failure.
    rests_until: Mutex<Option<Instant>>,
}

impl SharedSlots {
    pub(super) fn new(slots: Arc<dyn Slots>) -> Self {
        Self { slots, rests_until: Mutex::new(None) }
    }

    /// `None` when the store is out of reach.
    pub(super) async fn take(&self, interval: Duration) -> Option<Slot> {
        if self.rests() {
            return None;
        }
        let taken = timeout(LONGEST_ANSWER, self.slots.take(interval)).await;
        let taken = taken.unwrap_or_else(|_| Err("no answer in time".into()));
        self.noted(match taken {
            Ok(Slot::After(wait)) if wait > LONGEST_RESERVATION => {
                Err(format!("a wait of {} s cannot be right", wait.as_secs()).into())
            }
            taken => taken,
        })
    }

    pub(super) async fn block_until(&self, until: Timestamp) {
        let blocked = timeout(LONGEST_ANSWER, self.slots.block_until(until)).await;
        if let Err(error) = blocked.unwrap_or_else(|_| Err("no answer in time".into())) {
            tracing::warn!(%error, %until, "other processes cannot be told that EDGAR refuses our requests");
        }
    }

    fn rests(&self) -> bool {
        self.lock().is_some_and(|until| Instant::now() < until)
    }

    /// Says once when the store is lost, and once when it is back.
    fn noted(&self, taken: Result<Slot, SlotsError>) -> Option<Slot> {
        let mut rests_until = self.lock();
        match taken {
            Ok(slot) => {
                if rests_until.take().is_some() {
                    tracing::info!("the pace is shared with other processes again");
                }
                Some(slot)
            }
            Err(error) => {
                if rests_until.is_none() {
                    tracing::warn!(%error, "the pace cannot be shared with other processes: one request a second");
                }
                *rests_until = Some(Instant::now() + REST);
                None
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.rests_until.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
