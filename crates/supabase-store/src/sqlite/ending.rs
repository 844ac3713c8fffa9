//! Ending a job: the fenced write that lets the rest of its transaction happen, the refund and the callback.

use jiff::Timestamp;

use super::{Write, error::database, ledger, rows::JobRow};
use crate::{Job, Lease, StoreError, callback, ending::Ending};

/// A settling lease must be the latest and still have the job; without one the job need only be open.
const END: &str = "
    update report_jobs
    set state = ?3, progress = coalesce(?4, progress), current_step = ?5, attempts = attempts + ?6,
        report_id = ?7, error = ?8, error_log_id = ?9,
        refunded = (refunded or (?10 and user_id is not null and (charge = 'caller' or charged))),
        settled_by = ?2, updated_at = ?11, finished_at = ?11
    where job_id = ?1 and finished_at is null and (?2 is null or (leases = ?2 and state = 'processing'))
    returning *";

const ANNOUNCED: &str = "select exists (select 1 from callback_deliveries where job_id = ?1)";

const ANNOUNCE: &str = "
    insert into callback_deliveries (id, job_id, url, body, available_at, created_at, updated_at)
    values (?1, ?2, ?3, ?4, ?5, ?5, ?5)
    on conflict (job_id) do update
    set id = excluded.id, url = excluded.url, body = excluded.body, state = 'pending', attempts = 0,
        available_at = excluded.available_at, worker = null, last_error = null, updated_at = excluded.updated_at,
        finished_at = null";

/// Ends an open job; `None` when it is not open, or not this lease's.
pub(super) async fn end(
    write: &mut Write,
    job_id: &str,
    lease: Option<&Lease>,
    ending: &Ending,
    now: Timestamp,
) -> Result<Option<Job>, StoreError> {
    let ended: Option<JobRow> = sqlx::query_as(END)
        .bind(job_id)
        .bind(lease.map(|lease| lease.attempt))
        .bind(ending.state.as_str())
        .bind(ending.progress)
        .bind(ending.current_step)
        .bind(ending.failed_attempts)
        .bind(&ending.report_id)
        .bind(&ending.error)
        .bind(&ending.error_log_id)
        .bind(ending.refund.is_some())
        .bind(now.as_microsecond())
        .fetch_optional(&mut **write)
        .await
        .map_err(database)?;
    let Some(job) = ended.map(Job::try_from).transpose()? else { return Ok(None) };
    if let Some(reason) = ending.refund
        && job.is_refundable()
    {
        ledger::refund(write, &job, reason, now).await?;
    }
    announce(write, &job, now).await?;
    Ok(Some(job))
}

/// Lets the caller of a job that ended be told, if it wants to be.
async fn announce(write: &mut Write, job: &Job, now: Timestamp) -> Result<(), StoreError> {
    let Some(url) = &job.callback_url else { return Ok(()) };
    let ended_before: bool =
        sqlx::query_scalar(ANNOUNCED).bind(&job.job_id).fetch_one(&mut **write).await.map_err(database)?;
    sqlx::query(ANNOUNCE)
        .bind(callback::delivery_id(job, ended_before))
        .bind(&job.job_id)
        .bind(url)
        .bind(callback::body(job))
        .bind(now.as_microsecond())
        .execute(&mut **write)
        .await
        .map_err(database)?;
    Ok(())
}

pub(super) async fn job_row(write: &mut Write, job_id: &str) -> Result<Option<JobRow>, StoreError> {
    sqlx::query_as("select * from report_jobs where job_id = ?1")
        .bind(job_id)
        .fetch_optional(&mut **write)
        .await
        .map_err(database)
}

/// What to tell a worker whose lease did not let it write.
pub(super) async fn not_held(write: &mut Write, lease: &Lease) -> StoreError {
    match job_row(write, &lease.job.job_id).await {
        Ok(Some(_)) => StoreError::LeaseLost { job_id: lease.job.job_id.clone() },
        Ok(None) => StoreError::NoSuchJob,
        Err(error) => error,
    }
}
