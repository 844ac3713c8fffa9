//! When the evidence for an Item is thin: what speaks against the text that was cut.

use filing_model::{Item, Status};

use crate::candidate::{Candidate, Document};

/// A heading that scores less looks little like one.
const WEAK_HEADING: f32 = 3.0;
/// A heading that scores so much and was passed over is hard to explain.
const STRONG_HEADING: f32 = 5.0;

/// A document with fewer words is an excerpt or an amendment, whose Items may be short.
const WHOLE_REPORT: u32 = 3_000;

/// Why an Item may be wrong; `None` when nothing speaks against it.
pub(crate) fn reason(
    document: &Document<'_>,
    candidates: &[Candidate],
    chosen: &Candidate,
    next: Option<&Candidate>,
    status: Status,
    words: usize,
) -> Option<String> {
    if chosen.score < WEAK_HEADING {
        return Some("its heading looks little like one".to_owned());
    }
    if let Some(inside) = swallowed(candidates, chosen, next) {
        return Some(format!("a heading of Item {inside} stands inside its text"));
    }
    let whole = document.words_before.last().is_some_and(|words| *words >= WHOLE_REPORT);
    if whole && status == Status::Found && words < least_words(chosen.first()) {
        return Some(format!("{words} words are few for this Item"));
    }
    None
}

/// An Item whose heading stands between this one's and the next one's, where it belongs by its number.
fn swallowed(candidates: &[Candidate], chosen: &Candidate, next: Option<&Candidate>) -> Option<Item> {
    let inside = candidates.iter().find(|other| {
        let between = other.start > chosen.start && next.is_none_or(|next| other.start < next.start);
        let in_order = other.first() > chosen.last() && next.is_none_or(|next| other.first() < next.first());
        between && in_order && other.score >= STRONG_HEADING
    });
    inside.map(Candidate::first)
}

/// Fewer words than any filer in a hundred has there.
fn least_words(item: Item) -> usize {
    match item {
        Item::I1 | Item::I1A | Item::I7 => 100,
        Item::I8 => 200,
        _ => 0,
    }
}
