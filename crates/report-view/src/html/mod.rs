//! The page from top to bottom; a file per part.

mod change;
mod chart;
mod contents;
mod figures;
mod head;
mod item;
mod made;
mod marks;
mod masthead;
mod minute;
mod not_analysed;
mod notices;
mod prose;
mod redline;
mod signals;
mod statements;
mod table;
mod tools;
mod tree;

use filing_model::Report;
use maud::{DOCTYPE, PreEscaped, html as markup};

pub use self::head::content_security_policy;
pub(crate) use self::{
    chart::{hatching, removed_bar},
    head::document_head,
    tools::{brightness, choice},
};
use crate::{
    anchors::Anchors,
    facts::{self, Totals},
};

/// What every part of the page may look at.
struct Page<'a> {
    report: &'a Report,
    anchors: Anchors<'a>,
    totals: Totals,
}

/// The report as one HTML page that holds its style and script and loads nothing.
pub fn html(report: &Report) -> String {
    let page = Page { report, anchors: Anchors::new(report), totals: facts::totals(report) };
    markup! {
        (DOCTYPE)
        html lang="en" {
            head { (head::document_head(&facts::title(report))) }
            body {
                a.skip href="#minute" { "Skip to the summary" }
                (chart::hatching())
                (masthead::masthead(&page))
                (tools::bar(&page))
                div.wrap.frame {
                    (contents::contents(&page))
                    main {
                        (notices::notices(&page))
                        (minute::minute(&page))
                        (chart::chart(&page))
                        (not_analysed::not_analysed(&page))
                        @for section in facts::changed(report) { (item::item(&page, section)) }
                        (made::made(&page))
                    }
                }
                script { (PreEscaped(head::SCRIPT)) }
            }
        }
    }
    .into_string()
}
