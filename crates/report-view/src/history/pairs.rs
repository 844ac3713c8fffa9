//! The pairs of annual reports, and how much changed in each as a whole.

use filing_model::{FilingRef, Side};
use maud::{Markup, html};

use super::{HistoryItem, HistoryPoint};
use crate::{
    anchors::sec_link,
    kind,
    words::{date, gained, lost, number},
};

pub(super) fn pairs(points: &[&HistoryPoint]) -> Markup {
    html! {
        section id="pairs" {
            h2 { "Reports compared" }
            @if points.is_empty() {
                p.empty { "No report of this company is stored yet." }
            } @else {
                div.scroll tabindex="0" role="group" aria-label="Reports compared, table, scrolls sideways" {
                    table.chart.years {
                        thead {
                            tr {
                                th scope="col" { "Year" }
                                th scope="col" { "Against" }
                                th scope="col" { "Filed" }
                                th.r scope="col" { "Items compared" }
                                th.r scope="col" { "Words added" }
                                th.r scope="col" { "Words removed" }
                                th.r scope="col" { "Changed paragraphs" }
                            }
                        }
                        tbody { @for point in points.iter().rev() { (row(point)) } }
                    }
                }
            }
        }
    }
}

fn row(point: &HistoryPoint) -> Markup {
    let compared: Vec<&HistoryItem> = point.items.iter().filter(|of| of.measured().is_some()).collect();
    let sum = |words: fn(&HistoryItem) -> usize| compared.iter().map(|of| words(of)).sum::<usize>();
    let year = kind::year(&point.newer, Side::Newer);
    html! {
        tr {
            th scope="row" {
                @match point.path() {
                    Some(path) => a href=(path) { (year) },
                    None => (year),
                }
            }
            td { (kind::year(&point.older, Side::Older)) }
            td { (filed(&point.newer)) }
            td.r { (number(compared.len())) }
            td.r.add { (gained(sum(|of| of.words.added))) }
            td.r.rem { (lost(sum(|of| of.words.removed))) }
            td.r { (number(sum(HistoryItem::changed_paragraphs))) }
        }
    }
}

fn filed(filing: &FilingRef) -> Markup {
    let day = filing.filing_date.map_or_else(|| "not known".to_owned(), date);
    html! {
        @match sec_link(filing.url.as_deref()) {
            Some(url) => a href=(url) rel="noreferrer" { (day) },
            None => (day),
        }
    }
}
