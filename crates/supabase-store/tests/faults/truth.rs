//! What the database says in the end.

use testkit::stack::Stack;

use crate::Scene;

/// What must be nobody: a query, and what it means if it finds something.
const NEVER: [(&str, &str); 12] = [
    ("a job did not end", "select job_id from report_jobs where finished_at is null"),
    (
        "a completed job has not one report, or another one has any",
        "select job_id from report_jobs as job where (state = 'completed')::integer
         <> (select count(*) from reports where job_id = job.job_id)",
    ),
    (
        "a failed job has not one error log, or another one has any",
        "select job_id from report_jobs as job where (state = 'failed')::integer
         <> (select count(*) from error_logs where job_id = job.job_id)",
    ),
    (
        "a report is of no job, or without its document",
        "select id::text from reports as report
         where not exists (select from report_jobs where report_id = report.id)
            or not exists (select from report_documents where report_id = report.id)",
    ),
    (
        "a job that the worker charges for was not charged once",
        "select job_id from report_jobs as job where (charge = 'worker')::integer
         <> (select count(*) from token_transactions where job_id = job.job_id and transaction_type = 'usage')",
    ),
    (
        "a token that is owed was not given back once, or one that is not owed was",
        "select job_id from report_jobs as job
         where (state = 'failed' or exists (select from reports where job_id = job.job_id and not extraction_success))::integer
         <> (select count(*) from token_transactions where job_id = job.job_id and transaction_type = 'refund')",
    ),
    (
        "a job does not know of its refund",
        "select job_id from report_jobs as job where refunded
         <> exists (select from token_transactions where job_id = job.job_id and transaction_type = 'refund')",
    ),
    (
        "a line of the ledger is of no job",
        "select id::text from token_transactions as line
         where transaction_type <> 'grant' and not exists (select from report_jobs where job_id = line.job_id)",
    ),
    (
        "a balance is not the sum of its ledger",
        "select id::text from profiles as profile where tokens_remaining
         <> (select coalesce(sum(tokens_amount), 0) from token_transactions where user_id = profile.id)",
    ),
    ("a balance is below 0", "select id::text from profiles where tokens_remaining < 0"),
    (
        "a job has not one callback that tells its end",
        "select job_id from report_jobs as job where 1 <> (
            select count(*) from callback_deliveries
            where job_id = job.job_id and state = 'pending' and body::jsonb ->> 'status' = job.state
              and (body::jsonb ->> 'refunded')::boolean = job.refunded)",
    ),
    ("a message waits for nobody", "select msg_id::text from pgmq.q_report_jobs"),
];

pub(crate) async fn grant(stack: &Stack, tokens: i32) {
    for user in Scene::users() {
        sqlx::query("select increment_tokens($1::uuid, $2)")
            .bind(user.to_string())
            .bind(tokens)
            .execute(stack.database())
            .await
            .unwrap();
    }
}

pub(crate) async fn check(stack: &Stack, asked: usize, granted: i32) {
    for (fault, query) in NEVER {
        let found: Vec<String> = sqlx::query_scalar(query).fetch_all(stack.database()).await.unwrap();
        assert_eq!(found, [""; 0], "{fault}");
    }
    let jobs: i64 = count(stack, "select count(*) from report_jobs").await;
    assert_eq!(usize::try_from(jobs).unwrap(), asked, "a job was lost or came from nowhere");
    let grants = count(
        stack,
        "select coalesce(sum(tokens_amount), 0) from token_transactions where transaction_type = 'grant'",
    );
    assert_eq!(grants.await, Scene::users().map(|_| i64::from(granted)).sum::<i64>());
}

async fn count(stack: &Stack, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(stack.database()).await.unwrap()
}
