//! What rules found, one entry per kind.

use filing_model::{Signal, SignalKind};
use maud::{Markup, html};

use super::Page;
use crate::{
    kind,
    words::{number, shortened},
};

/// Longer quotations stand in the change, one click away.
const WORDS_SHOWN: usize = 40;

/// Entries of one kind that are shown without a click.
const SHOWN_OPEN: usize = 3;

pub(super) fn signals(page: &Page<'_>) -> Markup {
    let groups = by_kind(&page.report.signals);
    html! {
        aside.sig aria-labelledby="sigh" {
            h3 id="sigh" { "Signals, found by rule" }
            @if groups.is_empty() {
                p.sm { "None of the changes we look for by rule was found." }
            } @else {
                ul { @for (kind, group) in &groups { li { (entry(page, *kind, group)) } } }
            }
        }
    }
}

fn by_kind(signals: &[Signal]) -> Vec<(SignalKind, Vec<&Signal>)> {
    let mut groups: Vec<(SignalKind, Vec<&Signal>)> = Vec::new();
    for signal in signals {
        match groups.iter_mut().find(|(kind, _)| *kind == signal.kind) {
            Some((_, group)) => group.push(signal),
            None => groups.push((signal.kind, vec![signal])),
        }
    }
    groups
}

fn entry(page: &Page<'_>, kind: SignalKind, group: &[&Signal]) -> Markup {
    match group {
        [signal] => linked(
            page,
            signal,
            &html! { b { (kind::signal(kind)) " " i { "Item " (signal.item.number()) } } (says(signal)) },
        ),
        group => html! {
            details open[group.len() <= SHOWN_OPEN] {
                summary { b { (kind::signal(kind)) " " i { (number(group.len())) } } }
                @for signal in group {
                    (linked(page, signal, &html! { i { "Item " (signal.item.number()) } div { (says(signal)) } }))
                }
            }
        },
    }
}

fn linked(page: &Page<'_>, signal: &Signal, words: &Markup) -> Markup {
    html! {
        @match page.anchors.find(signal.change_id.as_deref()) {
            Some(place) => a.s href={ "#c-" (place.anchor) } { (words) }
            None => div.s { (words) }
        }
    }
}

fn says(signal: &Signal) -> Markup {
    html! {
        span.st { (signal.statement) }
        @if signal.older.is_some() || signal.newer.is_some() {
            span.ba {
                span.vh { "Before: " }
                (quoted(signal.older.as_deref())) " "
                span aria-hidden="true" { "→" } span.vh { " Now: " } " "
                (quoted(signal.newer.as_deref()))
            }
        }
    }
}

fn quoted(text: Option<&str>) -> String {
    text.map_or_else(|| "nothing".to_owned(), |text| shortened(text.trim(), WORDS_SHOWN))
}
