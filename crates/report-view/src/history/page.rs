//! The history page from top to bottom.

use filing_model::{Company, Item, Side};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{HistoryPoint, item::item, measure::Measure, pairs::pairs};
use crate::{
    facts,
    html::{brightness, choice, document_head, hatching},
    kind,
    words::counted,
};

/// What the history has beyond the style of the report.
pub(crate) const STYLE: &str = include_str!("../page/history.css");

/// The history of a company as one HTML page that holds its style, needs no script and loads nothing.
///
/// Points may come in any order, one for each pair of filings. Send
/// [`content_security_policy`](crate::content_security_policy) with it, as with a report.
///
/// ```
/// # fn show(company: &filing_model::Company, reports: &[filing_model::Report]) -> String {
/// use report_view::HistoryPoint;
///
/// let points: Vec<HistoryPoint> = reports.iter().map(HistoryPoint::of).collect();
/// report_view::history_html(company, &points)
/// # }
/// ```
pub fn history_html(company: &Company, points: &[HistoryPoint]) -> String {
    let mut points: Vec<&HistoryPoint> = points.iter().collect();
    points.sort_by_key(|point| (point.newer.period_end, point.newer.filing_date));
    let items: Vec<Item> = Item::ALL.into_iter().filter(|item| is_measured(&points, *item)).collect();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (document_head(&format!("{}: the 10-K over the years", company.name)))
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#pairs" { "Skip to the reports" }
                (hatching())
                (masthead(company, &points))
                (bar(company))
                div.wrap.frame {
                    (contents(&items))
                    main {
                        (pairs(&points))
                        @if !items.is_empty() { (key()) }
                        @for of in &items { (item(&points, *of)) }
                        (reading(&points))
                    }
                }
            }
        }
    }
    .into_string()
}

fn is_measured(points: &[&HistoryPoint], item: Item) -> bool {
    points.iter().filter_map(|point| point.find(item)).any(|of| of.measured().is_some())
}

fn masthead(company: &Company, points: &[&HistoryPoint]) -> Markup {
    html! {
        div.wrap {
            header.mast {
                div.line {
                    span { b { "10-K history" } }
                    span { (counted(points.len(), "pair of annual reports", "pairs of annual reports")) }
                }
                h1.long[facts::is_long(&company.name)] { (company.name) }
                p.lede {
                    "How similar each Item was to that of the year before"
                    @if let [first, .., last] = points {
                        ", " (kind::year(&first.newer, Side::Newer)) " to " (kind::year(&last.newer, Side::Newer))
                    }
                    "."
                }
            }
        }
    }
}

fn bar(company: &Company) -> Markup {
    html! {
        div.bar role="region" aria-label="Tools of this page" {
            div.wrap {
                span.who { (company.ticker.as_ref().map_or("History", |ticker| ticker.as_str())) }
                fieldset.seg.meas {
                    legend.vh { "Measure of similarity" }
                    @for (index, measure) in Measure::ALL.into_iter().enumerate() {
                        (choice("ms", &format!("m-{}", measure.class()), measure.name(), index == 0))
                    }
                }
                details.disp { summary { "Display" } div { (brightness()) } }
            }
        }
    }
}

fn contents(items: &[Item]) -> Markup {
    html! {
        details.toc open {
            summary { "Contents" }
            nav aria-label="Contents" {
                ul.plain { li { a href="#pairs" { "Reports compared" } } }
                @if !items.is_empty() {
                    h2 { "Items over the years" }
                    ul {
                        @for item in items {
                            li {
                                a href={ "#i-" (item.number()) } {
                                    span.n { (item.number()) } span { (item.short_title()) }
                                }
                            }
                        }
                    }
                }
                ul.plain.last { li { a href="#reading" { "How to read this" } } }
            }
        }
    }
}

fn key() -> Markup {
    html! {
        p.key {
            span { svg aria-hidden="true" { line.kept x1="0" x2="22" y1="6" y2="6" {} circle cx="11" cy="6" r="3.5" {} } "Similarity to the year before" }
            span { svg aria-hidden="true" { rect.add width="22" height="12" {} } "Words added" }
            span { svg aria-hidden="true" { (crate::html::removed_bar("1", "0", "20", "12")) } "Words removed" }
        }
    }
}

fn reading(points: &[&HistoryPoint]) -> Markup {
    let never: Vec<Item> = Item::ALL
        .into_iter()
        .filter(|item| points.iter().any(|point| point.find(*item).is_some()) && !is_measured(points, *item))
        .collect();
    html! {
        footer.end id="reading" {
            h2 { "How to read this" }
            p {
                "Each point compares an Item with the same Item of the year before. Minimum edit and simple compare the words in "
                "their order, cosine and Jaccard which words occur; 1 means the same text. All Items share one scale of "
                "similarity. Bars of words have a scale for each Item, written beside them; moved text is in neither bar."
            }
            p { "A line is open where a year is missing or was not compared: its table then says why." }
            @if !never.is_empty() { p { "Never compared: " (facts::item_range(&never)) "." } }
            p { (filing_model::DISCLAIMER) }
        }
    }
}
