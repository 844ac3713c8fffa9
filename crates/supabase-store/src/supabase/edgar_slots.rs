use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use serde_json::json;

use super::{Supabase, rest::Again, rows::SlotRow};
use crate::{EdgarSlot, EdgarSlots, StoreError};

#[async_trait]
impl EdgarSlots for Supabase {
    async fn take_edgar_slot(&self, interval: Duration) -> Result<EdgarSlot, StoreError> {
        let microseconds = i64::try_from(interval.as_micros()).unwrap_or(i64::MAX);
        let arguments = json!({ "interval_microseconds": microseconds });
        // A slot that was taken and not told of costs a fraction of a second.
        let slot: SlotRow = self.rest.call("take_edgar_slot", Again::Harmless, &arguments).await?;
        Ok(slot.into())
    }

    async fn block_edgar_until(&self, until: Timestamp) -> Result<(), StoreError> {
        Ok(self.rest.tell("block_edgar_until", Again::Harmless, &json!({ "until": until })).await?)
    }
}
