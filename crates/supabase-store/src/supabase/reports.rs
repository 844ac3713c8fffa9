use async_trait::async_trait;
use filing_model::{Report, Ticker};
use serde_json::json;

use super::{
    Supabase,
    failure::Failure,
    queue::not_held,
    rest::Again,
    rows::{BalanceRow, Completion, DocumentRow, ReportRow, report_row, without_nulls},
};
use crate::{Failure as JobFailure, Job, Lease, ReportStore, ReportSummary, ReuseKey, Settled, StoreError};

#[async_trait]
impl ReportStore for Supabase {
    async fn complete_report(&self, lease: &Lease, report: &Report) -> Result<Settled, StoreError> {
        self.complete(lease, report, None).await
    }

    async fn complete_reused_report(
        &self,
        lease: &Lease,
        report: &Report,
        reused_from: &str,
    ) -> Result<Settled, StoreError> {
        self.complete(lease, report, Some(reused_from)).await
    }

    async fn fail_report_job(&self, lease: &Lease, failure: &JobFailure) -> Result<Settled, StoreError> {
        let arguments = json!({
            "job_id": lease.job.job_id,
            "lease": lease.attempt,
            "error_type": failure.error_type,
            "error_message": failure.message,
            "stack_trace": failure.causes,
        });
        let failed = self.rest.call("fail_report_job", Again::Harmless, &arguments).await;
        let job: Job = failed.map_err(|failure: Failure| not_held(failure, &lease.job.job_id))?;
        Ok(Settled::of(&job))
    }

    async fn report(&self, report_id: &str) -> Result<Option<Report>, StoreError> {
        // Ids of ours are; a path of a web page may be anything, which is no fault of the database.
        if uuid::Uuid::try_parse(report_id).is_err() {
            return Ok(None);
        }
        let found: Vec<DocumentRow> = self
            .rest
            .select("report_documents", |documents| documents.select("document").eq("report_id", report_id))
            .await?;
        Ok(found.into_iter().next().map(|row| whole(row.document)))
    }

    async fn reusable_report(&self, key: &ReuseKey) -> Result<Option<Report>, StoreError> {
        let arguments = without_nulls(json!({
            "newer_accession": key.newer_accession,
            "older_accession": key.older_accession,
            "analyzer": key.analyzer,
            "model": key.model,
            "prompt_version": key.prompt_version,
        }));
        let found: Option<Report> = self.rest.call("reusable_report", Again::Harmless, &arguments).await?;
        Ok(found.map(whole))
    }

    async fn reports(&self, limit: u32) -> Result<Vec<ReportSummary>, StoreError> {
        self.newest(limit, |reports| reports).await
    }

    async fn reports_of(&self, ticker: &Ticker, limit: u32) -> Result<Vec<ReportSummary>, StoreError> {
        self.newest(limit, |reports| reports.eq("ticker", ticker.as_str())).await
    }

    async fn balance(&self, user_id: &str) -> Result<i64, StoreError> {
        let rows: Vec<BalanceRow> = self
            .rest
            .select("profiles", |profiles| profiles.select("tokens_remaining").eq("id", user_id))
            .await?;
        Ok(rows.first().map_or(0, |row| row.tokens_remaining))
    }

    async fn grant(&self, user_id: &str, tokens: u32, description: &str) -> Result<i64, StoreError> {
        let arguments = json!({ "user_id": user_id, "amount": tokens, "description": description });
        // Every call gives.
        Ok(self.rest.call("increment_tokens", Again::Counts, &arguments).await?)
    }
}

impl Supabase {
    async fn newest(
        &self,
        limit: u32,
        narrowed: impl Fn(postgrest::Builder) -> postgrest::Builder,
    ) -> Result<Vec<ReportSummary>, StoreError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        // Those that were here before our migrations have no job and no document.
        let newest = |reports: postgrest::Builder| {
            narrowed(reports.select(ReportRow::COLUMNS).not("is", "job_id", "null"))
                .order("created_at.desc")
                .limit(limit as usize)
        };
        let rows: Vec<ReportRow> = self.rest.select("reports", newest).await?;
        Ok(rows.into_iter().map(ReportSummary::from).collect())
    }

    async fn complete(
        &self,
        lease: &Lease,
        report: &Report,
        reused_from: Option<&str>,
    ) -> Result<Settled, StoreError> {
        let Job { job_id, user_id, .. } = &lease.job;
        let completion = Completion {
            job_id,
            lease: lease.attempt,
            report: report_row(report, user_id.as_deref(), reused_from),
            document: report,
        };
        let completed = self.rest.call("complete_report", Again::Harmless, &completion).await;
        let job: Job = completed
            .map_err(|failure: Failure| failure_of_completion(failure, job_id, &report.report_id))?;
        Ok(Settled::of(&job))
    }
}

fn failure_of_completion(failure: Failure, job_id: &str, report_id: &str) -> StoreError {
    failure.meaning(|number| match number {
        404 => Some(StoreError::NoSuchJob),
        412 => Some(StoreError::LeaseLost { job_id: job_id.to_owned() }),
        422 => Some(StoreError::DuplicateReport { report_id: report_id.to_owned() }),
        _ => None,
    })
}

/// The document has the ticker once, at the top.
fn whole(mut report: Report) -> Report {
    report.company.ticker.clone_from(&report.ticker);
    report
}
