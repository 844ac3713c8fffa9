//! No word is lost: a comparison holds both texts in full.

use std::collections::BTreeMap;

use filing_model::{Change, EditOp, Passage, SectionDiff, Side, paragraphs};

use super::told::of_run;

/// Everything in which a comparison does not give back its texts: a paragraph that is told twice, not at all or in other words,
/// and edits that do not turn the older passage into the newer. Empty when changes and unchanged runs hold every paragraph of both
/// sides once, at its place and word for word.
pub fn lost_words(diff: &SectionDiff, older: &str, newer: &str) -> Vec<String> {
    let sides = [(Side::Older, older), (Side::Newer, newer)];
    sides.into_iter().flat_map(|(side, text)| lost_on(diff, side, text)).collect()
}

fn lost_on(diff: &SectionDiff, side: Side, text: &str) -> Vec<String> {
    let mut lost = Vec::new();
    let mut told: BTreeMap<usize, &str> = BTreeMap::new();
    for change in &diff.changes {
        if !edits_give_back(change, side) {
            lost.push(format!("edits of {}, {side:?}", change.id));
        }
    }
    for (index, words) in told_paragraphs(diff, side) {
        if told.insert(index, words).is_some() {
            lost.push(format!("{side:?} paragraph {index} is told twice"));
        }
    }
    let due: BTreeMap<usize, &str> = paragraphs(text).enumerate().collect();
    let wrong = due.iter().filter(|(index, words)| told.get(*index) != Some(*words));
    lost.extend(wrong.map(|(index, _)| format!("{side:?} paragraph {index} is missing or has other words")));
    let beyond = told.keys().filter(|index| !due.contains_key(*index));
    lost.extend(beyond.map(|index| format!("{side:?} paragraph {index} is in no text")));
    lost
}

/// Every paragraph of a side with the words that the comparison has for it.
fn told_paragraphs(diff: &SectionDiff, side: Side) -> Vec<(usize, &str)> {
    let mut told = Vec::new();
    for change in &diff.changes {
        if let Some(Passage { paragraph, text }) = change.side(side) {
            told.extend(paragraphs(text).enumerate().map(|(at, text)| (paragraph + at, text)));
        }
    }
    for (older, newer, _, before, after) in diff.unchanged.iter().flat_map(of_run) {
        let (start, text) = match side {
            Side::Older => (older.start, before),
            Side::Newer => (newer.start, after),
        };
        told.extend(paragraphs(text).enumerate().map(|(at, text)| (start + at, text)));
    }
    told
}

/// Equal and deleted text is the older, equal and inserted text the newer.
fn edits_give_back(change: &Change, side: Side) -> bool {
    let other = match side {
        Side::Older => EditOp::Insert,
        Side::Newer => EditOp::Delete,
    };
    let edits = change.edits.iter().filter(|(op, _)| *op != other);
    let text: String = edits.map(|(_, text)| text.as_str()).collect();
    text == change.side(side).map_or("", |passage| passage.text.as_str())
}
