//! Writing a report: its row, and its document apart from it.

use filing_model::{AccessionNumber, Report};
use jiff::Timestamp;
use serde::Serialize;

use super::{Write, document, error::database, rows::corrupt};
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

/// What is written of a report. Made before the write begins, since a large one takes milliseconds for which all others
/// would wait.
#[derive(Debug)]
pub(super) struct Row {
    id: String,
    company_name: String,
    newer: Filing,
    older: Filing,
    is_valid: bool,
    sections_extracted: String,
    issues: String,
    summaries: String,
    cost_usd: Option<f64>,
    model_tokens: i64,
    seconds: f64,
    analyzer: String,
    model: Option<String>,
    prompt_version: String,
    reused_from: Option<String>,
    document: Vec<u8>,
}

#[derive(Debug)]
struct Filing {
    date: Option<String>,
    accession: Option<String>,
}

impl From<&filing_model::FilingRef> for Filing {
    fn from(filing: &filing_model::FilingRef) -> Self {
        Self {
            date: filing.filing_date.map(|date| date.to_string()),
            accession: filing.accession.as_ref().map(AccessionNumber::as_str).map(str::to_owned),
        }
    }
}

impl Row {
    pub(super) fn of(report: &Report, reused_from: Option<&str>) -> Result<Self, StoreError> {
        let is_reused = reused_from.is_some();
        Ok(Self {
            id: report.report_id.clone(),
            company_name: report.company.name.clone(),
            newer: Filing::from(&report.newer),
            older: Filing::from(&report.older),
            is_valid: report.quality.is_valid,
            sections_extracted: json(&row::sections_extracted(report))?,
            issues: json(&report.quality.issues)?,
            summaries: json(&report.analysis.summaries)?,
            cost_usd: row::cost_usd(report, is_reused),
            model_tokens: row::model_tokens(report, is_reused),
            seconds: report.generation_time_seconds,
            analyzer: report.analysis.analyzer.clone(),
            model: report.analysis.model.clone(),
            prompt_version: report.analysis.prompt_version.clone(),
            reused_from: reused_from.map(str::to_owned),
            document: document::pack(report)?,
        })
    }

    /// Writes it as the report of this job.
    pub(super) async fn store(self, write: &mut Write, job: &Job, now: Timestamp) -> Result<(), StoreError> {
        let stored = sqlx::query(STORE)
            .bind(&self.id)
            .bind(&job.job_id)
            .bind(&job.user_id)
            .bind(job.ticker.as_str())
            .bind(self.company_name)
            .bind(self.newer.date)
            .bind(self.older.date)
            .bind(self.newer.accession)
            .bind(self.older.accession)
            .bind(self.is_valid)
            .bind(self.sections_extracted)
            .bind(self.issues)
            .bind(self.summaries)
            .bind(self.cost_usd)
            .bind(self.model_tokens)
            .bind(row::tokens_used(job.user_id.as_deref()))
            .bind(job.refunded)
            .bind(self.seconds)
            .bind(now.as_microsecond())
            .bind(self.analyzer)
            .bind(self.model)
            .bind(self.prompt_version)
            .bind(self.reused_from)
            .execute(&mut **write)
            .await
            .map_err(database)?;
        if stored.rows_affected() == 0 {
            return Err(StoreError::DuplicateReport { report_id: self.id });
        }
        sqlx::query(STORE_DOCUMENT)
            .bind(self.id)
            .bind(self.document)
            .execute(&mut **write)
            .await
            .map_err(database)?;
        Ok(())
    }
}

fn json(value: &(impl Serialize + ?Sized)) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(corrupt("report"))
}
