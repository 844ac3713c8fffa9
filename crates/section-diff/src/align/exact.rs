//! Paragraphs that are the same in both texts.

use std::ops::Range;

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Partners, order::heaviest_increasing};
use crate::passage::{Paragraph, Text};

/// Shorter paragraphs that turn up elsewhere are a coincidence, not a move.
const SHORTEST_MOVE: usize = 6;
/// Gaps of at most so many pairs are searched for the longest common sequence.
const SMALL_GAP: usize = 10_000;

/// Pairs what is the same and stands in the same order: paragraphs that are unique in both texts first, the heaviest
/// sequence of them; then between those what stands beside them, and what is repeated. Near linear for any text.
pub(crate) fn in_order(older: &Text<'_>, newer: &Text<'_>, partners: &mut Partners) {
    let (left, right) = (keys(older), keys(newer));
    let unique = unique_pairs(&left, &right);
    let weights: Vec<u64> = unique.iter().map(|&(a, _)| older.paragraphs[a].words as u64 + 1).collect();
    let kept = heaviest_increasing(&unique, &weights, right.len());
    let anchors = unique.into_iter().zip(kept).filter_map(|(pair, kept)| kept.then_some(pair));
    let (mut a, mut b) = (0, 0);
    for (next_a, next_b) in anchors.chain([(left.len(), right.len())]) {
        between(&left, a..next_a, &right, b..next_b, partners);
        if next_a < left.len() {
            partners.pair(next_a, next_b);
        }
        (a, b) = (next_a + 1, next_b + 1);
    }
}

fn keys(text: &Text<'_>) -> Vec<u64> {
    text.paragraphs.iter().map(|paragraph| paragraph.loose).collect()
}

/// Places of the keys that stand once on either side, in the order of the first.
fn unique_pairs(left: &[u64], right: &[u64]) -> Vec<(usize, usize)> {
    let places = |keys: &[u64]| {
        let mut places: FxHashMap<u64, Option<usize>> = FxHashMap::default();
        for (index, key) in keys.iter().enumerate() {
            places.entry(*key).and_modify(|place| *place = None).or_insert(Some(index));
        }
        places
    };
    let (once, other) = (places(left), places(right));
    let partner = |(index, key): (usize, &u64)| {
        once.get(key).copied().flatten()?;
        Some((index, other.get(key).copied().flatten()?))
    };
    left.iter().enumerate().filter_map(partner).collect()
}

/// Pairs what is the same in a gap between anchors.
fn between(left: &[u64], mut a: Range<usize>, right: &[u64], mut b: Range<usize>, partners: &mut Partners) {
    while !a.is_empty() && !b.is_empty() && left[a.start] == right[b.start] {
        partners.pair(a.start, b.start);
        (a.start, b.start) = (a.start + 1, b.start + 1);
    }
    while !a.is_empty() && !b.is_empty() && left[a.end - 1] == right[b.end - 1] {
        (a.end, b.end) = (a.end - 1, b.end - 1);
        partners.pair(a.end, b.end);
    }
    if a.len().saturating_mul(b.len()) > SMALL_GAP {
        in_turn(left, a, right, b, partners);
        return;
    }
    for step in capture_diff_slices(Algorithm::Patience, &left[a.clone()], &right[b.clone()]) {
        if step.tag() == DiffTag::Equal {
            for (x, y) in step.old_range().zip(step.new_range()) {
                partners.pair(a.start + x, b.start + y);
            }
        }
    }
}

/// Pairs each key with its next occurrence behind the last pair.
fn in_turn(left: &[u64], a: Range<usize>, right: &[u64], b: Range<usize>, partners: &mut Partners) {
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for at in b.clone().rev() {
        places.entry(right[at]).or_default().push(at);
    }
    let mut from = b.start;
    for at in a {
        let Some(list) = places.get_mut(&left[at]) else { continue };
        while list.last().is_some_and(|&place| place < from) {
            list.pop();
        }
        if let Some(place) = list.pop() {
            partners.pair(at, place);
            from = place + 1;
        }
    }
}

/// Pairs what is the same and stands elsewhere, when there is just one of it on either side.
pub(crate) fn elsewhere(older: &Text<'_>, newer: &Text<'_>, partners: &mut Partners) {
    let lonely = |list: &[Paragraph<'_>], free: Vec<usize>| {
        let mut places: FxHashMap<u64, Option<usize>> = FxHashMap::default();
        for index in free.into_iter().filter(|&index| list[index].words >= SHORTEST_MOVE) {
            places.entry(list[index].loose).and_modify(|place| *place = None).or_insert(Some(index));
        }
        places
    };
    let from = lonely(&older.paragraphs, partners.free_older().collect());
    let to = lonely(&newer.paragraphs, partners.free_newer().collect());
    for (key, a) in from {
        if let (Some(a), Some(Some(b))) = (a, to.get(&key)) {
            partners.pair(a, *b);
        }
    }
}
