//! Sub-sections of both filings, matched by their headings.

use filing_model::{Change, Heading, HeadingDiff, HeadingState, Similarity, word_count};
use rustc_hash::FxHashMap;

use crate::{
    align::Alignment,
    edits,
    passage::Text,
    similarity::{self, Lengths, Terms},
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
    let mut found: Vec<((usize, u8), HeadingDiff)> = Vec::new();
    for (index, heading) in newer.headings.iter().enumerate() {
        let before = partner.get(&heading.paragraph).copied();
        let older_index = before.and_then(|paragraph| older.paragraphs[paragraph].heading);
        let similarity = older_index.map(|at| sub_section(older, at, newer, index, changes));
        found.push((
            (heading.paragraph, 1),
            in_newer(heading, before.map(|at| (at, older.paragraphs[at].text)), similarity),
        ));
    }
    let kept: Vec<usize> = partner.values().copied().collect();
    for heading in older.headings.iter().filter(|heading| !kept.contains(&heading.paragraph)) {
        found.push(((place_in_newer(alignment, heading.paragraph), 0), removed(heading)));
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

/// Where a removed paragraph would stand in the newer text.
fn place_in_newer(alignment: &Alignment, paragraph: usize) -> usize {
    alignment
        .pairs
        .iter()
        .filter(|pair| !pair.moved && pair.older.start < paragraph)
        .map(|pair| pair.newer.end)
        .max()
        .unwrap_or(0)
}

/// Similarity of the text under two headings, their sub-headings included.
fn sub_section(older: &Text<'_>, a: usize, newer: &Text<'_>, b: usize, changes: &[Change]) -> Similarity {
    let (before, after) = (body(older, a), body(newer, b));
    let (mut left, mut right) = (Terms::default(), Terms::default());
    let mut lengths = Lengths::default();
    for paragraph in &older.paragraphs[before.clone()] {
        similarity::count_terms(paragraph.text, &mut left);
        lengths.older += word_count(paragraph.text);
    }
    for paragraph in &newer.paragraphs[after.clone()] {
        similarity::count_terms(paragraph.text, &mut right);
        lengths.newer += word_count(paragraph.text);
    }
    for change in changes {
        let inside = change.newer.as_ref().map_or_else(
            || change.older.as_ref().is_some_and(|passage| before.contains(&passage.paragraph)),
            |passage| after.contains(&passage.paragraph),
        );
        if inside {
            let (added, removed) = edits::changed_words(&change.edits);
            lengths.added += added;
            lengths.removed += removed;
        }
    }
    similarity::measure(&left, &right, lengths)
}

/// Paragraphs from a heading to the next one of its level or above.
fn body(text: &Text<'_>, index: usize) -> std::ops::Range<usize> {
    let heading = &text.headings[index];
    let end = text.headings[index + 1..]
        .iter()
        .find(|next| next.level <= heading.level)
        .map_or(text.paragraphs.len(), |next| next.paragraph);
    heading.paragraph..end.max(heading.paragraph)
}
