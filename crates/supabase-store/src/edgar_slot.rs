use std::time::Duration;

use jiff::Timestamp;

/// When EDGAR may be asked, among all processes that share a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgarSlot {
    /// After this wait.
    After(Duration),
    /// Nothing is reserved: EDGAR refused a request, and nobody asks before then.
    BlockedUntil(Timestamp),
}
