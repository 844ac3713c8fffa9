use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    Sqlite, Write, commit,
    ending::{end, job_row, not_held},
    error::database,
    ledger,
    rows::JobRow,
};
use crate::{
    Charge, Enqueued, Job, JobQueue, Lease, NewJob, QueueCounts, StoreError,
    clock::later,
    ending::{Ending, STEP_LEASED, STEP_QUEUED, STEP_RELEASED},
};

const ENQUEUE: &str = "
    insert into report_jobs
        (job_id, user_id, ticker, callback_url, charge, charged, state, current_step,
         available_at, queued_at, created_at, updated_at)
    values (?1, ?2, ?3, ?4, ?5, ?5 = 'worker' and ?2 is not null, 'queued', ?6, ?7, ?7, ?7, ?7)
    on conflict (job_id) do nothing
    returning *";

const LEASE: &str = "
    update report_jobs
    set lost_leases = lost_leases + (state = 'processing'), leases = leases + 1, worker = ?1, available_at = ?2,
        state = 'processing', progress = 0, current_step = ?3, updated_at = ?4
    where sequence = (
        select sequence from report_jobs
        where finished_at is null and available_at <= ?4
        order by sequence limit 1)
    returning *";

const RENEW: &str = "
    update report_jobs set available_at = ?3
    where job_id = ?1 and leases = ?2 and state = 'processing'
    returning *";

const PROGRESS: &str = "
    update report_jobs set progress = ?3, current_step = ?4, updated_at = ?5
    where job_id = ?1 and leases = ?2 and state = 'processing'";

const RELEASE: &str = "
    update report_jobs
    set state = 'queued', available_at = ?3, attempts = attempts + ?4, progress = 0, current_step = ?5, updated_at = ?6
    where job_id = ?1 and leases = ?2 and state = 'processing'";

const RETRY: &str = "
    update report_jobs
    set state = 'queued', progress = 0, current_step = ?2, attempts = 0, lost_leases = 0, available_at = ?3,
        queued_at = ?3, updated_at = ?3, settled_by = null, error = null, error_log_id = null, finished_at = null
    where job_id = ?1 and state = 'failed'
    returning *";

const COUNT: &str = "
    select count(*) filter (where waits), count(*) filter (where not waits), min(queued_at) filter (where waits)
    from (select queued_at, state = 'queued' or available_at <= ?1 as waits
          from report_jobs where finished_at is null)";

const OF_USER: &str = "select count(*) from report_jobs where user_id = ?1 and created_at > ?2";

#[async_trait]
impl JobQueue for Sqlite {
    async fn enqueue(&self, job: &NewJob) -> Result<Enqueued, StoreError> {
        self.take_in(job).await
    }

    async fn lease(&self, worker: &str, seconds: u32) -> Result<Option<Lease>, StoreError> {
        let mut write = self.write_unsynced().await?;
        let now = self.clock.now();
        let leased: Option<JobRow> = sqlx::query_as(LEASE)
            .bind(worker)
            .bind(later(now, seconds).as_microsecond())
            .bind(STEP_LEASED)
            .bind(now.as_microsecond())
            .fetch_optional(&mut *write)
            .await
            .map_err(database)?;
        let lease = leased.map(JobRow::into_lease).transpose()?;
        commit(write).await?;
        Ok(lease)
    }

    async fn renew(&self, lease: &Lease, seconds: u32) -> Result<Lease, StoreError> {
        let mut write = self.write_unsynced().await?;
        let renewed: Option<JobRow> = sqlx::query_as(RENEW)
            .bind(&lease.job.job_id)
            .bind(lease.attempt)
            .bind(later(self.clock.now(), seconds).as_microsecond())
            .fetch_optional(&mut *write)
            .await
            .map_err(database)?;
        let Some(renewed) = renewed else { return Err(not_held(&mut write, lease).await) };
        let renewed = renewed.into_lease()?;
        commit(write).await?;
        Ok(renewed)
    }

    async fn progress(&self, lease: &Lease, percent: u8, step: &str) -> Result<(), StoreError> {
        let mut write = self.write_unsynced().await?;
        let noted = sqlx::query(PROGRESS)
            .bind(&lease.job.job_id)
            .bind(lease.attempt)
            .bind(percent.min(100))
            .bind(step)
            .bind(self.clock.now().as_microsecond())
            .execute(&mut *write)
            .await
            .map_err(database)?;
        if noted.rows_affected() == 0 {
            return Err(not_held(&mut write, lease).await);
        }
        commit(write).await
    }

    async fn release(&self, lease: &Lease, delay_seconds: u32, counts: bool) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let now = self.clock.now();
        let released = sqlx::query(RELEASE)
            .bind(&lease.job.job_id)
            .bind(lease.attempt)
            .bind(later(now, delay_seconds).as_microsecond())
            .bind(u32::from(counts))
            .bind(STEP_RELEASED)
            .bind(now.as_microsecond())
            .execute(&mut *write)
            .await
            .map_err(database)?;
        if released.rows_affected() == 0 {
            return Err(not_held(&mut write, lease).await);
        }
        commit(write).await
    }

    async fn cancel(&self, job_id: &str) -> Result<Option<Job>, StoreError> {
        let ending = Ending::cancelled();
        let mut write = self.write().await?;
        let now = self.clock.now();
        let Some(job) = end(&mut write, job_id, None, &ending, now).await? else {
            return job_row(&mut write, job_id).await?.map(Job::try_from).transpose();
        };
        commit(write).await?;
        Ok(Some(job))
    }

    async fn retry(&self, job_id: &str) -> Result<Job, StoreError> {
        let mut write = self.write().await?;
        let retried: Option<JobRow> = sqlx::query_as(RETRY)
            .bind(job_id)
            .bind(STEP_QUEUED)
            .bind(self.clock.now().as_microsecond())
            .fetch_optional(&mut *write)
            .await
            .map_err(database)?;
        let row = match retried {
            Some(row) => row,
            None => job_row(&mut write, job_id).await?.ok_or(StoreError::NoSuchJob)?,
        };
        commit(write).await?;
        row.try_into()
    }

    async fn job(&self, job_id: &str) -> Result<Option<Job>, StoreError> {
        let row: Option<JobRow> = sqlx::query_as("select * from report_jobs where job_id = ?1")
            .bind(job_id)
            .fetch_optional(&self.readers)
            .await
            .map_err(database)?;
        row.map(Job::try_from).transpose()
    }

    async fn jobs(&self, limit: u32) -> Result<Vec<Job>, StoreError> {
        let rows: Vec<JobRow> = sqlx::query_as("select * from report_jobs order by sequence desc limit ?1")
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(database)?;
        rows.into_iter().map(Job::try_from).collect()
    }

    async fn depth(&self) -> Result<u64, StoreError> {
        Ok(self.counts().await?.waiting)
    }

    async fn counts(&self) -> Result<QueueCounts, StoreError> {
        let now = self.clock.now().as_microsecond();
        let (waiting, running, oldest): (i64, i64, Option<i64>) =
            sqlx::query_as(COUNT).bind(now).fetch_one(&self.readers).await.map_err(database)?;
        Ok(QueueCounts {
            waiting: waiting.unsigned_abs(),
            running: running.unsigned_abs(),
            oldest_seconds: oldest.map(|oldest| now.saturating_sub(oldest).max(0).unsigned_abs() / 1_000_000),
        })
    }

    async fn jobs_of_user_since(&self, user_id: &str, seconds: u32) -> Result<u64, StoreError> {
        let since = self.clock.now().as_microsecond() - i64::from(seconds) * 1_000_000;
        let count: i64 = sqlx::query_scalar(OF_USER)
            .bind(user_id)
            .bind(since)
            .fetch_one(&self.readers)
            .await
            .map_err(database)?;
        Ok(count.unsigned_abs())
    }
}

/// Takes a job in, or finds it; an error leaves lines that must not be committed.
pub(super) async fn enqueue(write: &mut Write, job: &NewJob, now: Timestamp) -> Result<Enqueued, StoreError> {
    let inserted: Option<JobRow> = sqlx::query_as(ENQUEUE)
        .bind(&job.job_id)
        .bind(&job.user_id)
        .bind(job.ticker.as_str())
        .bind(&job.callback_url)
        .bind(job.charge.as_str())
        .bind(STEP_QUEUED)
        .bind(now.as_microsecond())
        .fetch_optional(&mut **write)
        .await
        .map_err(database)?;
    if let Some(row) = inserted {
        let job = Job::try_from(row)?;
        if let (Charge::Worker, Some(user_id)) = (job.charge, &job.user_id) {
            ledger::charge(write, user_id, &job, now).await?;
        }
        return Ok(Enqueued::New(job));
    }
    let before = Job::try_from(job_row(write, &job.job_id).await?.ok_or(StoreError::NoSuchJob)?)?;
    if before.answers(job) {
        Ok(Enqueued::Same(before))
    } else {
        Err(StoreError::Conflict { job_id: job.job_id.clone() })
    }
}
