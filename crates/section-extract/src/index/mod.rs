//! Filers without headings of Items give a cross-reference index: a table of Items and the pages where they stand.

mod entry;
mod resolve;

use std::collections::BTreeMap;

use crate::candidate::{Candidate, Document};

pub(crate) use self::{entry::Entry, resolve::resolve};

/// An index lists nearly all Items.
const FEWEST: usize = 10;
/// A small one counts where no heading in the document names an Item.
const FEWEST_ALONE: usize = 3;
/// What a heading scores at least.
const HEADING: f32 = 3.0;
/// Its name stands so close above its first line.
const NAME_REACH: usize = 6;

/// The entries of the index, and the candidates they are among. Empty when the document has none.
pub(crate) fn read(document: &Document<'_>, candidates: &[Candidate]) -> Vec<Entry> {
    let Some(name) =
        (0..document.blocks.list.len()).rev().find(|&block| is_name(document, block, candidates))
    else {
        return Vec::new();
    };
    let lines: Vec<&Candidate> = candidates
        .iter()
        .filter(|candidate| {
            candidate.start.block > name && document.blocks.list[candidate.start.block].table != 0
        })
        .collect();
    let headings = candidates.iter().filter(|candidate| candidate.score >= HEADING).count();
    if lines.len() < FEWEST && (lines.len() < FEWEST_ALONE || headings > lines.len()) {
        return Vec::new();
    }
    let end = lines.last().map_or(name, |last| last.start.block + 1);
    let notes = entry::notes(document, end);
    let ends = lines.iter().skip(1).map(|next| next.start.block).chain([end]);
    let entries = lines.iter().zip(ends).filter_map(|(line, end)| Entry::read(document, line, end, &notes));
    // Where an Item has several lines, the last one counts.
    entries.map(|entry| (entry.item, entry)).collect::<BTreeMap<_, _>>().into_values().collect()
}

/// The heading of the index, with its lines just below.
fn is_name(document: &Document<'_>, block: usize, candidates: &[Candidate]) -> bool {
    if !is_named(document.text(block)) {
        return false;
    }
    let below = candidates.partition_point(|candidate| candidate.start.block <= block);
    candidates.get(below).is_some_and(|first| first.start.block <= block + NAME_REACH)
}

/// `Form 10-K Cross-Reference Index`, and nothing much besides.
fn is_named(text: &str) -> bool {
    const LONGEST: usize = 120;
    if text.len() > LONGEST {
        return false;
    }
    let lower = text.to_lowercase().replace('-', " ");
    lower.contains("cross reference") && (lower.contains("index") || lower.contains("table"))
}
