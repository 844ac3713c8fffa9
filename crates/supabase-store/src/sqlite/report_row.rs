//! Writing a report: its row, and its document apart from it.

use filing_model::{AccessionNumber, Report};
use jiff::Timestamp;
use serde::Serialize;

use super::{Write, error::database, rows::corrupt};
use crate::{Job, StoreError, row};

const STORE: &str = "
    insert into reports
        (id, job_id, user_id, ticker, company_name,
         newer_filing_date, older_filing_date, newer_accession, older_accession,
         extraction_success, sections_extracted, extraction_issues, ai_summaries, ai_cost_usd, total_tokens_consumed,
         tokens_used, refunded, generation_time_seconds, created_at, analyzer, model, prompt_version, reused_from)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)
    on conflict (id) do nothing";

const STORE_DOCUMENT: &str = "insert into report_documents (report_id, document) values (?1, ?2)";

pub(super) async fn store(
    write: &mut Write,
    job: &Job,
    report: &Report,
    reused_from: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let is_reused = reused_from.is_some();
    let stored = sqlx::query(STORE)
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
        .bind(json(&row::sections_extracted(report))?)
        .bind(json(&report.quality.issues)?)
        .bind(json(&report.analysis.summaries)?)
        .bind(row::cost_usd(report, is_reused))
        .bind(row::model_tokens(report, is_reused))
        .bind(row::tokens_used(job.user_id.as_deref()))
        .bind(job.refunded)
        .bind(report.generation_time_seconds)
        .bind(now.as_microsecond())
        .bind(&report.analysis.analyzer)
        .bind(&report.analysis.model)
        .bind(&report.analysis.prompt_version)
        .bind(reused_from)
        .execute(&mut **write)
        .await
        .map_err(database)?;
    if stored.rows_affected() == 0 {
        return Err(StoreError::DuplicateReport { report_id: report.report_id.clone() });
    }
    Ok(())
}

pub(super) async fn store_document(
    write: &mut Write,
    report: &Report,
    document: String,
) -> Result<(), StoreError> {
    sqlx::query(STORE_DOCUMENT)
        .bind(&report.report_id)
        .bind(document)
        .execute(&mut **write)
        .await
        .map_err(database)?;
    Ok(())
}

fn json(value: &(impl Serialize + ?Sized)) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(corrupt("report"))
}
