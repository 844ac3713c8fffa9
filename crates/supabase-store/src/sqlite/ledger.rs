//! Lines of the ledger: a user's balance is their sum.

use jiff::Timestamp;

use super::{Write, error::database};
use crate::{
    Job, StoreError,
    ending::{TOKENS_PER_REPORT, new_id},
};

/// The unique key on job and type keeps a second charge or refund out, whatever led here.
const WRITE: &str = "
    insert into token_transactions
        (id, user_id, job_id, report_id, transaction_type, tokens_amount, description, created_at)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    on conflict (job_id, transaction_type) do nothing";

pub(super) const BALANCE: &str =
    "select coalesce(sum(tokens_amount), 0) from token_transactions where user_id = ?1";

/// Takes the token for a job from its user, once; an error leaves a line that must not be committed.
pub(super) async fn charge(
    write: &mut Write,
    user_id: &str,
    job: &Job,
    now: Timestamp,
) -> Result<(), StoreError> {
    let line = Line {
        user_id,
        kind: "usage",
        tokens: -i64::from(TOKENS_PER_REPORT),
        description: &format!("Report on {}", job.ticker),
    };
    if line.write(write, job, now).await? && balance(write, user_id).await? < 0 {
        return Err(StoreError::InsufficientTokens { user_id: user_id.to_owned() });
    }
    Ok(())
}

/// Gives the token for a job back to its user, once.
pub(super) async fn refund(
    write: &mut Write,
    job: &Job,
    description: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(user_id) = &job.user_id else { return Ok(()) };
    let line = Line { user_id, kind: "refund", tokens: TOKENS_PER_REPORT.into(), description };
    line.write(write, job, now).await?;
    Ok(())
}

pub(super) async fn balance(write: &mut Write, user_id: &str) -> Result<i64, StoreError> {
    sqlx::query_scalar(BALANCE).bind(user_id).fetch_one(&mut **write).await.map_err(database)
}

struct Line<'a> {
    user_id: &'a str,
    kind: &'static str,
    tokens: i64,
    description: &'a str,
}

impl Line<'_> {
    /// Whether it is new.
    async fn write(&self, write: &mut Write, job: &Job, now: Timestamp) -> Result<bool, StoreError> {
        let written = sqlx::query(WRITE)
            .bind(new_id())
            .bind(self.user_id)
            .bind(&job.job_id)
            .bind(&job.report_id)
            .bind(self.kind)
            .bind(self.tokens)
            .bind(self.description)
            .bind(now.as_microsecond())
            .execute(&mut **write)
            .await
            .map_err(database)?;
        Ok(written.rows_affected() > 0)
    }
}
