//! The list of contents, which follows the scroll.

use maud::{Markup, html};

use super::Page;
use crate::{
    facts,
    words::{counted, number},
};

pub(super) fn contents(page: &Page<'_>) -> Markup {
    let report = page.report;
    let not_compared: Vec<_> = facts::not_compared(report).into_iter().flat_map(|(_, items)| items).collect();
    let unchanged = facts::unchanged_items(report);
    html! {
        details.toc open {
            summary { "Contents" }
            nav aria-label="Contents" {
                ul.plain {
                    li { a href="#minute" { "In one minute" } }
                    li { a href="#chart" { "Change by Item" } }
                    li { a href="#not" { "What was not analysed" } }
                }
                @if page.totals.items > 0 {
                    h2 { "Items and their changes" }
                    ul {
                        @for section in facts::changed(report) {
                            @let changes = section.changes.len();
                            li {
                                a href={ "#i-" (section.item.number()) } {
                                    span.n { (section.item.number()) }
                                    span { (section.short_title()) }
                                    span.c {
                                        (number(changes))
                                        span.vh { " " (if changes == 1 { "change" } else { "changes" }) }
                                    }
                                }
                            }
                        }
                    }
                }
                @if !unchanged.is_empty() { p.none { "No change: " (unchanged.join(", ")) } }
                @if !not_compared.is_empty() {
                    p.none { "Not compared: " (counted(not_compared.len(), "Item", "Items")) }
                }
                ul.plain.last { li { a href="#made" { "How this report was made" } } }
            }
        }
    }
}
