use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::Memory;
use crate::{
    EdgarSlot, EdgarSlots, StoreError,
    edgar_slot::{FURTHEST_SLOT, LONGEST_BLOCK},
};

#[derive(Debug, Default)]
pub(super) struct EdgarRow {
    next_slot: Timestamp,
    blocked_until: Timestamp,
}

#[async_trait]
impl EdgarSlots for Memory {
    async fn take_edgar_slot(&self, interval: Duration) -> Result<EdgarSlot, StoreError> {
        let mut tables = self.tables();
        let now = self.clock.now();
        let EdgarRow { next_slot, blocked_until } = &mut tables.edgar;
        if *blocked_until > now && *blocked_until <= after(now, LONGEST_BLOCK) {
            return Ok(EdgarSlot::BlockedUntil(*blocked_until));
        }
        let is_near = *next_slot >= now && *next_slot <= after(now, FURTHEST_SLOT);
        let slot = if is_near { *next_slot } else { now };
        *next_slot = after(slot, interval);
        Ok(EdgarSlot::After(slot.duration_since(now).unsigned_abs()))
    }

    async fn block_edgar_until(&self, until: Timestamp) -> Result<(), StoreError> {
        let mut tables = self.tables();
        let furthest = after(self.clock.now(), LONGEST_BLOCK);
        let blocked_until = &mut tables.edgar.blocked_until;
        *blocked_until = if *blocked_until > furthest { until } else { until.max(*blocked_until) };
        Ok(())
    }
}

fn after(time: Timestamp, duration: Duration) -> Timestamp {
    let duration = SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX);
    time.checked_add(duration).unwrap_or(Timestamp::MAX)
}
