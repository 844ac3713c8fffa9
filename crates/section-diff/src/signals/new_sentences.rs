//! Sentences that a change brought into the newer text.

use filing_model::{Change, ChangeKind, EditOp};

use super::sentences;

/// The share of a sentence's bytes that are inserted in a sentence that is called new.
const NEW_SHARE: f64 = 0.6;

/// Sentences of the newer passage that were not in the older: all of a paragraph that is new, the rewritten ones of an edited
/// one, and none of a passage that only came from another Item.
pub(super) fn of(change: &Change) -> Vec<&str> {
    let Some(passage) = change.newer.as_ref().filter(|_| change.elsewhere.is_none()) else {
        return Vec::new();
    };
    let text = passage.text.as_str();
    if change.kind == ChangeKind::Added {
        return sentences::of(text).collect();
    }
    let inserted = inserted(change);
    let is_new = |sentence: &&str| {
        let start = sentence.as_ptr().addr() - text.as_ptr().addr();
        new_share(&inserted, start, start + sentence.len()) >= NEW_SHARE
    };
    sentences::of(text).filter(is_new).collect()
}

/// Where the newer text was inserted: start and end, in bytes.
fn inserted(change: &Change) -> Vec<(usize, usize)> {
    let mut at = 0;
    let mut places = Vec::new();
    for (op, text) in change.edits.iter().filter(|(op, _)| *op != EditOp::Delete) {
        if *op == EditOp::Insert {
            places.push((at, at + text.len()));
        }
        at += text.len();
    }
    places
}

#[expect(clippy::cast_precision_loss, reason = "lengths of sentences")]
fn new_share(inserted: &[(usize, usize)], start: usize, end: usize) -> f64 {
    let shared = inserted.iter().map(|(from, to)| (*to).min(end).saturating_sub((*from).max(start)));
    shared.sum::<usize>() as f64 / (end - start).max(1) as f64
}
