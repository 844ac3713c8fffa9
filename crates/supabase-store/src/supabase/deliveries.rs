use async_trait::async_trait;
use serde_json::json;

use super::{Supabase, failure::Failure, rest::Again, rows::without_nulls};
use crate::{Deliveries, Delivery, DeliveryHistory, DeliveryOutcome, StoreError, Tried};

#[async_trait]
impl Deliveries for Supabase {
    async fn lease_delivery(&self, worker: &str, seconds: u32) -> Result<Option<Delivery>, StoreError> {
        let arguments = json!({ "worker": worker, "seconds": seconds });
        // Asked again it would give another one, and the first one would wait for its lease to end.
        Ok(self.rest.call("lease_callback", Again::Counts, &arguments).await?)
    }

    async fn note_attempt(&self, leased: &Delivery, tried: &Tried) -> Result<Delivery, StoreError> {
        let (outcome, retry_seconds) = match tried.outcome {
            DeliveryOutcome::Retry { after_seconds } => ("retry", Some(after_seconds)),
            ended => (ended.state().as_str(), None),
        };
        let arguments = without_nulls(json!({
            "delivery_id": leased.id,
            "lease": leased.leases,
            "milliseconds": i32::try_from(tried.milliseconds).unwrap_or(i32::MAX),
            "outcome": outcome,
            "status": tried.status,
            "error": tried.error,
            "retry_seconds": retry_seconds,
        }));
        let noted = self.rest.call("note_callback_attempt", Again::Harmless, &arguments).await;
        noted.map_err(|failure: Failure| {
            failure.meaning(|number| match number {
                404 => Some(StoreError::NoSuchDelivery),
                412 => Some(StoreError::DeliveryLost { delivery_id: leased.id.clone() }),
                _ => None,
            })
        })
    }

    async fn deliveries(&self, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let newest =
            |rows: postgrest::Builder| rows.select("*").order("created_at.desc").limit(limit as usize);
        Ok(self.rest.select("callback_deliveries", newest).await?)
    }

    async fn delivery(&self, delivery_id: &str) -> Result<Option<DeliveryHistory>, StoreError> {
        let found: Vec<Delivery> =
            self.rest.select("callback_deliveries", |rows| rows.select("*").eq("id", delivery_id)).await?;
        let Some(delivery) = found.into_iter().next() else { return Ok(None) };
        let of_this =
            |rows: postgrest::Builder| rows.select("*").eq("delivery_id", delivery_id).order("number.asc");
        let attempts = self.rest.select("callback_attempts", of_this).await?;
        Ok(Some(DeliveryHistory { delivery, attempts }))
    }

    async fn resend(&self, delivery_id: &str) -> Result<Option<Delivery>, StoreError> {
        let arguments = json!({ "delivery_id": delivery_id });
        Ok(self.rest.call("resend_callback", Again::Harmless, &arguments).await?)
    }
}
