//! One Item: what is said of it, and its redline.

use filing_model::{Finding, SectionDiff};
use maud::{Markup, html};

use super::{
    Page,
    prose::prose,
    redline::redline,
    statements::quotes,
    tree::{Outline, tree},
};
use crate::{
    facts,
    flow::pieces,
    kind::Kind,
    words::{number, percent},
};

pub(super) fn item(page: &Page<'_>, section: &SectionDiff) -> Markup {
    let number = section.item.number();
    let pieces = pieces(section);
    let outline = Outline::of(section, &pieces);
    let title = if section.title.trim().is_empty() { section.item.title() } else { section.title.trim() };
    html! {
        section.item id={ "i-" (number) } aria-labelledby={ "t-" (number) } {
            h2 id={ "t-" (number) } { span.no { "Item " (number) } " " (title) }
            div.two.it {
                (rail(section, &outline))
                div.body {
                    (says(page, section))
                    @for note in &section.notes { p.go { (note) } }
                    (filters(section))
                    (redline(page, section, &pieces, &outline))
                }
            }
        }
    }
}

fn rail(section: &SectionDiff, outline: &Outline) -> Markup {
    let words = section.words;
    html! {
        aside.rail aria-label={ "Item " (section.item.number()) " in figures" } {
            div.in {
                dl.facts {
                    dt { "Words" } dd { (number(words.older)) " → " (number(words.newer)) }
                    dt { "Added" } dd { (number(words.added)) }
                    dt { "Removed" } dd { (number(words.removed)) }
                    dt { "Kept" } dd { (percent(section.share_kept())) }
                }
                (tree(section, outline))
            }
        }
    }
}

/// The summary and the statements about this Item.
fn says(page: &Page<'_>, section: &SectionDiff) -> Markup {
    let analysis = &page.report.analysis;
    let mut summary = analysis.summaries.get(&format!("Item {}", section.item)).map_or("", String::as_str);
    if facts::without_model(page.report) {
        // Its points are the statements below once more.
        summary = summary.split("\n\n").next().unwrap_or(summary);
    }
    let findings: Vec<&Finding> =
        analysis.findings.iter().filter(|finding| finding.item == section.item).collect();
    html! {
        @if !summary.trim().is_empty() { div.summary { (prose(summary)) } }
        @if !findings.is_empty() {
            ul.sumlist {
                @for finding in findings { li { p { (finding.statement) } (quotes(page, finding)) } }
            }
        }
    }
}

/// What the redline shows; kinds with no change have no button.
fn filters(section: &SectionDiff) -> Markup {
    let name = format!("f-{}", section.item);
    let count = |kind| section.changes.iter().filter(|change| Kind::of(change) == kind).count();
    html! {
        fieldset.filters {
            legend { "Show" }
            (filter(&name, "all", "All", section.changes.len()))
            @for kind in Kind::ALL {
                @if count(kind) > 0 { (filter(&name, kind.class(), kind.word(), count(kind))) }
            }
        }
    }
}

fn filter(name: &str, value: &str, word: &str, count: usize) -> Markup {
    html! {
        label { input type="radio" name=(name) value=(value) checked[value == "all"]; (word) " " span { (number(count)) } }
    }
}
