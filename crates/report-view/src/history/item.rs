//! One Item over the years: its lines, its bars, and the table with every figure.

use filing_model::{Item, Side};
use maud::{Markup, html};

use super::{HistoryItem, HistoryPoint, axis::Axis, bars::Bars, lines, measure::Measure};
use crate::{
    kind,
    words::{gained, lost, number},
};

pub(super) fn item(points: &[&HistoryPoint], item: Item) -> Markup {
    let number = item.number();
    let axis = Axis::of(points);
    let bars = Bars::of(points, item);
    html! {
        section.item id={ "i-" (number) } aria-labelledby={ "t-" (number) } {
            h2 id={ "t-" (number) } { span.no { "Item " (number) } " " (item.title()) }
            div.hist {
                figure aria-hidden="true" {
                    div.plot { (lines::scale(points)) (lines::lines(points, item, &axis)) }
                    @if !bars.are_none() { div.plot { (bars.scale()) (bars.draw(points, item, &axis)) } }
                }
                (table(points, item))
            }
        }
    }
}

/// The newest year first, as one reads it.
fn table(points: &[&HistoryPoint], item: Item) -> Markup {
    let rows = points.iter().rev().filter_map(|point| Some((*point, point.find(item)?)));
    html! {
        div.scroll tabindex="0" role="group" aria-label={ "Item " (item.number()) ", table, scrolls sideways" } {
            table.chart.years {
                caption.vh { "Item " (item.number()) " from year to year" }
                thead {
                    tr {
                        th scope="col" { "Year" }
                        @for measure in Measure::ALL {
                            th class={ "r " (measure.class()) } scope="col" { (measure.name()) }
                        }
                        th.r scope="col" { "Added" }
                        th.r scope="col" { "Removed" }
                        th.r scope="col" { "Changed" span.vh { " paragraphs" } }
                    }
                }
                tbody { @for (point, of) in rows { (row(point, of)) } }
            }
        }
    }
}

fn row(point: &HistoryPoint, of: &HistoryItem) -> Markup {
    html! {
        tr {
            th scope="row" { (linked_year(point, of)) }
            @if let Some(similarity) = of.measured() {
                @for measure in Measure::ALL {
                    td class={ "r " (measure.class()) } { (format!("{:.3}", measure.of(similarity))) }
                }
                td.r.add { (gained(of.words.added)) }
                td.r.rem { (lost(of.words.removed)) }
                td.r { (number(of.changed_paragraphs())) }
            } @else {
                td.none colspan="4" { (of.not_compared.as_deref().unwrap_or("Not compared.")) }
            }
        }
    }
}

/// The year, linked to this Item in the page of the report, which has the Item when anything changed.
fn linked_year(point: &HistoryPoint, of: &HistoryItem) -> Markup {
    let year = point
        .newer
        .fiscal_year()
        .map_or_else(|| kind::year(&point.newer, Side::Newer), |year| year.to_string());
    let path = point.path().filter(|_| of.measured().is_some() && of.changed_paragraphs() > 0);
    html! {
        @match path {
            Some(path) => a href={ (path) "#i-" (of.item.number()) } { (year) },
            None => (year),
        }
    }
}
