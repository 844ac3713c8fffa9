//! What answers look like, where it is not what callers know.

use std::time::Duration;

use filing_model::{AccessionNumber, Report, Ticker};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{EdgarSlot, Job, Lease, ModelBatch, ReportSummary, ending::Ending, row};

/// What `start_report_job` tells.
#[derive(Deserialize)]
pub(super) struct Started {
    pub(super) outcome: Outcome,
    pub(super) job: Job,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    New,
    Same,
}

/// A job that is leased; `available_at` is then the end of the lease.
#[derive(Deserialize)]
pub(super) struct LeasedJob {
    available_at: Timestamp,
    #[serde(flatten)]
    job: Job,
}

impl From<LeasedJob> for Lease {
    fn from(leased: LeasedJob) -> Self {
        let LeasedJob { available_at: until, job } = leased;
        Self { attempt: job.leases, job, until }
    }
}

#[derive(Deserialize)]
pub(super) struct ReportRow {
    id: String,
    ticker: Ticker,
    company_name: Option<String>,
    newer_filing_date: Option<Date>,
    older_filing_date: Option<Date>,
    newer_accession: Option<AccessionNumber>,
    older_accession: Option<AccessionNumber>,
    extraction_success: Option<bool>,
    created_at: Timestamp,
}

impl ReportRow {
    pub(super) const COLUMNS: &'static str = "id,ticker,company_name,newer_filing_date,older_filing_date,\
        newer_accession,older_accession,extraction_success,created_at";
}

impl From<ReportRow> for ReportSummary {
    fn from(row: ReportRow) -> Self {
        Self {
            report_id: row.id,
            ticker: row.ticker,
            company_name: row.company_name.unwrap_or_default(),
            newer_filing_date: row.newer_filing_date,
            older_filing_date: row.older_filing_date,
            newer_accession: row.newer_accession,
            older_accession: row.older_accession,
            is_valid: row.extraction_success.unwrap_or_default(),
            created_at: row.created_at,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct DocumentRow {
    pub(super) document: Report,
}

#[derive(Deserialize)]
pub(super) struct BalanceRow {
    pub(super) tokens_remaining: i64,
}

/// Without [`Value`] between, which would copy megabytes.
#[derive(Serialize)]
pub(super) struct Completion<'a> {
    pub(super) job_id: &'a str,
    pub(super) lease: u32,
    pub(super) report: Value,
    pub(super) document: &'a Report,
}

/// What the row of a report has, and whether the token is owed back.
pub(super) fn report_row(report: &Report, user_id: Option<&str>, reused_from: Option<&str>) -> Value {
    let is_reused = reused_from.is_some();
    let refund = Ending::completed(report).refund;
    json!({
        "id": report.report_id,
        "company_name": report.company.name,
        "newer_filing_date": report.newer.filing_date,
        "older_filing_date": report.older.filing_date,
        "newer_accession": report.newer.accession,
        "older_accession": report.older.accession,
        "extraction_success": report.quality.is_valid,
        "sections_extracted": row::sections_extracted(report),
        "extraction_issues": report.quality.issues,
        "ai_summaries": report.analysis.summaries,
        "ai_cost_usd": row::cost_usd(report, is_reused),
        "total_tokens_consumed": row::model_tokens(report, is_reused),
        "tokens_used": row::tokens_used(user_id),
        "generation_time_seconds": report.generation_time_seconds,
        "analyzer": report.analysis.analyzer,
        "model": report.analysis.model,
        "prompt_version": report.analysis.prompt_version,
        "reused_from": reused_from,
        "refund": refund.is_some(),
        "refund_description": refund,
    })
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum SlotRow {
    Free { wait_microseconds: u64 },
    Blocked { blocked_until: Timestamp },
}

impl From<SlotRow> for EdgarSlot {
    fn from(slot: SlotRow) -> Self {
        match slot {
            SlotRow::Free { wait_microseconds } => Self::After(Duration::from_micros(wait_microseconds)),
            SlotRow::Blocked { blocked_until } => Self::BlockedUntil(blocked_until),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct BatchRow {
    id: String,
    keys: Vec<String>,
    created_at: Timestamp,
}

impl From<BatchRow> for ModelBatch {
    fn from(BatchRow { id, keys, created_at }: BatchRow) -> Self {
        Self { id, keys, created_at }
    }
}

/// Arguments without those that are null: left out, they have their default.
pub(super) fn without_nulls(mut arguments: Value) -> Value {
    if let Value::Object(members) = &mut arguments {
        members.retain(|_, value| !value.is_null());
    }
    arguments
}
