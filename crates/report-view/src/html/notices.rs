//! What a reader must know before reading: the report cannot be trusted whole, or has no summaries.

use filing_model::{QualityFinding, Side};
use maud::{Markup, html};

use super::Page;
use crate::{anchors::sec_link, facts, kind};

pub(super) fn notices(page: &Page<'_>) -> Markup {
    let analysis = &page.report.analysis;
    html! {
        @if !page.report.quality.is_valid { (token_returned(page)) }
        @if facts::without_model(page.report) {
            div.notice role="note" {
                h2 { "This report has no written summaries" }
                p {
                    "No language model wrote for it"
                    @match &analysis.degraded {
                        Some(reason) => { ": " (reason.trim_end_matches('.')) ". " }
                        None => ". "
                    }
                    "The signals, the redline and all counts below come from the text alone, and the changes that "
                    "weigh most are listed in place of a summary."
                }
            }
        } @else if let Some(reason) = &analysis.degraded {
            div.notice role="note" {
                h2 { "The summaries are less than they could be" }
                p { (reason) }
                p { "The signals, the redline and all counts are complete: they do not depend on the summaries." }
            }
        }
    }
}

fn token_returned(page: &Page<'_>) -> Markup {
    let quality = &page.report.quality;
    let faults: Vec<&QualityFinding> = quality.findings.iter().filter(|finding| finding.refund).collect();
    html! {
        div.notice role="note" {
            h2 {
                @if page.report.ticker.is_some() { "Your token was returned: this report is incomplete" }
                @else { "This report is incomplete" }
            }
            p {
                "We could not read the filings as they should be read, so what is named here cannot be trusted. "
                "The rest stands, and you keep this report."
            }
            dl {
                @for finding in &faults {
                    div { dt { (kind::place(finding.item, finding.side)) } dd { (finding.statement) } }
                }
                @if faults.is_empty() {
                    @for issue in &quality.issues { div { dt { "Found wrong" } dd { (issue) } } }
                }
                div {
                    dt { "What you can do" }
                    dd {
                        "Read the filings themselves" (links(page))
                        ", or ask for the report again later: it will be made anew."
                    }
                }
            }
        }
    }
}

fn links(page: &Page<'_>) -> Markup {
    let filings = [(&page.report.older, Side::Older), (&page.report.newer, Side::Newer)];
    let linked: Vec<_> = filings
        .into_iter()
        .filter_map(|(filing, side)| Some((sec_link(filing.url.as_deref())?, side)))
        .collect();
    html! {
        @if !linked.is_empty() {
            " at sec.gov ("
            @for (index, (url, side)) in linked.into_iter().enumerate() {
                @if index > 0 { ", " }
                a href=(url) rel="noreferrer" { (kind::side(side)) }
            }
            ")"
        }
    }
}
