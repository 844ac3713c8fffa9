//! What the row of a report has besides the document: the same in every database.

use filing_model::{Report, Status};

use crate::ending::TOKENS_PER_REPORT;

/// Items whose own text was found in both filings.
pub(crate) fn sections_extracted(report: &Report) -> Vec<&'static str> {
    let both_found = |status| status == Status::Found;
    let found = report
        .sections
        .iter()
        .filter(|section| both_found(section.newer_status) && both_found(section.older_status));
    found.map(|section| section.item.number()).collect()
}

/// What the model cost in US dollars: nothing, when its answers were there already.
pub(crate) fn cost_usd(report: &Report, is_reused: bool) -> Option<f64> {
    if is_reused { Some(0.0) } else { report.analysis.total_cost_usd }
}

/// Tokens of the model.
pub(crate) fn model_tokens(report: &Report, is_reused: bool) -> i64 {
    if is_reused { 0 } else { i64::try_from(report.analysis.total_tokens).unwrap_or(i64::MAX) }
}

/// Tokens of the user, before any refund.
pub(crate) fn tokens_used(user_id: Option<&str>) -> u32 {
    if user_id.is_some() { TOKENS_PER_REPORT } else { 0 }
}
