//! A company over the years, from all reports on it.

use std::{collections::HashSet, sync::Arc};

use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use filing_model::{Company, Report, Ticker};
use report_view::HistoryPoint;
use supabase_store::ReportSummary;

use super::{page, served};
use crate::http::{Api, Problem};

/// Summaries that are looked through; one pair of filings may have many reports.
const LOOKED_THROUGH: u32 = 500;

/// Pairs that are shown. More years than there are on EDGAR.
const MOST_PAIRS: usize = 40;

/// `GET /companies/{ticker}/history`: by the ticker, or the CIK, that its reports were asked for by.
pub(super) async fn history(State(api): State<Arc<Api>>, Path(ticker): Path<String>) -> Response {
    match made(&api, &ticker).await {
        Ok(history) => served::of_report_view(history),
        Err(problem) => page::of_problem("No history", &problem).into_response(),
    }
}

async fn made(api: &Api, ticker: &str) -> Result<String, Problem> {
    let nothing = || Problem::not_found("There is no report on this company yet");
    let ticker: Ticker = ticker.parse().map_err(|_| nothing())?;
    let reports = api.store.reports_of(&ticker, LOOKED_THROUGH).await?;
    let (mut company, mut points) = (None, Vec::new());
    for report_id in one_for_each_pair(&reports) {
        // One may have been removed since.
        let Some(report) = api.store.report(report_id).await? else { continue };
        points.push(HistoryPoint::of(&report).with_page(format!("/reports/{report_id}.html")));
        company.get_or_insert_with(|| company_of(report));
    }
    let company: Company = company.ok_or_else(nothing)?;
    Ok(report_view::history_html(&company, &points))
}

/// The newest report of each two filings; a good one if there is any.
fn one_for_each_pair(reports: &[ReportSummary]) -> Vec<&str> {
    let (good, bad): (Vec<&ReportSummary>, Vec<&ReportSummary>) =
        reports.iter().partition(|report| report.is_valid);
    let mut seen = HashSet::new();
    let mut is_first = |report: &&ReportSummary| {
        seen.insert((report.newer_accession.clone(), report.older_accession.clone()))
    };
    let firsts: Vec<_> = good.into_iter().chain(bad).filter(|report| is_first(report)).collect();
    firsts.into_iter().take(MOST_PAIRS).map(|report| report.report_id.as_str()).collect()
}

fn company_of(report: Report) -> Company {
    let ticker = report.company.ticker.or(report.ticker);
    Company { ticker, ..report.company }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn report(id: &str, newer: u8, older: u8, is_valid: bool) -> ReportSummary {
        let accession = |number: u8| format!("0000001001-{number:02}-000001").parse().ok();
        ReportSummary {
            report_id: id.into(),
            ticker: "ACME".parse().unwrap(),
            company_name: "Acme Tools Inc.".into(),
            newer_filing_date: None,
            older_filing_date: None,
            newer_accession: accession(newer),
            older_accession: accession(older),
            is_valid,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn each_pair_of_filings_is_shown_once_by_its_newest_good_report() {
        let newest_first = [
            report("bad", 26, 25, false),
            report("good", 26, 25, true),
            report("older", 26, 25, true),
            report("before", 25, 24, true),
            report("only", 24, 23, false),
        ];
        assert_eq!(one_for_each_pair(&newest_first), ["good", "before", "only"]);
    }
}
