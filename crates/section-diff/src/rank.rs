//! How much a change tells: what page and prompt take first.

use filing_model::{Change, ChangeKind, EditOp, Item, word_count};

use crate::{passage::Text, words::tokens};

/// Words that turn a sentence round when they come or go.
const TURNS: [&str; 15] = [
    "not", "no", "never", "cannot", "may", "might", "could", "did", "have", "has", "had", "will", "unable",
    "without", "longer",
];

/// Words that an analyst stops at.
const GRAVE: [&str; 26] = [
    "weakness",
    "doubt",
    "restate",
    "restated",
    "restatement",
    "investigation",
    "subpoena",
    "lawsuit",
    "complaint",
    "terminated",
    "impairment",
    "default",
    "breach",
    "unauthorized",
    "tariffs",
    "dismissed",
    "resigned",
    "delisting",
    "bankruptcy",
    "recall",
    "covenant",
    "waiver",
    "acquisition",
    "divestiture",
    "layoffs",
    "restructuring",
];

/// Gives each change its weight, and its rank within the Item.
pub(crate) fn weigh(item: Item, changes: &mut [Change], newer: &Text<'_>, older: &Text<'_>) {
    for change in changes.iter_mut() {
        change.weight = (weight(change, newer, older) * of_item(item) * 1000.0).round() / 1000.0;
    }
    let mut ranking: Vec<usize> = (0..changes.len()).collect();
    ranking.sort_by(|&a, &b| changes[b].weight.total_cmp(&changes[a].weight).then(a.cmp(&b)));
    for (place, index) in ranking.into_iter().enumerate() {
        changes[index].rank = place + 1;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn weight(change: &Change, newer: &Text<'_>, older: &Text<'_>) -> f64 {
    let mut edited = 0;
    let (mut turns, mut grave) = (0, 0);
    for (op, text) in change.edits.iter().filter(|(op, _)| *op != EditOp::Equal) {
        edited += word_count(text);
        for token in tokens(text) {
            let word = token.text.to_lowercase();
            turns += usize::from(change.kind == ChangeKind::Modified && TURNS.contains(&word.as_str()));
            grave += usize::from(*op == EditOp::Insert && GRAVE.contains(&word.as_str()));
        }
    }
    let mut weight = (1.0 + edited as f64).ln() + turns.min(3) as f64 * 0.5 + grave.min(3) as f64 * 0.8;
    if is_heading(change, newer, older) {
        weight += 1.5;
    }
    weight *= match change.kind {
        ChangeKind::Added => 1.25,
        ChangeKind::Removed => 1.1,
        ChangeKind::Modified => 1.0,
        ChangeKind::Moved => 0.4,
    };
    if change.elsewhere.is_some() {
        weight *= 0.3;
    }
    if change.figures_only {
        weight *= 0.2;
    }
    if is_table(change) {
        weight *= 0.3;
    }
    weight
}

/// A new or removed sub-section says more than its heading's words.
fn is_heading(change: &Change, newer: &Text<'_>, older: &Text<'_>) -> bool {
    let place = |text: &Text<'_>, passage: &Option<filing_model::Passage>| {
        passage.as_ref().is_some_and(|passage| text.paragraphs[passage.paragraph].heading.is_some())
    };
    match change.kind {
        ChangeKind::Added => place(newer, &change.newer),
        ChangeKind::Removed => place(older, &change.older),
        _ => false,
    }
}

fn is_table(change: &Change) -> bool {
    change.newer.as_ref().or(change.older.as_ref()).is_some_and(|passage| passage.text.contains(" | "))
}

/// Research finds that risk factors tell most; proceedings, auditors and controls change seldom and then matter.
fn of_item(item: Item) -> f64 {
    match item {
        Item::I9 => 1.5,
        Item::I9A => 1.4,
        Item::I3 => 1.3,
        Item::I1C => 1.1,
        Item::I1A | Item::I7 => 1.0,
        Item::I1 | Item::I7A => 0.9,
        Item::I8 => 0.8,
        _ => 0.6,
    }
}
