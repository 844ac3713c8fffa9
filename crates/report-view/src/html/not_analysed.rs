//! What was not analysed, and why: nothing is left out in silence.

use filing_model::Report;
use maud::{Markup, html};

use super::Page;
use crate::{
    facts, kind,
    words::{counted, number},
};

pub(super) fn not_analysed(page: &Page<'_>) -> Markup {
    let rows = rows(page);
    html! {
        section id="not" {
            h2 { "What was not analysed, and why" }
            @if rows.is_empty() {
                p.empty { "Nothing: every Item was compared, and every change was read." }
            } @else {
                dl.not { @for (what, why) in &rows { div { dt { (what) } dd { (why) } } } }
            }
        }
    }
}

/// What, and why, a row each.
fn rows(page: &Page<'_>) -> Vec<(String, Markup)> {
    let report = page.report;
    let mut rows: Vec<(String, Markup)> = facts::not_compared(report)
        .into_iter()
        .map(|(reason, items)| (facts::item_range(&items), html! { (reason) }))
        .collect();
    rows.extend(figures_only(page));
    rows.extend(not_sent(report));
    rows.extend(dropped(report));
    rows.extend(report.notes.iter().map(|note| ("About the filings".to_owned(), html! { (note) })));
    let remarks = report.quality.findings.iter().filter(|finding| report.quality.is_valid || !finding.refund);
    rows.extend(remarks.map(|finding| {
        let words = html! { (finding.statement) " " span.sev { (kind::severity(finding.severity)) "." } };
        (kind::place(finding.item, finding.side), words)
    }));
    rows
}

fn figures_only(page: &Page<'_>) -> Option<(String, Markup)> {
    let count = page.totals.figures_only;
    let text = html! {
        (counted(count, "passage", "passages"))
        " in which only figures changed " (if count == 1 { "is" } else { "are" }) " listed at the end of each Item."
    };
    (count > 0).then(|| ("Figures only".to_owned(), text))
}

fn not_sent(report: &Report) -> Option<(String, Markup)> {
    let words = &report.analysis.not_sent_words;
    let items: Vec<String> =
        words.by_item.iter().map(|(item, count)| format!("{item}: {}", number(*count))).collect();
    let text = html! {
        (counted(words.total, "changed word was", "changed words were"))
        " not read to be summarised"
        @if !items.is_empty() { " (" (items.join(", ")) ")" }
        ". They stand in the redline."
    };
    (words.total > 0).then(|| ("Not summarised".to_owned(), text))
}

fn dropped(report: &Report) -> Option<(String, Markup)> {
    let dropped = report.analysis.dropped.len();
    let all = dropped + report.analysis.findings.len();
    let reasons = facts::dropped_reasons(report);
    let text = html! {
        (number(dropped)) " of " (counted(all, "statement", "statements"))
        (if dropped == 1 { " was" } else { " were" }) " dropped: "
        @for (index, (reason, count)) in reasons.iter().enumerate() {
            @if index > 0 { "; " }
            (reason.trim_end_matches('.'))
            @if reasons.len() > 1 { " (" (number(*count)) ")" }
        }
        "."
    };
    (dropped > 0).then(|| ("Dropped statements".to_owned(), text))
}
