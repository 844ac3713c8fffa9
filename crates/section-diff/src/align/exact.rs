//! Paragraphs that are the same in both texts.

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::Partners;
use crate::passage::{Paragraph, Text};

/// Shorter paragraphs that turn up elsewhere are a coincidence, not a move.
const SHORTEST_MOVE: usize = 6;

/// Pairs what is the same and stands in the same order.
pub(crate) fn in_order(older: &Text<'_>, newer: &Text<'_>, partners: &mut Partners) {
    let keys = |text: &Text<'_>| text.paragraphs.iter().map(|paragraph| paragraph.loose).collect::<Vec<_>>();
    for step in capture_diff_slices(Algorithm::Patience, &keys(older), &keys(newer)) {
        if step.tag() == DiffTag::Equal {
            for (a, b) in step.old_range().zip(step.new_range()) {
                partners.pair(a, b);
            }
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
