use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::StoreError;

/// Every process holds one reservation at most: a slot further ahead was taken by a clock that was wrong.
pub(crate) const FURTHEST_SLOT: Duration = Duration::from_mins(1);

/// Nobody stops for longer than a day: a later end was set by a clock that was wrong.
pub(crate) const LONGEST_BLOCK: Duration = Duration::from_hours(25);

/// When EDGAR may be asked, among all processes that share a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgarSlot {
    /// After this wait.
    After(Duration),
    /// Nothing is reserved: EDGAR refused a request, and nobody asks before then.
    BlockedUntil(Timestamp),
}

/// The pace at which all who share a store ask EDGAR together.
#[async_trait]
pub trait EdgarSlots: Send + Sync {
    /// Reserves the next moment at which EDGAR may be asked, and sets the one after it `interval` later, for all.
    async fn take_edgar_slot(&self, interval: Duration) -> Result<EdgarSlot, StoreError>;

    /// Stops everybody until then; an earlier end than was said before changes nothing.
    async fn block_edgar_until(&self, until: Timestamp) -> Result<(), StoreError>;
}
