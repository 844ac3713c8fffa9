//! From the pages of a cross-reference index to the text of the Items.

use filing_model::{Confidence, Extraction, Section, Status, word_count};

use super::Entry;
use crate::{
    candidate::{Document, Place},
    cut, ends, outline,
    pages::Pages,
    status, titles,
};

/// Where an entry's text begins.
#[derive(Debug, Clone, Copy)]
struct Begin {
    heading: Place,
    body: Place,
    /// A heading on the page has the Item's caption.
    certain: bool,
}

/// A page of pictures has fewer words.
const PICTURES: u32 = 60;
/// A line in capitals up to so many bytes is a heading.
const LOUD: usize = 160;

/// Fills in the Items that the index names and that have no heading of their own.
pub(crate) fn resolve(extraction: &mut Extraction, document: &Document<'_>, entries: &[Entry]) {
    let pages = Pages::read(document);
    let begins: Vec<Option<Begin>> =
        entries.iter().map(|entry| pages.as_ref().and_then(|pages| begin(document, pages, entry))).collect();
    for (entry, begin) in entries.iter().zip(&begins) {
        let section = match (&entry.says, begin, &pages) {
            (Some(says), ..) => said(entry, says),
            (None, Some(begin), Some(pages)) => taken(document, pages, entry, *begin, &begins),
            _ => not_found(entry),
        };
        extraction.items.insert(entry.item, section);
    }
}

/// The index itself says what there is: nothing, or a reference to another document.
fn said(entry: &Entry, says: &str) -> Section {
    let judged = status::judge(says, false);
    let status = if judged.status == Status::Found { Status::ByReference } else { judged.status };
    Section {
        status,
        heading: Some(entry.heading.clone()),
        text: says.to_owned(),
        words: word_count(says),
        refers_to: judged.refers_to,
        reason: Some("as the cross-reference index of the filing says".to_owned()),
        ..Section::missing()
    }
}

fn not_found(entry: &Entry) -> Section {
    Section {
        status: Status::ByReference,
        heading: Some(entry.heading.clone()),
        refers_to: Some(named(entry)),
        confidence: Confidence::Low,
        reason: Some(
            "the cross-reference index names pages whose numbers were not found in the document".to_owned(),
        ),
        ..Section::missing()
    }
}

/// `pages 27 to 36`
fn named(entry: &Entry) -> String {
    let ranges = entry
        .pages
        .iter()
        .map(|(from, to)| if from == to { format!("page {from}") } else { format!("pages {from} to {to}") });
    ranges.collect::<Vec<_>>().join(", ")
}

/// The heading with the Item's caption on its first page, else the start of the page.
fn begin(document: &Document<'_>, pages: &Pages, entry: &Entry) -> Option<Begin> {
    let &(from, to) = entry.pages.first()?;
    let first = pages.blocks(from, from)?;
    let heading = first.clone().find_map(|block| caption(document, block, entry));
    // A range may begin with a page of pictures before the heading.
    let words_before = |block: usize| document.words_before[block] - document.words_before[first.start];
    let heading = heading.or_else(|| {
        let mut reach = pages.blocks(from, to)?.take_while(|&block| words_before(block) < PICTURES);
        reach.find_map(|block| caption(document, block, entry))
    });
    Some(heading.map_or(
        Begin {
            heading: Place { block: first.start, offset: 0 },
            body: Place { block: first.start, offset: 0 },
            certain: false,
        },
        |(heading, body)| Begin { heading, body, certain: true },
    ))
}

/// A heading with the entry's caption, alone in its paragraph or run into it.
fn caption(document: &Document<'_>, block: usize, entry: &Entry) -> Option<(Place, Place)> {
    let entry_block = &document.blocks.list[block];
    if document.furniture[block] || entry_block.is_row() {
        return None;
    }
    let text = document.text(block);
    let lead = if entry_block.emphasised() { text.len() } else { entry_block.lead as usize };
    let loud = text.len() < LOUD && !text.chars().any(char::is_lowercase);
    let alone = loud || titles::exact(text) == Some(entry.item);
    let head = text.get(..if alone { text.len() } else { lead })?;
    let words = titles::words(head, 30);
    let found = titles::best_match(entry.item, &words)?;
    let whole = found.share > 0.8 && found.skipped == 0 && found.used + 2 >= words.len();
    if !whole {
        return None;
    }
    let caption_end = words.get(found.used.checked_sub(1)?)?.range.end;
    let end = if alone { caption_end } else { lead.max(caption_end) };
    let rest =
        text[end..].trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '“' | '$' | '•'));
    let heading = Place { block, offset: 0 };
    let body = if rest.is_empty() {
        Place { block: document.next(block)?, offset: 0 }
    } else {
        Place { block, offset: text.len() - rest.len() }
    };
    Some((heading, body))
}

fn taken(
    document: &Document<'_>,
    pages: &Pages,
    entry: &Entry,
    begin: Begin,
    begins: &[Option<Begin>],
) -> Section {
    let end = end(document, pages, entry, begin, begins);
    let mut text = cut::cut(document, begin.body, end);
    let rest = entry.pages.iter().skip(1).filter_map(|&(from, to)| pages.blocks(from, to));
    for run in rest {
        let more =
            cut::cut(document, Place { block: run.start, offset: 0 }, Place { block: run.end, offset: 0 });
        text.append(more);
    }
    let judged = status::judge(&text.text, false);
    let scattered = entry.pages.len() > 1;
    let sure = begin.certain && !scattered;
    let doubt = match (begin.certain, scattered) {
        (true, false) => "",
        (true, true) => "; they do not adjoin, so neighbouring text may be among it",
        (false, _) => "; no heading on them has its caption, so neighbouring text may be among it",
    };
    Section {
        status: judged.status,
        heading: Some(entry.heading.clone()),
        words: word_count(&text.text),
        tables: text.tables,
        confidence: if sure { Confidence::High } else { Confidence::Low },
        reason: Some(format!("the cross-reference index of the filing names {}{doubt}", named(entry))),
        refers_to: judged.refers_to,
        headings: outline::headings(document, &text),
        text: text.text,
        span: (!scattered).then(|| document.span(begin.heading, end)),
    }
}

/// The end of the pages, or the heading of another Item before it; where the index gives no end, where the next Item begins.
fn end(
    document: &Document<'_>,
    pages: &Pages,
    entry: &Entry,
    begin: Begin,
    begins: &[Option<Begin>],
) -> Place {
    let blocks = document.blocks.list.len();
    let run = entry.pages.first().filter(|_| !entry.open).and_then(|&(from, to)| pages.blocks(from, to));
    let range_end = run.map_or(if entry.open { blocks } else { begin.body.block }, |run| run.end);
    let closing =
        |block: &usize| ends::is_signatures(document, *block) || super::is_named(document.text(*block));
    let last = (begin.body.block..range_end).find(closing).unwrap_or(range_end);
    let later = begins
        .iter()
        .flatten()
        .filter(|other| other.heading > begin.heading && (entry.open || other.certain));
    let limit = Place { block: last, offset: 0 };
    later.map(|other| other.heading).min().map_or(limit, |next| next.min(limit)).max(begin.body)
}
