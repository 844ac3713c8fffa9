use async_trait::async_trait;
use filing_model::{AccessionNumber, Report, Status};
use jiff::Timestamp;
use serde::Serialize;

use super::{
    Sqlite, Write, commit,
    ending::{end, job_row, not_held, refund},
    error::database,
    rows::{ReportRow, corrupt},
};
use crate::{
    Failure, Job, Lease, ReportStore, ReportSummary, Settled, StoreError,
    ending::{Ending, TOKENS_PER_REPORT, new_id},
};

const STORE_REPORT: &str = "
    insert into reports
        (id, job_id, user_id, ticker, company_name,
         newer_filing_date, older_filing_date, newer_accession, older_accession,
         extraction_success, sections_extracted, extraction_issues, ai_summaries, ai_cost_usd, total_tokens_consumed,
         tokens_used, refunded, generation_time_seconds, created_at)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
    on conflict (id) do nothing";

const STORE_DOCUMENT: &str = "insert into report_documents (report_id, document) values (?1, ?2)";

const LOG_ERROR: &str = "
    insert into error_logs (id, job_id, user_id, ticker, error_type, error_message, stack_trace, created_at)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

const GRANT: &str = "
    insert into token_transactions (id, user_id, transaction_type, tokens_amount, description, created_at)
    values (?1, ?2, 'grant', ?3, ?4, ?5)";

const BALANCE: &str = "select coalesce(sum(tokens_amount), 0) from token_transactions where user_id = ?1";

const LIST: &str = "
    select id, ticker, company_name, newer_filing_date, older_filing_date, newer_accession, older_accession,
           extraction_success, created_at
    from reports order by sequence desc limit ?1";

#[async_trait]
impl ReportStore for Sqlite {
    async fn complete_report(&self, lease: &Lease, report: &Report) -> Result<Settled, StoreError> {
        let document = json(report)?;
        let ending = Ending::completed(report);
        let mut write = self.write().await?;
        let now = self.clock.now();
        let Some(job) = end(&mut write, &lease.job.job_id, Some(lease), &ending, now).await? else {
            return settled_before(&mut write, lease).await;
        };
        store_report(&mut write, &job, report, now).await?;
        store_document(&mut write, report, document).await?;
        refund(&mut write, &job, &ending, now).await?;
        commit(write).await?;
        Ok(Settled::of(&job))
    }

    async fn fail_report_job(&self, lease: &Lease, failure: &Failure) -> Result<Settled, StoreError> {
        let ending = Ending::failed(failure);
        let mut write = self.write().await?;
        let now = self.clock.now();
        let Some(job) = end(&mut write, &lease.job.job_id, Some(lease), &ending, now).await? else {
            return settled_before(&mut write, lease).await;
        };
        log_error(&mut write, &job, failure, now).await?;
        refund(&mut write, &job, &ending, now).await?;
        commit(write).await?;
        Ok(Settled::of(&job))
    }

    async fn report(&self, report_id: &str) -> Result<Option<Report>, StoreError> {
        let document: Option<String> =
            sqlx::query_scalar("select document from report_documents where report_id = ?1")
                .bind(report_id)
                .fetch_optional(&self.readers)
                .await
                .map_err(database)?;
        let Some(document) = document else { return Ok(None) };
        // Megabytes of JSON: too long for a thread that serves others.
        let parsed = tokio::task::spawn_blocking(move || serde_json::from_str::<Report>(&document)).await;
        let mut report = parsed
            .map_err(|error| StoreError::Unavailable { source: error.into() })?
            .map_err(corrupt("report"))?;
        // The document has it once, at the top.
        report.company.ticker.clone_from(&report.ticker);
        Ok(Some(report))
    }

    async fn reports(&self, limit: u32) -> Result<Vec<ReportSummary>, StoreError> {
        let rows: Vec<ReportRow> =
            sqlx::query_as(LIST).bind(limit).fetch_all(&self.readers).await.map_err(database)?;
        rows.into_iter().map(ReportSummary::try_from).collect()
    }

    async fn balance(&self, user_id: &str) -> Result<i64, StoreError> {
        sqlx::query_scalar(BALANCE).bind(user_id).fetch_one(&self.readers).await.map_err(database)
    }

    async fn grant(&self, user_id: &str, tokens: u32, description: &str) -> Result<i64, StoreError> {
        let mut write = self.write().await?;
        sqlx::query(GRANT)
            .bind(new_id())
            .bind(user_id)
            .bind(tokens)
            .bind(description)
            .bind(self.clock.now().as_microsecond())
            .execute(&mut *write)
            .await
            .map_err(database)?;
        let balance: i64 =
            sqlx::query_scalar(BALANCE).bind(user_id).fetch_one(&mut *write).await.map_err(database)?;
        commit(write).await?;
        Ok(balance)
    }
}

/// How this very lease settled its job before, or why it may not settle it now.
async fn settled_before(write: &mut Write, lease: &Lease) -> Result<Settled, StoreError> {
    match job_row(write, &lease.job.job_id).await? {
        Some(row) if row.was_settled_by(lease) => Ok(Settled::of(&row.try_into()?)),
        _ => Err(not_held(write, lease).await),
    }
}

async fn store_report(
    write: &mut Write,
    job: &Job,
    report: &Report,
    now: Timestamp,
) -> Result<(), StoreError> {
    let both_found = |status| status == Status::Found;
    let sections_extracted: Vec<&str> = report
        .sections
        .iter()
        .filter(|section| both_found(section.newer_status) && both_found(section.older_status))
        .map(|section| section.item.number())
        .collect();
    let stored = sqlx::query(STORE_REPORT)
        .bind(&report.report_id)
        .bind(&job.job_id)
        .bind(&job.user_id)
        .bind(job.ticker.as_str())
        .bind(&report.company.name)
        .bind(report.newer.filing_date.map(|date| date.to_string()))
        .bind(report.older.filing_date.map(|date| date.to_string()))
        .bind(report.newer.accession.as_ref().map(AccessionNumber::as_str))
        .bind(report.older.accession.as_ref().map(AccessionNumber::as_str))
        .bind(report.quality.is_valid)
        .bind(json(&sections_extracted)?)
        .bind(json(&report.quality.issues)?)
        .bind(json(&report.analysis.summaries)?)
        .bind(report.analysis.total_cost_usd)
        .bind(i64::try_from(report.analysis.total_tokens).unwrap_or(i64::MAX))
        .bind(if job.user_id.is_some() { TOKENS_PER_REPORT } else { 0 })
        .bind(job.refunded)
        .bind(report.generation_time_seconds)
        .bind(now.as_microsecond())
        .execute(&mut **write)
        .await
        .map_err(database)?;
    if stored.rows_affected() == 0 {
        return Err(StoreError::DuplicateReport { report_id: report.report_id.clone() });
    }
    Ok(())
}

async fn store_document(write: &mut Write, report: &Report, document: String) -> Result<(), StoreError> {
    sqlx::query(STORE_DOCUMENT)
        .bind(&report.report_id)
        .bind(document)
        .execute(&mut **write)
        .await
        .map_err(database)?;
    Ok(())
}

async fn log_error(
    write: &mut Write,
    job: &Job,
    failure: &Failure,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(LOG_ERROR)
        .bind(&job.error_log_id)
        .bind(&job.job_id)
        .bind(&job.user_id)
        .bind(job.ticker.as_str())
        .bind(&failure.error_type)
        .bind(&failure.message)
        .bind(&failure.causes)
        .bind(now.as_microsecond())
        .execute(&mut **write)
        .await
        .map_err(database)?;
    Ok(())
}

fn json(value: &(impl Serialize + ?Sized)) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(corrupt("report"))
}
