//! Passages in which figures alone changed: one list at the end of an Item.

use filing_model::{Change, EditOp};
use maud::{Markup, html};

use super::{Page, change::body};
use crate::{
    table::is_table,
    words::{counted, cut, number},
};

/// Figures shown in a row; the passage, one click away, has them all.
const PAIRS_SHOWN: usize = 3;

/// Words that name a row.
const LABEL_WORDS: usize = 10;

/// A longer list is closed at first.
const ROWS_SHOWN_OPEN: usize = 12;

pub(super) fn figures(page: &Page<'_>, changes: &[&Change]) -> Markup {
    let caption = counted(changes.len(), "passage", "passages");
    html! {
        @if !changes.is_empty() {
            div.chg.f {
                div.tag { b { "Figures only" } }
                div.t {
                    details.figs open[changes.len() <= ROWS_SHOWN_OPEN] {
                        summary { (caption) " in which only figures changed" }
                        ul.fig { @for change in changes { (row(page, change)) } }
                    }
                }
            }
        }
    }
}

fn row(page: &Page<'_>, change: &Change) -> Markup {
    let anchor = page.anchors.of(change);
    let more = change.figures.len().saturating_sub(PAIRS_SHOWN);
    html! {
        li id={ "c-" (anchor) } {
            details {
                summary {
                    span.what { (label(change)) } " "
                    span.pairs {
                        @for [older, newer] in change.figures.iter().take(PAIRS_SHOWN) {
                            span { del { (older) } " " span aria-hidden="true" { "→" } " " ins { (newer) } } " "
                        }
                        @if more > 0 { span.more { "and " (number(more)) " more" } }
                    }
                }
                (body(change))
            }
            a.no href={ "#c-" (anchor) } title="Link to this change" { (change.id) }
        }
    }
}

/// What the figures are of: the first words of their sentence, or the first words in their table.
fn label(change: &Change) -> String {
    let text = change.newer.as_ref().map_or("", |newer| newer.text.as_str());
    if is_table(text) {
        let cells = text.lines().flat_map(|line| line.split(" | "));
        let named =
            cells.map(str::trim).find(|cell| cell.chars().any(char::is_alphabetic)).unwrap_or("of figures");
        return format!("Table: {}", ellipsis(named));
    }
    let before: String = change
        .edits
        .iter()
        .take_while(|(op, _)| *op == EditOp::Equal)
        .map(|(_, text)| text.as_str())
        .collect();
    let start = before.rfind(". ").map_or(0, |end| end + 2);
    let said = before[start..].trim();
    if said.contains(' ') {
        format!("{} …", ellipsis(said).trim_end_matches(" …"))
    } else {
        ellipsis(text.get(start..).unwrap_or(text))
    }
}

fn ellipsis(text: &str) -> String {
    match cut(text.trim(), LABEL_WORDS) {
        (whole, 0) => whole.to_owned(),
        (head, _) => format!("{} …", head.trim_end_matches([',', ';'])),
    }
}
