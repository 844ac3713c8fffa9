use std::time::Duration;

use async_trait::async_trait;

use super::{Sqlite, Write, answers::FORGET, commit, ending::end, error::database};
use crate::{Erased, Housekeeping, Removed, StoreError, clock::days_before, ending::Ending};

/// Rows that one transaction removes, so that nobody who writes waits for long.
const MOST_AT_ONCE: i64 = 1000;

/// Between two of them: writers of other processes ask for their turn again and again, and would miss a shorter one.
const PAUSE: Duration = Duration::from_millis(20);

const REMOVE_JOBS: &str = "
    delete from report_jobs where sequence in (
        select sequence from report_jobs
        where finished_at < ?1
          and job_id not in (select job_id from callback_deliveries where state = 'pending')
        limit ?2)";

const REMOVE_DELIVERIES: &str = "
    delete from callback_deliveries where id in (
        select id from callback_deliveries where finished_at < ?1 limit ?2)";

const REMOVE_BATCHES: &str =
    "delete from model_batches where id in (select id from model_batches where created_at < ?1 limit ?2)";

const OPEN_JOBS: &str = "select job_id from report_jobs where user_id = ?1 and finished_at is null";

const EMPTY_ERRORS: &str =
    "update error_logs set user_id = null, error_message = '', stack_trace = '' where user_id = ?1";

/// Lines stay, so that the balance stays their sum.
const EMPTY_LEDGER: &str =
    "update token_transactions set report_id = null, description = '' where user_id = ?1";

/// Their documents go with them.
const ERASE_REPORTS: &str = "delete from reports where user_id = ?1";

const ERASE_DELIVERIES: &str =
    "delete from callback_deliveries where job_id in (select job_id from report_jobs where user_id = ?1)";

const ERASE_JOBS: &str = "delete from report_jobs where user_id = ?1";

#[async_trait]
impl Housekeeping for Sqlite {
    async fn remove_older_than(&self, days: u32) -> Result<Removed, StoreError> {
        let before = days_before(self.clock.now(), days).as_microsecond();
        let jobs = self.sweep(REMOVE_JOBS, before).await?;
        let deliveries = self.sweep(REMOVE_DELIVERIES, before).await?;
        let answers = self.sweep(FORGET, before).await?;
        self.sweep(REMOVE_BATCHES, before).await?;
        Ok(Removed { jobs, deliveries, answers })
    }

    async fn erase_user(&self, user_id: &str) -> Result<Erased, StoreError> {
        let mut write = self.write().await?;
        let now = self.clock.now();
        let open: Vec<String> =
            sqlx::query_scalar(OPEN_JOBS).bind(user_id).fetch_all(&mut *write).await.map_err(database)?;
        for job_id in open {
            end(&mut write, &job_id, None, &Ending::cancelled(), now).await?;
        }
        let error_logs = changed(&mut write, EMPTY_ERRORS, user_id).await?;
        changed(&mut write, EMPTY_LEDGER, user_id).await?;
        let reports = changed(&mut write, ERASE_REPORTS, user_id).await?;
        changed(&mut write, ERASE_DELIVERIES, user_id).await?;
        let jobs = changed(&mut write, ERASE_JOBS, user_id).await?;
        commit(write).await?;
        Ok(Erased { reports, jobs, error_logs })
    }
}

impl Sqlite {
    /// Removes what is older in transactions of [`MOST_AT_ONCE`] rows, and says how many. What a power cut brings back goes
    /// the next time.
    async fn sweep(&self, statement: &'static str, before: i64) -> Result<u64, StoreError> {
        let mut removed = 0;
        loop {
            let mut write = self.write_unsynced().await?;
            let query = sqlx::query(statement).bind(before).bind(MOST_AT_ONCE);
            let part = query.execute(&mut *write).await.map_err(database)?.rows_affected();
            commit(write).await?;
            removed += part;
            if part < MOST_AT_ONCE.unsigned_abs() {
                return Ok(removed);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Runs a statement on one value, and says how many rows it changed.
async fn changed<'q, T>(write: &mut Write, statement: &'static str, value: T) -> Result<u64, StoreError>
where
    T: sqlx::Encode<'q, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + 'q,
{
    let done = sqlx::query(statement).bind(value).execute(&mut **write).await.map_err(database)?;
    Ok(done.rows_affected())
}
