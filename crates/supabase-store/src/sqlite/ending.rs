//! Ending a job: the fenced write that lets the rest of its transaction happen.

use jiff::Timestamp;

use super::{Write, error::database, rows::JobRow};
use crate::{
    Job, Lease, StoreError,
    ending::{Ending, TOKENS_PER_REPORT, new_id},
};

/// A settling lease must be the latest and still have the job; without one the job need only be open.
const END: &str = "
    update report_jobs
    set state = ?3, progress = coalesce(?4, progress), current_step = ?5, attempts = attempts + ?6,
        report_id = ?7, error = ?8, error_log_id = ?9, refunded = (?10 and user_id is not null),
        settled_by = ?2, updated_at = ?11, finished_at = ?11
    where job_id = ?1 and finished_at is null and (?2 is null or (leases = ?2 and state = 'processing'))
    returning *";

/// The unique key on job and type keeps a second refund out, whatever led here.
const REFUND: &str = "
    insert into token_transactions
        (id, user_id, job_id, report_id, transaction_type, tokens_amount, description, created_at)
    values (?1, ?2, ?3, ?4, 'refund', ?5, ?6, ?7)
    on conflict (job_id, transaction_type) do nothing";

/// Ends an open job; `None` when it is not open, or not this lease's.
pub(super) async fn end(
    write: &mut Write,
    job_id: &str,
    lease: Option<&Lease>,
    ending: &Ending<'_>,
    now: Timestamp,
) -> Result<Option<Job>, StoreError> {
    let ended: Option<JobRow> = sqlx::query_as(END)
        .bind(job_id)
        .bind(lease.map(|lease| lease.attempt))
        .bind(ending.state.as_str())
        .bind(ending.progress)
        .bind(ending.current_step)
        .bind(ending.failed_attempts)
        .bind(ending.report_id)
        .bind(ending.error)
        .bind(&ending.error_log_id)
        .bind(ending.refund.is_some())
        .bind(now.as_microsecond())
        .fetch_optional(&mut **write)
        .await
        .map_err(database)?;
    ended.map(Job::try_from).transpose()
}

/// Gives the token back if the ending says so and there is a user to give it to.
pub(super) async fn refund(
    write: &mut Write,
    job: &Job,
    ending: &Ending<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (Some(user_id), Some(description)) = (&job.user_id, ending.refund) else { return Ok(()) };
    sqlx::query(REFUND)
        .bind(new_id())
        .bind(user_id)
        .bind(&job.job_id)
        .bind(ending.report_id)
        .bind(TOKENS_PER_REPORT)
        .bind(description)
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
