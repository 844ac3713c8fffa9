//! Headings that have the caption of an Item but not its number.

use std::ops::Range;

use filing_model::Item;

use crate::{
    candidate::{Candidate, Document, Place},
    contents::Contents,
    heading::next_place,
    titles,
};

/// Longer blocks are no caption.
const LONGEST: usize = 200;
/// Where the link of the contents leads.
const LED_TO: f32 = 4.0;
/// The contents list the Item, and no heading has its number.
const LISTED: f32 = 1.0;
/// No contents speak for it: enough to be taken, too little to be trusted.
const ALONE: f32 = 1.5;
/// A caption with fewer words below it is an entry of a list.
const FEWEST_WORDS: u32 = 12;
/// Blocks in which these words stand.
const NEAR: usize = 8;

/// Adds captions of Items that the table of contents lists and no heading has by number.
pub(crate) fn add_listed(document: &Document<'_>, candidates: &mut Vec<Candidate>, contents: &Contents) {
    let numbered: Vec<Item> = candidates
        .iter()
        .filter(|candidate| candidate.score > 3.0)
        .flat_map(|candidate| candidate.items.iter().copied())
        .collect();
    let wanted: Vec<Item> = contents.keys().copied().filter(|item| !numbered.contains(item)).collect();
    if wanted.is_empty() {
        return;
    }
    let found = find(document, 0..document.blocks.list.len(), &wanted).map(|(block, item)| {
        let target = contents.get(&item).copied().flatten();
        let led_to = target.is_some_and(|target| (target..target + 4).contains(&block));
        candidate(document, block, item, if led_to { LED_TO } else { LISTED })
    });
    let found: Vec<Candidate> = found.collect();
    candidates.extend(found);
    candidates.sort_by_key(|candidate| candidate.start);
}

/// Adds captions that stand where the chain of headings has a gap. Whether there were any.
pub(crate) fn add_in_gaps(document: &Document<'_>, candidates: &mut Vec<Candidate>, chain: &[usize]) -> bool {
    let blocks = document.blocks.list.len();
    let mut found = Vec::new();
    for position in 0..=chain.len() {
        let before = position.checked_sub(1).map(|at| &candidates[chain[at]]);
        let after = chain.get(position).map(|&at| &candidates[at]);
        let from = before.map_or(0, |candidate| candidate.body.block);
        let to = after.map_or(blocks, |candidate| candidate.start.block);
        let wanted: Vec<Item> = CERTAIN
            .into_iter()
            .filter(|item| before.is_none_or(|before| before.last() < *item))
            .filter(|item| after.is_none_or(|after| *item < after.first()))
            .collect();
        if wanted.is_empty() || from >= to {
            continue;
        }
        let captions = find(document, from..to, &wanted).filter(|&(block, _)| has_text(document, block));
        found.extend(captions.map(|(block, item)| candidate(document, block, item, ALONE)));
    }
    let any = !found.is_empty();
    candidates.extend(found);
    candidates.sort_by_key(|candidate| candidate.start);
    any
}

/// Items that every annual report has had since 1993 under captions that hardly head anything else.
const CERTAIN: [Item; 8] = [Item::I2, Item::I3, Item::I5, Item::I7, Item::I8, Item::I9, Item::I12, Item::I13];

/// Blocks that are a caption of one of the Items and nothing else.
fn find<'a>(
    document: &'a Document<'_>,
    range: Range<usize>,
    wanted: &'a [Item],
) -> impl Iterator<Item = (usize, Item)> + 'a {
    range.filter_map(move |index| {
        let block = &document.blocks.list[index];
        let text = document.text(index);
        if text.len() > LONGEST || block.is_row() || document.furniture[index] {
            return None;
        }
        let loud = !text.chars().any(char::is_lowercase);
        let shown = block.emphasised() || loud || block.center;
        if !shown || document.link_target(block).is_some_and(|target| target > index) {
            return None;
        }
        titles::exact(text).filter(|item| wanted.contains(item)).map(|item| (index, item))
    })
}

fn has_text(document: &Document<'_>, block: usize) -> bool {
    let end = (block + 1 + NEAR).min(document.blocks.list.len());
    document.words_before[end] - document.words_before[block + 1] >= FEWEST_WORDS
}

fn candidate(document: &Document<'_>, block: usize, item: Item, score: f32) -> Candidate {
    Candidate {
        items: vec![item],
        start: Place { block, offset: 0 },
        body: next_place(document, block),
        score,
        reserved: false,
        rank: document.numbering.place(item),
    }
}
