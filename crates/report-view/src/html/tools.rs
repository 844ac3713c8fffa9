//! The bar that stays: search, next and previous, layout and display.

use filing_model::Side;
use maud::{Markup, html};

use super::Page;
use crate::{kind, words::counted};

const KEYS: [(&str, &str); 7] = [
    ("j", "next change"),
    ("k", "previous change"),
    ("/", "search, Enter for the next match"),
    ("s", "inline or side by side"),
    ("u", "open or close unchanged text"),
    ("?", "open or close this"),
    ("Esc", "clear marks"),
];

pub(super) fn bar(page: &Page<'_>) -> Markup {
    let report = page.report;
    let who = report.ticker.as_ref().map_or("Report", |ticker| ticker.as_str());
    let none = page.totals.changes == 0;
    html! {
        div.bar role="region" aria-label="Tools of this report" {
            div.wrap {
                span.who {
                    (who)
                    @if let (Some(older), Some(newer)) = (report.older.fiscal_year(), report.newer.fiscal_year()) {
                        " " span { (older) " → " (newer) }
                    }
                }
                form.js role="search" {
                    label.vh for="q" { "Search both filings" }
                    input id="q" type="search" placeholder="Search both filings" autocomplete="off";
                    output id="hits" for="q" {}
                }
                div.nav.js {
                    button id="prev" type="button" aria-keyshortcuts="k" disabled[none] { "Previous" }
                    span.pos role="status" { (counted(page.totals.changes, "change", "changes")) }
                    button id="next" type="button" aria-keyshortcuts="j" disabled[none] { "Next" }
                }
                fieldset.seg.view.js {
                    legend.vh { "Layout of changes" }
                    (choice("v", "v-in", "Inline", true))
                    (choice("v", "v-side", "Side by side", false))
                }
                (display(page))
                span id="say" class="vh" role="status" {}
            }
        }
    }
}

fn display(page: &Page<'_>) -> Markup {
    html! {
        details.disp {
            summary { "Display" }
            div {
                (brightness())
                fieldset {
                    legend { "Colours of the marks" }
                    span.seg {
                        (choice("p", "p-legal", "Legal redline", true))
                        (choice("p", "p-code", "Code review", false))
                    }
                }
                div.keys.js {
                    @for (key, does) in KEYS { kbd { (key) } span { (does) } }
                }
                p.sm {
                    ins { "In " (kind::year(&page.report.newer, Side::Newer)) } " "
                    del { "in " (kind::year(&page.report.older, Side::Older)) } " "
                    span.movkey { "moved" }
                }
            }
        }
    }
}

/// System, light or dark.
pub(crate) fn brightness() -> Markup {
    html! {
        fieldset {
            legend { "Brightness" }
            span.seg {
                (choice("th", "th-auto", "System", true))
                (choice("th", "th-light", "Light", false))
                (choice("th", "th-dark", "Dark", false))
            }
        }
    }
}

/// A button of a group of which one is chosen.
pub(crate) fn choice(group: &str, id: &str, word: &str, chosen: bool) -> Markup {
    html! {
        label { input type="radio" name=(group) id=(id) checked[chosen]; (word) }
    }
}
