use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    Sqlite, Write, commit,
    error::database,
    rows::{AttemptRow, DeliveryRow},
};
use crate::{
    Deliveries, Delivery, DeliveryAttempt, DeliveryHistory, DeliveryOutcome, StoreError, Tried, clock::later,
};

const DUE: &str =
    "select exists (select 1 from callback_deliveries where state = 'pending' and available_at <= ?1)";

const LEASE: &str = "
    update callback_deliveries
    set leases = leases + 1, worker = ?1, available_at = ?2, updated_at = ?3
    where sequence = (
        select sequence from callback_deliveries
        where state = 'pending' and available_at <= ?3
        order by available_at, sequence limit 1)
    returning *";

const FIND: &str = "select * from callback_deliveries where id = ?1";

const NOTE: &str = "
    insert into callback_attempts (delivery_id, number, made_at, status, error, milliseconds)
    select ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5 from callback_attempts where delivery_id = ?1";

const OUTCOME: &str = "
    update callback_deliveries
    set attempts = attempts + 1, noted_lease = leases, worker = null, updated_at = ?2, last_error = ?3, state = ?4,
        available_at = ?5, finished_at = ?6
    where id = ?1
    returning *";

const RESEND: &str = "
    update callback_deliveries
    set state = 'pending', available_at = ?2, worker = null, updated_at = ?2, finished_at = null
    where id = ?1
    returning *";

const LIST: &str = "select * from callback_deliveries order by sequence desc limit ?1";

const ATTEMPTS: &str = "select * from callback_attempts where delivery_id = ?1 order by number";

#[async_trait]
impl Deliveries for Sqlite {
    async fn lease_delivery(&self, worker: &str, seconds: u32) -> Result<Option<Delivery>, StoreError> {
        // Usually there is none, and writers need not wait for that answer.
        if !self.is_delivery_due().await? {
            return Ok(None);
        }
        let mut write = self.write_unsynced().await?;
        let now = self.clock.now();
        let leased: Option<DeliveryRow> = sqlx::query_as(LEASE)
            .bind(worker)
            .bind(later(now, seconds).as_microsecond())
            .bind(now.as_microsecond())
            .fetch_optional(&mut *write)
            .await
            .map_err(database)?;
        commit(write).await?;
        leased.map(Delivery::try_from).transpose()
    }

    async fn note_attempt(&self, leased: &Delivery, tried: &Tried) -> Result<Delivery, StoreError> {
        let mut write = self.write().await?;
        let row = found(&mut write, &leased.id).await?.ok_or(StoreError::NoSuchDelivery)?;
        if row.was_noted_by(leased.leases) {
            return row.try_into();
        }
        if !row.is_pending() || !row.is_of_lease(leased.leases) {
            return Err(StoreError::DeliveryLost { delivery_id: leased.id.clone() });
        }
        let noted = note(&mut write, &leased.id, tried, self.clock.now()).await?;
        commit(write).await?;
        Ok(noted)
    }

    async fn deliveries(&self, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        let rows: Vec<DeliveryRow> =
            sqlx::query_as(LIST).bind(limit).fetch_all(&self.readers).await.map_err(database)?;
        rows.into_iter().map(Delivery::try_from).collect()
    }

    async fn delivery(&self, delivery_id: &str) -> Result<Option<DeliveryHistory>, StoreError> {
        let mut read = self.readers.begin().await.map_err(database)?;
        let Some(row) = found(&mut read, delivery_id).await? else { return Ok(None) };
        let attempts: Vec<AttemptRow> =
            sqlx::query_as(ATTEMPTS).bind(delivery_id).fetch_all(&mut *read).await.map_err(database)?;
        let attempts = attempts.into_iter().map(DeliveryAttempt::try_from).collect::<Result<_, _>>()?;
        Ok(Some(DeliveryHistory { delivery: row.try_into()?, attempts }))
    }

    async fn resend(&self, delivery_id: &str) -> Result<Option<Delivery>, StoreError> {
        let mut write = self.write().await?;
        let now = self.clock.now();
        let Some(row) = found(&mut write, delivery_id).await? else { return Ok(None) };
        if row.is_under_way(now) {
            return Ok(Some(row.try_into()?));
        }
        let due: DeliveryRow = sqlx::query_as(RESEND)
            .bind(delivery_id)
            .bind(now.as_microsecond())
            .fetch_one(&mut *write)
            .await
            .map_err(database)?;
        commit(write).await?;
        Ok(Some(due.try_into()?))
    }
}

impl Sqlite {
    async fn is_delivery_due(&self) -> Result<bool, StoreError> {
        let now = self.clock.now().as_microsecond();
        sqlx::query_scalar(DUE).bind(now).fetch_one(&self.readers).await.map_err(database)
    }
}

async fn found(transaction: &mut Write, delivery_id: &str) -> Result<Option<DeliveryRow>, StoreError> {
    sqlx::query_as(FIND).bind(delivery_id).fetch_optional(&mut **transaction).await.map_err(database)
}

async fn note(
    write: &mut Write,
    delivery_id: &str,
    tried: &Tried,
    now: Timestamp,
) -> Result<Delivery, StoreError> {
    sqlx::query(NOTE)
        .bind(delivery_id)
        .bind(now.as_microsecond())
        .bind(tried.status)
        .bind(&tried.error)
        .bind(tried.milliseconds)
        .execute(&mut **write)
        .await
        .map_err(database)?;
    let (due, finished_at) = match tried.outcome {
        DeliveryOutcome::Retry { after_seconds } => (later(now, after_seconds), None),
        _ => (now, Some(now.as_microsecond())),
    };
    let noted: DeliveryRow = sqlx::query_as(OUTCOME)
        .bind(delivery_id)
        .bind(now.as_microsecond())
        .bind(&tried.error)
        .bind(tried.outcome.state().as_str())
        .bind(due.as_microsecond())
        .bind(finished_at)
        .fetch_one(&mut **write)
        .await
        .map_err(database)?;
    noted.try_into()
}
