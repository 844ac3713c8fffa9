use std::{fmt::Write as _, sync::Arc};

use axum::{extract::State, response::Html};
use supabase_store::{Job, ReportSummary};

use crate::http::{Api, Problem};

const SHOWN: u32 = 50;

/// `GET /`
pub(crate) async fn list(State(api): State<Arc<Api>>) -> Result<Html<String>, Problem> {
    let (jobs, reports) = (api.store.jobs(SHOWN).await?, api.store.reports(SHOWN).await?);
    Ok(Html(page(&jobs, &reports)))
}

fn page(jobs: &[Job], reports: &[ReportSummary]) -> String {
    // While something runs the page looks again by itself.
    let refresh =
        if jobs.iter().all(|job| job.state.is_final()) { "" } else { "<meta http-equiv=refresh content=3>" };
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         {refresh}<title>Jobs and reports</title><style>{STYLE}</style></head><body>\
         <h1>10-K change reports</h1><h2>Reports</h2>{}<h2>Jobs</h2>{}</body></html>\n",
        report_table(reports),
        job_table(jobs),
    )
}

const STYLE: &str = ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;\
margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;\
padding:.3rem .8rem .3rem 0;border-top:1px solid}";

fn report_table(reports: &[ReportSummary]) -> String {
    if reports.is_empty() {
        return "<p>No reports yet.</p>".to_owned();
    }
    let mut table = "<table><tr><th>Ticker<th>Company<th>Filed<th>Against<th>Remark".to_owned();
    for report in reports {
        let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let _ = write!(
            table,
            "<tr><td><a href=\"/reports/{}\">{}</a><td>{}<td>{}<td>{}<td>{}",
            escape(&report.report_id),
            escape(report.ticker.as_str()),
            escape(&report.company_name),
            date(report.newer_filing_date),
            date(report.older_filing_date),
            if report.is_valid { "" } else { "incomplete" },
        );
    }
    table + "</table>"
}

fn job_table(jobs: &[Job]) -> String {
    if jobs.is_empty() {
        return "<p>No jobs yet. Start one: <code>curl -d '{\"ticker\":\"AAPL\"}' this-address/generate-report</code></p>"
            .to_owned();
    }
    let mut table = "<table><tr><th>Ticker<th>State<th>Step<th>Job".to_owned();
    for job in jobs {
        let step = job.error.as_ref().unwrap_or(&job.current_step);
        let _ = write!(
            table,
            "<tr><td>{}<td>{}<td>{}, {}%<td>{}",
            escape(job.ticker.as_str()),
            job.state,
            escape(step),
            job.progress,
            escape(&job.job_id),
        );
    }
    table + "</table>"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
