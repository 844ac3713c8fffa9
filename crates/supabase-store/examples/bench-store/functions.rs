use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::stack::Stack;

use crate::{Way, reports::report, user_of};

pub(crate) const PREFIX: &str = "functions";

/// Our functions, called over a connection of PostgreSQL.
#[derive(Clone)]
pub(crate) struct Functions(PgPool);

impl Functions {
    pub(crate) fn new(stack: &Stack) -> Self {
        Self(stack.database().clone())
    }
}

impl Way for Functions {
    async fn start(&self, job: usize) -> Result<()> {
        sqlx::query(
            "select start_report_job($1, 'ACME', true, $2::uuid, 'https://platform.example/callback')",
        )
        .bind(format!("{PREFIX}-{job}"))
        .bind(user_of(job).to_string())
        .execute(&self.0)
        .await?;
        Ok(())
    }

    async fn work(&self, worker: usize) -> Result<Option<String>> {
        let lease =
            sqlx::query_scalar("select lease_report_job($1, 30)::text").bind(format!("worker-{worker}"));
        let leased: Option<String> = lease.fetch_one(&self.0).await?;
        let Some(leased) = leased else { return Ok(None) };
        let job: Value = serde_json::from_str(&leased)?;
        let job_id = job["job_id"].as_str().context("a job without id")?;
        let report = report(true);
        let row = json!({
            "id": report.report_id, "company_name": report.company.name, "extraction_success": true,
            "ai_cost_usd": 0, "tokens_used": 1, "refund": false,
        });
        sqlx::query("select complete_report($1, $2, $3::jsonb, $4::jsonb)")
            .bind(job_id)
            .bind(job["leases"].as_i64().and_then(|lease| i32::try_from(lease).ok()))
            .bind(row.to_string())
            .bind(serde_json::to_string(&report)?)
            .execute(&self.0)
            .await?;
        Ok(Some(job_id.to_owned()))
    }
}
