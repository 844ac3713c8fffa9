//! Change by Item: a table whose rows hold bars on one scale.

use filing_model::{SectionDiff, Similarity};
use maud::{Markup, html};

use super::Page;
use crate::{
    facts,
    words::{gained, lost, percent, share},
};

/// The hatching of removed words, so that the bars differ by more than colour.
pub(crate) fn hatching() -> Markup {
    html! {
        svg.defs width="0" height="0" aria-hidden="true" {
            defs {
                pattern id="ht" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    line x1="0" y1="0" x2="0" y2="5" {}
                }
            }
        }
    }
}

pub(super) fn chart(page: &Page<'_>) -> Markup {
    let scale = Scale::of(page);
    html! {
        section id="chart" {
            h2 { "Change by Item" }
            @if page.totals.items == 0 {
                p.empty { "No Item that both filings have differs." }
            } @else {
                (key())
                table.chart.flow {
                    caption.vh { "Words removed and added, and share of words kept, for each Item" }
                    thead {
                        tr {
                            th scope="col" { "Item" }
                            th.r scope="col" { "Removed" }
                            th scope="col" { span.vh { "Bars" } }
                            th.r scope="col" { "Added" }
                            th scope="col" { "0 to 100%" }
                            th.r scope="col" { "Kept" }
                        }
                    }
                    tbody { @for section in facts::changed(page.report) { (row(section, &scale)) } }
                }
                (measures(page))
            }
        }
    }
}

fn key() -> Markup {
    html! {
        p.key {
            span { svg aria-hidden="true" { (removed_bar("1", "0", "20", "12")) } "Words removed" }
            span { svg aria-hidden="true" { rect.add width="22" height="12" {} } "Words added" }
            span {
                svg aria-hidden="true" { line.kept x1="0" x2="22" y1="6" y2="6" {} circle cx="18" cy="6" r="4" {} }
                "Share of words kept"
            }
        }
    }
}

/// One scale for all rows; the zero line leaves room for the longest bar on either side.
struct Scale {
    all: usize,
    zero: f64,
}

impl Scale {
    fn of(page: &Page<'_>) -> Self {
        let most =
            |words: fn(&SectionDiff) -> usize| facts::changed(page.report).map(words).max().unwrap_or(0);
        let removed = most(|section| section.words.removed);
        let all = (removed + most(|section| section.words.added)).max(1);
        Self { all, zero: 100.0 * share(removed, all) }
    }

    fn length(&self, words: usize) -> f64 {
        100.0 * share(words, self.all)
    }
}

fn row(section: &SectionDiff, scale: &Scale) -> Markup {
    let words = section.words;
    let (removed, added) = (scale.length(words.removed), scale.length(words.added));
    let zero = format!("{:.2}%", scale.zero);
    let kept = percent(section.share_kept());
    html! {
        tr {
            th scope="row" {
                a href={ "#i-" (section.item.number()) } {
                    b { (section.item.number()) } span { (section.short_title()) }
                }
            }
            td.r.rem { (lost(words.removed)) }
            td.bars {
                svg aria-hidden="true" {
                    @if words.removed > 0 {
                        (removed_bar(&format!("{:.2}%", scale.zero - removed), "5", &format!("{removed:.2}%"), "14"))
                    }
                    @if words.added > 0 {
                        rect.add x=(zero) y="5" width=(format!("{added:.2}%")) height="14" {}
                    }
                    line.zero x1=(zero) x2=(zero) y1="-8" y2="32" {}
                }
            }
            td.r.add { (gained(words.added)) }
            td.simc {
                svg aria-hidden="true" {
                    line.rest x1="0" x2="100%" y1="12" y2="12" {}
                    line.kept x1="0" x2=(kept) y1="12" y2="12" {}
                    circle cx=(kept) cy="12" r="4" {}
                }
            }
            td.r.simv { (kept) span.vh { " of words kept" } }
        }
    }
}

/// A hatched bar.
pub(crate) fn removed_bar(x: &str, y: &str, width: &str, height: &str) -> Markup {
    html! {
        rect.rem x=(x) y=(y) width=(width) height=(height) {}
        rect x=(x) y=(y) width=(width) height=(height) fill="url(#ht)" {}
    }
}

fn measures(page: &Page<'_>) -> Markup {
    let measured: Vec<(&SectionDiff, Similarity)> =
        facts::compared(page.report).filter_map(|section| Some((section, section.similarity?))).collect();
    html! {
        @if !measured.is_empty() {
            details.measure {
                summary { "Four measures of similarity" }
                p {
                    "Cosine and Jaccard compare which words occur; minimum edit and simple compare their order. "
                    "All lie between 0 and 1, where 1 means the same text. "
                    "Small differences of cosine are normal even after large edits."
                }
                div.scroll tabindex="0" role="group" aria-label="Measures of similarity" {
                    table.chart {
                        thead {
                            tr {
                                th scope="col" { "Item" }
                                th.r scope="col" { "Cosine" }
                                th.r scope="col" { "Jaccard" }
                                th.r scope="col" { "Minimum edit" }
                                th.r scope="col" { "Simple" }
                            }
                        }
                        tbody {
                            @for (section, s) in measured {
                                tr {
                                    th scope="row" { (section.item.number()) " " (section.short_title()) }
                                    @for value in [s.cosine, s.jaccard, s.min_edit, s.simple] {
                                        td.r { (format!("{value:.3}")) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
