//! Sections as lists of paragraphs, and extractions whose figures agree.

use filing_model::{Confidence, Extraction, Heading, Item, Section, Status, paragraphs, word_count};

/// A paragraph, and its level when it is a sub-heading.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) level: Option<u8>,
}

impl Paragraph {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), level: None }
    }
}

/// What a section consists of.
pub(super) fn read(section: &Section) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = paragraphs(&section.text).map(Paragraph::plain).collect();
    for heading in &section.headings {
        all[heading.paragraph].level = Some(heading.level);
    }
    all
}

/// A section with another text, counted and doubted as the extraction does.
pub(super) fn write(item: Item, section: &Section, text: &[Paragraph]) -> Section {
    let text: Vec<&Paragraph> = text.iter().filter(|paragraph| !paragraph.text.is_empty()).collect();
    let joined = text.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join("\n\n");
    let words = word_count(&joined);
    let status = if words == 0 { Status::Omitted } else { Status::Found };
    let headings = text.iter().enumerate().filter_map(|(at, paragraph)| {
        paragraph.level.map(|level| Heading { level, title: paragraph.text.clone(), paragraph: at })
    });
    let doubt = doubt(item, status, words);
    Section {
        status,
        words,
        tables: text.iter().filter(|paragraph| paragraph.text.contains(" | ")).count(),
        headings: headings.collect(),
        confidence: if doubt.is_some() { Confidence::Low } else { section.confidence },
        reason: doubt.or_else(|| section.reason.clone()),
        refers_to: section.refers_to.clone().filter(|_| section.status == Status::Found),
        heading: section.heading.clone(),
        span: section.span,
        text: joined,
    }
}

/// What the extraction says of lengths (`section-extract`, `doubt.rs`).
fn doubt(item: Item, status: Status, words: usize) -> Option<String> {
    let least = match item {
        Item::I1 | Item::I1A | Item::I7 => 100,
        Item::I8 => 200,
        _ => 0,
    };
    let most = match item {
        Item::I9C => 1_000,
        Item::I1B => 1_500,
        Item::I9 => 3_000,
        Item::I4 => 4_000,
        Item::I6 | Item::I9B => 5_000,
        Item::I1C | Item::I9A => 6_000,
        Item::I5 => 8_000,
        _ => usize::MAX,
    };
    if status != Status::Found {
        None
    } else if words > most {
        Some(format!("{words} words are many for this Item"))
    } else {
        (words < least).then(|| format!("{words} words are few for this Item"))
    }
}

/// Gives an Item another text, as if the document held it: what comes later moves.
pub(super) fn put_in_document(extraction: &mut Extraction, item: Item, section: Section) {
    let old = &extraction.items[&item];
    let (before, after, span) = (old.words, section.words, old.span);
    extraction.items.insert(item, section);
    let Some(span) = span else { return };
    let moved =
        |place: usize| if place >= span.end { place + after - before.min(place + after) } else { place };
    for section in extraction.items.values_mut() {
        if let Some(span) = &mut section.span {
            (span.start, span.end) = (moved(span.start), moved(span.end));
        }
    }
    extraction.document_words = extraction.document_words.map(moved);
}

/// The Item whose text begins where this one's ends.
pub(super) fn next(extraction: &Extraction, item: Item) -> Option<Item> {
    let end = extraction.items[&item].span?.end;
    let later = extraction.items.iter().filter_map(|(other, section)| {
        let start = section.span?.start;
        (*other != item && start >= end).then_some((start, *other))
    });
    later.min().map(|(_, other)| other)
}

/// Words before a paragraph.
pub(super) fn words_of(text: &[Paragraph]) -> usize {
    text.iter().map(|paragraph| word_count(&paragraph.text)).sum()
}
