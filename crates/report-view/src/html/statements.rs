//! Statements, each with the quotations it rests on.

use filing_model::{Finding, Item, Quote, Side};
use maud::{Markup, html};

use super::Page;
use crate::facts;

pub(super) fn quotes(page: &Page<'_>, finding: &Finding) -> Markup {
    html! { @for quote in &finding.quotes { (quotation(page, quote, finding.item)) } }
}

/// A quotation that opens the change it comes from.
fn quotation(page: &Page<'_>, quote: &Quote, item: Item) -> Markup {
    let side = match quote.side {
        Side::Older => "older",
        Side::Newer => "newer",
    };
    let place = page.anchors.find(quote.change_id.as_deref());
    let words = html! {
        q { (quote.text.trim()) } " "
        span {
            @match place {
                Some(place) => (facts::change_name(place.item, &place.change.id))
                None => { "Item " (item.number()) }
            }
            @if quote.side == Side::Older { ", older filing" }
            @if !quote.verified { ", not found word for word" }
        }
    };
    html! {
        @match place {
            Some(place) => a.q href={ "#c-" (place.anchor) } data-side=(side) { (words) }
            None => span.q { (words) }
        }
    }
}
