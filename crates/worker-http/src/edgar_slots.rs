//! The pace at which sec.gov is asked, shared by all processes that use one store.

use std::{path::Path, sync::Arc, time::Duration};

use async_trait::async_trait;
use jiff::Timestamp;
use sec_fetch::{Slot, Slots, SlotsError};
use supabase_store::{EdgarSlot, EdgarSlots, Sqlite};

use crate::{app, telemetry::metrics};

/// The row in the store of this process.
struct InStore<S>(S);

#[async_trait]
impl<S: EdgarSlots> Slots for InStore<S> {
    async fn take(&self, interval: Duration) -> Result<Slot, SlotsError> {
        Ok(match self.0.take_edgar_slot(interval).await? {
            EdgarSlot::After(wait) => Slot::After(wait),
            EdgarSlot::BlockedUntil(until) => Slot::BlockedUntil(until),
        })
    }

    async fn block_until(&self, until: Timestamp) -> Result<(), SlotsError> {
        // Once for each refusal: whoever is stopped by it asks no more.
        metrics::edgar_blocked(until);
        Ok(self.0.block_edgar_until(until).await?)
    }
}

/// A store that could not be opened; whoever uses it keeps to a slow pace.
struct OutOfReach(String);

#[async_trait]
impl Slots for OutOfReach {
    async fn take(&self, _interval: Duration) -> Result<Slot, SlotsError> {
        Err(self.0.clone().into())
    }

    async fn block_until(&self, _until: Timestamp) -> Result<(), SlotsError> {
        Err(self.0.clone().into())
    }
}

/// Those of a store that is open.
pub(crate) fn of(store: impl EdgarSlots + 'static) -> Arc<dyn Slots> {
    Arc::new(InStore(store))
}

/// Those of the data folder, which is made if need be.
pub(crate) async fn in_folder(data_dir: &Path) -> Arc<dyn Slots> {
    match Sqlite::open(app::database(data_dir)).await {
        Ok(store) => of(store),
        Err(error) => out_of_reach(error.to_string()),
    }
}

/// Those of a store that cannot be asked, for this reason.
pub(crate) fn out_of_reach(reason: String) -> Arc<dyn Slots> {
    Arc::new(OutOfReach(reason))
}
