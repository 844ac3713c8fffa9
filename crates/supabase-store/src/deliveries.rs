use async_trait::async_trait;

use crate::{Delivery, DeliveryHistory, StoreError, Tried};

/// Callbacks that are to be made, leased like jobs: any number of workers share them.
///
/// The transaction that ends a job writes its delivery, so none is lost and none is made for a job that did not end.
#[async_trait]
pub trait Deliveries: Send + Sync {
    /// The delivery that has been due for longest, for `seconds`; `None` when none is due.
    ///
    /// [`Delivery::leases`] is the number of the lease.
    async fn lease_delivery(&self, worker: &str, seconds: u32) -> Result<Option<Delivery>, StoreError>;

    /// Notes what came of an attempt, once for each lease: noting again writes nothing.
    ///
    /// `leased` is what [`lease_delivery`](Self::lease_delivery) returned; [`StoreError::DeliveryLost`] when another
    /// lease has it by now.
    async fn note_attempt(&self, leased: &Delivery, tried: &Tried) -> Result<Delivery, StoreError>;

    /// The latest deliveries, newest first.
    async fn deliveries(&self, limit: u32) -> Result<Vec<Delivery>, StoreError>;

    /// A delivery by its id, with what was tried.
    async fn delivery(&self, delivery_id: &str) -> Result<Option<DeliveryHistory>, StoreError>;

    /// Makes a delivery due at once, whatever became of it, as an operator wants it; `None` when there is none.
    ///
    /// One that is being sent at this moment is left to whoever sends it.
    async fn resend(&self, delivery_id: &str) -> Result<Option<Delivery>, StoreError>;
}
