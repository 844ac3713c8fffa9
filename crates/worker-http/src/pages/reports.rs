//! The reports, and the search for them.

use jiff::civil::Date;
use maud::{Markup, html};
use supabase_store::ReportSummary;

use super::time;

/// What was looked for, and what there is.
pub(super) struct Found<'a> {
    /// Nothing finds the latest.
    pub typed: &'a str,
    /// `None` when no ticker is written like that.
    pub reports: Option<Vec<ReportSummary>>,
    /// So many are listed at most.
    pub most: u32,
}

pub(super) fn section(found: &Found<'_>) -> Markup {
    html! {
        section aria-labelledby="hr" {
            h2 id="hr" { "Reports" }
            form.bar role="search" action="/" {
                label.vh for="find" { "Search reports by ticker" }
                input id="find" type="search" name="ticker" value=(found.typed) placeholder="Ticker" maxlength="16"
                    autocapitalize="characters" autocomplete="off" spellcheck="false";
                button.small { "Search" }
                @if !found.typed.is_empty() { a href="/" { "Show all" } }
                output id="count" for="find" {}
            }
            div id="reports" { (list(found)) }
        }
    }
}

fn list(found: &Found<'_>) -> Markup {
    html! {
        @match (&found.reports, found.typed) {
            (None, typed) => p.empty { "No ticker is written like " b { (typed) } ": letters and digits, and a dash before a class of shares." },
            (Some(reports), "") if reports.is_empty() => p.empty { "No reports yet. They appear here when a job is done, and stay." },
            (Some(reports), typed) if reports.is_empty() => p.empty { "No report on " b { (typed) } "." },
            (Some(reports), _) => {
                (table(reports))
                @if u32::try_from(reports.len()).is_ok_and(|shown| shown >= found.most) {
                    p.empty { "The latest " (reports.len()) " are shown; a search by ticker finds earlier ones." }
                }
            }
        }
    }
}

fn table(reports: &[ReportSummary]) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th scope="col" { "Ticker" } th scope="col" { "Company" } th scope="col" { "Filings compared" }
                    th scope="col" { "Made" } th scope="col" { "Also as" }
                }
            }
            tbody { @for report in reports { (row(report)) } }
        }
    }
}

fn row(report: &ReportSummary) -> Markup {
    let day = |date: Option<Date>, unknown: &str| date.map_or_else(|| unknown.to_owned(), time::date);
    let file = format!("/reports/{}", report.report_id);
    html! {
        tr {
            th scope="row" { a href={ (file) ".html" } { (report.ticker) } }
            td.company {
                (report.company_name)
                a.aside href={ "/companies/" (report.ticker) "/history" } { "History" span.vh { " of " (report.ticker) } }
            }
            td.filed { "Filed " (day(report.newer_filing_date, "on an unknown day")) " " span.aside { "with " (day(report.older_filing_date, "one of an unknown day")) } }
            td.made { (time::day(report.created_at)) @if !report.is_valid { span.aside { "Incomplete" } } }
            td.as {
                @for (ending, name) in [("json", "JSON"), ("md", "Markdown"), ("csv", "CSV"), ("similarities.csv", "Similarities")] {
                    a href={ (file) "." (ending) } { (name) } " "
                }
            }
        }
    }
}
