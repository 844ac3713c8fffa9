//! Whose report this is, and of which two filings.

use filing_model::{FilingRef, Side};
use maud::{Markup, html};

use super::Page;
use crate::{
    anchors::sec_link,
    facts,
    words::{counted, date, number},
};

pub(super) fn masthead(page: &Page<'_>) -> Markup {
    html! {
        div.wrap {
            header.mast {
                div.line {
                    span { b { "10-K change report" } }
                    span { "Made on " (date(page.report.made_on)) }
                }
                div.top {
                    div {
                        h1.long[facts::is_long(&page.report.company.name)] { (page.report.company.name) }
                        p.lede { (lede(page)) }
                    }
                    div.pair {
                        (filing(&page.report.older, Side::Older))
                        (filing(&page.report.newer, Side::Newer))
                    }
                }
            }
        }
    }
}

fn lede(page: &Page<'_>) -> Markup {
    let totals = page.totals;
    html! {
        "What changed between these two annual reports: "
        @if totals.changes == 0 {
            b { "nothing in the Items that could be compared" } ". "
        } @else {
            b {
                (counted(totals.changes, "change", "changes")) " in " (counted(totals.items, "Item", "Items"))
            }
            ", " (counted(totals.added, "word", "words")) " added and " (number(totals.removed)) " removed. "
        }
        @if totals.unchanged > 0 {
            (counted(totals.unchanged, "paragraph is", "paragraphs are")) " the same, word for word."
        }
    }
}

fn filing(filing: &FilingRef, side: Side) -> Markup {
    let form = filing.form.as_ref().map_or("Filing", |form| form.as_str());
    let is_form = filing.form.is_some();
    let number = filing.accession.as_ref().map_or("see at sec.gov", |accession| accession.as_str());
    html! {
        div {
            h2 { @match side { Side::Older => "Older filing", Side::Newer => "Newer filing" } }
            p.yr {
                @match filing.fiscal_year() {
                    Some(year) => { "Fiscal " (year) }
                    None => "Year not given"
                }
            }
            dl {
                @if let Some(end) = filing.period_end { dt { "Period ended" } dd { (date(end)) } }
                @if let Some(filed) = filing.filing_date { dt { "Filed" } dd { (date(filed)) } }
                dt { @if is_form { "Form " } (form) }
                dd {
                    @match (sec_link(filing.url.as_deref()), &filing.accession) {
                        (Some(url), _) => a href=(url) rel="noreferrer" { (number) }
                        (None, Some(accession)) => (accession.as_str())
                        (None, None) => "a file on disk"
                    }
                }
            }
        }
    }
}
