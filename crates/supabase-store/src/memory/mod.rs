//! Everything in one lock: for tests, demonstrations and embedders that keep nothing.

mod answers;
mod deliveries;
mod edgar_slots;
mod housekeeping;
mod ledger;
mod queue;
mod reports;
mod tables;

use std::sync::{Mutex, MutexGuard, PoisonError};

use self::tables::Tables;
use crate::clock::Clock;

/// Keeps jobs, reports, ledger, callbacks and answers of models as long as it lives.
#[derive(Debug, Default)]
pub struct Memory {
    tables: Mutex<Tables>,
    clock: Clock,
}

impl Memory {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    #[cfg(test)]
    pub(crate) fn with_clock(clock: Clock) -> Self {
        Self { clock, ..Self::default() }
    }

    /// The whole store, for one transaction: whoever holds it checks first and then writes without failing.
    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
