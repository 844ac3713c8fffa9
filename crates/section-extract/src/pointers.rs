//! Follows pointers whose target lies in the same document.

use filing_model::{Confidence, Extraction, Heading, Item, Section, Status, paragraphs, word_count};

use crate::{
    candidate::{Candidate, Document},
    cut, outline, statements,
};

/// Texts shorter than this are no better than the pointer.
const FEWEST_WORDS: usize = 40;

/// Longer pointers say something of their own, which stays.
const LONGEST_POINTER: usize = 60;

/// Replaces pointers by the text they point to, where that is certain.
pub(crate) fn follow(extraction: &mut Extraction, document: &Document<'_>, chain: &[&Candidate]) {
    follow_to_statements(extraction, document, chain);
    for item in [Item::I7A, Item::I3] {
        follow_to_heading(extraction, item);
    }
}

/// Item 8 points to Item 15 or to the pages behind the signatures.
fn follow_to_statements(extraction: &mut Extraction, document: &Document<'_>, chain: &[&Candidate]) {
    let pointer = extraction.items.get(&Item::I8).filter(|section| section.status == Status::ByReference);
    let Some(section) =
        pointer.cloned().filter(|section| !section.refers_to.as_deref().is_some_and(is_elsewhere))
    else {
        return;
    };
    let from = chain.iter().find(|candidate| candidate.first() > Item::I8).map_or(0, |next| next.start.block);
    let limits: Vec<usize> =
        chain.iter().map(|candidate| candidate.start.block).filter(|&block| block > from).collect();
    let Some((start, end)) = statements::find(document, from, &limits) else { return };
    let cut = cut::cut(document, start, end);
    let host = chain.iter().rev().find(|candidate| candidate.start.block < start.block);
    let place = host.map_or_else(|| "another place".to_owned(), |host| format!("Item {}", host.first()));
    let moved = Section {
        status: Status::Found,
        words: word_count(&cut.text),
        tables: cut.tables,
        reason: Some(format!(
            "Item 8 is a pointer; the financial statements were taken from where they stand, in {place} or behind it"
        )),
        refers_to: Some(place),
        headings: outline::headings(document, &cut),
        text: cut.text,
        confidence: Confidence::High,
        ..section
    };
    extraction.items.insert(Item::I8, moved);
}

fn is_elsewhere(target: &str) -> bool {
    target.starts_with("Exhibit") || target.starts_with("proxy") || target.starts_with("annual report")
}

/// A pointer that quotes a heading of another Item, as `see “Risk Management” in Item 7`.
fn follow_to_heading(extraction: &mut Extraction, item: Item) {
    let pointer = extraction.items.get(&item).filter(|section| section.status == Status::ByReference);
    let Some(section) = pointer.filter(|section| section.words <= LONGEST_POINTER).cloned() else { return };
    let found = quoted(&section.text).find_map(|title| {
        extraction
            .items
            .iter()
            .filter(|(other, host)| **other != item && host.status == Status::Found)
            .find_map(|(other, host)| part_under(host, title).map(|part| (*other, title.to_owned(), part)))
    });
    let Some((host, title, (text, headings))) = found else { return };
    let moved = Section {
        status: Status::Found,
        words: word_count(&text),
        tables: paragraphs(&text).filter(|paragraph| paragraph.contains(" | ")).count(),
        reason: Some(format!(
            "Item {item} points to “{title}” in Item {host}; the text was taken from there"
        )),
        refers_to: Some(format!("Item {host}")),
        headings,
        text,
        ..section
    };
    extraction.items.insert(item, moved);
}

/// What stands between quotation marks.
pub(crate) fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split(['“', '"'])
        .skip(1)
        .filter_map(|rest| rest.split(['”', '"']).next())
        .map(|title| title.trim_matches([' ', '.', ',', ';']))
        .filter(|title| title.len() > 6)
}

/// The text under the one heading with this title, up to the next heading of its level.
fn part_under(host: &Section, title: &str) -> Option<(String, Vec<Heading>)> {
    let key = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let wanted = key(title);
    let mut fitting = host.headings.iter().enumerate().filter(|(_, heading)| key(&heading.title) == wanted);
    let (index, heading) = fitting.next()?;
    if fitting.next().is_some() {
        // Which of them is meant is not known.
        return None;
    }
    let next = host.headings[index + 1..].iter().find(|next| next.level <= heading.level);
    let first = heading.paragraph + 1;
    let last = next.map_or(usize::MAX, |next| next.paragraph);
    let text = paragraphs(&host.text)
        .enumerate()
        .filter(|(at, _)| (first..last).contains(at))
        .map(|(_, text)| text)
        .collect::<Vec<_>>()
        .join("\n\n");
    let headings = host.headings[index + 1..]
        .iter()
        .take_while(|inner| inner.paragraph < last)
        .map(|inner| Heading { paragraph: inner.paragraph - first, ..inner.clone() })
        .collect();
    (word_count(&text) >= FEWEST_WORDS).then_some((text, headings))
}
