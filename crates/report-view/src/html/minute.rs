//! What an analyst reads first.

use filing_model::Finding;
use maud::{Markup, html};

use super::{Page, prose::prose, signals::signals, statements::quotes};
use crate::{facts, kind, words::counted};

/// More statements than one reads in a minute stand with their Items.
const MOST_STATEMENTS: usize = 8;

pub(super) fn minute(page: &Page<'_>) -> Markup {
    let findings = &page.report.analysis.findings;
    let shown = &findings[..findings.len().min(MOST_STATEMENTS)];
    let more = findings.len() - shown.len();
    html! {
        section id="minute" {
            h2 {
                "In one minute"
                @if !findings.is_empty() {
                    " " small { "Most material first. Each quotation opens the change it comes from." }
                }
            }
            div.two {
                div {
                    @if !page.report.analysis.executive_summary.trim().is_empty() {
                        div.summary { (prose(&page.report.analysis.executive_summary)) }
                    }
                    @if findings.is_empty() {
                        p.empty { (no_statements(page)) }
                    } @else {
                        ol.minute { @for finding in shown { (statement(page, finding)) } }
                    }
                    @if more > 0 {
                        p.sm { (counted(more, "more statement stands", "more statements stand")) " with their Items below." }
                    }
                }
                (signals(page))
            }
        }
    }
}

fn statement(page: &Page<'_>, finding: &Finding) -> Markup {
    html! {
        li {
            div.cat { b { (kind::category(finding.category)) } " " (kind::materiality(finding.materiality)) }
            div { p { (finding.statement) } (quotes(page, finding)) }
        }
    }
}

fn no_statements(page: &Page<'_>) -> &'static str {
    if page.totals.changes == 0 {
        "No material changes: no Item that both filings have differs."
    } else if facts::without_model(page.report) {
        "No change weighs enough to be named here. All changes stand in the redline below."
    } else {
        "No material changes. All changes of wording stand in the redline below."
    }
}
