use async_trait::async_trait;
use jiff::Timestamp;

use super::{Memory, tables::Tables};
use crate::{
    Deliveries, Delivery, DeliveryAttempt, DeliveryHistory, DeliveryOutcome, DeliveryState, Job, StoreError,
    Tried, callback, clock::later,
};

#[derive(Debug)]
pub(super) struct DeliveryEntry {
    pub(super) delivery: Delivery,
    attempts: Vec<DeliveryAttempt>,
    /// Whether somebody sends it now.
    is_leased: bool,
    /// The lease whose outcome was noted last.
    noted_lease: u32,
}

impl DeliveryEntry {
    fn new(job: &Job, url: &str, now: Timestamp) -> Self {
        let delivery = Delivery {
            id: callback::delivery_id(job, false),
            job_id: job.job_id.clone(),
            url: url.to_owned(),
            body: callback::body(job),
            state: DeliveryState::Pending,
            attempts: 0,
            leases: 0,
            available_at: now,
            last_error: None,
            created_at: now,
            updated_at: now,
            finished_at: None,
        };
        Self { delivery, attempts: Vec::new(), is_leased: false, noted_lease: 0 }
    }

    /// To be sent at once.
    fn make_due(&mut self, now: Timestamp) {
        self.is_leased = false;
        self.delivery.state = DeliveryState::Pending;
        self.delivery.available_at = now;
        self.delivery.updated_at = now;
        self.delivery.finished_at = None;
    }

    fn note(&mut self, tried: &Tried, now: Timestamp) {
        let Tried { outcome, status, error, milliseconds } = tried.clone();
        let number = u32::try_from(self.attempts.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.attempts.push(DeliveryAttempt { number, made_at: now, status, error, milliseconds });
        self.is_leased = false;
        self.noted_lease = self.delivery.leases;
        let delivery = &mut self.delivery;
        delivery.attempts += 1;
        delivery.state = outcome.state();
        delivery.last_error.clone_from(&tried.error);
        delivery.updated_at = now;
        (delivery.available_at, delivery.finished_at) = match outcome {
            DeliveryOutcome::Retry { after_seconds } => (later(now, after_seconds), None),
            _ => (now, Some(now)),
        };
    }
}

impl Tables {
    /// Lets the caller of a job that ended be told, if it wants to be.
    pub(super) fn announce(&mut self, job: &Job, now: Timestamp) {
        let Some(url) = &job.callback_url else { return };
        let before = self.deliveries.iter_mut().find(|entry| entry.delivery.job_id == job.job_id);
        let Some(entry) = before else { return self.deliveries.push(DeliveryEntry::new(job, url, now)) };
        entry.make_due(now);
        let delivery = &mut entry.delivery;
        delivery.id = callback::delivery_id(job, true);
        delivery.url.clone_from(url);
        delivery.body = callback::body(job);
        delivery.attempts = 0;
        delivery.last_error = None;
    }

    fn delivery(&mut self, delivery_id: &str) -> Option<&mut DeliveryEntry> {
        self.deliveries.iter_mut().find(|entry| entry.delivery.id == delivery_id)
    }
}

#[async_trait]
impl Deliveries for Memory {
    async fn lease_delivery(&self, _worker: &str, seconds: u32) -> Result<Option<Delivery>, StoreError> {
        let now = self.clock.now();
        let mut tables = self.tables();
        let due = tables.deliveries.iter_mut().filter(|entry| {
            entry.delivery.state == DeliveryState::Pending && entry.delivery.available_at <= now
        });
        let Some(entry) = due.min_by_key(|entry| entry.delivery.available_at) else { return Ok(None) };
        entry.is_leased = true;
        entry.delivery.leases += 1;
        entry.delivery.available_at = later(now, seconds);
        entry.delivery.updated_at = now;
        Ok(Some(entry.delivery.clone()))
    }

    async fn note_attempt(&self, leased: &Delivery, tried: &Tried) -> Result<Delivery, StoreError> {
        let mut tables = self.tables();
        let entry = tables.delivery(&leased.id).ok_or(StoreError::NoSuchDelivery)?;
        let is_latest = entry.delivery.leases == leased.leases;
        if is_latest && entry.noted_lease == leased.leases {
            return Ok(entry.delivery.clone());
        }
        if !is_latest || entry.delivery.state != DeliveryState::Pending {
            return Err(StoreError::DeliveryLost { delivery_id: leased.id.clone() });
        }
        entry.note(tried, self.clock.now());
        Ok(entry.delivery.clone())
    }

    async fn deliveries(&self, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        let tables = self.tables();
        Ok(tables.deliveries.iter().rev().take(limit as usize).map(|entry| entry.delivery.clone()).collect())
    }

    async fn delivery(&self, delivery_id: &str) -> Result<Option<DeliveryHistory>, StoreError> {
        Ok(self.tables().delivery(delivery_id).map(|entry| DeliveryHistory {
            delivery: entry.delivery.clone(),
            attempts: entry.attempts.clone(),
        }))
    }

    async fn resend(&self, delivery_id: &str) -> Result<Option<Delivery>, StoreError> {
        let now = self.clock.now();
        let mut tables = self.tables();
        let Some(entry) = tables.delivery(delivery_id) else { return Ok(None) };
        let is_pending = entry.delivery.state == DeliveryState::Pending;
        if !(is_pending && entry.is_leased && entry.delivery.available_at > now) {
            entry.make_due(now);
        }
        Ok(Some(entry.delivery.clone()))
    }
}
