//! How the report was made, for whoever wants to judge or repeat it.

use maud::{Markup, html};

use super::Page;
use crate::facts;

pub(super) fn made(page: &Page<'_>) -> Markup {
    let report = page.report;
    html! {
        section.end id="made" {
            div.two {
                div {
                    h2 { "How this report was made" }
                    p {
                        "Both filings were cut into their Items and compared paragraph by paragraph. "
                        "The redline is complete: it does not depend on the summaries. "
                        @if facts::without_model(report) {
                            "No language model took part: statements name the changes that weigh most by rule, "
                            "and quote them word for word."
                        } @else {
                            "The summaries were written by a language model from the changes alone, "
                            "and each quotation was then looked up in the filing."
                        }
                    }
                    p { (report.disclaimer) }
                    p { "A change of wording is not by itself good or bad news." }
                }
                dl { @for (what, value) in facts::of_making(report) { dt { (what) } dd { (value) } } }
            }
        }
    }
}
