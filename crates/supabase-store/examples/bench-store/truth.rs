//! What the database says.

use anyhow::{Result, ensure};
use testkit::stack::Stack;

use crate::{Size, USERS, user_of};

/// What must be as many as jobs.
const ONE_EACH: [(&str, &str); 5] = [
    (
        "jobs that were leased once and completed",
        "select count(*) from report_jobs where state = 'completed' and leases = 1 and attempts = 0
           and starts_with(job_id, $1)",
    ),
    ("reports", "select count(*) from reports where starts_with(job_id, $1)"),
    (
        "documents",
        "select count(*) from report_documents join reports on id = report_id where starts_with(job_id, $1)",
    ),
    (
        "charges",
        "select count(*) from token_transactions where transaction_type = 'usage' and starts_with(job_id, $1)",
    ),
    ("callbacks", "select count(*) from callback_deliveries where starts_with(job_id, $1)"),
];

pub(crate) async fn version(stack: &Stack) -> Result<String> {
    let version: String = sqlx::query_scalar("show server_version").fetch_one(stack.database()).await?;
    Ok(format!("PostgreSQL {version}, commits wait for the disk"))
}

/// Tokens for every job of every way.
pub(crate) async fn grant(stack: &Stack, size: Size) -> Result<()> {
    for user in 0..USERS {
        sqlx::query("select increment_tokens($1::uuid, $2)")
            .bind(user_of(user).to_string())
            .bind(i32::try_from(size.jobs)?)
            .execute(stack.database())
            .await?;
    }
    Ok(())
}

/// Every job left one of each, and no message waits.
pub(crate) async fn check(stack: &Stack, prefix: &str, size: Size) -> Result<()> {
    for (what, query) in ONE_EACH {
        let found: i64 = sqlx::query_scalar(query).bind(prefix).fetch_one(stack.database()).await?;
        ensure!(usize::try_from(found)? == size.jobs, "{found} {what}");
    }
    let waiting: i64 =
        sqlx::query_scalar("select count(*) from pgmq.q_report_jobs").fetch_one(stack.database()).await?;
    ensure!(waiting == 0, "{waiting} messages wait");
    Ok(())
}
