//! A report on the same two filings that another user got before: no work, and a row of one's own.

use std::time::Instant;

use ai_analyze::Analyzer;
use filing_model::{Report, Ticker};
use sec_fetch::Pair;
use supabase_store::{ReportStore, ReuseKey};
use uuid::Uuid;

use crate::causes::causes;

/// A report that is at hand, and the one whose content it is.
pub(super) struct Reused {
    pub report: Report,
    pub reused_from: String,
}

/// Looks for one. A store that does not answer costs the work of making the report anew, not the report.
pub(super) async fn find(
    store: &(impl ReportStore + ?Sized),
    analyzer: &dyn Analyzer,
    ticker: &Ticker,
    pair: &Pair,
    began: Instant,
) -> Option<Reused> {
    let found = store.reusable_report(&key(analyzer, pair)).await;
    let found =
        found.inspect_err(|error| tracing::warn!(error = causes(error), "no report could be looked up"));
    // What a model could not do then it may do now.
    let report = found.ok()?.filter(|report| report.analysis.degraded.is_none())?;
    Some(own(report, ticker, pair, began))
}

fn key(analyzer: &dyn Analyzer, pair: &Pair) -> ReuseKey {
    let method = analyzer.method();
    ReuseKey {
        newer_accession: pair.newer.accession.clone(),
        older_accession: pair.older.accession.clone(),
        analyzer: method.analyzer.to_owned(),
        model: method.model,
        prompt_version: method.prompt_version.to_owned(),
    }
}

/// The same content under an id of its own, with what this one took.
fn own(mut report: Report, ticker: &Ticker, pair: &Pair, began: Instant) -> Reused {
    let reused_from = std::mem::replace(&mut report.report_id, Uuid::new_v4().to_string());
    report.ticker = Some(ticker.clone());
    report.company.ticker = Some(ticker.clone());
    report.notes.clone_from(&pair.notes);
    report.analysis.total_tokens = 0;
    report.analysis.total_cost_usd = Some(0.0);
    report.generation_time_seconds = began.elapsed().as_secs_f64();
    Reused { report, reused_from }
}
