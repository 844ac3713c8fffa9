//! Calls in batches: answered within a day, mostly within an hour, at half the price.

mod client;
mod results;

mod ledger;

mod desk;
mod model;
mod work;

pub use self::{
    client::{Batch, BatchCounts, BatchRequest, BatchState, Batches},
    ledger::{BatchLedger, BatchesInMemory, LedgerError, OpenBatch},
    model::{BatchConfig, BatchModel, BatchProgress, DEFAULT_BATCH_POLL, DEFAULT_BATCH_QUIET, Expected},
    results::{BatchResult, BatchResults},
};
