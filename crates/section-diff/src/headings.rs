//! Sub-sections of both filings, matched by their headings.

use std::ops::Range;

use filing_model::{Change, Heading, HeadingDiff, HeadingState, Similarity};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    align::Alignment,
    edits,
    passage::{Paragraph, Text},
    similarity::{self, Lengths},
};

/// Every sub-heading of the newer text, and those of the older that are gone, in reading order.
pub(crate) fn compare(
    older: &Text<'_>,
    newer: &Text<'_>,
    alignment: &Alignment,
    changes: &[Change],
) -> Vec<HeadingDiff> {
    let partner: FxHashMap<usize, usize> =
        alignment.pairs.iter().map(|pair| (pair.newer.start, pair.older.start)).collect();
    let edited = Edited::new(older, newer, changes);
    let places = Places::new(alignment);
    let mut found: Vec<((usize, u8), HeadingDiff)> = Vec::new();
    for (index, heading) in newer.headings.iter().enumerate() {
        let before = partner.get(&heading.paragraph).copied();
        let older_index = before.and_then(|paragraph| older.paragraphs[paragraph].heading);
        let similarity = older_index.map(|at| sub_section(older, at, newer, index, &edited));
        found.push((
            (heading.paragraph, 1),
            in_newer(heading, before.map(|at| (at, older.paragraphs[at].text)), similarity),
        ));
    }
    let kept: FxHashSet<usize> = partner.values().copied().collect();
    for heading in older.headings.iter().filter(|heading| !kept.contains(&heading.paragraph)) {
        found.push(((places.of(heading.paragraph), 0), removed(heading)));
    }
    found.sort_by_key(|(place, heading)| (*place, heading.older_paragraph));
    found.into_iter().map(|(_, heading)| heading).collect()
}

fn in_newer(heading: &Heading, before: Option<(usize, &str)>, similarity: Option<Similarity>) -> HeadingDiff {
    let state = match before {
        None => HeadingState::Added,
        Some((_, words)) if words == heading.title => HeadingState::Kept,
        Some(_) => HeadingState::Retitled,
    };
    HeadingDiff {
        title: heading.title.clone(),
        similarity,
        level: heading.level,
        state,
        older_title: before.filter(|_| state == HeadingState::Retitled).map(|(_, words)| words.to_owned()),
        older_paragraph: before.map(|(at, _)| at),
        newer_paragraph: Some(heading.paragraph),
    }
}

fn removed(heading: &Heading) -> HeadingDiff {
    HeadingDiff {
        title: heading.title.clone(),
        similarity: None,
        level: heading.level,
        state: HeadingState::Removed,
        older_title: None,
        older_paragraph: Some(heading.paragraph),
        newer_paragraph: None,
    }
}

/// Where removed paragraphs would stand in the newer text.
struct Places {
    /// First older paragraph of each pair that stayed, and behind the last newer paragraph of it and those before.
    kept: Vec<(usize, usize)>,
}

impl Places {
    fn new(alignment: &Alignment) -> Self {
        let stayed = alignment.pairs.iter().filter(|pair| !pair.moved);
        let mut kept: Vec<(usize, usize)> = stayed.map(|pair| (pair.older.start, pair.newer.end)).collect();
        kept.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut kept {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { kept }
    }

    fn of(&self, paragraph: usize) -> usize {
        let before = self.kept.partition_point(|(older, _)| *older < paragraph);
        before.checked_sub(1).map_or(0, |at| self.kept[at].1)
    }
}

/// Words edited up to each paragraph, so that those of a sub-section are a difference.
struct Edited {
    newer: Vec<(usize, usize)>,
    /// Of passages that only the older text has.
    older: Vec<(usize, usize)>,
}

impl Edited {
    fn new(older: &Text<'_>, newer: &Text<'_>, changes: &[Change]) -> Self {
        let mut edited = Self {
            newer: vec![(0, 0); newer.paragraphs.len() + 1],
            older: vec![(0, 0); older.paragraphs.len() + 1],
        };
        for change in changes {
            let (added, removed) = edits::changed_words(&change.edits);
            let place = match (&change.newer, &change.older) {
                (Some(passage), _) => &mut edited.newer[passage.paragraph + 1],
                (None, Some(passage)) => &mut edited.older[passage.paragraph + 1],
                (None, None) => continue,
            };
            *place = (place.0 + added, place.1 + removed);
        }
        for list in [&mut edited.newer, &mut edited.older] {
            for at in 1..list.len() {
                list[at] = (list[at].0 + list[at - 1].0, list[at].1 + list[at - 1].1);
            }
        }
        edited
    }

    /// Words added and removed.
    fn within(&self, before: &Range<usize>, after: &Range<usize>) -> (usize, usize) {
        let span = |list: &[(usize, usize)], range: &Range<usize>| {
            (list[range.end].0 - list[range.start].0, list[range.end].1 - list[range.start].1)
        };
        let (of_newer, of_older) = (span(&self.newer, after), span(&self.older, before));
        (of_newer.0 + of_older.0, of_newer.1 + of_older.1)
    }
}

/// Similarity of the text under two headings, their sub-headings included.
fn sub_section(older: &Text<'_>, a: usize, newer: &Text<'_>, b: usize, edited: &Edited) -> Similarity {
    let (before, after) = (body(older, a), body(newer, b));
    let (added, removed) = edited.within(&before, &after);
    let (left, right) = (&older.paragraphs[before], &newer.paragraphs[after]);
    let words = |list: &[Paragraph<'_>]| list.iter().map(|paragraph| paragraph.words).sum();
    let lengths = Lengths { older: words(left), newer: words(right), added, removed };
    similarity::measure(&similarity::terms(left), &similarity::terms(right), lengths)
}

/// Paragraphs from a heading to the next one of its level or above.
fn body(text: &Text<'_>, index: usize) -> Range<usize> {
    let heading = &text.headings[index];
    let end = text.headings[index + 1..]
        .iter()
        .find(|next| next.level <= heading.level)
        .map_or(text.paragraphs.len(), |next| next.paragraph);
    heading.paragraph..end.max(heading.paragraph)
}
