//! Paragraphs that stand in a text more than once.

use std::hash::{Hash as _, Hasher as _};

use filing_model::{paragraphs, word_count};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

/// Shorter paragraphs are captions, which tables of one kind share.
const SENTENCE_WORDS: usize = 12;

/// Words of paragraphs that stood in the text before, word for word.
pub(crate) fn repeated_words(text: &str) -> usize {
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    let mut repeated = 0;
    for paragraph in paragraphs(text) {
        let words = word_count(paragraph);
        if words < SENTENCE_WORDS {
            continue;
        }
        let mut hasher = FxHasher::default();
        paragraph.hash(&mut hasher);
        if !seen.insert(hasher.finish()) {
            repeated += words;
        }
    }
    repeated
}

/// What a page has at its edge is short.
const LINE_WORDS: usize = 12;

/// Short paragraphs without their figures, and how often each stands in a text; a number alone is the empty one.
pub(crate) fn short_lines<'a>(texts: impl Iterator<Item = &'a str>) -> FxHashMap<String, usize> {
    let mut lines: FxHashMap<String, usize> = FxHashMap::default();
    for paragraph in texts.flat_map(paragraphs) {
        if paragraph.len() > 120 || word_count(paragraph) > LINE_WORDS {
            continue;
        }
        let line: String = paragraph.chars().filter(|c| c.is_alphabetic()).collect();
        let is_number = line.is_empty() && paragraph.chars().any(|c| c.is_ascii_digit());
        if is_number || line.len() >= 3 {
            *lines.entry(line).or_default() += 1;
        }
    }
    lines
}
