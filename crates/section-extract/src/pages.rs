//! Which blocks stand on which page, by the numbers that the pages carry.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::candidate::Document;

/// The pages of a document.
#[derive(Debug)]
pub(crate) struct Pages {
    /// First block of each page, in order.
    starts: Vec<usize>,
    blocks: usize,
    /// What the number on a page is more than its place in the order.
    offset: i64,
}

/// Numbers beyond this are years, not pages.
const LAST_PAGE: i64 = 999;
/// A document needs so many pages that agree in their numbering.
const FEWEST: usize = 3;
/// And one in so many of its pages.
const SHARE: usize = 5;

impl Pages {
    /// Reads the numbers from the furniture of the pages; `None` when they do not agree.
    pub(crate) fn read(document: &Document<'_>) -> Option<Self> {
        let list = &document.blocks.list;
        let mut starts: Vec<usize> =
            (0..list.len()).filter(|&block| block == 0 || list[block].page_start).collect();
        starts.dedup();
        let mut votes: FxHashMap<i64, usize> = FxHashMap::default();
        for (place, &start) in starts.iter().enumerate() {
            let end = starts.get(place + 1).copied().unwrap_or(list.len());
            let place = i64::try_from(place).ok()?;
            for number in (start..end)
                .filter(|&block| document.furniture[block])
                .flat_map(|block| numbers(document.text(block)))
            {
                *votes.entry(number - place).or_default() += 1;
            }
        }
        let (offset, agreeing) = votes.into_iter().max_by_key(|(offset, votes)| (*votes, -*offset))?;
        (agreeing >= FEWEST.max(starts.len() / SHARE)).then_some(Self { starts, blocks: list.len(), offset })
    }

    /// The blocks of the pages with these numbers, both included.
    pub(crate) fn blocks(&self, from: u32, to: u32) -> Option<Range<usize>> {
        let place = |number: u32| usize::try_from(i64::from(number) - self.offset).ok();
        let first = *self.starts.get(place(from)?)?;
        let last = self.starts.get(place(to)? + 1).copied().unwrap_or(self.blocks);
        (first < last).then_some(first..last)
    }
}

fn numbers(text: &str) -> impl Iterator<Item = i64> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .filter(|number| (1..=LAST_PAGE).contains(number))
}
