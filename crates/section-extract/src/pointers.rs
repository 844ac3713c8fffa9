//! Follows pointers whose target lies in the same document.

use filing_model::{Confidence, Extraction, Heading, Item, Section, Status, paragraphs, word_count};

use crate::{
    candidate::{Candidate, Document},
    cut, outline, statements, status,
};

/// Texts shorter than this are no better than the pointer.
const FEWEST_WORDS: usize = 40;

/// A list of financial statements and schedules has fewer words, the statements have more.
const LONGEST_LIST: usize = 400;

/// Longer pointers say something of their own, which stays.
const LONGEST_POINTER: usize = 60;

/// Replaces pointers by the text they point to, where that is certain.
pub(crate) fn follow(extraction: &mut Extraction, document: &Document<'_>, chain: &[&Candidate]) {
    share(extraction, chain);
    follow_to_statements(extraction, document, chain);
    for item in [Item::I7A, Item::I3] {
        follow_to_heading(extraction, item);
    }
}

/// Items whose headings have no text of their own: several above one pointer, or with an asterisk that leads to a footnote.
fn share(extraction: &mut Extraction, chain: &[&Candidate]) {
    for (position, candidate) in chain.iter().enumerate() {
        let item = candidate.first();
        let Some(silent) =
            extraction.items.get(&item).filter(|section| is_silent(section) && !candidate.reserved)
        else {
            continue;
        };
        let starred = silent.heading.as_deref().is_some_and(|heading| heading.trim_end().ends_with('*'));
        let speaking =
            if starred { footnote(extraction) } else { below(extraction, &chain[position + 1..], item) };
        let Some((speaker, refers_to)) = speaking else { continue };
        let shared = Section {
            status: Status::ByReference,
            heading: silent.heading.clone(),
            refers_to: Some(refers_to),
            reason: Some(format!(
                "Item {item} has no text of its own; the pointer under Item {speaker} speaks for it"
            )),
            ..Section::missing()
        };
        extraction.items.insert(item, shared);
    }
}

fn is_silent(section: &Section) -> bool {
    section.status == Status::Omitted && section.words == 0
}

/// The pointer of the next Item that has a text, when it names this one or speaks of several.
fn below(extraction: &Extraction, after: &[&Candidate], item: Item) -> Option<(Item, String)> {
    let sections = after.iter().filter_map(|next| Some((next.first(), extraction.items.get(&next.first())?)));
    let (speaker, section) = sections.into_iter().find(|(_, section)| !is_silent(section))?;
    let pointer = section.refers_to.clone().filter(|_| section.status == Status::ByReference)?;
    let lower = section.text.to_lowercase();
    let named = lower.contains("items") || lower.contains(&format!("item {}", item.number().to_lowercase()));
    named.then_some((speaker, pointer))
}

/// The pointer in a paragraph that an asterisk marks as a footnote.
fn footnote(extraction: &Extraction) -> Option<(Item, String)> {
    extraction.items.iter().find_map(|(item, section)| {
        let marked = paragraphs(&section.text).filter(|paragraph| paragraph.starts_with('*'));
        let judged = marked.map(|paragraph| status::judge(paragraph, false));
        judged.into_iter().find_map(|judged| judged.refers_to).map(|refers_to| (*item, refers_to))
    })
}

/// Item 8 points to Item 15 or to the pages behind the signatures.
fn follow_to_statements(extraction: &mut Extraction, document: &Document<'_>, chain: &[&Candidate]) {
    let Some(section) = extraction.items.get(&Item::I8).filter(|section| lacks_statements(section)).cloned()
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
        span: Some(document.span(start, end)),
        ..section
    };
    extraction.items.insert(Item::I8, moved);
}

/// A pointer to another place of this document, or a list of statements with their pages.
fn lacks_statements(section: &Section) -> bool {
    match section.status {
        Status::ByReference => !section.refers_to.as_deref().is_some_and(is_elsewhere),
        Status::Found => section.words < LONGEST_LIST && section.text.contains(" | "),
        _ => false,
    }
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
        // A part of the host's piece.
        span: None,
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
