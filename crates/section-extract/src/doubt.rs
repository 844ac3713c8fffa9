//! When the evidence for an Item is thin: what speaks against the text that was cut.

use filing_model::{Item, Status};

use crate::{
    candidate::{Candidate, Document},
    contents::Contents,
};

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
    contents: &Contents,
    chain: &[usize],
    position: usize,
    status: Status,
    words: usize,
) -> Option<String> {
    let chosen = &candidates[chain[position]];
    let next = chain.get(position + 1).map(|&next| &candidates[next]);
    if chosen.score < WEAK_HEADING {
        return Some("its heading looks little like one".to_owned());
    }
    if chain[..position].iter().any(|&before| candidates[before].rank > chosen.rank) {
        return Some("its heading stands out of the order of the form".to_owned());
    }
    if let Some(inside) = swallowed(candidates, chosen, next) {
        return Some(format!("a heading of Item {inside} stands inside its text"));
    }
    if let Some(lost) = lost(candidates, contents, chain, position).filter(|_| status == Status::Found) {
        return Some(format!("the table of contents lists Item {lost} next, and its heading was not found"));
    }
    if status == Status::Found && most_words(chosen.last()).is_some_and(|most| words > most) {
        return Some(format!("{words} words are many for this Item"));
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

/// An Item that the contents list behind this one, and that no heading begins.
fn lost(candidates: &[Candidate], contents: &Contents, chain: &[usize], position: usize) -> Option<Item> {
    let chosen = &candidates[chain[position]];
    let next = chain.get(position + 1).map(|&next| &candidates[next])?;
    let begun = |item: &Item| chain.iter().any(|&at| candidates[at].items.contains(item));
    let between = |item: &Item| *item > chosen.last() && *item < next.first();
    contents.keys().copied().filter(|item| between(item) && !begun(item)).min()
}

/// More words than any filer in a hundred has there, twice over.
fn most_words(item: Item) -> Option<usize> {
    match item {
        Item::I9C => Some(1_000),
        Item::I1B => Some(1_500),
        Item::I9 => Some(3_000),
        Item::I4 => Some(4_000),
        Item::I6 | Item::I9B => Some(5_000),
        Item::I1C | Item::I9A => Some(6_000),
        Item::I5 => Some(8_000),
        _ => None,
    }
}

/// Fewer words than any filer in a hundred has there.
fn least_words(item: Item) -> usize {
    match item {
        Item::I1 | Item::I1A | Item::I7 => 100,
        Item::I8 => 200,
        _ => 0,
    }
}
