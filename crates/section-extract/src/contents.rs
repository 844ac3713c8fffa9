//! The table of contents: its entries are no headings, but they say which headings there must be.

use filing_model::Item;
use rustc_hash::FxHashMap;

use crate::{
    candidate::{Candidate, Document, Place},
    titles,
};

/// Items that the table of contents lists, with the block that its link leads to.
pub(crate) type Contents = FxHashMap<Item, Option<usize>>;

/// Fewer words than this between four headings: a list of them, not the Items themselves.
const DENSE: u32 = 20;

/// Lowers the score of entries of a table of contents and raises that of the places they lead to.
pub(crate) fn weigh(document: &Document<'_>, candidates: &mut [Candidate]) -> Contents {
    let mut contents = Contents::default();
    let mut targets: FxHashMap<(usize, Item), f32> = FxHashMap::default();
    for index in 0..candidates.len() {
        let block = &document.blocks.list[candidates[index].start.block];
        let mut penalty = 0.0;
        let next = candidates.get(index + 1);
        if next
            .is_some_and(|next| next.items == candidates[index].items && next.start == candidates[index].body)
        {
            // A running head just above the heading itself.
            penalty += 3.0;
        }
        let target = document.link_target(block).filter(|target| *target > candidates[index].start.block + 1);
        if let Some(target) = target {
            penalty += 6.0;
            *targets.entry((target, candidates[index].first())).or_default() += 2.0;
        }
        if ends_in_page_number(document, candidates[index].start.block) {
            penalty += 4.0;
        }
        if is_dense(document, candidates, index) {
            penalty += 4.0;
        }
        if penalty > 3.0 {
            for item in candidates[index].items.clone() {
                contents.entry(item).or_insert(target);
            }
        }
        candidates[index].score -= penalty;
    }
    for ((target, item), bonus) in targets {
        let near = candidates.partition_point(|candidate| candidate.start.block < target);
        for candidate in
            candidates[near..].iter_mut().take_while(|candidate| candidate.start.block < target + 4)
        {
            if candidate.first() == item {
                candidate.score += bonus;
            }
        }
    }
    contents
}

fn ends_in_page_number(document: &Document<'_>, block: usize) -> bool {
    let text = document.text(block);
    let row = &document.blocks.list[block];
    let digits = text.bytes().rev().take(4).take_while(u8::is_ascii_digit).count();
    let before = text[..text.len() - digits].bytes().next_back();
    let number = (1..=3).contains(&digits) && before.is_none_or(|b| matches!(b, b' ' | b'|' | b'\n' | b'.'));
    let near = document.text_near(block, 0);
    number && (row.is_row() || near.contains("..") || titles::words(near, 30).len() < 25)
}

/// Four headings in a row, each of a later Item, with next to nothing between them, looking ahead or back.
fn is_dense(document: &Document<'_>, candidates: &[Candidate], index: usize) -> bool {
    const SPAN: usize = 4;
    let run = |from: usize, to: usize| {
        let rises = candidates[from..=to].windows(2).all(|pair| pair[0].first() < pair[1].first());
        let words = (from..to)
            .map(|at| body_words(document, &candidates[at], &candidates[at + 1]))
            .fold(0_u32, u32::saturating_add);
        rises && words < DENSE
    };
    index + SPAN < candidates.len() && run(index, index + SPAN) || index >= SPAN && run(index - SPAN, index)
}

/// Words between a heading and the next one.
fn body_words(document: &Document<'_>, candidate: &Candidate, next: &Candidate) -> u32 {
    let Place { block, offset } = candidate.body;
    if block >= next.start.block {
        return 0;
    }
    let body = if document.furniture[block] { "" } else { &document.text(block)[offset..] };
    // More than so many need no counting.
    let here = (0..DENSE).zip(body.split_ascii_whitespace()).fold(0, |count, _| count + 1);
    here + document.words_before[next.start.block] - document.words_before[block + 1]
}
