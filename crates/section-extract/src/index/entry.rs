//! One line of a cross-reference index.

use filing_model::Item;
use rustc_hash::FxHashMap;

use crate::candidate::{Candidate, Document};

/// What the index says of an Item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) item: Item,
    /// Label and caption.
    pub(crate) heading: String,
    /// Pages from and to, in the order given.
    pub(crate) pages: Vec<(u32, u32)>,
    /// Whether a page was given as where the Item begins, without an end.
    pub(crate) open: bool,
    /// What stands in place of pages, or the note that a letter refers to.
    pub(crate) says: Option<String>,
}

/// Notes below the index by their letter, such as `a`.
pub(crate) type Notes = FxHashMap<char, String>;

/// So many blocks below the index may be its notes.
const NOTES: usize = 12;
/// More runs of pages than this are no entry of an index.
const MOST_RANGES: usize = 100;

/// Reads the notes below an index: `(a) Incorporated by reference to ...`.
pub(crate) fn notes(document: &Document<'_>, from: usize) -> Notes {
    let blocks = document.blocks.list.len();
    let texts = (from..blocks.min(from + NOTES)).map(|block| document.text(block).trim());
    texts
        .filter_map(|text| {
            Some((letter(text)?, text[3..].trim_start_matches([' ', '-', '–', '|', '.']).to_owned()))
        })
        .collect()
}

/// The letter of `(a)` at the start of a text.
fn letter(text: &str) -> Option<char> {
    let mut characters = text.chars();
    let opened = characters.next() == Some('(');
    let letter = characters.next()?;
    (opened && letter.is_ascii_lowercase() && characters.next() == Some(')')).then_some(letter)
}

impl Entry {
    /// Reads a line and those below it that have no label of their own, up to `end`.
    pub(crate) fn read(document: &Document<'_>, line: &Candidate, end: usize, notes: &Notes) -> Option<Self> {
        let text = document.text(line.start.block);
        let (heading, told) = text[line.start.offset..].rsplit_once(" | ")?;
        let mut entry = Self {
            item: line.first(),
            heading: heading.replace(" | ", " "),
            pages: ranges(told),
            open: told.to_lowercase().contains("page"),
            says: None,
        };
        for block in line.start.block + 1..end {
            if let Some((_, more)) = document.text(block).rsplit_once(" | ") {
                entry.pages.extend(ranges(more));
            }
        }
        if entry.pages.is_empty() {
            let note =
                told.find('(').and_then(|at| letter(&told[at..])).and_then(|letter| notes.get(&letter));
            entry.says = Some(note.map_or_else(|| told.to_owned(), Clone::clone).trim().to_owned());
        }
        entry.pages.truncate(MOST_RANGES);
        entry.pages = apart(&entry.pages);
        entry.open &= entry.pages.iter().all(|(from, to)| from == to);
        Some(entry)
    }
}

/// The runs without those that overlap an earlier one, so that no page is taken twice.
fn apart(pages: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut kept: Vec<(u32, u32)> = Vec::new();
    for &(from, to) in pages {
        if kept.iter().all(|&(first, last)| to < first || last < from) {
            kept.push((from, to));
        }
    }
    kept
}

/// `4-6, 7-13` and `Page 28`: page numbers, ranges with a dash.
fn ranges(text: &str) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for part in text.split([',', ';', '&']) {
        let mut numbers = part.split(['-', '–', '—']).map(|side| {
            let digits: String = side.chars().filter(char::is_ascii_digit).collect();
            digits.parse::<u32>().ok().filter(|number| *number < 1_000)
        });
        let Some(Some(from)) = numbers.next() else { continue };
        let to = numbers.next().flatten().filter(|to| *to >= from).unwrap_or(from);
        match found.last_mut() {
            // `4-6, 7-13` is one run of pages.
            Some((_, last)) if *last + 1 == from => *last = to,
            _ => found.push((from, to)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_as_filers_write_them() {
        assert_eq!(ranges("4-6, 7-13, 78-80"), [(4, 13), (78, 80)]);
        assert_eq!(ranges("Page 28"), [(28, 28)]);
        assert_eq!(ranges("Page 36, (a)"), [(36, 36)]);
        assert_eq!(ranges("Not applicable"), []);
        assert_eq!(ranges("16, 74–76"), [(16, 16), (74, 76)]);
    }
}
